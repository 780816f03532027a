"""What an evaluation says: its figures, and a decision for each record."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from apps.pipeline.evaluation import scoring
from apps.pipeline.evaluation.linking import Outcome
from apps.pipeline.evaluation.reading import Given

HEADINGS = ("record_id", "entity", "review")


def figures(people: Sequence[Given], outcome: Outcome, truth: Mapping[str, str] | None) -> dict[str, Any]:
    """The figures of an evaluation; those that need the truth are None without it."""
    pairs = scoring.count(outcome.entity, truth, asked(outcome)) if truth is not None else None
    questioned = {record for record, _ in outcome.asked}
    return {
        "records": len(people),
        "entities": len(set(outcome.entity.values())),
        "linked_pairs": scoring.linked_pairs(outcome.entity),
        "false_pairs": pairs.false if pairs else None,
        "true_pairs": pairs.true if pairs else None,
        "precision": pairs.precision if pairs else None,
        "recall": pairs.recall if pairs else None,
        "recall_with_questions": pairs.recall_with_questions if pairs else None,
        "questions": len(questioned),
        "undecided_records": sum(given.record in questioned for given in people),
        "seconds": outcome.seconds,
        "model": outcome.model,
    }


def asked(outcome: Outcome) -> scoring.Asked:
    """The pairs of children that an open question stands between."""
    return {frozenset((outcome.child_of[record], child)) for record, child in outcome.asked}


def review(outcome: Outcome) -> dict[str, list[str]]:
    """For each record of a child in question, the records of the children it may be the same as."""
    of_child: defaultdict[int, list[str]] = defaultdict(list)
    for record_id, child in outcome.entity.items():
        of_child[child].append(record_id)
    said: defaultdict[str, list[str]] = defaultdict(list)
    for record, child in dict.fromkeys(outcome.asked):
        own = outcome.child_of[record]
        for record_id in of_child[own] if own != child else ():
            said[record_id] += (other for other in of_child[child] if other not in said[record_id])
    return said


def write_decisions(path: Path, outcome: Outcome) -> None:
    """OUT.csv: the child of each record, and the records a person would be asked about."""
    said = review(outcome)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for record_id, child in outcome.entity.items():
            writer.writerow((record_id, child, ";".join(said.get(record_id, ()))))
