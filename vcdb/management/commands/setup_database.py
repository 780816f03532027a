"""Makes the roles, the database and its extensions in a PostgreSQL of the council's own."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from django.core.management.base import BaseCommand, CommandError

from vcdb.embedded import roles

URLS = {
    roles.OWNER: "DATABASE_URL",
    roles.WEB: "DATABASE_URL_WEB",
    roles.PIPELINE: "DATABASE_URL_PIPELINE",
    roles.REPORTING: "DATABASE_URL_REPORTING",
}


class Command(BaseCommand):
    help = "Makes roles, database and extensions as DATABASE_ADMIN_URL; safe to run again."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        admin = os.environ.get("DATABASE_ADMIN_URL")
        if not admin:
            raise CommandError(
                "Set DATABASE_ADMIN_URL to an address whose user may create roles and databases."
            )
        database = urlsplit(os.environ.get("DATABASE_URL", "")).path.lstrip("/") or "vcdb"
        try:
            roles.prepare(admin, database, passwords())
        except psycopg.OperationalError as refused:
            raise CommandError("The database server did not let DATABASE_ADMIN_URL in.") from refused
        self.stdout.write(f"Roles, extensions and the database {database} are in place.")


def passwords() -> dict[str, str]:
    """Each role's password, where its own address gives one."""
    found = {role: urlsplit(os.environ.get(name, "")) for role, name in URLS.items()}
    return {
        role: unquote(url.password) for role, url in found.items() if url.username == role and url.password
    }
