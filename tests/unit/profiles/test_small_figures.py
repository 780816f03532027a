"""Figures without names: small ones withheld, and none that could be worked out; agreements and the seal."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.agencies.models import Agency, SharingAgreement
from apps.core.presenters import NOT_RATED, Band
from apps.profiles.presenters import figures, practitioner

DAY = date(2026, 11, 16)
MARKS = {code: Band(code.capitalize(), code, code) for code in ("purple", "red", "amber")}


@pytest.fixture
def on_the_day(monkeypatch):
    monkeypatch.setattr(figures, "today", lambda: DAY)


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


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([20, 3], "withheld"),
        ([20, None], "withheld"),
        ([2, 1], "under 5"),
        ([3, 0], "under 5"),
        ([3, 4, 20], 27),
        ([20, 7], 27),
        ([0, 0], 0),
        ([], 0),
    ],
)
def test_a_sum_does_not_give_away_the_only_small_figure_in_it(parts, said):
    assert figures.summed(parts) == said


def leaders_page(monkeypatch, **by_band):
    """The leadership's tiles and table for so many children by band, now and a week ago."""
    rows = [("band", code, "", now, before) for code, (now, before) in by_band.items()]
    monkeypatch.setattr(figures.queries, "week_figures", lambda: (datetime(2026, 11, 16, tzinfo=UTC), rows))
    monkeypatch.setattr(figures, "late_anywhere", list)
    monkeypatch.setattr(
        figures, "bands", lambda: MARKS | {"green": Band("Green", "green", "green"), "none": NOT_RATED}
    )
    context = figures.leadership().context
    return {tile.label: tile.figure for tile in context["tiles"]}, {
        row["band"].code: row["now"] for row in context["ratings"]
    }


def test_no_figure_of_the_leaderships_page_gives_a_small_one_away(monkeypatch):
    tiles, table = leaders_page(monkeypatch, purple=(20, 20), red=(3, 30), amber=(7, 40), green=(9, 50))
    assert (tiles["Red or Purple now"], tiles["Red or Purple a week ago"]) == ("withheld", 50)
    assert (table["red"], table["amber"]) == (3, None)


def test_a_figure_withheld_for_another_is_not_to_be_had_from_the_sum(monkeypatch):
    tiles, table = leaders_page(monkeypatch, purple=(20, 20), red=(7, 30), amber=(3, 40), green=(9, 50))
    assert (table["red"], tiles["Red or Purple now"]) == (None, "withheld")


def test_each_column_is_looked_at_by_itself():
    rows = figures.suppressed(
        [{"now": 3, "before": 9}, {"now": 8, "before": 2}, {"now": 9, "before": 7}], "now", "before"
    )
    assert [(row["now"], row["before"]) for row in rows] == [(3, 9), (None, 2), (9, None)]


@pytest.mark.parametrize(("code", "place"), [("purple", 0), ("amber", 2), ("gone", 3)])
def test_where_a_band_stands_from_the_highest_down(code, place):
    assert figures.place(list(MARKS), code) == place
    assert practitioner.rank(MARKS, Band("x", "red", code)) == place


# the audit record and agreements


@pytest.mark.parametrize(
    ("sealed", "waiting", "oldest", "late"),
    [
        (None, 0, None, False),
        (None, 1, 1, False),  # a service that has just begun
        (None, 1, 11, True),
        (9, 5, 8, False),
        (11, 5, 11, True),
        (11, 0, None, False),
        (600, 1, 0, False),  # the first sign-in after a quiet night
    ],
)
def test_an_event_that_waits_more_than_ten_minutes_for_its_seal_is_a_fault(
    monkeypatch, sealed, waiting, oldest, late
):
    now = datetime(2026, 11, 16, 12, tzinfo=UTC)
    monkeypatch.setattr(figures.timezone, "now", lambda: now)

    def ago(minutes):
        return None if minutes is None else now - timedelta(minutes=minutes)

    assert figures.chain(ago(sealed), waiting, ago(oldest))["late"] is late


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
