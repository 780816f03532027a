"""The service as it is served, with the benchmark's addresses."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vcdb.settings")

from django.conf import settings

settings.ROOT_URLCONF = "apps.pipeline.benchmarks.urls"

from vcdb.wsgi import application  # noqa: E402

__all__ = ["application"]
