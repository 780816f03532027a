from datetime import date, timedelta

import pytest

from apps.core import clock
from apps.extracts.layouts.base import RawRow
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import merged, person_of


def cells(**data):
    return Cells(RawRow("m", 2, data), {})


def read(**data):
    row = cells(**data)
    return person_of(row), [problem.code for problem in row.problems]


def test_names_get_their_keys_and_unusable_ones_none():
    person, problems = read(surname="O’Neill-Brown", forename="Baby")
    assert person == {"surname": "O’Neill-Brown", "forename": "Baby", "surname_key": "oneill brown"}
    assert problems == []


@pytest.mark.parametrize(
    ("said", "sex", "problems"),
    [
        ("Male", "M", []),
        ("2", "F", []),
        ("1.0", "M", []),
        ("b) Female", "F", []),
        ("U", None, []),
        ("9", None, []),
        ("Q", None, ["CODE_UNKNOWN"]),
    ],
)
def test_every_spelling_of_sex(said, sex, problems):
    person, found = read(sex=said)
    assert (person.get("sex"), found) == (sex, problems)


def test_a_death_before_birth_is_not_used():
    person, problems = read(dob="01/01/2015", died_on="31/12/2014")
    assert ("died_on" in person, problems) == (False, ["DEATH_ORDER"])


@pytest.mark.parametrize(("days", "problems"), [(0, []), (1, ["DOB_FUTURE"])])
def test_a_child_may_be_born_today_but_not_tomorrow(days, problems):
    _person, found = read(dob=(clock.today() + timedelta(days=days)).isoformat())
    assert found == problems


@pytest.mark.parametrize(("years", "problems"), [(26, []), (27, ["DOB_OLD"])])
def test_twenty_six_is_the_oldest_that_is_not_asked_about(years, problems):
    now = clock.today()
    _person, found = read(dob=date(now.year - years, now.month, min(now.day, 28)).isoformat())
    assert found == problems


def test_an_address_without_a_postcode_column_gives_the_one_it_ends_with():
    person, problems = read(address="1 High St\nNorton\nts20 1aa")
    assert (person["postcode"], person["postcode_key"], problems) == ("TS20 1AA", "TS201AA", [])


def test_a_postcode_alone_is_no_address_to_compare():
    person, _problems = read(postcode="ts20 1aa")
    assert (person["postcode"], "address_key" in person) == ("TS20 1AA", False)


def test_a_number_too_long_to_be_one_is_left_out():
    person, problems = read(upn="x" * 40, ethnicity="White British and more", uln="1" * 40)
    assert ("upn" in person, "ethnicity" in person, len(person["uln"])) == (False, False, 20)
    assert problems == ["CODE_UNKNOWN", "UPN_CHECK"]


def test_rows_fill_each_others_gaps_and_the_first_word_counts():
    first, second = cells(surname="Roe"), cells(surname="Row", forename="Una")
    person = merged([(first, person_of(first)), (second, person_of(second))])
    assert (person["surname"], person["forename"]) == ("Roe", "Una")
    assert [problem.code for problem in second.problems] == ["DUPLICATE_IN_FILE"]
    assert first.problems == []


def test_rows_that_differ_in_spelling_only_agree():
    first, second = cells(surname="Zoë"), cells(surname="ZOE")
    merged([(first, person_of(first)), (second, person_of(second))])
    assert second.problems == []


@pytest.mark.parametrize("field", ["upn", "former_upn"])
def test_a_code_that_says_why_there_is_no_upn_is_nobodys_number(field):
    assert read(**{field: "un 4"}) == ({}, [])
