"""The project: settings, addresses, queue and set-up. The domain is in apps/."""

from .celery import app as celery_app

__all__ = ["celery_app"]
