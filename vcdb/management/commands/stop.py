"""Stops what an embedded instance left running."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from vcdb import services
from vcdb.embedded.home import Home


class Command(BaseCommand):
    help = "Stops the demo's processes and the embedded servers of VCDB_HOME."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = services.stop_all(Home.at(settings.VCDB_HOME), os.environ)
        self.stdout.write(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
