from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ReportsConfig(AppConfig):
    name = "apps.reports"
    label = "reports"
    verbose_name = "Figures of the weekly report"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The reporting views make way for migrations and come back after them."""
        from apps.reports import reporting

        pre_migrate.connect(reporting.take_down, sender=self, dispatch_uid="reports.take_down")
        post_migrate.connect(reporting.put_up, sender=self, dispatch_uid="reports.put_up")
