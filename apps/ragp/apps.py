from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RagpConfig(AppConfig):
    name = "apps.ragp"
    label = "ragp"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(install_shipped_scheme, sender=self)


def install_shipped_scheme(plan: list[Any] | None = None, **kwargs: Any) -> None:
    """After migrating forwards, see that the shipped scheme and the function of facts are there."""
    from apps.ragp import factsheet
    from apps.ragp.install import install_scheme

    if not any(backwards for _, backwards in plan or ()):
        install_scheme()
        factsheet.install()
