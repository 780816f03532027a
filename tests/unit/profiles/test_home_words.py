"""First pages: small figures withheld, what changed in few words, how late the sources are."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.agencies.models import Agency, SharingAgreement
from apps.children.models import Child
from apps.core.presenters import NOT_RATED, Band
from apps.involvements.models import Involvement
from apps.involvements.presenters import Source
from apps.profiles.presenters import figures, homes, offices, results
from apps.ragp.models import Change

DAY = date(2026, 11, 16)
MARKS = {code: Band(code.capitalize(), code, code) for code in ("purple", "red", "amber")}


@pytest.fixture
def on_the_day(monkeypatch):
    for module in (homes, figures, offices):
        monkeypatch.setattr(module, "today", lambda: DAY)


# figures


@pytest.mark.parametrize(("number", "said"), [(0, 0), (1, "under 5"), (4, "under 5"), (5, 5), (1204, 1204)])
def test_a_small_figure_is_not_told(number, said):
    assert figures.shown(number) == said


def withheld(*numbers):
    rows = figures.suppressed([{"n": number} for number in numbers], "n")
    return [row["n"] for row in rows]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((3, 9, 7), [3, 9, None]),
        ((3, 4, 9), [3, 4, 9]),
        ((0, 9, 7), [0, 9, 7]),
        ((3,), [3]),
        ((3, 0), [3, 0]),
        ((3, 5, 5), [3, None, 5]),
        ((5, 6, 7), [5, 6, 7]),
        ((), []),
    ],
)
def test_one_small_figure_takes_the_next_smallest_with_it(numbers, told):
    assert withheld(*numbers) == told


@given(st.lists(st.integers(0, 30), max_size=8))
def test_no_single_figure_can_be_worked_out_from_the_total(numbers):
    told = withheld(*numbers)
    hidden = [number for number, shown in zip(numbers, told, strict=True) if shown is None or 0 < shown < 5]
    assert len(hidden) != 1 or not [number for number in numbers if number >= 5]
    assert all(shown in (None, number) for number, shown in zip(numbers, told, strict=True))


def test_each_column_is_looked_at_by_itself():
    rows = figures.suppressed(
        [{"now": 3, "before": 9}, {"now": 8, "before": 2}, {"now": 9, "before": 7}], "now", "before"
    )
    assert [(row["now"], row["before"]) for row in rows] == [(3, 9), (None, 2), (9, None)]


@pytest.mark.parametrize(("code", "place"), [("purple", 0), ("amber", 2), ("gone", 3)])
def test_where_a_band_stands_from_the_highest_down(code, place):
    assert figures.place(list(MARKS), code) == place
    assert homes.rank(MARKS, Band("x", "red", code)) == place


# the audit record and agreements


@pytest.mark.parametrize(
    ("sealed", "waiting", "late"),
    [
        (None, 0, False),
        (None, 1, True),
        (timedelta(minutes=9), 5, False),
        (timedelta(minutes=11), 5, True),
        (timedelta(minutes=11), 0, False),
    ],
)
def test_a_seal_more_than_ten_minutes_behind_is_a_fault(monkeypatch, sealed, waiting, late):
    now = datetime(2026, 11, 16, 12, tzinfo=UTC)
    monkeypatch.setattr(figures.timezone, "now", lambda: now)
    assert figures.chain(None if sealed is None else now - sealed, waiting)["late"] is late


def agreement(recipient=None, kind="", until=None, services=("camhs",), level="content"):
    return SharingAgreement(
        provider=Agency(name="CAMHS"), recipient=Agency(name=recipient) if recipient else None, recipient_kind=kind,
        services=list(services), level=level, valid_until=until,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("until", "soon"),
    [(None, False), (DAY, True), (DAY + timedelta(days=30), True), (DAY + timedelta(days=31), False)],
)
def test_an_agreement_that_ends_within_thirty_days(on_the_day, until, soon):
    assert figures.ends_soon(agreement("Early help", until=until)) is soon
    assert figures.agreement_rows([agreement("Early help", until=until)])[0]["ends_soon"] is soon


def test_agreements_that_differ_in_the_recipient_alone_are_one_row(on_the_day):
    rows = figures.agreement_rows([
        agreement("VEMT"), agreement("Early help"), agreement("Council", level="existence"), agreement(kind="school"),
    ])  # fmt: skip
    assert [row["name"] for row in rows] == ["CAMHS: CAMHS", "CAMHS: CAMHS"]
    assert rows[0]["agency"] == "Early help; VEMT; every school or college"
    assert rows[1]["agency"] == "Council"


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("*",), "all services"),
        (("camhs", "vemt"), "CAMHS, VEMT"),
        (("camhs", "fax"), "CAMHS"),
        (("*", "camhs"), "all services"),
    ],
)
def test_services_of_an_agreement_by_name(codes, said):
    assert figures.services_of(codes) == said


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
    assert homes.changed(change, services, MARKS) == said


def source(as_of, title="CAMHS", phone="", services=("camhs",)):
    return Source("camhs", title, 1, "CAMHS", phone, frozenset(services), 7, 4, as_of)


@pytest.mark.parametrize(("days", "told"), [(10, 0), (11, 1)], ids=["in grace", "late"])
def test_a_late_source_is_told_once_its_grace_is_over(on_the_day, days, told):
    assert len(homes.late([source(DAY - timedelta(days=days))])) == told


def test_a_late_source_says_since_when_and_whom_to_ask(on_the_day):
    [plain] = homes.late([source(date(2026, 10, 1))])
    [phoned] = homes.late([source(date(2026, 10, 1), phone="101")])
    assert plain["text"] == "Last file Thu 1 Oct 2026."
    assert phoned["text"].endswith("Ask them directly:") and phoned["phone"] == "101"
    assert homes.late([source(date(2026, 10, 1), services=()), source(None)]) == []


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
    assert homes.note_of(child) == said


def test_no_note_says_where_a_hidden_child_is():
    assert "Wenlow" not in homes.note_of(Child(address_hidden=True, setting=Agency(name="Wenlow High")))


def test_a_page_that_does_not_exist_has_no_address():
    assert homes.address("nowhere:at-all") == ""
    assert homes.address("triage:queue").startswith("/")


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
    assert results.Results([None] * rows, more, True, None).title == said


def test_a_band_without_a_word_is_not_rated():
    assert homes.label(MARKS, "gone") == NOT_RATED.label
