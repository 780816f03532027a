from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "apps.access"
    label = "access"
    verbose_name = "Roles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse a misspelt role, and renew reach and the web role's privileges after every migration, new tables of libraries included."""
        from apps.access.mfa import check_roles
        from apps.access.privileges import settle

        check_roles()
        post_migrate.connect(settle, sender=self, dispatch_uid="access.privileges")
