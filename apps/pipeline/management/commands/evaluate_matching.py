"""Judge the linker: manage.py evaluate_matching PEOPLE.csv [--truth TRUTH.csv] [--decisions OUT.csv] [--json]."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.errors import Refused
from apps.pipeline.evaluation import records
from apps.pipeline.evaluation.linking import link
from apps.pipeline.evaluation.reading import Given, read_people, read_truth
from apps.pipeline.evaluation.reporting import figures, write_decisions

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Link the people of a file by the service's own linker, in a schema of their own, and say how well it did."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "people", type=Path, help="Records in the columns that docs/reference/linkage-evaluation.md lists"
        )
        parser.add_argument(
            "--truth", type=Path, help="Which child each record truly is: record_id, child_id"
        )
        parser.add_argument("--decisions", type=Path, help="Write record_id, entity and review here")
        parser.add_argument("--json", action="store_true", help="Print one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            people = read_people(options["people"])
            truth = read_truth(options["truth"], people) if options["truth"] else None
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.warn(people)
        outcome = link(people)
        if options["decisions"]:
            write_decisions(options["decisions"], outcome)
        found = figures(people, outcome, truth)
        self.stdout.write(json.dumps(found) if options["json"] else json.dumps(found, indent=2))

    def warn(self, people: list[Given]) -> None:
        """Say what could not be read, as the page of an extract would; the words themselves are not repeated."""
        found = records.problems(people)
        for problem in found[:MOST_SHOWN]:
            self.stderr.write(f"Row {problem.row_no}, column {problem.field}: {problem.message}")
        if len(found) > MOST_SHOWN:
            self.stderr.write(f"{len(found) - MOST_SHOWN:,} more rows have something to check.")
