"""How search words are read, and how near a name comes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.values import name_key
from apps.profiles.rules import (
    Grade,
    Terms,
    grade,
    grade_forename,
    grade_surname,
    pattern_key,
    read_born,
    read_name,
    read_quick,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Okafor", ("Okafor", "")),
        ("Okafor Tamsin", ("Okafor", "Tamsin")),
        ("van der Berg, Anna", ("van der Berg", "Anna")),
        (", Tamsin", ("", "Tamsin")),
        ("okaf*", ("okaf*", "")),
        ("", ("", "")),
    ],
)
def test_a_name_is_read_surname_first(typed, first):
    assert read_name(typed)[0] == first


def test_words_without_a_comma_can_be_read_in_other_ways():
    assert read_name("Van Berg Anna")[1:] == [
        ("Van Berg Anna", ""),
        ("Anna", "Van Berg"),
        ("Van Berg", "Anna"),
    ]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("27/3/2013", date(2013, 3, 27), date(2013, 3, 27)),
        ("2013", date(2013, 1, 1), date(2013, 12, 31)),
        ("2010-2012", date(2010, 1, 1), date(2012, 12, 31)),
        ("12", date(2013, 11, 23), date(2014, 11, 22)),
        ("12-14", date(2011, 11, 23), date(2014, 11, 22)),
        ("14 to 12", date(2011, 11, 23), date(2014, 11, 22)),
        ("0", date(2025, 11, 23), date(2026, 11, 22)),
    ],
)
def test_born_is_a_day_a_year_or_ages(typed, first, last):
    assert read_born(typed, TODAY) == (first, last)


@pytest.mark.parametrize("typed", ["soon", "31/2/2013", "99", "12-", "1850"])
def test_what_is_no_birthday_is_refused(typed):
    with pytest.raises(ValueError, match=typed):
        read_born(typed, TODAY)


@given(st.integers(0, 25), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_an_age_means_exactly_those_who_are_that_old(years, today):
    first, last = read_born(str(years), today)
    assert (last - first).days in (364, 365)
    for born, expected in ((first, years), (last, years)):
        assert today.year - born.year - ((today.month, today.day) < (born.month, born.day)) in (
            expected,
            expected + (born.month == 2),
        )


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("Okafor, Tamsin", {"name": "Okafor, Tamsin"}),
        ("999 204 1188", {"identifier": "999 204 1188"}),
        ("H999410917009", {"identifier": "H999410917009"}),
        ("ts1 2ab", {"postcode": "TS1 2AB"}),
    ],
)
def test_the_line_in_the_head_finds_its_field(typed, fields):
    assert read_quick(typed) == fields


@pytest.mark.parametrize(
    ("asked", "surname", "expected"),
    [
        ("Okafor", "Okafor", Grade.EXACT),
        ("okafor", "OKAFOR", Grade.EXACT),
        ("Okafor", "Okáfor", Grade.ALIKE),
        ("Okafor Bright", "Okafor-Bright", Grade.ALIKE),
        ("OKafor", "O’Kafor", Grade.ALIKE),
        ("Okafor", "Okafor-Bright", Grade.STARTS),
        ("Bright", "Okafor-Bright", Grade.PART),
        ("Okafor", "Ukafor", Grade.NEAR),
        ("okaf*", "Okafor", Grade.STARTS),
        ("*bright", "Okafor-Bright", Grade.STARTS),
        ("okaf*", "Smith", None),
    ],
)
def test_how_near_a_surname_comes(asked, surname, expected):
    assert grade_surname(asked, surname, name_key(surname)) == expected


@pytest.mark.parametrize(
    ("asked", "forename", "known_as", "expected"),
    [
        ("Tamsin", "Tamsin", "", Grade.EXACT),
        ("Tamsin", "Tamsin Jane", "", Grade.EXACT),
        ("Tam", "Tamsin", "", Grade.KNOWN_AS),
        ("Bill", "William", "", Grade.KNOWN_AS),
        ("Kit", "Alexander", "Kit", Grade.KNOWN_AS),
        ("Emeka", "Emekachukwu", "", Grade.STARTS),
        ("Tamzyn", "Tamsyn", "", Grade.NEAR),
        ("T*", "Tamsin", "", Grade.STARTS),
        ("Tamsin", "George", "", None),
        ("Tamsin", "", "", None),
    ],
)
def test_how_near_a_forename_comes(asked, forename, known_as, expected):
    assert grade_forename(asked, name_key(forename), known_as) == expected


def test_a_name_is_as_near_as_its_worse_half():
    terms = Terms(surname="Okafor", forename="Tam")
    assert grade(terms, "Okafor", "okafor", "tamsin", "") == Grade.KNOWN_AS
    assert grade(terms, "Okafor", "okafor", "george", "") is None


def test_the_audit_is_told_which_fields_were_asked_never_their_words():
    terms = Terms(
        surname="Okafor", born_from=date(2013, 1, 1), born_to=date(2013, 12, 31), others=(("x", "y"),)
    )
    assert terms.asked == ["born_from", "born_to", "surname"]


def test_nothing_typed_is_not_enough():
    assert not Terms().is_enough
    assert Terms(postcode="TS1 2AB").is_enough


@given(st.text(max_size=30))
def test_a_pattern_never_breaks_the_grading(text):
    grade_surname(text, "Okafor", "okafor")
    grade_forename(text, "tamsin", "Tam")
    assert "%" not in pattern_key(text)
