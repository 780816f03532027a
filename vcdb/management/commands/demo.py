"""The whole service on this machine, with the demo borough in it."""

import os
from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from vcdb import services
from vcdb.embedded import ensure
from vcdb.embedded.home import Home


class Command(BaseCommand):
    help = "Runs the service with the demo borough: loads it the first time, stops everything on Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fresh", action="store_true", help="Forget what this instance holds and start over."
        )

    def handle(self, *args: Any, fresh: bool = False, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is a production environment: the demo runs with VCDB_ENV=demo alone.")
        home = Home.at(settings.VCDB_HOME)
        environment = {**os.environ, "VCDB_ENV": "demo", "VCDB_HOME": str(home.folder)}
        if fresh:
            self.start_over(home, environment)
        elif services.is_supervised(home):
            self.stdout.write(
                f"The service runs already: {services.address(environment)} (make stop stops it)."
            )
            return
        services.stop_processes(home, environment)
        if services.is_taken(environment):
            raise CommandError("The port is taken by another program: set VCDB_PORT to a free one.")
        self.run(home, environment)

    def start_over(self, home: Home, environment: dict[str, str]) -> None:
        """Stop and forget this home's service; a database of somebody else's is never ours to forget."""
        if "DATABASE_URL" in environment:
            raise CommandError(
                "DATABASE_URL is set: start over in that database by hand, or unset DATABASE_URL."
            )
        services.stop_all(home, environment)
        services.start_over(home)

    def run(self, home: Home, environment: dict[str, str]) -> None:
        """Prepare, load, announce and keep running."""
        try:
            self.prepare(home, environment)
        except KeyboardInterrupt:
            services.stop_all(home, environment)
            raise CommandError(
                "Stopped before the demo borough was loaded: the next start begins it again."
            ) from None
        services.supervise(
            home, environment, [f"\nOpen {services.address(environment)}", "Ctrl-C stops everything."]
        )

    def prepare(self, home: Home, environment: dict[str, str]) -> None:
        """Servers, tables and, the first time, the demo borough."""
        loading = home.folder / "demo"
        if loading.exists() and loading.read_text() == "loading":
            self.stdout.write("The last load was interrupted: starting over.")
            services.start_over(home)
        self.stdout.write("Preparing the database ...")
        ensure(home.folder, **services.embedded_parts(environment))
        self.step("migrate", "--verbosity", "0", environment={**environment, "VCDB_DB_ROLE": "owner"})
        if self.is_empty():
            if "DATABASE_URL" not in environment:
                loading.write_text("loading")
            self.stdout.write("Loading the demo borough; this once it takes two or three minutes ...")
            self.step("load_demo", environment=environment)
            loading.write_text("loaded")
        self.step("demo_signins", environment=environment)

    def step(self, *arguments: str, environment: dict[str, str]) -> None:
        """One command, or the end."""
        if services.manage(*arguments, environment=environment):
            raise CommandError(f"The demo stopped at: manage.py {arguments[0]}")

    def is_empty(self) -> bool:
        """Whether there is no child yet."""
        try:
            return not apps.get_model("children", "Child").objects.exists()
        finally:
            connections.close_all()
