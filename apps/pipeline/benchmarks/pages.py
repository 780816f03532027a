"""How fast the pages answer, with N children and with 10,000: two instances, asked in turn.

In turn, because whatever else the machine does in those minutes then slows both alike.
"""

import time
from typing import Any

from django.urls import reverse

from apps.pipeline.benchmarks import filling
from apps.pipeline.benchmarks.serving import ROUNDS, SHARE, Page, Seen, Site, measure, served, visitors

#: The size that growth is measured from.
COMPARED_WITH = 10_000


def run(children: int) -> dict[str, Any]:
    """Fill this instance; say who looks at which of its pages, and how long filling it took."""
    began = time.perf_counter()
    filled = filling.fill(children)
    return {
        "children": children,
        "filled_in_seconds": round(time.perf_counter() - began, 1),
        "visitors": visitors(filled.officer),
        "pages": [[page.name, page.paths, page.posted] for page in pages(filled)],
    }


def pages(filled: filling.Filled) -> list[Page]:
    """The pages people spend their day on, after one that shows nothing."""
    return [
        Page("empty", ["/benchmark/empty/"]),
        Page("home", [reverse("home")]),
        Page("child", [reverse("profiles:child", args=[child]) for child in filled.children]),
        Page("triage", [reverse("triage:queue")]),
        Page("list", [reverse("lists:any-list", args=one) for one in filled.lists]),
        Page("search", [reverse("profiles:search")], [{"q": surname} for surname in filled.surnames]),
    ]


def compare(
    small: dict[str, Any], small_env: dict[str, str], large: dict[str, Any], large_env: dict[str, str]
) -> dict[str, Any]:
    """Serve both instances and measure page after page, a share of the requests to each in turn."""
    with served(small_env) as one, served(large_env) as two:
        sites = [(Site(one, small["visitors"]), small), (Site(two, large["visitors"]), large)]
        seen = [in_turn(sites, number) for number in range(len(large["pages"]))]
    names = [name for name, *_ in large["pages"]]
    empty = seen[0][1]
    return {
        "benchmark": "pages",
        "children": large["children"],
        "compared_with": small["children"],
        "filled_in_seconds": large["filled_in_seconds"],
        "empty_view": plain(empty),
        "pages": {name: figures(*both, empty) for name, both in list(zip(names, seen, strict=True))[1:]},
    }


def in_turn(sites: list[tuple[Site, dict[str, Any]]], number: int) -> tuple[Seen, Seen]:
    """One page of both sites, in rounds."""
    seen = (Seen(), Seen())
    for turn in range(ROUNDS):
        for (site, told), one in zip(sites, seen, strict=True):
            measure(site, Page(*told["pages"][number]), one, turn * SHARE)
    return seen


def plain(seen: Seen) -> dict[str, float]:
    """A page's own figures."""
    return {"requests_per_second": seen.requests_per_second, "p95_ms": seen.p95_ms}


def figures(small: Seen, large: Seen, empty: Seen) -> dict[str, Any]:
    """One page's figures, its growth from the smaller instance, and beside what the stack alone can do."""
    return plain(large) | {
        "p95_growth": round(large.p95_ms / small.p95_ms, 2),
        "ratio_empty_view": round(large.requests_per_second / empty.requests_per_second, 3),
        "smaller": plain(small),
    }
