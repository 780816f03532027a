"""The whole way of a school census: first load, a weekly reload with 5 % changed, and what others need."""

import tempfile
import time
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from apps.core.clock import today
from apps.pipeline import actions
from apps.pipeline.benchmarks import census, plain
from apps.pipeline.progress import Kept

SAMPLE = 5000


def run(children: int) -> dict[str, Any]:
    """Time the pipeline on a census of N pupils, COPY on the same files, and import-export on a sample of the pupils."""
    sample = min(children, SAMPLE)
    census.open_schools()
    with tempfile.TemporaryDirectory() as folder, plain.tables(census.TABLES):
        first, second = census.write_weeks(Path(folder), children)
        copied = plain.copy_seconds(first)
        plain_first, plain_reload = plain.import_export_seconds(first[0], sample)
        loaded = load(first, today() - timedelta(days=7))
        reloaded = load(second, today())
    rates = {"": rate(loaded), "reload_": rate(reloaded), "copy_": loaded["rows"] / copied}
    rates |= {"import_export_": sample / plain_first, "import_export_reload_": sample / plain_reload}
    return {
        "benchmark": "import",
        "children": children,
        "rows": loaded["rows"],
        **{f"{name}rows_per_second": round(value, 1) for name, value in rates.items()},
        "ratio_copy": round(rates[""] / rates["copy_"], 4),
        "ratio_import_export": round(rates[""] / rates["import_export_"], 2),
        "ratio_import_export_reload": round(rates["reload_"] / rates["import_export_reload_"], 2),
        "sample": sample,
        "seconds": loaded["seconds"],
        "reload_seconds": reloaded["seconds"],
        "stages": loaded["stages"],
        "reload_stages": reloaded["stages"],
    }


def rate(loaded: dict[str, Any]) -> float:
    """Rows of the files a second, from receiving them to the last rating."""
    return float(loaded["rows"] / loaded["seconds"])


def load(paths: list[Path], as_of: date) -> dict[str, Any]:
    """Take a set all the way; a refusal or a rejected row would make the figure meaningless."""
    progress = Kept()
    began = time.perf_counter()
    with ExitStack() as opened:
        files = [(path.name, opened.enter_context(path.open("rb"))) for path in paths]
        summary = actions.load("school_census", files, as_of=as_of, progress=progress)
    seconds = round(time.perf_counter() - began, 3)
    progress.finish()
    if summary["state"] != "committed" or summary["rejected"]:
        raise RuntimeError(f"the census was {summary['state']}: {summary['reason']} {summary['findings']}")
    return summary | {"seconds": seconds, "stages": {stage.name: stage.seconds for stage in progress.stages}}
