from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "apps.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Renew reach and the web role's privileges after every migration, new tables of libraries included."""
        from apps.access.privileges import settle

        post_migrate.connect(settle, sender=self, dispatch_uid="access.privileges")
