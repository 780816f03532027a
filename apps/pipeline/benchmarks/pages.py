"""How fast the pages answer, with N children and with 10,000, each in an instance of its own."""

import time
from typing import Any

from django.urls import reverse

from apps.pipeline.benchmarks import filling
from apps.pipeline.benchmarks.serving import Measured, Page, measure, served, signed_in

#: The size that growth is measured from.
COMPARED_WITH = 10_000


def run(children: int) -> dict[str, Any]:
    """Fill this instance, serve it and measure its pages."""
    began = time.perf_counter()
    filled = filling.fill(children)
    filled_in = time.perf_counter() - began
    headers = signed_in(filled.officer)
    with served() as port:
        empty = measure(port, Page("empty", ["/benchmark/empty/"]), headers)
        seen = {page.name: measure(port, page, headers) for page in pages(filled)}
    return {
        "benchmark": "pages",
        "children": children,
        "filled_in_seconds": round(filled_in, 1),
        "empty_view": {"requests_per_second": empty.requests_per_second, "p95_ms": empty.p95_ms},
        "pages": {name: figures(one, empty) for name, one in seen.items()},
    }


def pages(filled: filling.Filled) -> list[Page]:
    """The pages people spend their day on."""
    return [
        Page("home", [reverse("home")]),
        Page("child", [reverse("profiles:child", args=[child]) for child in filled.children]),
        Page("triage", [reverse("triage:queue")]),
        Page("list", [reverse("lists:list", args=[one]) for one in filled.lists]),
        Page("search", [reverse("profiles:search")], [{"q": surname} for surname in filled.surnames]),
    ]


def figures(page: Measured, empty: Measured) -> dict[str, float]:
    """One page's figures, beside what the stack alone can do."""
    return {
        "requests_per_second": page.requests_per_second,
        "p95_ms": page.p95_ms,
        "ratio_empty_view": round(page.requests_per_second / empty.requests_per_second, 3),
    }


def combine(small: dict[str, Any], large: dict[str, Any]) -> dict[str, Any]:
    """The larger borough's figures with their growth from the smaller one's."""
    for name, page in large["pages"].items():
        page["p95_growth"] = round(page["p95_ms"] / small["pages"][name]["p95_ms"], 2)
    return large | {"compared_with": small["children"], "smaller": small["pages"]}
