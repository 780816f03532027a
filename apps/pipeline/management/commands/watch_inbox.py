import json
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.core.errors import Refused
from apps.core.words import count
from apps.pipeline import actions
from apps.pipeline.inbox import actions as inbox
from apps.pipeline.inbox import folder
from apps.pipeline.inbox.actions import Ended
from apps.pipeline.models import Run

EVERY_SECONDS = 60


class Command(BaseCommand):
    help = "Take what was left in the watched folder (VCDB_INBOX), load it, and put each file away. The timetable does it each minute."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Look once and end, instead of every minute")
        parser.add_argument("--json", action="store_true", help="Print one JSON object for each look")

    def handle(self, *args: Any, **options: Any) -> None:
        root = settings.VCDB_INBOX
        if root is None:
            raise CommandError(
                "The watched folder is off. Set VCDB_INBOX to the folder that files are left in."
            )
        if not root.is_dir():
            raise CommandError("VCDB_INBOX is no folder. Make it, with a folder for each feed in it.")
        while True:
            time.sleep(folder.still_young(root, settings.VCDB_INBOX_QUIET))
            self._tell(inbox.watch(root=root, start=_load, quiet=settings.VCDB_INBOX_QUIET), options["json"])
            if options["once"]:
                return
            time.sleep(EVERY_SECONDS)

    def _tell(self, ended: list[Ended], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"files": [each._asdict() for each in ended]}))
            return
        for each in ended:
            why = f": {each.reason}" if each.reason else ""
            self.stdout.write(f"{each.feed or 'no feed'}, {each.name}: {each.state}{why}")
        self.stdout.write(f"{count(len(ended), 'file')} put away.")


def _load(run: Run) -> None:
    """Here and now; where another file of the feed is being loaded the run waits for the worker."""
    try:
        actions.execute(run=run)
    except Refused:
        return
