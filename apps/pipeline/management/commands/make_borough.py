"""Write the demo borough's files without loading them."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.core import clock
from apps.pipeline.demo.borough import CHILDREN, SEED
from apps.pipeline.demo.files import mondays, write_borough


class Command(BaseCommand):
    help = "Write two weeks of files about an invented borough: OUT/week1/FEED/... and OUT/week2/FEED/..."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--children", type=int, default=CHILDREN)
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--week", type=date.fromisoformat, help="A day of the second week; default today")
        parser.add_argument("--out", type=Path, required=True)

    def handle(
        self, *args: Any, children: int, seed: int, week: date | None, out: Path, **options: Any
    ) -> None:
        first, _ = mondays(week or clock.today())
        written = write_borough(out, first, children, seed)
        for made in written.weeks:
            self.stdout.write(f"{made.folder}: {len(made.feeds)} feeds as of {made.monday}")
        told = (f"{len(who)} {what}" for what, who in written.happened.items())
        self.stdout.write(f"Between them: {', '.join(told)}")
