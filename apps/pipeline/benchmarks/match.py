"""The linker on an extract of 50,000 rows among N children, one interactive look-up, and the same work by Splink."""

import time
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Any

from django.db import connection, transaction

from apps.children import actions as records
from apps.core import clock, sql
from apps.extracts.models import Extract, StagedPerson
from apps.involvements import actions as involvements
from apps.matching.lookup import Person, known
from apps.pipeline import plan
from apps.pipeline.benchmarks import crowd, rival
from apps.pipeline.benchmarks.plain import as_owner
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
    theirs = by_splink(extract, children) if extra.is_installed() else rival.NOT_MEASURED
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
        "ratio_splink_linked": ratio(ours["seconds"], theirs["splink_linked_seconds"]),
        "ratio_splink_lookup": ratio(ours["lookup_p95_ms"], theirs["splink_score_pair_p95_ms"]),
    }


def ratio(ours: float | None, theirs: float | None) -> float | None:
    """One time as a part of another."""
    return round(ours / theirs, 3) if ours is not None and theirs else None


def by_splink(extract: Extract, children: int) -> dict[str, Any]:
    """Splink's figures: its own work alone, and the whole way to records that are linked by it, which is taken back afterwards."""
    learnt = rival.learn()
    found: dict[str, Any] = {}

    def link() -> None:
        found.update(rival.measure(extract, learnt, SCORED))
        rival.settle(extract)

    with transaction.atomic():
        whole = carried(extract, children, lambda: planned_by(extract, link))
        transaction.set_rollback(True)
    connection.close()
    as_owner("vacuum analyze")
    seconds = whole["seconds"] - found.pop("beside_seconds")
    names = ("linked", "false_links", "questions", "missed")
    return (
        found
        | {"splink_linked_seconds": round(seconds, 3)}
        | {f"splink_{name}": whole[name] for name in names}
    )


def planned_by(extract: Extract, link: Callable[[], None]) -> plan.Counts:
    """A plan like any other, but for who decides which record is whose."""
    sql.analyze("extracts_stagedperson", "extracts_stagedfact", "extracts_bundle")
    records.plan_records(extract=extract)
    sql.analyze("children_plannedrecord")
    link()
    involvements.plan_facts(extract=extract)
    return plan.count(extract=extract)


@transaction.atomic
def linked(extract: Extract, children: int) -> dict[str, Any]:
    """Plan and apply the extract: its seconds, and how well it was linked."""
    return carried(extract, children, lambda: plan.write(extract=extract))


def carried(extract: Extract, children: int, planned: Callable[[], plan.Counts]) -> dict[str, Any]:
    """A plan written and applied: its seconds, and what became of the rows."""
    began = time.perf_counter()
    at = clock.commit_moment()
    counts = planned()
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
