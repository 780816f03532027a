from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"
    verbose_name = "People who sign in"
    default_auto_field = "django.db.models.BigAutoField"
