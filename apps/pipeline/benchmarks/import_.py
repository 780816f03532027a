"""The whole way of a school census: first load, a weekly reload with 5 % changed, and what others need."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from apps.core.clock import today
from apps.pipeline import actions
from apps.pipeline.benchmarks import census, plain
from apps.pipeline.progress import Kept

SAMPLE = 3000


def run(children: int) -> dict[str, Any]:
    """Time the pipeline on N pupils, COPY on the same file and django-import-export on a sample of it."""
    sample = min(children, SAMPLE)
    census.open_schools()
    with tempfile.TemporaryDirectory() as folder, plain.tables(census.COLUMNS):
        first, second = census.write_weeks(Path(folder), children)
        copied = plain.copy_seconds(first)
        plain_first, plain_reload = plain.import_export_seconds(first, sample)
        loaded = load(first, today() - timedelta(days=7), children)
        reloaded = load(second, today(), children)
    return figures(children, sample, loaded, reloaded, copied, plain_first, plain_reload)


def load(path: Path, as_of: date, children: int) -> dict[str, Any]:
    """Take one file all the way; a refusal would make the figure meaningless."""
    progress = Kept()
    with path.open("rb") as file:
        summary = actions.load("school_census", [(path.name, file)], as_of=as_of, progress=progress)
    progress.finish()
    if summary["state"] != "committed" or summary["accepted"] != children:
        raise RuntimeError(f"{path.name} was {summary['state']}: {summary['reason']}")
    return summary | {"stages": {stage.name: stage.seconds for stage in progress.stages}}


def figures(
    children: int,
    sample: int,
    loaded: dict[str, Any],
    reloaded: dict[str, Any],
    copied: float,
    plain_first: float,
    plain_reload: float,
) -> dict[str, Any]:
    """Rows a second, and the ratios of one run."""
    first, reload = children / loaded["seconds"], children / reloaded["seconds"]
    return {
        "benchmark": "import",
        "children": children,
        "rows_per_second": round(first, 1),
        "reload_rows_per_second": round(reload, 1),
        "ratio_copy": round(first / (children / copied), 4),
        "ratio_import_export": round(first / (sample / plain_first), 2),
        "ratio_import_export_reload": round(reload / (sample / plain_reload), 2),
        "copy_rows_per_second": round(children / copied, 1),
        "import_export_rows_per_second": round(sample / plain_first, 1),
        "import_export_reload_rows_per_second": round(sample / plain_reload, 1),
        "sample": sample,
        "seconds": loaded["seconds"],
        "reload_seconds": reloaded["seconds"],
        "stages": loaded["stages"],
        "reload_stages": reloaded["stages"],
    }
