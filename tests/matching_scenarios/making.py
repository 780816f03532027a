"""One seed's files: everybody's records, the truth, and what is expected of pairs."""

import csv
import random
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from tests.matching_scenarios.background import populate
from tests.matching_scenarios.kinds import KINDS
from tests.matching_scenarios.stage import COLUMNS, Stage


@cache
def staged(seed: int) -> Stage:
    """The records of a seed: the kinds come in an order of their own, among the ordinary children."""
    stage = Stage(seed)
    populate(stage)
    for name in stage.chance.sample(sorted(KINDS), len(KINDS)):
        stage.kind = name
        KINDS[name](stage)
    return stage


def write(seed: int, folder: Path) -> None:
    """PEOPLE.csv, TRUTH.csv and EXPECT.csv of a seed, rows in an order that says nothing."""
    stage = staged(seed)
    folder.mkdir(parents=True, exist_ok=True)
    rows = random.Random(seed).sample(stage.rows, len(stage.rows))
    table(folder / "PEOPLE.csv", COLUMNS, ([row[name] for name in COLUMNS] for row in rows))
    table(folder / "TRUTH.csv", ("record_id", "child_id"), stage.truth.items())
    table(folder / "EXPECT.csv", ("kind", "a", "b", "expect"), stage.expected)


def table(path: Path, headings: Sequence[str], rows: Iterable[Iterable[str]]) -> None:
    """One CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
