import json
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.core.words import count
from apps.extracts.models import State
from apps.pipeline import actions, summaries
from apps.pipeline.progress import TerminalProgress

ENDED_WELL = (State.COMMITTED, State.PREVIEWED)


class Command(BaseCommand):
    help = "Load the files of one extract of a feed, all the way to ratings, and say what became of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("feed", help="Feed code, as manage.py feeds lists it")
        parser.add_argument(
            "files", nargs="+", type=Path, metavar="file", help="The file, or every file of the set"
        )
        parser.add_argument(
            "--as-of",
            default="",
            metavar="DATE",
            help="The day the data is from, as 2026-11-16; today unless given",
        )
        parser.add_argument(
            "--agency",
            default="",
            metavar="CODE",
            help="Refuse the files unless the feed belongs to this agency",
        )
        parser.add_argument(
            "--preview", action="store_true", help="Work out what would change and save nothing"
        )
        parser.add_argument("--json", action="store_true", help="Print one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        tell(self, load(options), ENDED_WELL, as_json=options["json"])


def tell(command: BaseCommand, summary: dict[str, Any], ended_well: Sequence[str], *, as_json: bool) -> None:
    """Print what became of an extract; end with exit code 1, and why on standard error, where it did not end well."""
    well = summary["state"] in ended_well
    if as_json:
        command.stdout.write(json.dumps(summary))
    elif well:
        command.stdout.write(sentence(summary))
    if not well:
        command.stderr.write(f"{str(summary['state']).capitalize()}: {summary['reason']}")
        raise SystemExit(1)


def load(options: dict[str, Any]) -> dict[str, Any]:
    """Open the files and load them; what cannot be opened or read as a day is a refusal like any other."""
    progress = TerminalProgress()
    try:
        as_of = date.fromisoformat(options["as_of"]) if options["as_of"] else None
    except ValueError:
        return summaries.refusal(
            "The day after --as-of is not a date. Write it as year, month and day: 2026-11-16."
        )
    with ExitStack() as open_files:
        try:
            files = [(path.name, open_files.enter_context(path.open("rb"))) for path in options["files"]]
        except OSError as error:
            return summaries.refusal(f"{Path(error.filename).name} could not be opened: {error.strerror}.")
        try:
            return actions.load(
                options["feed"],
                files,
                as_of=as_of,
                preview=options["preview"],
                agency=options["agency"],
                progress=progress,
            )
        finally:
            progress.finish()


def sentence(summary: dict[str, Any]) -> str:
    """What became of the extract, in words."""
    records, involvements = summary["records"], summary["involvements"]
    state = str(summary["state"]).capitalize()
    if settings := summary.get("settings"):
        return (
            f"{state}: {summary['accepted']:,} of {count(summary['rows'], 'row')} used, {summary['rejected']:,} rejected;"
            f" schools and settings {settings['new']:,} new, {settings['changed']:,} changed, {settings['closed']:,} closed,"
            f" {settings['same']:,} as they were; {summary['seconds']:.1f} seconds."
        )
    return (
        f"{state}: {summary['accepted']:,} of {count(summary['rows'], 'row')} used,"
        f" {summary['rejected']:,} rejected; records {records['new']:,} new, {records['linked']:,} linked,"
        f" {records['question']:,} in question; involvements {involvements['opened']:,} opened,"
        f" {involvements['changed']:,} changed, {involvements['ended']:,} ended;"
        f" {summary['ratings_changed']:,} ratings changed; {summary['seconds']:.1f} seconds."
    )
