"""The head of a child's page: school, address, who leads, what the rating was."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.agencies.models import Agency
from apps.children.models import Child, RecordAddress
from apps.core.presenters import NOT_RATED
from apps.extracts.models import Feed
from apps.involvements.models import Involvement, InvolvementDetail
from apps.involvements.presenters import Contact, Known
from apps.profiles.presenters import header
from apps.profiles.presenters.header import Address, Lead, Person, School
from apps.ragp.models import Assessment, Band

DAY = date(2026, 11, 16)
WENLOW = Agency(pk=3, name="Wenlow High", safeguarding_lead="A. Lead", phone="01632 960300")
LARKMOOR = Agency(pk=4, name="Larkmoor Academy")
BANDS = [Band(code=code, label=code.capitalize(), colour=code) for code in ("red", "amber", "none")]


def enrolled(setting=WENLOW, start=date(2024, 9, 1), end=None, service="school_roll"):
    return Involvement(service=service, setting=setting, start_on=start, end_on=end)


def child(**fields):
    return Child(**({"surname": "Marsh", "forename": "Una"} | fields))


# school


def test_today_the_school_is_the_childs_own_with_whom_to_phone():
    assert header.school_of(child(setting=WENLOW, year_group="8"), [], DAY, past=False) == School(
        "Wenlow High", "8", "A. Lead", "01632 960300"
    )


def test_a_child_without_a_school_keeps_its_year():
    assert header.school_of(child(year_group="8"), [], DAY, past=False) == School(year_group="8")


@pytest.mark.parametrize(
    ("roll", "name"),
    [
        ([], ""),
        ([enrolled()], "Wenlow High"),
        ([enrolled(end=DAY)], ""),
        ([enrolled(end=date(2026, 11, 17))], "Wenlow High"),
        ([enrolled(), enrolled(LARKMOOR, date(2026, 1, 5))], "Larkmoor Academy"),
        ([enrolled(LARKMOOR, None), enrolled()], "Wenlow High"),
        ([enrolled(service="camhs")], ""),
        ([enrolled(service="early_years_roll")], "Wenlow High"),
    ],
)
def test_on_an_earlier_day_the_school_is_the_newest_roll_known_then(roll, name):
    assert header.school_of(child(setting=LARKMOOR), roll, DAY, past=True).name == name


def test_on_an_earlier_day_the_year_is_the_one_known_then():
    roll = enrolled()
    roll.content = InvolvementDetail(detail={"year_group": "7"})
    assert header.school_of(child(year_group="8"), [roll], DAY, past=True).year_group == "7"


@pytest.mark.parametrize("past", [True, False])
def test_the_school_of_a_hidden_child_is_shown_to_its_own_roll_alone(past):
    hidden = child(address_hidden=True, setting=WENLOW, year_group="8")
    assert header.school_of(hidden, [], DAY, past) == School(hidden=True)
    assert header.school_of(hidden, [enrolled(end=date(2026, 1, 1))], DAY, past) == School(hidden=True)
    assert header.school_of(hidden, [enrolled()], DAY, past).name == "Wenlow High"


# address


def at(address="", postcode="", title="Social care"):
    return RecordAddress(feed=Feed(title=title), address=address, postcode=postcode)


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        (at("1 High St\nNorton", "TS20 1AA"), "1 High St, Norton, TS20 1AA"),
        (at("1 High St, \n , \nNorton,", "TS20 1AA"), "1 High St, Norton, TS20 1AA"),
        (at("1 High St, Norton, ts20 1aa", "TS20 1AA"), "1 High St, Norton, ts20 1aa"),
        (at("", "TS20 1AA"), "TS20 1AA"),
        (at("1 High St"), "1 High St"),
    ],
)
def test_an_address_is_one_line_that_ends_with_its_postcode(place, lines):
    assert header.address_of([place], hidden=False) == Address(lines, "Social care")


def test_the_first_feed_that_has_an_address_is_asked():
    assert (
        header.address_of([at(title="A"), at("1 High St", title="B"), at("2", title="C")], False).source
        == "B"
    )
    assert header.address_of([], False) == header.address_of([at()], False) == Address()


@given(st.text(), st.text(max_size=8))
def test_nothing_of_a_hidden_address_is_filled_in(address, postcode):
    assert header.address_of([at(address, postcode)], hidden=True) == Address(hidden=True)


# who leads


def test_the_lead_is_the_worker_and_the_service_they_lead_for():
    fact = Known("child_in_need", DAY, worker=Contact("Priya Venn", "Social worker", "101"))
    assert header.lead_of(fact) == Lead("Priya Venn", "Social worker", "101", "Child in need")


@pytest.mark.parametrize("fact", [None, Known("child_in_need", DAY)])
def test_nobody_leads_where_nobody_is_named(fact):
    assert header.lead_of(fact) == Lead()


# rating


def assessed(band, points, on):
    return Assessment(band=band, points=points, assessed_at=datetime(*on, 6, tzinfo=UTC))


def test_a_rating_that_stays_is_one_change():
    rating = header.rating_of(
        [assessed("red", 15, (2026, 1, 5)), assessed("red", 18, (2026, 2, 5))], BANDS, True
    )
    assert [(change.when, change.cause) for change in rating.changes] == [(date(2026, 1, 5), "15 points")]
    assert (rating.band.label, rating.points, rating.before) == ("Red", 18, None)


def test_a_rating_that_comes_back_is_three_changes():
    rating = header.rating_of(
        [
            assessed("red", 15, (2026, 1, 5)),
            assessed("amber", 9, (2026, 2, 5)),
            assessed("red", 16, (2026, 3, 5)),
        ],
        BANDS,
        True,
    )
    assert [change.band.label for change in rating.changes] == ["Red", "Amber", "Red"]
    assert (rating.before.label, rating.since) == ("Amber", date(2026, 3, 5))


def test_without_its_points_a_rating_keeps_its_bands_and_days():
    whole = header.rating_of(
        [assessed("amber", 9, (2026, 1, 5)), assessed("red", 15, (2026, 2, 5))], BANDS, True
    )
    bare = header.without_points(whole)
    assert bare.points == 0 and not any(change.cause for change in bare.changes)
    assert [(c.when, c.band) for c in bare.changes] == [(c.when, c.band) for c in whole.changes]


def test_a_band_of_another_scheme_is_drawn_as_not_rated():
    assert header.mark_of("blue", BANDS) == NOT_RATED
    assert header.mark_of("red", BANDS).label == "Red"


# names


@pytest.mark.parametrize(
    ("person", "name", "forenames"),
    [
        (Person("Marsh", "Una", "Mae"), "MARSH, Una", "Una Mae"),
        (Person("Marsh"), "MARSH", ""),
        (Person("", "Una"), "Una", "Una"),
        (Person(), "Name not known", ""),
        (Person("Marsh", "", "Mae"), "MARSH", "Mae"),
    ],
)
def test_a_name_in_the_head(person, name, forenames):
    assert (person.name, person.forenames) == (name, forenames)


@pytest.mark.parametrize(
    ("day", "word"), [(date(2031, 3, 13), "girl"), (date(2031, 3, 14), "female"), (date(2013, 3, 14), "girl")]
)
def test_a_girl_is_female_from_her_eighteenth_birthday(day, word):
    assert Person(dob=date(2013, 3, 14), sex="f").sex_word(day) == word


@given(st.text(max_size=3))
def test_a_sex_nobody_recorded_is_not_guessed(sex):
    if sex.upper() not in header.BOYS_AND_GIRLS:
        assert Person(sex=sex).sex_word(DAY) == ""
