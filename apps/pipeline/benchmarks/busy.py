"""What people feel while a large file is loaded: the pages of a borough of N children, at rest and during a census of as many."""

import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F

from apps.core.clock import today
from apps.extracts.models import Extract, Feed
from apps.pipeline.benchmarks import census, filling
from apps.pipeline.benchmarks.pages import pages
from apps.pipeline.benchmarks.serving import ROUNDS, SHARE, Page, Seen, Site, measure, served, visitors

FEED = "school_census"


def run(children: int) -> dict[str, Any]:
    """Measure every page at rest, then again and again until the load is over; only rounds wholly within it count."""
    filled = filling.fill(children)
    census.open_schools()
    expect_another()
    measured = pages(filled)[1:]
    with tempfile.TemporaryDirectory() as folder, served(dict(os.environ)) as port:
        first, _ = census.write_weeks(Path(folder), children)
        site = Site(port, visitors(filled.officer))
        rest = {page.name: seen(site, page) for page in measured}
        loading = subprocess.Popen(loader(first), cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
        busy = {page.name: Seen() for page in measured}
        turn = 0
        while loading.poll() is None:
            page = measured[turn % len(measured)]
            share = Seen()
            measure(site, page, share, turn * SHARE)
            if loading.poll() is None:
                busy[page.name].times += share.times
                busy[page.name].took += share.took
            turn += 1
    if loading.returncode:
        raise RuntimeError("the census was not loaded")
    return {
        "benchmark": "busy",
        "children": children,
        "pages": {name: figures(rest[name], one) for name, one in busy.items() if one.times},
    }


def expect_another() -> None:
    """Other pupils than the borough's, perhaps on the same day, are what is measured: nothing to hold a file for."""
    Feed.objects.filter(code=FEED).update(max_ended_percent=100, max_fewer_percent=100)
    Extract.objects.filter(feed__code=FEED).update(as_of=F("as_of") - timedelta(days=1))


def loader(paths: list[Path]) -> list[str]:
    """The command that loads the census, as a data officer runs it."""
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    return [sys.executable, manage, "load_extract", FEED, *map(str, paths), "--as-of", str(today()), "--json"]


def seen(site: Site, page: Page) -> Seen:
    """One page at rest."""
    found = Seen()
    for turn in range(ROUNDS):
        measure(site, page, found, turn * SHARE)
    return found


def figures(rest: Seen, busy: Seen) -> dict[str, float]:
    """One page at rest, during the load, and the second over the first."""
    return {
        "p95_ms": rest.p95_ms,
        "during_import_p95_ms": busy.p95_ms,
        "ratio": round(busy.p95_ms / rest.p95_ms, 2),
        "requests_during_import": len(busy.times),
    }
