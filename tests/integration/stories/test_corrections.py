"""Rejected rows go back to who can correct them, and come back as they are: it is as if the first file had been right."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.audit.models import Event
from apps.core.clock import today
from apps.core.errors import Refused
from apps.extracts.models import Extract, State
from apps.pipeline import actions
from tests.current import current
from tests.integration.stories import telling

pytestmark = pytest.mark.usefixtures("ground")
WRONG = "31/02/2026"


def load(book, name="early_help.xlsx", as_of=None):
    summary = actions.load("early_help", [(name, io.BytesIO(book))], as_of=as_of)
    return Extract.objects.get(pk=summary["extract"]), summary


def sent(rows, as_of=None):
    return load(telling.text_of(rows), "early_help.csv", as_of)


def rejected(extract):
    return actions.take_rejected(extract=extract, by=None)


def corrected(book, **right):
    """The workbook with values put right: heading to value by EHM ID."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    sheet = opened.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        of = right.get(row[headings.index("EHM ID")].value, {})
        for heading, value in of.items():
            row[headings.index(heading)].value = value
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def lines(book):
    return [
        [cell.value or "" for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].iter_rows()
    ]


def rows(start="", end=""):
    return [
        telling.early_help("H1", "Ada"),
        telling.early_help("H2", "Ben") | telling.apart("Ben") | ({"Start Date": start} if start else {}),
        telling.early_help("H3", "Cal") | telling.apart("Cal"),
    ]


def test_rejected_rows_come_with_what_is_wrong_and_in_their_own_headings():
    first, summary = sent(rows(start=WRONG))
    assert (summary["state"], summary["rejected"]) == ("committed", 1)
    headings, line = lines(rejected(first))
    assert headings[:-1] == list(rows()[0]) and headings[-1] == f"Findings of file {first.pk}"
    assert line[headings.index("EHM ID")] == "H2" and line[headings.index("Start Date")] == WRONG
    assert "Start" in line[-1] and WRONG not in line[-1]
    assert Event.objects.filter(kind="extract.rejected_rows", subject=f"extract:{first.pk}").count() == 1


def test_corrected_rows_are_as_if_the_file_had_been_right():
    right = rows()
    with transaction.atomic():
        sent(right)
        expected = current()
        transaction.set_rollback(True)
    wrong = [*right[:1], right[1] | {"Start Date": WRONG}, *right[2:]]
    first, _ = sent(wrong, as_of=today() - timedelta(days=3))
    again, summary = load(corrected(rejected(first), H2={"Start Date": right[1]["Start Date"]}))
    assert (summary["state"], summary["rows"], summary["rejected"]) == ("committed", 1, 0)
    assert (again.corrects_id, again.as_of, again.is_full) == (first.pk, first.as_of, False)
    assert current() == expected
    with pytest.raises(Refused, match="No rejected row"):
        rejected(again)


def test_a_correction_ends_nothing_and_is_undone_like_any_file():
    first, _ = sent(rows(start=WRONG))
    before = current()
    again, summary = load(corrected(rejected(first), H2={"Start Date": telling.days_ago(30)}))
    assert summary["involvements"]["ended"] == 0
    actions.execute(run=actions.undo(extract=again, reason="Wrong", by=None))
    assert current() == before


def test_the_week_after_is_compared_with_the_file_and_not_with_its_correction():
    first, _ = sent(rows(start=WRONG), as_of=today() - timedelta(days=7))
    load(corrected(rejected(first), H2={"Start Date": telling.days_ago(30)}))
    _, summary = sent(rows())
    assert summary["state"] == "committed"
    assert summary["involvements"]["ended"] == 0


def test_what_is_still_wrong_comes_back_once_more():
    first, _ = sent(rows(start=WRONG))
    again, summary = load(rejected(first))
    assert (summary["state"], summary["rejected"]) == ("committed", 1)
    headings, _ = lines(rejected(again))
    assert [each for each in headings if each.startswith("Findings")] == [f"Findings of file {again.pk}"]


def test_a_childs_other_rows_come_too_since_they_are_read_together():
    two = [
        telling.early_help("H1", "Ada"),
        telling.early_help("H1", "Ada") | {"Episode ID": "E1b", "Start Date": WRONG},
        telling.early_help("H2", "Ben") | telling.apart("Ben"),
    ]
    first, _ = sent(two)
    headings, *found = lines(rejected(first))
    assert [line[headings.index("Episode ID")] for line in found] == ["EH1", "E1b"]
    assert [bool(line[-1]) for line in found] == [False, True]
    event = Event.objects.get(kind="extract.rejected_rows", subject=f"extract:{first.pk}")
    assert event.children == [telling.child_of("early_help", "H1").pk], "whose rows left the service"


def test_rows_of_another_feed_or_of_a_file_that_was_undone_are_refused():
    first, _ = sent(rows(start=WRONG))
    book = rejected(first)
    actions.execute(run=actions.undo(extract=first, reason="Wrong", by=None))
    _, summary = load(book)
    assert summary["state"] == State.REFUSED and "no longer stands" in summary["reason"]


def test_a_newer_file_makes_a_late_correction_wait_for_a_person():
    first, _ = sent(rows(start=WRONG), as_of=today() - timedelta(days=7))
    book = rejected(first)
    sent([rows()[0] | {"Reason": "As agreed"}, *rows(start=WRONG)[1:]])
    _, summary = load(corrected(book, H2={"Start Date": telling.days_ago(30)}))
    assert summary["state"] == State.HELD and "newer" in summary["reason"]


HOSTILE = st.sampled_from(
    ["=1+1", "+44 1632", "-5", "@x", "007", "1e5", "2026-01-02", "a\tb", "“”", "=cmd|' /C calc'!A0"]
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reason=HOSTILE, worker=HOSTILE)
def test_no_cell_is_changed_by_going_out_and_coming_back(reason, worker):
    try:
        with transaction.atomic():
            given = rows(start=WRONG)
            given[1] |= {"Reason": reason, "Lead Practitioner ID": worker}
            first, _ = sent(given)
            headings, line = lines(rejected(first))
            assert [line[headings.index(each)] for each in ("Reason", "Lead Practitioner ID")] == [
                reason,
                worker,
            ]
            book = openpyxl.load_workbook(io.BytesIO(rejected(first)))
            assert {
                cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if cell.value
            } == {"s"}
            raise Forgotten
    except Forgotten:
        pass


class Forgotten(Exception):
    """Ends a world."""
