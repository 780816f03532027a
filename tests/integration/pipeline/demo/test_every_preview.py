"""What every file of a borough comes to is what its preview said."""

from contextlib import ExitStack
from datetime import timedelta

import pytest

from apps.core.clock import today, week_of
from apps.extracts.models import Extract
from apps.extracts.reference import install_reference
from apps.pipeline.actions import load
from apps.pipeline.demo.files import write_borough

pytestmark = pytest.mark.django_db

COUNTED = ("records", "resolved", "involvements", "sightings", "observations")


@pytest.mark.slow
def test_every_file_of_the_borough_comes_to_what_its_preview_said(tmp_path):
    install_reference(by=None)
    written = write_borough(tmp_path, week_of(today()) - timedelta(weeks=1), children=400, seed=11)
    seen = {}
    for week in written.weeks:
        for feed in week.feeds:
            shown, kept = (_come(week, feed, preview) for preview in (True, False))
            if kept["state"] == "committed" and "records" in shown["counts"]:
                seen[week.folder.name, feed] = kept["counts"]["records"]
                assert shown["said"] == kept["said"], (week.folder.name, feed)
    assert {week for week, _ in seen} == {"week1", "week2"}
    assert sum(each["question"] for each in seen.values()), "nothing was asked: the test shows nothing"


def _come(week, feed, preview):
    with ExitStack() as opened:
        files = [(path.name, opened.enter_context(path.open("rb"))) for path in week.files(feed)]
        summary = load(feed, files, as_of=week.monday, preview=preview)
    counts = Extract.objects.get(pk=summary["extract"]).counts if summary["extract"] else {}
    said = {each: counts.get(each) for each in COUNTED} | {"ratings": summary["ratings_changed"]}
    return {"state": summary["state"], "counts": counts, "said": said}
