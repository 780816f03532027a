"""Fill an empty instance with the demo borough."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.children.models import Child
from apps.core import clock
from apps.core.errors import Refused
from apps.pipeline.demo.borough import CHILDREN, SEED
from apps.pipeline.demo.files import mondays
from apps.pipeline.demo.load import load_borough


class Command(BaseCommand):
    help = "Load two weeks of an invented borough through the pipeline, with users for every role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--children", type=int, default=CHILDREN)
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--week", type=date.fromisoformat, help="A day of the second week; default today")

    def handle(self, *args: Any, children: int, seed: int, week: date | None, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is a production environment: the demo borough is not loaded into it.")
        if Child.objects.exists():
            raise CommandError("There are children here already: it goes into an empty instance.")
        first, _ = mondays(week or clock.today())
        out = Path(settings.VCDB_DATA) / "demo"
        try:
            load_borough(out=out, monday=first, children=children, seed=seed, say=self.say)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def say(self, line: str) -> None:
        """One line of progress."""
        self.stderr.write(line)
        sys.stderr.flush()
