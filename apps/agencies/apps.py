from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "apps.agencies"
    label = "agencies"
    verbose_name = "Agencies, settings and what they share"
    default_auto_field = "django.db.models.BigAutoField"
