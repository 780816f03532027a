"""Rate every child whose facts or days have changed: manage.py assess [--json]."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.ragp.actions import assess


class Command(BaseCommand):
    """Run the rating sweep once."""

    help = "Rates every child that is stale or due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        done: dict[str, Any] = assess(by="assess") | {"seconds": round(time.monotonic() - began, 2)}
        self.stdout.write(
            json.dumps(done)
            if options["json"]
            else f"{done['assessed']} assessed, {done['changed']} changed."
        )
