"""Hide children by a sheet: before the service is opened to anybody, and whenever an order comes."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from apps.core.commands import OneObject
from apps.core.errors import Refused
from apps.pipeline import hiding
from apps.pipeline.management.operators import operator


class Command(OneObject):
    help = (
        "Hide the children of a CSV or Excel sheet, or only their addresses, say who is given them by name, or lift what hides them. "
        f"Columns: {', '.join(hiding.COLUMNS)}. “Hides” is one of {', '.join(hiding.WORDS)}. All rows are done, or none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--as", dest="by", required=True, metavar="USER",
            help="User name or e-mail address of the data officer who answers for it",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="Print one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        by = operator(options["by"], "import.release")
        if by is None:
            raise CommandError("Say with --as who answers for it.")
        try:
            done = hiding.hide(lines=hiding.read(options["file"]), by=by)
        except FileNotFoundError as none:
            raise CommandError("There is no such file.") from none
        except Refused as refusal:
            raise CommandError(f"Nothing was changed.\n{refusal}") from refusal
        self.stdout.write(json.dumps(asdict(done)) if options["json"] else said(done))


def said(done: hiding.Done) -> str:
    """What was done, in one sentence."""
    return (
        f"Hidden: {done.hidden}. Lifted: {done.lifted}. Given to people by name: {done.given}. Rows that hold already: {done.same}. "
        "A list that is out keeps what it said: draft this week’s again, and recall what should not be read."
    )
