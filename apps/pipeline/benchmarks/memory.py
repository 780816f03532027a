"""How much memory a load takes at its peak, with N pupils and with a tenth of them: a census has about five rows a pupil."""

import resource
import tempfile
from pathlib import Path
from typing import Any

from apps.core.clock import today
from apps.pipeline.benchmarks import census, import_

#: About 100,000 rows; growth is measured from here.
COMPARED_WITH = 19_000


def run(children: int) -> dict[str, Any]:
    """Preview and commit a census of N pupils in this process; rows, and the peak of its memory in MiB."""
    census.open_schools()
    with tempfile.TemporaryDirectory() as folder:
        first, _ = census.write_weeks(Path(folder), children)
        loaded = import_.load(first, today())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "children": children,
        "rows": loaded["rows"],
        "seconds": loaded["seconds"],
        "peak_mib": round(peak, 1),
    }


def compare(
    small: dict[str, Any], small_env: dict[str, str], large: dict[str, Any], large_env: dict[str, str]
) -> dict[str, Any]:
    """The larger load's peak over the smaller one's."""
    growth = round(large["peak_mib"] / small["peak_mib"], 2)
    return {"benchmark": "memory", **large, "smaller": small, "peak_growth": growth}
