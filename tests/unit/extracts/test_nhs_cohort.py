"""Cohort lists of the NHS: whose row it is without a number, what stands for a school, and the row of instructions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.layouts.base import BROKEN, Bundle, RawRow
from apps.extracts.layouts.named import named_id
from apps.extracts.layouts.nhs_cohort import MODULE, interpret

CHILD = {"surname": "Marsh", "forename": "Una", "dob": "2013-03-14", "school": "123456"}


def read(*rows):
    return interpret(
        Bundle("1", [RawRow("cohort", number, dict(data)) for number, data in enumerate(rows, 2)])
    )


def codes(result):
    return [problem.code for problem in result.problems]


@pytest.mark.parametrize("number", ["9990000018", "999 000 0018", "999-000-0018", "9990000018.0"])
def test_a_right_nhs_number_is_the_id_however_it_is_written(number):
    assert MODULE.local_id({**CHILD, "nhs_number": number}) == "9990000018"


@pytest.mark.parametrize("number", ["", "1234567890", "999", "invalid"])
def test_without_a_right_number_the_id_is_made_of_who_the_child_is(number):
    found = MODULE.local_id({**CHILD, "nhs_number": number})
    assert found.startswith("n-")
    assert found == MODULE.local_id({**CHILD, "forename": "UNA ", "dob": "14/03/2013"})
    for field, other in (
        ("surname", "Mash"),
        ("forename", "Ula"),
        ("dob", "2013-03-15"),
        ("school", "123457"),
    ):
        assert found != MODULE.local_id({**CHILD, field: other})


@pytest.mark.parametrize("field", ["surname", "forename", "dob"])
def test_a_row_that_does_not_say_who_it_is_belongs_to_nobody(field):
    data = {**CHILD, field: ""}
    assert MODULE.local_id(data) == ""
    assert data[BROKEN] == "NO_IDENTITY"


@pytest.mark.parametrize("field", ["surname", "forename", "dob"])
def test_names_and_birth_date_may_not_be_empty_even_with_a_number(field):
    result = read({**CHILD, field: ""})
    assert (codes(result), result.person, result.facts) == (["VALUE_MISSING"], None, [])


def test_the_school_is_the_roll_the_child_is_said_to_be_on():
    [fact] = read({**CHILD, "year_group": "9", "class": "9B"}).facts
    assert (fact.code, fact.key, fact.setting_ref, fact.start_on) == ("school_roll", "123456", "123456", None)
    assert fact.detail == {"year_group": "9", "Class": "9B"}


@pytest.mark.parametrize(
    ("school", "noted"), [("888888", ["SCHOOL_UNKNOWN"]), ("ABCDEF", ["URN_WRONG"]), ("", [])]
)
def test_a_child_of_no_known_school_is_kept_and_on_no_roll(school, noted):
    result = read({**CHILD, "school": school})
    assert (codes(result), result.facts) == (noted, [])
    assert result.person["surname"] == "Marsh"


def test_a_child_taught_at_home_is_said_to_be():
    [fact] = read({**CHILD, "school": "999999"}).facts
    assert (fact.kind, fact.code, fact.text) == ("O", "education_status", "Home educated")


def test_a_sensitive_record_is_hidden():
    assert read({**CHILD, "sensitive": "S"}).restricted
    assert not read(CHILD).restricted


@pytest.mark.parametrize(
    ("data", "instructions"),
    [
        ({"surname": "Required: Free text", "school": "Required, 6 digits"}, True),
        ({"surname": "Required: Free text", "year_group": "Optional: 0 to 13"}, True),
        (CHILD, False),
        ({"surname": "Required", "forename": "Una"}, False),
        ({}, False),
    ],
)
def test_a_row_of_instructions_is_told_from_a_child(data, instructions):
    assert MODULE.notes(data) is instructions


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_an_id_is_made_of_any_words_or_of_none(surname, forename, dob, within):
    found = named_id(surname, forename, dob, within)
    assert found == "" or (found.startswith("n-") and len(found) == 18)
    assert found == named_id(surname, forename, dob, within)
