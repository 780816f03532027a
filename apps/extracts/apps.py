from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ExtractsConfig(AppConfig):
    name = "apps.extracts"
    label = "extracts"
    verbose_name = "Feeds"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(install_known_feeds, sender=self, dispatch_uid="extracts.reference")


def install_known_feeds(plan: list[Any] | None = None, **kwargs: Any) -> None:
    """After migrating forwards, see that the known agencies, feeds and agreements are there."""
    from apps.extracts.reference import install_reference

    if not any(backwards for _, backwards in plan or ()):
        install_reference()
