"""Check that no event was edited, removed, inserted or cut off."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.audit.queries import Verdict, verify


class Command(BaseCommand):
    """Check the audit record against its seals; exit code 1 where it does not hold."""

    help = "Check the audit record against its seals: finds an edited, removed, inserted or cut-off event."

    def add_arguments(self, parser: CommandParser) -> None:
        """The output's form, and a head hash from the log."""
        parser.add_argument("--json", action="store_true", help="Print one JSON object")
        parser.add_argument(
            "--head", default="", help="A head hash from the log, which must still be among the seals"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict."""
        verdict = verify(head=options["head"])
        self.stdout.write(json.dumps(verdict.as_dict()) if options["json"] else in_words(verdict))
        if not verdict.whole:
            sys.exit(1)


def in_words(verdict: Verdict) -> str:
    """The verdict as lines of text."""
    lines = [
        f"{verdict.events} events under {verdict.seals} seals, {verdict.unsealed} not sealed yet; head {verdict.head or 'none'}"
    ]
    lines += [
        f"Seal {b['seal']} (events {b['first_event']} to {b['last_event']}): {b['problem']}"
        for b in verdict.broken
    ]
    return "\n".join(lines + ["The record is whole." if verdict.whole else "THE RECORD DOES NOT HOLD."])
