"""Family Context: when an involvement is open, when it ended, and whom to ask."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.family_context import LAYOUTS

SOCIAL_CARE, EDUCATION = LAYOUTS
PERSON = {"forename": "Una", "surname": "Marsh", "dob": "14/03/2013"}
CURRENT = {**PERSON, "status": "Current", "start": "01/05/2024"}


def read(layout=SOCIAL_CARE, **data):
    rows = [RawRow(layout.code, 2, {name: text for name, text in {**CURRENT, **data}.items() if text})]
    return layout.interpret(Bundle("1", rows))


def codes(result):
    return [(problem.code, problem.field) for problem in result.problems]


@pytest.mark.parametrize(
    ("status", "met", "covered", "end"),
    [
        ("Current", "01/06/2024", "30/06/2024", None),
        ("CURRENT", "", "", None),
        ("Historic", "01/06/2024", "30/06/2024", date(2024, 6, 1)),
        ("Historic", "01/05/2024", "30/06/2024", date(2024, 5, 1)),
        ("Historic", "", "30/06/2024", date(2024, 6, 30)),
        ("Historic", "", "", date(2024, 5, 1)),
        ("Historic", "", "30/04/2024", date(2024, 5, 1)),
    ],
)
def test_a_historic_involvement_ended_when_they_last_met(status, met, covered, end):
    result = read(status=status, interaction=met, covered=covered)
    [fact] = result.facts
    assert (fact.start_on, fact.end_on, result.problems) == (date(2024, 5, 1), end, [])


def test_a_meeting_before_the_start_is_asked_about_and_not_the_end():
    result = read(status="Historic", interaction="30/04/2024", covered="30/06/2024")
    assert codes(result) == [("DATE_ORDER", "Date Of Most Recent Interaction")]
    assert result.facts[0].end_on == date(2024, 6, 30)


@pytest.mark.parametrize("status", ["", "Unknown", "currently"])
def test_without_a_status_the_child_is_kept_and_no_involvement(status):
    result = read(status=status)
    assert codes(result) == [("INVOLVEMENT_UNSPECIFIED", "Service Involvement")]
    assert (result.facts, result.person["surname"]) == ([], "Marsh")


@pytest.mark.parametrize(("start", "code"), [("", "VALUE_MISSING"), ("soon", "DATE_WRONG")])
def test_an_involvement_without_a_start_rejects_the_row_with_one_finding(start, code):
    result = read(start=start)
    assert codes(result) == [(code, "Start Date Of Last Involvement")]
    assert (result.person, result.facts) == (None, [])


@pytest.mark.parametrize("field", ["interaction", "covered"])
def test_a_doubtful_date_beside_the_start_is_left_out(field):
    result = read(**{field: "soon"})
    assert [code for code, _field in codes(result)] == ["DATE_CHECK"]
    assert len(result.facts) == 1


def test_social_care_names_the_worker_and_how_to_reach_them():
    result = read(
        organisation="Council", contact="S. Whitlow", role="Social worker", phone="01632 960207",
        email="s@example.org", interaction="01/06/2024",
    )  # fmt: skip
    [fact] = result.facts
    assert (fact.code, fact.key, fact.category, fact.setting_ref) == (
        "social_worker",
        "2024-05-01",
        "Social worker",
        "",
    )
    assert fact.detail == {
        "organisation": "Council", "contact_name": "S. Whitlow", "contact_role": "Social worker",
        "contact_phone": "01632 960207", "contact_email": "s@example.org", "last_interaction": "01/06/2024",
    }  # fmt: skip


def test_education_names_the_school():
    [fact] = read(EDUCATION, school="Wenlow High", admission="Main", phone="01632 960300").facts
    assert (fact.code, fact.setting_ref, fact.category) == ("school_roll", "Wenlow High", "Main")
    assert fact.detail == {"contact_phone": "01632 960300"}


def test_one_bad_row_of_a_child_does_not_take_the_good_one_with_it():
    rows = [
        RawRow(SOCIAL_CARE.code, 2, {**CURRENT, "start": "soon"}),
        RawRow(SOCIAL_CARE.code, 3, {**CURRENT, "start": "02/05/2024"}),
    ]
    result = SOCIAL_CARE.interpret(Bundle("1", rows))
    assert [(fact.row_no, fact.key) for fact in result.facts] == [(3, "2024-05-02")]
    assert [problem.row_no for problem in result.problems] == [2]
    assert result.person["surname"] == "Marsh"


@given(st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_an_involvement_never_ends_before_it_starts(start, met, covered):
    said = {"interaction": met.isoformat() if met else "", "covered": covered.isoformat() if covered else ""}
    [fact] = read(status="Historic", start=start.isoformat(), **said).facts
    assert fact.end_on >= fact.start_on
    assert fact.end_on in {start, met, covered}
