"""Try a rating scheme on the whole cohort, from a file, and keep nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from apps.core.commands import OneObject
from apps.core.errors import Refused
from apps.ragp import actions, install


class Command(OneObject):
    help = "Say how many children a rating scheme would move from which band to which; nothing is kept or changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "scheme", type=Path, help="The scheme as a JSON file, as the scheme's page exports it"
        )
        parser.add_argument("--weeks", type=int, default=0, help="Replay so many weeks back as well")
        parser.add_argument("--json", action="store_true", help="Print one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = tried(options["scheme"], options["weeks"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for was, moves in found["matrix"].items():
            for now, number in moves.items():
                self.stdout.write(f"{was} -> {now}: {number:,}")
        for monday, up, down in found.get("weeks", []):
            self.stdout.write(f"week of {monday}: {up:,} up, {down:,} down")
        self.stdout.write(
            f"{found['children']:,} children in {found['seconds']:.1f} seconds; nothing was changed."
        )


def tried(path: Path, weeks: int) -> dict[str, Any]:
    """The figures of a scheme in a file; the draft they are worked out by is forgotten afterwards."""
    data = install.read_scheme(path)
    with transaction.atomic():
        asked = actions.ask_what_if(scheme=install.draft(data=data, by=None), by=None)
        asked = actions.what_if(asked=asked, weeks=weeks)
        transaction.set_rollback(True)
    found = {"matrix": asked.matrix, "children": asked.children, "seconds": asked.seconds}
    return found | ({"weeks": asked.weeks} if weeks else {})
