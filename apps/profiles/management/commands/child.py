"""Print what a child's page shows, for checks at the command line."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from apps.audit.actions import record
from apps.core.commands import OneObject
from apps.core.values import parse_date
from apps.profiles.presenters.page import as_json, page
from apps.profiles.queries.child import Moment, find, read
from apps.profiles.queries.sight import whole


class Command(OneObject):
    help = "Print a child's page. ID is the public id, or an NHS number, UPN, ULN or an agency's own number that only one child has."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id")
        parser.add_argument(
            "--as-at", default="", help="The day whose knowledge is shown, dd/mm/yyyy or yyyy-mm-dd"
        )
        parser.add_argument("--json", action="store_true", help="One JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        day = parse_date(options["as_at"]) if options["as_at"] else None
        if options["as_at"] and day is None:
            raise CommandError("The day of --as-at is not a date: give it like 27/3/2026.")
        child = find(options["id"])
        record("child.look", by="manage.py child", subject="command", children=[child] if child else [])
        if child is None:
            raise CommandError("No child, or more than one, has this id.")
        shown = as_json(page(read(child, whole(), Moment.of(day)), whole=True))
        self.stdout.write(
            json.dumps(shown) if options["json"] else json.dumps(shown, indent=2, ensure_ascii=False)
        )
