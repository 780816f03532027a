"""Freezing a week's report of a whole borough, and whether a child costs the same among many; with the page's and the paper's share."""

import time
from typing import Any

from django.db import connection

from apps.core import sql
from apps.core.clock import today, week_of
from apps.pipeline.benchmarks import invented
from apps.pipeline.benchmarks.plain import as_owner
from apps.ragp import actions as ragp
from apps.reports import actions, files
from apps.reports.models import Report, SeenStandard
from apps.reports.pages import whole_or_not

SMALL, TIMES = 10_000, 3


def run(children: int) -> dict[str, Any]:
    """Freeze a small borough's week, then the whole one's."""
    small = min(children, SMALL)
    there = invented.prepare(children)
    for band in ("purple", "red", "amber", "green"):
        SeenStandard.objects.create(from_week=week_of(today()), band=band, days=28, source="Benchmark")
    grow(there, small)
    # the smallest of some, for they are over in an instant
    small_seconds = min(frozen() for _ in range(TIMES))
    if children > small:
        grow(there, children)
    seconds = frozen()
    began = time.perf_counter()
    report = Report.objects.get()
    files.pdf_bytes(whole_or_not(report, False))
    return {
        "benchmark": "report",
        "children": children,
        "seconds": round(seconds, 3),
        "smaller": {"children": small, "seconds": round(small_seconds, 3)},
        "growth_per_child": round((seconds / children) / (small_seconds / small), 2),
        "paper_seconds": round(time.perf_counter() - began, 3),
        "counted": sum(report.figures["bands"].values()),
    }


def grow(there: invented.Invented, children: int) -> None:
    """Children up to so many, linked and rated."""
    there.grow_to(children)
    given = {"agency": there.agency.pk, "feed": there.feed.pk, "extract": there.extract.pk, "today": today()}
    sql.run("pipeline", "benchmark_linked", **given)
    ragp.assess(by="benchmark")
    connection.close()
    as_owner("vacuum analyze")


def frozen() -> float:
    """Seconds to freeze the week, as if for the first time."""
    Report.objects.all().delete()
    began = time.perf_counter()
    actions.freeze(week=week_of(today()), by="benchmark", early=True)
    return time.perf_counter() - began
