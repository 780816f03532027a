"""Rating everybody in one statement, against one child after the other, and whether a child costs the same among many."""

import time
from typing import Any

from django.db import connection, transaction

from apps.children.models import Child
from apps.pipeline.benchmarks import invented, loop
from apps.ragp import actions
from apps.ragp.models import Assessment, Change
from apps.ragp.queries import current_scheme

SMALL, SAMPLE = 10_000, 500


def run(children: int) -> dict[str, Any]:
    """Rate a small borough, then the whole one from nothing, then one per cent of it; and a sample in a plain loop."""
    small = min(children, SMALL)
    there = invented.prepare(children)
    there.grow_to(small)
    small_seconds = timed(small)
    forget()
    if children > small:
        there.grow_to(children)
    seconds = timed(children)
    some = list(Child.objects.order_by("pk").values_list("pk", flat=True)[::100])
    part_seconds = timed(len(some), some)
    loop_seconds, sample = plain_seconds()
    return {
        "benchmark": "assess",
        "children": children,
        "seconds": round(seconds, 3),
        "children_per_second": round(children / seconds, 1),
        "loop_children_per_second": round(sample / loop_seconds, 1),
        "ratio_orm_loop": round((children / seconds) / (sample / loop_seconds), 1),
        "growth_per_child": round((seconds / children) / (small_seconds / small), 2),
        "incremental_share": round(part_seconds / seconds, 4),
        "sample": sample,
    }


def timed(expected: int, children: list[int] | None = None) -> float:
    """Seconds of one run over everybody stale, or over some; it must have rated so many."""
    began = time.perf_counter()
    done = actions.assess(by="benchmark", children=children)
    seconds = time.perf_counter() - began
    if done["assessed"] != expected:
        raise RuntimeError(f"{done['assessed']} children were rated, not {expected}.")
    return seconds


def forget() -> None:
    """Back to before the first rating."""
    Change.objects.all().delete()
    Assessment.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into children_stale (child_id, since) select id, now() from children_child on conflict do nothing"
        )


def plain_seconds() -> tuple[float, int]:
    """Seconds the plain loop takes for a sample, rated from nothing; its bands must be the same."""
    sample, scheme = list(Child.objects.order_by("public_id")[:SAMPLE]), current_scheme()
    standing = dict(
        Assessment.objects.filter(child__in=sample, superseded_at=None).values_list("child", "band")
    )
    with transaction.atomic():
        Change.objects.filter(child__in=sample).delete()
        Assessment.objects.filter(child__in=sample).delete()
        began = time.perf_counter()
        bands = loop.rate(sample, scheme)
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    apart = [pk for pk, band in bands.items() if standing.get(pk, "none") != band]
    if apart:
        raise RuntimeError(f"The loop and the statement rate {len(apart)} children differently.")
    return seconds, len(sample)
