"""Loads at the same moment, with real commits: one child, one standing picture, one rating."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from apps.children.models import SourceRecord
from apps.extracts.models import Extract, State
from apps.extracts.reference import install_reference
from apps.involvements.models import Involvement
from apps.pipeline import actions
from apps.ragp.models import Assessment
from tests.integration.stories import telling
from tests.integration.stories.telling import child_of, send


def current(**which):
    return Involvement.objects.filter(recorded_to=None, **which)


VEMT = {
    "VEMT Ref": "V1",
    **telling.person("Ada"),
    "Case Opened": telling.days_ago(2),
    "Case Closed": "",
    "Concern": "x",
}


def file_of(feed, *rows):
    return [(f"{feed}.csv", io.BytesIO(telling.text_of(rows)))]


def at_once(*loads):
    """Load several at the same moment, each on a connection of its own; their summaries in order."""
    together = Barrier(len(loads))

    def one(feed, rows):
        try:
            together.wait()
            return actions.load(feed, file_of(feed, *rows))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(loads)) as pool:
        return [job.result() for job in [pool.submit(one, feed, rows) for feed, rows in loads]]


@pytest.fixture
def live(committed):
    """Real commits, from reference data only."""
    install_reference(by=None)


def test_two_feeds_at_once_make_one_child_of_one_child(live):
    loads = ("early_help", [telling.early_help("H1", "Ada")]), ("camhs", [telling.camhs("P1", "Ada")])
    first, second = at_once(*loads)
    assert [first["state"], second["state"]] == ["committed", "committed"]
    assert child_of("early_help", "H1") == child_of("camhs", "P1")
    assert first["records"]["new"] + second["records"]["new"] == 1
    assert first["records"]["linked"] + second["records"]["linked"] == 1


def test_many_feeds_at_once_rate_the_child_by_all_of_them(live):
    loads = [
        ("early_help", [telling.early_help("H1", "Ada")]),
        ("camhs", [telling.camhs("P1", "Ada")]),
        ("vemt", [VEMT]),
    ]
    assert {each["state"] for each in at_once(*loads)} == {"committed"}
    actions.rate()
    assert Assessment.objects.get(superseded_at=None).points == 14


def test_two_different_files_of_one_feed_at_once_leave_one_of_the_two_standing_whole(live):
    loads = [("camhs", [telling.camhs("P1", "Ada") | {"Pathway": word}]) for word in ("Anxiety", "ADHD")]
    states = [each["state"] for each in at_once(*loads)]
    assert set(states) <= {"committed", "refused"} and "committed" in states
    standing = current(service="camhs").get()
    assert standing.content.category in ("Anxiety", "ADHD")
    assert Extract.objects.filter(feed__code="camhs", state=State.COMMITTED).count() == states.count(
        "committed"
    )
    assert SourceRecord.objects.filter(id_scheme="camhs").count() == 1


def test_a_preview_beside_a_commit_of_the_same_feed_changes_nothing_and_hurts_nothing(live):
    send("camhs", telling.camhs("P1", "Ada"))
    feed = Extract.objects.get().feed
    look = actions.request(feed=feed, files=file_of("camhs", telling.camhs("P1", "Ada", end=telling.days_ago(1))), as_of=None, by=None,
                           commit=False)  # fmt: skip
    assert send("camhs", telling.camhs("P1", "Ada") | {"Pathway": "ADHD"})["state"] == "committed"
    assert actions.execute(run=look)["state"] == "previewed"
    assert (current(service="camhs").get().content.category, current(service="camhs").get().end_on) == (
        "ADHD",
        None,
    )
