"""A file that is refused, held or only looked at: every live table holds afterwards what it held before, row by row."""

from datetime import timedelta

import pytest

from apps.agencies.models import SharingAgreement
from apps.audit.models import Event
from apps.extracts.models import Extract, Feed, State
from apps.involvements.models import Involvement
from apps.pipeline import actions
from apps.pipeline.models import Run
from tests.integration.stories import telling
from tests.integration.stories.telling import contents, live_tables, send, send_files, text_of, touched

pytestmark = pytest.mark.usefixtures("ground")

CAMHS = [
    telling.camhs(f"P{number}", f"Child{number}", Surname=f"Quill{number}", Postcode=f"ZZ1 {number % 9}BB")
    for number in range(24)
]
HEADINGS = text_of(CAMHS).splitlines()[0].decode()
GOOD = text_of(CAMHS).decode()


@pytest.fixture
def stands():
    """A good file is in; what every live table holds."""
    assert send("camhs", *CAMHS, as_of=telling.LAST_WEEK)["state"] == "committed"
    return contents()


def test_the_snapshot_sees_every_table_with_children_in_it(stands):
    tables = set(live_tables())
    assert {"children_child", "children_recordversion", "involvements_involvement", "matching_linkversion", "ragp_assessment",
            "triage_item", "lists_entry", "agencies_settingalias"} <= tables  # fmt: skip
    send("camhs", *CAMHS[:-1], CAMHS[-1] | {"Pathway": "ADHD"})
    assert {"involvements_involvement", "involvements_involvementdetail"} <= touched(stands)


REFUSED = {
    "no file": {},
    "an empty file": {"camhs.csv": b""},
    "headings of another feed": {"camhs.csv": text_of([telling.early_help("H1", "Ada")])},
    "no heading known": {"camhs.csv": b"colour,size\r\nred,4\r\n"},
    "a heading twice": {"camhs.csv": GOOD.replace("Pathway", "Referral ID", 1).encode()},
    "not a table": {"camhs.csv": bytes(range(256)) * 20},
    "a workbook that is none": {"camhs.xlsx": b"PK\x03\x04 not really"},
    "markup instead": {"camhs.csv": b"<?xml version='1.0'?><a/>"},
    "an entity from outside": {
        "camhs.xml": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Message>&x;</Message>",
    },
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_a_refused_file_touches_nothing(stands, fault):
    summary = send_files("camhs", REFUSED[fault])
    assert (summary["state"], bool(summary["reason"])) == ("refused", True)
    assert touched(stands) == set()
    extract = Extract.objects.latest("pk")
    assert (extract.state, extract.reason) == (State.REFUSED, summary["reason"])
    assert Event.objects.filter(kind="extract.refused", subject=f"extract:{extract.pk}").exists()


@pytest.mark.parametrize(
    "feed", ["cin_census", "ssda903", "school_census", "gias", "professionals", "family_context_csc"]
)
def test_a_file_of_another_feed_touches_nothing(stands, feed):
    summary = send_files(feed, {"camhs.csv": text_of(CAMHS)})
    assert summary["state"] == "refused", summary
    assert touched(stands) == set()


@pytest.mark.parametrize(
    ("days", "state", "word"),
    [(1, "refused", "future"), (-30, "held", "newer")],
    ids=["of a day to come", "older than the newest"],
)
def test_a_file_of_the_wrong_day_touches_nothing(stands, days, state, word):
    summary = send(
        "camhs", *CAMHS[:23], CAMHS[23] | {"Pathway": "Other"}, as_of=telling.today() + timedelta(days=days)
    )
    assert summary["state"] == state
    assert word in summary["reason"]
    assert touched(stands) == set()


def test_headings_without_rows_are_held_and_touch_nothing(stands):
    summary = send_files("camhs", {"camhs.csv": HEADINGS.encode()})
    assert (summary["state"], summary["rows"]) == ("held", 0)
    assert "no rows" in summary["reason"]
    assert summary["involvements"]["ended"] == 24
    assert touched(stands) == set()


def test_the_same_file_of_the_same_day_is_refused_and_touches_nothing(stands):
    summary = send("camhs", *CAMHS, as_of=telling.LAST_WEEK)
    assert summary["state"] == "refused"
    assert "same files" in summary["reason"]
    assert touched(stands) == set()


def test_the_same_file_of_a_later_day_waits_for_a_person_to_say_that_nothing_has_changed(stands):
    summary = send("camhs", *CAMHS)
    assert summary["state"] == "held"
    assert "very file" in summary["reason"]
    assert touched(stands) == set()


def test_an_agency_whose_agreements_have_ended_sends_nothing_until_somebody_says_so(stands):
    agency = Feed.objects.get(code="camhs").agency
    SharingAgreement.objects.filter(provider=agency).update(valid_until=telling.LAST_WEEK)
    held = contents()
    summary = send("camhs", *CAMHS[:23], CAMHS[23] | {"Pathway": "Other"})
    assert summary["state"] == "held"
    assert "agreements" in summary["reason"]
    assert touched(held) == set()


def test_far_fewer_rows_than_last_time_are_held(stands):
    Feed.objects.filter(code="camhs").update(max_ended_percent=100)
    assert send("camhs", *CAMHS[:13])["state"] == "held"
    assert send("camhs", *CAMHS[:14])["state"] == "committed"


def test_a_file_that_would_end_too_much_is_held_and_touches_nothing(stands):
    summary = send("camhs", *CAMHS[:4])
    assert summary["state"] == "held"
    assert "end 20 of 24" in summary["reason"]
    assert summary["involvements"]["ended"] == 20
    assert touched(stands) == set()
    assert Extract.objects.get(pk=summary["extract"]).committed_at is None


def test_a_held_file_does_not_stop_the_complete_one_after_it(stands):
    send("camhs", *CAMHS[:4])
    summary = send("camhs", *CAMHS[:20], *(row | {"Pathway": "ADHD"} for row in CAMHS[20:]))
    assert summary["state"] == "committed"
    assert summary["involvements"] == {"opened": 0, "changed": 4, "ended": 0, "unchanged": 20}


@pytest.mark.parametrize(("ends", "state"), [(10, "committed"), (11, "held")])
def test_the_edge_of_what_is_held(stands, ends, state):
    """Ten endings say nothing about the file whatever their share; eleven of twenty-four do."""
    assert send("camhs", *CAMHS[ends:])["state"] == state


@pytest.mark.parametrize(("allowed", "state"), [(50, "committed"), (49, "held")])
def test_the_share_a_feed_may_end_is_the_feeds_own(stands, allowed, state):
    Feed.objects.filter(code="camhs").update(max_ended_percent=allowed, max_fewer_percent=100)
    assert send("camhs", *CAMHS[12:])["state"] == state
    assert (touched(stands) == {"extracts_feed"} or not touched(stands)) == (state == "held")


@pytest.mark.parametrize("kind", ["new", "changed", "ended", "linked"])
def test_a_preview_says_what_it_would_do_and_touches_nothing(stands, kind):
    rows = {
        "new": [*CAMHS, telling.camhs("P99", "Ivy", **{"Surname": "Thorne"})],
        "changed": [CAMHS[0] | {"Pathway": "ADHD"}, *CAMHS[1:]],
        "ended": [CAMHS[0] | {"Discharge Date": telling.days_ago(1)}, *CAMHS[1:]],
        "linked": [*CAMHS, telling.camhs("P99", "Ada")],
    }[kind]
    summary = send("camhs", *rows, preview=True)
    assert summary["state"] == "previewed"
    assert touched(stands) == set()
    said = {**summary["records"], **summary["involvements"]}
    assert said[kind] == 1
    committed = send("camhs", *rows)
    assert (committed["records"], committed["involvements"]) == (summary["records"], summary["involvements"])


def test_a_preview_can_be_taken_again_and_does_not_count_as_sent(stands):
    rows = [CAMHS[0] | {"Pathway": "ADHD"}, *CAMHS[1:]]
    first, second = (send("camhs", *rows, preview=True) for _ in range(2))
    assert [each["state"] for each in (first, second)] == ["previewed", "previewed"]
    assert first["involvements"] == second["involvements"]
    assert touched(stands) == set()


def test_a_step_that_breaks_in_the_middle_of_the_commit_leaves_nothing_done(stands, monkeypatch):
    def broken(**_):
        raise ZeroDivisionError

    monkeypatch.setattr("apps.pipeline.plan.involvements.apply_facts", broken)
    with pytest.raises(ZeroDivisionError):
        send("camhs", *CAMHS, telling.camhs("P99", "Ivy"))
    assert touched(stands) == set()
    run = Run.objects.latest("pk")
    assert (run.state, run.error) == (Run.State.WAITING, "The run stopped unexpectedly.")
    monkeypatch.undo()
    run.refresh_from_db()
    assert actions.execute(run=run)["state"] == "committed"
    assert Involvement.objects.filter(record__local_id="P99", recorded_to=None).count() == 1


def test_a_file_with_a_bad_row_changes_all_but_that_rows_child(stands):
    bad = CAMHS[0] | {"Birth Date": "", "Date of Birth": "31/02/2015", "Pathway": "ADHD"}
    summary = send("camhs", bad, *(row | {"Pathway": "ADHD"} for row in CAMHS[1:]))
    assert (summary["accepted"], summary["rejected"]) == (23, 1)
    kept = Involvement.objects.get(record__local_id="P0", recorded_to=None)
    assert (kept.content.category, kept.end_on) == ("Anxiety", None)
    assert summary["involvements"] == {"opened": 0, "changed": 23, "ended": 0, "unchanged": 1}
