"""Searching at its edges: ranges, patterns, familiar forms, and what holds for anything typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.children.nicknames import forms_of
from apps.core.values import name_key
from apps.profiles.rules import (
    SAID,
    Grade,
    Terms,
    fits,
    grade,
    grade_forename,
    grade_surname,
    pattern_key,
    read_born,
    read_name,
    read_quick,
    years_before,
)

TODAY = date(2026, 11, 22)
NAME = st.text(st.sampled_from("abcdeéö'- "), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("", None, None),
        ("  ", None, None),
        ("30", date(1995, 11, 23), date(1996, 11, 22)),
        ("1900", date(1900, 1, 1), date(1900, 12, 31)),
        ("2099", date(2099, 1, 1), date(2099, 12, 31)),
        ("2012-2010", date(2010, 1, 1), date(2012, 12, 31)),
        ("2010 – 2012", date(2010, 1, 1), date(2012, 12, 31)),
        ("2010 to 2012", date(2010, 1, 1), date(2012, 12, 31)),
        ("5–6", date(2019, 11, 23), date(2021, 11, 22)),
        (" 27 March 2013 ", date(2013, 3, 27), date(2013, 3, 27)),
    ],
)
def test_a_birthday_at_the_edge(typed, first, last):
    assert read_born(typed, TODAY) == (first, last)


@pytest.mark.parametrize("typed", ["31", "5-31", "100", "-5", "5,6", "1899", "2100", "20133", "5 years"])
def test_what_is_neither_day_year_nor_age(typed):
    with pytest.raises(ValueError, match=typed):
        read_born(typed, TODAY)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 29))
def test_ages_that_follow_each_other_leave_out_no_day_and_count_none_twice(today, years):
    younger, older = read_born(str(years), today), read_born(str(years + 1), today)
    both = read_born(f"{years}-{years + 1}", today)
    assert both == (older[0], younger[1])
    assert (younger[0] - older[1]).days == 1


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
        (date(2024, 2, 29), 1, date(2023, 2, 28)),
        (date(2024, 3, 1), 1, date(2023, 3, 1)),
        (date(2024, 3, 1), 0, date(2024, 3, 1)),
    ],
)
def test_years_before_a_leap_day(day, years, before):
    assert years_before(day, years) == before


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("TS18 1AB", {"postcode": "TS18 1AB"}),
        ("  Okafor   Tamsin ", {"name": "Okafor Tamsin"}),
        ("EHM 100", {"identifier": "EHM 100"}),
        ("TS18", {"identifier": "TS18"}),
        ("", {"name": ""}),
    ],
)
def test_one_line_is_a_postcode_a_number_or_a_name(typed, fields):
    assert read_quick(typed) == fields


@given(st.text(max_size=30))
def test_every_way_to_read_a_name_keeps_its_words(text):
    for surname, forename in read_name(text):
        assert sorted(f"{surname} {forename}".split()) == sorted(text.replace(",", " ", 1).split())


@pytest.mark.parametrize(
    ("pattern", "key", "fit"),
    [
        ("ok*", "okafor", True),
        ("*or", "okafor", True),
        ("o*f*r", "okafor", True),
        ("*", "okafor", True),
        ("**", "", True),
        ("ok*", "smith ok", False),
        ("OK*", "okafor", True),
        ("O'K*", "okafor", True),
        ("o.*", "okafor", True),
        ("(*", "okafor", True),
        ("okafor*x", "okafor", False),
    ],
)
def test_a_star_stands_for_any_letters_and_nothing_else_does(pattern, key, fit):
    assert fits(pattern)(key) is fit


@given(NAME)
def test_a_name_fits_the_pattern_of_its_own_beginning_and_end(name):
    key = name_key(name)
    for place in range(len(key) + 1):
        beginning, end = key[:place].strip(), key[place:].strip()
        assert fits(f"{beginning}*")(key)
        assert fits(f"*{end}")(key) or name_key(end) != end


@given(st.text(max_size=15))
def test_a_pattern_keeps_its_stars(text):
    assert pattern_key(text).count("*") == text.count("*")


@pytest.mark.parametrize(
    ("asked", "key", "known_as", "expected"),
    [
        ("", "tamsin", "", Grade.EXACT),
        ("Tamsin", "tam", "", Grade.KNOWN_AS),
        ("Tam", "thomasina", "", Grade.KNOWN_AS),
        ("Bob", "robert", "", Grade.KNOWN_AS),
        ("Bob", "robert james", "", Grade.KNOWN_AS),
        ("Kit", "alexander", "KIT", Grade.KNOWN_AS),
        ("T", "tamsin", "", None),
        ("Ta", "tamsin", "", Grade.STARTS),
        ("Jane", "tamsin jane", "", None),
        ("t*n", "tamsin", "", Grade.STARTS),
        ("t*x", "tamsin", "", None),
    ],
)
def test_a_forename_at_the_edge(asked, key, known_as, expected):
    assert grade_forename(asked, key, known_as) == expected


@given(NAME, NAME)
def test_a_familiar_form_works_both_ways(one, two):
    assert (name_key(two) in forms_of(name_key(one))) == (name_key(one) in forms_of(name_key(two)))


@pytest.mark.parametrize("name", ["tamsin", "robert", "zoe", "nobody-has-this-name"])
def test_a_name_is_a_form_of_itself(name):
    assert name in forms_of(name)


@given(NAME.filter(lambda name: name_key(name)))
def test_a_child_is_found_exactly_by_its_own_name(name):
    key = name_key(name)
    assert grade_surname(name, name, key) == Grade.EXACT
    assert grade_forename(name, key) == Grade.EXACT
    assert grade(Terms(surname=name, forename=name), name, key, key, "") == Grade.EXACT


@pytest.mark.parametrize(
    ("surname", "forename", "expected"),
    [
        ("Okafor", "", Grade.EXACT),
        ("", "Tamsin", Grade.EXACT),
        ("Okaf", "Tamsin", Grade.STARTS),
        ("okaf*", "George", None),
        ("smi*", "Tamsin", None),
        ("Ukafor", "Tam", Grade.NEAR),
    ],
)
def test_a_search_is_as_near_as_the_worse_of_two_names(surname, forename, expected):
    assert grade(Terms(surname=surname, forename=forename), "Okafor", "okafor", "tamsin", "") == expected


def test_every_grade_is_said_in_words_of_its_own():
    assert set(SAID) == set(Grade)
    assert len(set(SAID.values())) == len(Grade)


@pytest.mark.parametrize(
    ("terms", "enough", "asked"),
    [
        (Terms(), False, []),
        (Terms(others=(("Okafor", ""),)), False, []),
        (Terms(surname="Okafor", others=(("x", "y"),)), True, ["surname"]),
        (Terms(born_from=TODAY, born_to=TODAY), True, ["born_from", "born_to"]),
        (Terms(born_to=TODAY), False, ["born_to"]),
        (Terms(postcode="TS18 1AB", school="7"), True, ["postcode", "school"]),
        (Terms(identifier="1"), True, ["identifier"]),
    ],
)
def test_what_was_asked_is_told_by_field(terms, enough, asked):
    assert (terms.is_enough, terms.asked) == (enough, asked)
