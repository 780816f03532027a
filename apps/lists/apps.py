from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "apps.lists"
    label = "lists"
    verbose_name = "Weekly lists"
    default_auto_field = "django.db.models.BigAutoField"
