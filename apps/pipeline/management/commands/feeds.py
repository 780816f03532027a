import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.core.words import day
from apps.pipeline.queries import FeedLine, feed_lines


class Command(BaseCommand):
    help = "List every feed: layout, agency, full picture or changes, and the day of its last good file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = sorted(feed_lines(), key=lambda line: line.feed.code)
        if options["json"]:
            self.stdout.write(json.dumps({"feeds": [as_data(line) for line in lines]}))
            return
        for line in lines:
            self.stdout.write(as_text(line))


def as_data(line: FeedLine) -> dict[str, Any]:
    """A feed as a program reads it."""
    feed = line.feed
    return {
        "code": feed.code,
        "title": feed.title,
        "layout": feed.layout,
        "agency": feed.agency.code,
        "kind": "full" if feed.is_full else "delta",
        "every_days": feed.every_days,
        "last_as_of": line.as_of.isoformat() if line.as_of else None,
        "state": "never" if line.as_of is None else "late" if line.late else "fresh",
        "held": line.held,
    }


def as_text(line: FeedLine) -> str:
    """A feed as a person reads it."""
    feed = line.feed
    last = f"as at {day(line.as_of)}{', ' + line.late if line.late else ''}" if line.as_of else "no file yet"
    kind = "full" if feed.is_full else "delta"
    return f"{feed.code:<26}{kind:<7}{feed.layout:<26}{feed.agency.code:<26}{last}"
