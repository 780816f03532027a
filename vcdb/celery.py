"""The queue's way in: tasks and their timetable are apps/pipeline's."""

import os
from importlib import import_module

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vcdb.settings")

app = Celery("vcdb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["apps.pipeline"])


@app.on_after_configure.connect
def set_timetable(sender: Celery, **kwargs: object) -> None:
    """Take the timetable from the one file that holds it."""
    sender.conf.beat_schedule = import_module("apps.pipeline.timetable").TIMETABLE


@setup_logging.connect
def keep_our_logging(**kwargs: object) -> None:
    """Celery sets up logging of its own unless somebody answers this signal: Django's stands."""
