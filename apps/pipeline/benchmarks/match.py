"""The linker on an extract of 50,000 rows among N children, one interactive look-up, and the same work by Splink."""

import time
from dataclasses import fields
from functools import partial
from typing import Any

from django.db import transaction

from apps.core import clock, sql
from apps.extracts.models import Extract, StagedPerson
from apps.matching.lookup import Person, known
from apps.pipeline import plan
from apps.pipeline.benchmarks import crowd, rival
from apps.pipeline.benchmarks.timing import milliseconds
from apps.pipeline.training import extra

ROWS, LOOKED_UP, SCORED = 50_000, 200, 30


def run(children: int) -> dict[str, Any]:
    """Fill, measure Splink and the look-up while nothing of the extract is linked, then link it by the real plan."""
    rows = min(ROWS, children // 2)
    began = time.perf_counter()
    extract = crowd.fill(children, rows)
    filled = time.perf_counter() - began
    people = list(StagedPerson.objects.filter(extract=extract).order_by("row_no")[:LOOKED_UP])
    theirs = (
        rival.measure(extract, SCORED)
        if extra.is_installed()
        else dict.fromkeys(rival.FIGURES) | {"splink": extra.MISSING}
    )
    ours = looked_up(people) | linked(extract, children)
    return (
        {"benchmark": "match", "children": children, "rows": rows, "filled_in_seconds": round(filled, 1)}
        | ours
        | theirs
        | compared(ours, theirs)
    )


def compared(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, float | None]:
    """Our times as parts of Splink's; None where one of the two was not measured."""
    return {
        "ratio_splink": ratio(ours["seconds"], theirs["splink_seconds"]),
        "ratio_splink_plan": ratio(ours["plan_seconds"], theirs["splink_seconds"]),
        "ratio_splink_lookup": ratio(ours["lookup_p95_ms"], theirs["splink_score_pair_p95_ms"]),
    }


def ratio(ours: float | None, theirs: float | None) -> float | None:
    """One time as a part of another."""
    return round(ours / theirs, 3) if ours is not None and theirs else None


@transaction.atomic
def linked(extract: Extract, children: int) -> dict[str, Any]:
    """Plan and apply the extract: its seconds, and how well it was linked."""
    began = time.perf_counter()
    at = clock.commit_moment()
    counts = plan.write(extract=extract)
    written = time.perf_counter()
    plan.apply(extract=extract, counts=counts, at=at)
    ended = time.perf_counter()
    [(right, wrong, asked, missed)] = sql.rows(
        "pipeline", "benchmark_outcome", {"extract": extract.pk, "children": children}
    )
    return {
        "seconds": round(ended - began, 3),
        "plan_seconds": round(written - began, 3),
        "apply_seconds": round(ended - written, 3),
        "linked": right,
        "false_links": wrong,
        "questions": asked,
        "missed": missed,
    }


def looked_up(people: list[StagedPerson]) -> dict[str, Any]:
    """How long one look-up takes, of people of the extract in turn."""
    names = [field.name for field in fields(Person)]
    asked = [Person(**{name: getattr(person, name) for name in names}) for person in people]
    return milliseconds("lookup", [partial(known, person) for person in asked])
