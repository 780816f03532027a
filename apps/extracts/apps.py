from django.apps import AppConfig


class ExtractsConfig(AppConfig):
    name = "apps.extracts"
    label = "extracts"
    default_auto_field = "django.db.models.BigAutoField"
