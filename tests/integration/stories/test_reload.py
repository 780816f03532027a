"""The same file again, in any shape: what did not change makes no new version; one changed row changes one child."""

import csv
import io
import random

import pytest

from apps.children.models import RecordAddress, RecordVersion
from apps.involvements.models import Involvement, Observation, Sighting
from apps.matching.models import Decision, LinkVersion, Question
from apps.ragp.models import Assessment
from tests.integration.stories import telling
from tests.integration.stories.telling import contents, send, send_files, text_of, touched
from tests.integration.stories.test_way_of_the_returns import files_of

pytestmark = pytest.mark.usefixtures("ground")

FACTS = [model._meta.db_table for model in (
    RecordVersion, RecordAddress, Involvement, Sighting, Observation, LinkVersion, Decision, Question, Assessment,
)]  # fmt: skip
EARLY_HELP = [
    telling.early_help("H1", "Ada"),
    telling.early_help("H2", "Ben")
    | telling.apart("Ben")
    | {"Last Contact Date": telling.days_ago(4), "Last Contact By": "A. Reader"},
    telling.early_help("H3", "Cal") | telling.apart("Cal") | {"Episode ID": "E3a"},
    telling.early_help("H3", "Cal", end=telling.days_ago(2)) | telling.apart("Cal") | {"Episode ID": "E3b"},
]
CAMHS = [telling.camhs("P1", "Ada"), telling.camhs("P2", "Ben") | telling.apart("Ben")]
FILES = {"early_help": EARLY_HELP, "camhs": CAMHS, "early_years_roll": telling.whole_roll()}
FEEDS = pytest.mark.parametrize("feed", FILES)


def unchanged(summary):
    """Whether an extract is said to have moved nothing."""
    moved = summary["involvements"]
    return (
        summary["state"] == "committed"
        and (moved["opened"], moved["changed"], moved["ended"]) == (0, 0, 0)
        and (summary["sightings"], summary["observations"], summary["ratings_changed"]) == (0, 0, 0)
        and {summary["records"][each] for each in ("new", "linked", "question")} == {0}
    )


@pytest.fixture
def loaded(feed):
    """The feed's file is in, and what stands then."""
    send(feed, *FILES[feed])
    return contents(FACTS)


@FEEDS
def test_rows_in_another_order_are_the_same_file(feed, loaded):
    rows = list(FILES[feed])
    random.Random(7).shuffle(rows)
    rows = rows[1:] + rows[:1] if rows == list(FILES[feed]) else rows
    assert unchanged(send(feed, *rows))
    assert touched(loaded) == set()


@FEEDS
def test_columns_in_another_order_are_the_same_file(feed, loaded):
    columns = sorted({name for row in FILES[feed] for name in row}, reverse=True)
    assert unchanged(send_files(feed, {"permuted.csv": text_of(FILES[feed], columns)}))
    assert touched(loaded) == set()


@pytest.mark.parametrize("codec", ["utf-8-sig", "cp1252"])
def test_another_encoding_is_the_same_file(codec):
    rows = [telling.early_help("H1", "Zoë") | {"Surname": "Brontë-Müller", "Reason": "Père – “away”"}]
    text = text_of(rows).decode()
    send_files("early_help", {"plain.csv": text.encode()})
    before = contents(FACTS)
    assert telling.child_of("early_help", "H1").full_name == "BRONTË-MÜLLER, Zoë"
    assert unchanged(send_files("early_help", {"encoded.csv": text.encode(codec)}))
    assert touched(before) == set()


@FEEDS
def test_line_ends_and_blank_lines_make_no_difference(feed, loaded):
    lines = text_of(FILES[feed]).decode().splitlines()
    assert unchanged(send_files(feed, {"unix.csv": ("\n".join(lines) + "\n\n\n").encode()}))
    assert touched(loaded) == set()


@FEEDS
def test_a_heading_in_other_capitals_and_spaces_is_the_same_column(feed, loaded):
    rows = [{name.upper().replace(" ", "_"): value for name, value in row.items()} for row in FILES[feed]]
    assert unchanged(send(feed, *rows))
    assert touched(loaded) == set()


@FEEDS
def test_a_column_nobody_reads_changes_nothing(feed, loaded):
    summary = send(feed, *(row | {"Sent by": "night job"} for row in FILES[feed]))
    assert unchanged(summary)
    assert touched(loaded) == set()


@FEEDS
def test_one_changed_row_touches_one_record_only(feed, loaded):
    rows = [dict(row) for row in FILES[feed]]
    rows[0]["Surname"] = "Marsh-Lee"
    before = set(RecordVersion.objects.filter(recorded_to=None).values_list("pk", flat=True))
    summary = send(feed, *rows)
    moved = summary["involvements"]
    assert (moved["opened"], moved["changed"], moved["ended"]) == (0, 0, 0)
    now = RecordVersion.objects.filter(recorded_to=None)
    fresh = now.exclude(pk__in=before)
    assert [version.surname for version in fresh] == ["Marsh-Lee"]
    closed = RecordVersion.objects.get(pk__in=before, recorded_to__isnull=False)
    assert (closed.record, closed.feed, closed.recorded_to) == (
        fresh[0].record,
        fresh[0].feed,
        fresh[0].recorded_from,
    )


@FEEDS
def test_a_row_more_is_a_record_more_and_nothing_else(feed, loaded):
    first = next(iter(FILES[feed][0]))
    more = FILES[feed][0] | telling.person("Ivy", "Quill", "01/05/2015", "ZZ9 9ZZ") | {first: "X9"}
    kept = set(RecordVersion.objects.filter(recorded_to=None).values_list("pk", flat=True))
    summary = send(feed, *FILES[feed], more)
    assert (summary["records"]["new"], summary["involvements"]["opened"]) == (1, 1)
    assert kept < set(RecordVersion.objects.filter(recorded_to=None).values_list("pk", flat=True))


def test_a_day_that_only_the_file_moved_on_is_no_change(ground):
    send("early_help", *EARLY_HELP, as_of=telling.LAST_WEEK)
    before = contents(FACTS)
    assert unchanged(send("early_help", *EARLY_HELP, telling.early_help("", "Nobody")))
    assert touched(before) == set()


def reordered(content):
    """A table with its rows and its columns the other way round."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    return text_of(rows[::-1], list(rows[0])[::-1])


@pytest.mark.parametrize("feed", ["ssda903", "school_census"])
def test_a_set_of_tables_turned_about_is_the_same_return(feed):
    files = files_of(feed)
    send_files(feed, files)
    before = contents(FACTS)
    summary = send_files(feed, {name: reordered(content) for name, content in files.items()})
    assert unchanged(summary), summary
    assert touched(before) == set()


@pytest.mark.parametrize("feed", ["ssda903", "school_census"])
def test_tables_sent_in_another_order_are_the_same_files(feed):
    files = files_of(feed)
    send_files(feed, files)
    summary = send_files(feed, dict(reversed(files.items())))
    assert summary["state"] == "refused"
    assert "same files" in summary["reason"]


def test_children_of_the_census_in_another_order_are_the_same_return():
    [(name, content)] = files_of("cin_census", "*.xml").items()
    send_files("cin_census", {name: content})
    before = contents(FACTS)
    text = content.decode()
    head, rest = text.split("<Children>")
    body, foot = rest.split("</Children>")
    parts = [part + "</Child>" for part in body.split("</Child>") if "<Child>" in part]
    turned = f"{head}<Children>{''.join(reversed(parts))}</Children>{foot}"
    assert unchanged(send_files("cin_census", {name: turned.encode()}))
    assert touched(before) == set()


def test_a_whole_table_left_out_of_the_return_is_not_an_end_of_what_it_said(ground):
    files = files_of("ssda903")
    send_files("ssda903", files)
    scores = Observation.objects.filter(measure="sdq", recorded_to=None).count()
    send_files("ssda903", {name: content for name, content in files.items() if name != "oc2.csv"})
    assert Observation.objects.filter(measure="sdq", recorded_to=None).count() == scores > 0


def test_what_is_sent_back_as_it_first_was_stands_again_as_a_third_version(ground):
    send("camhs", *CAMHS)
    send("camhs", CAMHS[0] | {"Pathway": "Eating disorder"}, CAMHS[1])
    send("camhs", *(row | {"Sent by": "again"} for row in CAMHS))
    versions = Involvement.objects.filter(record__local_id="P1").order_by("recorded_from")
    assert [version.content.category for version in versions] == ["Anxiety", "Eating disorder", "Anxiety"]
    assert [version.recorded_to is None for version in versions] == [False, False, True]
