"""Train a linkage model: manage.py train_linkage [PEOPLE.csv [--truth TRUTH.csv]] [--out MODEL.json] [--json]."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from apps.core.commands import OneObject
from apps.core.errors import Refused
from apps.matching.linkage import model as linkage
from apps.pipeline.evaluation.reading import Given, read_people, read_truth
from apps.pipeline.training import candidate, decided, learning, people
from apps.pipeline.training.extra import splink


class Command(OneObject):
    help = "Learn a candidate linkage model from the live records, or those of a file. It decides nothing until it is committed as live."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "people", type=Path, nargs="?", help="Learn from this file; without it from the live records"
        )
        parser.add_argument(
            "--truth",
            type=Path,
            help="Which child each record of the file truly is: both models are judged by it",
        )
        parser.add_argument(
            "--out", type=Path, help="Where the candidate goes; beside the live model where it is not given"
        )
        parser.add_argument("--json", action="store_true", help="Print one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given = read_people(options["people"]) if options["people"] else None
            truth = read_truth(options["truth"], given) if given and options["truth"] else None
            model, path = trained(given, truth, options["out"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        said = {"model": model["version"], "file": str(path), "evaluation": model["evaluation"]}
        self.stdout.write(json.dumps(said) if options["json"] else json.dumps(said, indent=2))


def trained(
    given: Sequence[Given] | None, truth: Mapping[str, str] | None, out: Path | None
) -> tuple[dict[str, Any], Path]:
    """Learn, judge beside the live model and write; what was written, and where."""
    version = candidate.next_version()
    rows = list(people.of_file(given) if given is not None else people.live())
    learnt = learning.weights(learning.train(learning.linker(rows)))
    how = f"Trained by Splink {splink().__version__} on {len(rows):,} records"
    model = candidate.made(version, learnt, learning.frequencies(rows), how)
    models = {"live": linkage.live(), "candidate": linkage.read(model)}
    model["evaluation"] = {
        "decisions": decided.agreement(decided.decided(), models) if given is None else None,
        "truth": candidate.beside(models, given, truth) if given is not None and truth is not None else None,
    }
    path = out or linkage.FOLDER / f"model-{version}.json"
    candidate.write(model, path)
    return model, path
