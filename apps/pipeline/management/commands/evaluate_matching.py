"""Judge the linker: manage.py evaluate_matching PEOPLE.csv [--truth TRUTH.csv] [--decisions OUT.csv] [--json]."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from apps.core.commands import OneObject
from apps.core.errors import Refused
from apps.pipeline.evaluation import records
from apps.pipeline.evaluation.linking import link
from apps.pipeline.evaluation.reading import Given, read_people, read_truth
from apps.pipeline.evaluation.reporting import figures, write_decisions


class Command(OneObject):
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
        """Say what could not be read, once for each kind; the words themselves are not repeated."""
        found: dict[tuple[str, str], list[int]] = {}
        for problem in records.problems(people):
            found.setdefault((problem.field, problem.message), []).append(problem.row_no)
        for (column, message), (first, *more) in found.items():
            others = f" and {len(more):,} more" if more else ""
            self.stderr.write(f"Row {first}{others}, column {column}: {message}")
