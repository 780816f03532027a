"""Work every rating out again and say whether it comes out as it is kept: manage.py check_ratings [--json]."""

import json
import sys
import time
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.ragp.checking import check


class Command(BaseCommand):
    """Nothing is changed; exit code 1 where a rating comes out otherwise."""

    help = "Works out every rating again from its stored facts and scheme, and counts those that differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        found = check()
        said = {"ok": found.ok, **asdict(found), "seconds": round(time.monotonic() - began, 2)}
        words = (
            f"{found.assessments:,} assessments worked out again, {found.standing:,} of them from the facts:"
            f" {found.wrong_bands + found.wrong_reasons:,} come out otherwise."
        )
        self.stdout.write(json.dumps(said) if options["json"] else words)
        if not found.ok:
            sys.exit(1)
