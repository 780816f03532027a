"""Let the audit record go on in another server than the one it began in."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.audit.actions import pass_sealed_numbers


class Command(BaseCommand):
    help = (
        "After a restore, before anything is written: move the server's transaction numbers past those of the audit record, "
        "which seals its events by them. Takes a minute for each three million or so; safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if passed := pass_sealed_numbers():
            self.stdout.write(f"{passed:,} transaction numbers passed: new events come after the last seal.")
        else:
            self.stdout.write("New events come after the last seal: nothing to do.")
