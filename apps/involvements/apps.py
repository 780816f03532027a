from django.apps import AppConfig


class InvolvementsConfig(AppConfig):
    name = "apps.involvements"
    label = "involvements"
    default_auto_field = "django.db.models.BigAutoField"
