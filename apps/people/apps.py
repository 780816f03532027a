from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "apps.people"
    label = "people"
    verbose_name = "Directory of professionals"
    default_auto_field = "django.db.models.BigAutoField"
