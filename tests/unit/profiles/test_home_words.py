"""First pages: what changed in few words, what a result says."""

from datetime import date
from types import SimpleNamespace

import pytest

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.presenters import NOT_RATED, Band
from apps.involvements.models import Involvement
from apps.involvements.presenters import Source
from apps.profiles.presenters import figures, home, offices, practitioner, results
from apps.ragp.models import Change

DAY = date(2026, 11, 16)
MARKS = {code: Band(code.capitalize(), code, code) for code in ("purple", "red", "amber")}


@pytest.fixture
def on_the_day(monkeypatch):
    for module in (practitioner, figures, offices):
        monkeypatch.setattr(module, "today", lambda: DAY)


# what changed


def involvement(service, end=None):
    return Involvement(service=service, end_on=end)


@pytest.mark.parametrize(
    ("change", "services", "said"),
    [
        (Change(from_band="amber", to_band="red"), [], "Amber to Red"),
        (Change(from_band="amber", to_band="red"), [involvement("camhs")], "Amber to Red"),
        (Change(from_band="gone", to_band="red"), [], "Not rated to Red"),
        (None, [], ""),
        (None, [involvement("camhs")], "CAMHS began"),
        (None, [involvement("camhs", DAY)], "CAMHS ended"),
        (None, [involvement("vemt"), involvement("camhs")], "CAMHS began, 1 more"),
    ],
)
def test_what_changed_in_as_few_words_as_a_badge_holds(change, services, said):
    assert practitioner.changed(change, services, MARKS) == said


def source(as_of):
    return Source("camhs", "CAMHS", 1, "CAMHS", "", frozenset({"camhs"}), 7, 4, as_of)


@pytest.mark.parametrize(
    ("child", "said"),
    [
        (Child(dob=date(2013, 3, 14), setting=Agency(name="Wenlow High")), "13, Wenlow High"),
        (Child(dob=date(2013, 3, 14)), "13"),
        (Child(setting=Agency(name="Wenlow High")), "Wenlow High"),
        (Child(), ""),
    ],
)
def test_a_note_beside_a_childs_name(monkeypatch, child, said):
    monkeypatch.setattr("apps.core.words.today", lambda: DAY)
    assert home.note_of(child) == said


def test_no_note_says_where_a_hidden_child_is():
    assert "Wenlow" not in home.note_of(Child(address_hidden=True, setting=Agency(name="Wenlow High")))


def test_a_page_that_does_not_exist_has_no_address():
    assert home.address("nowhere:at-all") == ""
    assert home.address("triage:queue").startswith("/")


# files and results


@pytest.mark.parametrize(
    ("extract", "as_of", "state", "due"),
    [
        (None, None, "Never came", "no file yet"),
        (SimpleNamespace(state="committed", rows=9, rejected=1), DAY, "Committed", "due 23 Nov 2026"),
    ],
)
def test_a_feed_says_what_became_of_its_newest_file_and_when_the_next_is_due(extract, as_of, state, due):
    row = offices.feed_row(source(as_of), {4: extract} if extract else {}, DAY)
    assert (row["state"], row["next"]) == (state, due)
    assert (row["rows"], row["rejected"]) == ((9, 1) if extract else (None, None))


@pytest.mark.parametrize(
    ("services", "said"),
    [
        ([], "none that you can see"),
        (["vemt"], "VEMT"),
        (["vemt", "looked_after"], "Looked after, VEMT"),
        (
            ["vemt", "camhs", "looked_after", "ehcp"],
            "Looked after, Education, health and care plan, CAMHS and 1 more",
        ),
    ],
)
def test_at_most_three_services_are_named_in_a_result(services, said):
    assert results.known_to(services) == said


@pytest.mark.parametrize(
    ("child", "notes"),
    [
        (Child(nhs_number="9434765919", upn="H1"), ["NHS 943 476 5919"]),
        (Child(upn="H1", known_as="Uni"), ["UPN H1", "known as Uni"]),
        (Child(died_on=DAY, left_area_on=DAY), ["no NHS number or UPN", "died 16 Nov 2026"]),
        (Child(left_area_on=DAY), ["no NHS number or UPN", "left the area 16 Nov 2026"]),
        (Child(provisional=True), ["no NHS number or UPN", "not yet matched: may be somebody else’s record"]),
    ],
)
def test_what_must_be_seen_before_a_page_is_opened(child, notes):
    assert results.notes_of(child) == notes


@pytest.mark.parametrize(
    ("rows", "more", "said"),
    [(1, False, "1 child"), (12, False, "12 children"), (50, True, "First 50 children")],
)
def test_how_many_were_found(rows, more, said):
    assert results.Results([None] * rows, more, True, None, []).title == said


def test_a_band_without_a_word_is_not_rated():
    assert home.label(MARKS, "gone") == NOT_RATED.label
