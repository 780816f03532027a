"""Publish every setting's list for a week: manage.py publish_lists --week 2026-W47 [--out DIR] [--json]."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from apps.core.clock import today, week_of
from apps.core.commands import OneObject
from apps.core.errors import Refused
from apps.lists.actions import publish
from apps.lists.export import write_files
from apps.lists.weeks import week_named


class Command(OneObject):
    """Freeze the week's lists, and write them as files where a folder is given."""

    help = "Publishes the weekly list of every setting."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--week", help="like 2026-W47; this week when left out")
        parser.add_argument(
            "--out", type=Path, help="also write an xlsx and a CSV of each list into this folder"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            week = week_named(options["week"]) if options["week"] else week_of(today())
            done = publish(week=week, by="publish_lists")
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        if options["out"]:
            write_files(week=week, folder=options["out"], by="publish_lists")
        said = f"{done['lists']} lists, {done['entries']} entries, {done['seconds']} seconds."
        self.stdout.write(json.dumps(done) if options["json"] else said)
