from django.apps import AppConfig


class RagpConfig(AppConfig):
    name = "apps.ragp"
    label = "ragp"
    default_auto_field = "django.db.models.BigAutoField"
