"""The whole way of a school census, looked at before it is committed: first load, a weekly reload with 5 % changed, what others need."""

import tempfile
import time
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from apps.core.clock import today
from apps.extracts.models import Extract, State
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
    """Preview a set, then commit it; a refusal or a rejected row would make the figure meaningless."""
    progress = Kept()
    began = time.perf_counter()
    with ExitStack() as opened:
        files = [(path.name, opened.enter_context(path.open("rb"))) for path in paths]
        shown = passed(
            actions.load("school_census", files, as_of=as_of, preview=True, progress=progress),
            State.PREVIEWED,
        )
    run = actions.release(extract=Extract.objects.get(pk=shown["extract"]), reason="Looked at", by=None)
    summary = passed(actions.execute(run=run, progress=progress), State.COMMITTED)
    seconds = round(time.perf_counter() - began, 3)
    progress.finish()
    stages: dict[str, float] = {}
    for stage in progress.stages:
        stages[stage.name] = round(stages.get(stage.name, 0) + (stage.seconds or 0), 2)
    return summary | {"seconds": seconds, "stages": stages}


def passed(summary: dict[str, Any], state: str) -> dict[str, Any]:
    """A summary, if the file came as far as it should."""
    if summary["state"] != state or summary["rejected"]:
        raise RuntimeError(f"the census was {summary['state']}: {summary['reason']} {summary['findings']}")
    return summary
