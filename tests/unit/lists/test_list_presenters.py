"""What a list's pages say of each child, of the week, and of whom to phone."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.agencies.models import Agency
from apps.lists import presenters
from apps.lists.counted import Counts
from apps.lists.models import Entry, WeeklyList
from apps.lists.queries import Asked
from apps.lists.weeks import WeekConverter, name_of, week_named
from apps.ragp.models import Band

MONDAY = date(2026, 11, 16)
BANDS = {code: Band(code=code, label=code.capitalize(), colour=code) for code in ("red", "amber", "none")}
SCHOOL = Agency(pk=3, code="wenlow", name="Wenlow High")


def service(name, who="", phone="", since="2026-09-03"):
    return {"name": name, "who": who, "phone": phone, "since": since}


def entry(mark="same", band="red", services=(), number=1, **fields):
    return Entry(public_id=UUID(int=number), mark=mark, band=band, services=list(services), **fields)


def weekly(version=1, week=MONDAY):
    as_at = datetime(2026, 11, 16, 6, tzinfo=UTC)
    return WeeklyList(
        setting=SCHOOL, week=week, version=version, as_at=as_at, released_at=as_at, state="released"
    )


def asked(*entries, **fields):
    own = {"listed": weekly(), "departures": [], "before": None, "bands": BANDS}
    return Asked(entries=list(entries), **(own | fields))


# whom to phone


def test_services_of_one_worker_stand_together_in_their_own_order():
    found = presenters.contacts([
        service("Child in need", "Priya", "101"), service("CAMHS", "Idris", "102"), service("Social worker", "Priya", "101"),
    ])  # fmt: skip
    assert [(each.who, [name for name, _since in each.services]) for each in found] == [
        ("Priya", ["Child in need", "Social worker"]),
        ("Idris", ["CAMHS"]),
    ]


def test_one_name_with_two_telephones_is_two_people_to_phone():
    found = presenters.contacts([service("A", "Priya", "101"), service("B", "Priya", "102")])
    assert [each.phone for each in found] == ["101", "102"]


@pytest.mark.parametrize("since", ["", None])
def test_a_service_without_a_day_or_a_worker_is_still_named(since):
    [found] = presenters.contacts([{"name": "VEMT", "since": since, "who": None, "phone": None}])
    assert (found.who, found.phone, found.services) == ("", "", [("VEMT", None)])


@given(st.lists(st.builds(service, st.text(max_size=5), st.sampled_from("ABC"), st.sampled_from("12"))))
def test_every_service_is_told_exactly_once(services):
    found = presenters.contacts(services)
    assert sorted(name for each in found for name, _since in each.services) == sorted(
        each["name"] for each in services
    )
    assert len({(each.who, each.phone) for each in found}) == len(found)


# one child


@pytest.mark.parametrize(
    ("mark", "before", "said", "icon"),
    [
        ("joined", "", "Joined list", "plus"),
        ("up", "amber", "Up from Amber", "differ"),
        ("up", "gone", "Rating up", "differ"),
        ("down", "amber", "Down from Amber", "differ"),
        ("down", "", "Rating down", "differ"),
        ("changed", "red", "Services changed", "person"),
        ("same", "red", "", ""),
    ],
)
def test_what_changed_is_said_in_words_with_a_sign(mark, before, said, icon):
    line = presenters.line(entry(mark, previous_band=before), BANDS)
    assert (line.mark, line.mark_icon, line.is_new) == (said, icon, bool(said))


def test_a_band_that_is_not_shared_is_none():
    line = presenters.line(entry(band="", previous_band=""), BANDS)
    assert (line.band, line.previous) == (None, None)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("R", "Reception"),
        ("r", "Reception"),
        ("N1", "Nursery"),
        ("N2", "Nursery"),
        ("E1", "Early years"),
        ("E2", "Early years"),
        ("9", "Year 9"),
        ("9.0", "Year 9"),
        (" 11 ", "Year 11"),
        ("M", "Mixed year"),
        ("X", ""),
        ("", ""),
    ],
)
def test_a_year_group_as_schools_say_it(code, said):
    assert presenters.line(entry(year_group=code), BANDS).year == said


# the page


def page(*entries, show="", links=presenters.OWN, weeks=(), **fields):
    return presenters.setting_page(asked(*entries, **fields), show, links, list(weeks))


LISTED = (
    entry("same", "none", number=1),
    entry("same", "red", number=2),
    entry("joined", "none", number=3),
    entry("changed", "amber", number=4),
    entry("up", "red", number=5),
)


@pytest.mark.parametrize(
    ("show", "shown"),
    [("all", [1, 2, 3, 4, 5]), ("changed", [3, 4, 5]), ("", [2, 4, 5]), ("nonsense", [2, 4, 5])],
)
def test_a_reader_may_choose_which_part_of_the_list_is_shown(show, shown):
    assert [line.entry.public_id.int for line in page(*LISTED, show=show)["lines"]] == shown


def test_who_joined_stands_apart_from_who_changed():
    found = presenters.changes(asked(*LISTED))
    assert [line.entry.public_id.int for line in found.joined] == [3]
    assert [line.entry.public_id.int for line in found.changed] == [4, 5]


@pytest.mark.parametrize(("version", "said"), [(1, False), (2, True)])
def test_a_corrected_list_says_so(version, said):
    assert ("corrected, version 2" in page(listed=weekly(version))["fresh"]) is said


def test_the_files_are_of_the_part_shown_and_earlier_weeks_leave_out_this_one():
    before = date(2026, 11, 9)
    shown = page(*LISTED, show="all", weeks=[MONDAY, before])
    assert shown["xlsx"].endswith("?show=all") and shown["csv"].endswith("?show=all")
    assert [week for week, _address in shown["earlier"]] == [before]
    assert "wenlow/2026-W46" in shown["earlier"][0][1]


def test_a_setting_and_an_officer_have_addresses_of_their_own():
    own, everyone = page(*LISTED), page(*LISTED, links=presenters.ALL)
    assert own["csv"] != everyone["csv"]
    assert (own["managed"], everyone["managed"]) == (False, True)


@pytest.mark.parametrize(("rated", "order"), [(True, "by rating from the highest"), (False, "by name")])
def test_the_caption_names_the_order_the_reader_sees(rated, order):
    said = presenters.caption(1204, rated)
    assert said.startswith("1,204 children. ") and order in said
    assert ("rating" in said) is rated


# the officers' page


@pytest.mark.parametrize(("version", "state"), [(1, "Released"), (2, "Released, corrected: version 2")])
def test_a_setting_of_the_week_says_its_state_and_who_can_open_it(version, state):
    listed = weekly(version)
    listed.setting_id = 3
    row = presenters.row(listed, {3: "A. Lead"}, Counts(), ())
    assert (row.state, row.lead) == (state, "A. Lead")
    assert presenters.row(listed, {}, Counts(), ()).lead == ""


@pytest.mark.parametrize(
    ("without", "said"),
    [
        (0, "every setting has one"),
        (1, "1 setting with no list: nobody on its roll"),
        (3, "3 settings with no list: nobody on its roll"),
    ],
)
def test_the_week_in_figures(without, said):
    figures = {
        "lists": 80,
        "entries": 8412,
        "known": 1204,
        "joined": 3,
        "left": 2,
        "changed": 9,
        "corrected": 1,
    }
    tiles = {tile.label: tile for tile in presenters.tiles(figures, without)}
    assert tiles["Lists"].note == said
    assert (tiles["Children"].figure, tiles["Children"].note) == (8412, "1,204 known to a service")
    assert [tiles[name].figure for name in ("Joined", "Left", "Changed", "Corrected")] == [3, 2, 9, 1]


def test_weeks_to_choose_from_are_named_and_said():
    assert presenters.week_choices([date(2027, 1, 4), date(2026, 12, 28)]) == [
        ("2027-W01", "Week of Mon 4 Jan 2027"),
        ("2026-W53", "Week of Mon 28 Dec 2026"),
    ]


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_week_comes_back_from_its_address(day):
    monday = date.fromisocalendar(*day.isocalendar()[:2], 1)
    converter = WeekConverter()
    assert week_named(name_of(day)) == converter.to_python(converter.to_url(monday)) == monday
