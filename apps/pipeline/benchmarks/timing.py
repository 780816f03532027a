"""How long calls take, one at a time."""

import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import Any

WARM_UPS = 3


def milliseconds(name: str, calls: Sequence[Callable[[], Any]]) -> dict[str, Any]:
    """Median and 95th percentile of some calls, after a few to warm up."""
    for call in calls[:WARM_UPS]:
        call()
    times = [timed(call) for call in calls]
    p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return {f"{name}_median_ms": round(median(times), 1), f"{name}_p95_ms": round(p95, 1)}


def timed(call: Callable[[], Any]) -> float:
    """Milliseconds of one call."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000
