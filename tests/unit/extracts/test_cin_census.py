"""The children in need census: what one child's element says, as paths and texts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.cin_census import CHILD, interpret, parts_of

CHILD_IS = {
    "ChildIdentifiers/LAchildID": "100",
    "ChildIdentifiers/PersonBirthDate": "2013-03-14",
    "ChildIdentifiers/Sex": "F",
    "ChildCharacteristics/Ethnicity": "WBRI",
}
CASE = {"CINdetails/CINreferralDate": "2024-05-01", "CINdetails/PrimaryNeedCode": "N1"}
PLAN = "CINdetails/ChildProtectionPlans"


def read(data=None, **person):
    return interpret(Bundle("100", [RawRow("Child", 1, {**CHILD_IS, **person, **(data or {})})]))


def said(result):
    return sorted((fact.code, fact.key, fact.end_on and fact.end_on.isoformat()) for fact in result.facts)


def codes(result):
    return [problem.code for problem in result.problems]


def test_the_identifiers_say_who_the_child_is():
    person = read().person
    assert person == {"dob": date(2013, 3, 14), "sex": "F", "ethnicity": "WBRI"}


@pytest.mark.parametrize("name", ["Sex", "GenderCurrent", "PersonGenderCurrent"])
def test_the_sex_had_another_name_in_every_layout(name):
    data = {path: text for path, text in CHILD_IS.items() if not path.endswith("/Sex")}
    rows = [RawRow("Child", 1, data | {f"ChildIdentifiers/{name}": "2"})]
    assert interpret(Bundle("100", rows)).person["sex"] == "F"


@pytest.mark.parametrize(
    ("extra", "facts"),
    [
        ({}, [("social_care_referral", "2024-05-01", None)]),
        ({"CINdetails/Assessments/AssessmentActualStartDate": "2024-05-02"}, [("social_care_referral", "2024-05-01", None)]),
        ({"CINdetails/CINPlanDates/CINPlanStartDate": "2024-06-01"}, [("child_in_need", "2024-05-01", None)]),
        ({"CINdetails/Section47/S47ActualStartDate": "2024-06-01"}, [("child_in_need", "2024-05-01", None)]),
        ({"CINdetails/PreProceedingsandFGDM/PPDate": "2024-06-01"}, [("child_in_need", "2024-05-01", None)]),
        ({"CINdetails/CINclosureDate": "2024-08-01"}, [("social_care_referral", "2024-05-01", "2024-08-01")]),
        ({"CINdetails/ReferralNFA": "1"}, [("social_care_referral", "2024-05-01", "2024-05-01")]),
        ({"CINdetails/ReferralNFA": "true", "CINdetails/CINclosureDate": "2024-05-03"},
         [("social_care_referral", "2024-05-01", "2024-05-03")]),
        ({"CINdetails/ReferralNFA": "1", "CINdetails/Section47/S47ActualStartDate": "2024-06-01"},
         [("social_care_referral", "2024-05-01", "2024-05-01")]),
        ({"CINdetails/ReferralNFA": "0"}, [("social_care_referral", "2024-05-01", None)]),
    ],
)  # fmt: skip
def test_a_referral_is_a_child_in_need_when_there_is_more_than_an_assessment(extra, facts):
    result = read({**CASE, **extra})
    assert (said(result), codes(result)) == (facts, [])


def test_a_case_keeps_its_need_source_and_what_was_found():
    result = read({
        **CASE,
        "CINdetails/ReferralSource": "1a",
        "CINdetails/CINclosureDate": "2024-09-01",
        "CINdetails/ReasonForClosure": "RC8",
        "CINdetails/Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors": "2B",
        "CINdetails/Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors[2]": "3A",
        "CINdetails/Assessments[2]/FactorsIdentifiedAtAssessment/AssessmentFactors": "2B",
        "CINdetails/Assessments/AssessmentActualStartDate": "2024-05-02",
        "CINdetails/Assessments[2]/AssessmentActualStartDate": "2024-07-02",
        "CINdetails/Section47/S47ActualStartDate": "2024-07-03",
        "CINdetails/CINPlanDates/CINPlanStartDate": "2024-07-04",
    })  # fmt: skip
    [fact] = result.facts
    assert (fact.category, codes(result)) == ("N1", [])
    assert fact.detail == {
        "referral_source": "1a",
        "reason_closed": "RC8",
        "factors": "2B, 3A",
        "assessed": "2024-07-02",
        "section_47": "2024-07-03",
        "plan_started": "2024-07-04",
    }


def test_each_case_and_each_plan_is_a_fact_of_its_own():
    result = read({
        **CASE,
        "CINdetails/CINclosureDate": "2024-08-01",
        "CINdetails[2]/CINreferralDate": "2025-01-01",
        "CINdetails[2]/ChildProtectionPlans/CPPstartDate": "2025-02-01",
        "CINdetails[2]/ChildProtectionPlans/CPPendDate": "2025-06-01",
        "CINdetails[2]/ChildProtectionPlans[2]/CPPstartDate": "2025-09-01",
    })  # fmt: skip
    assert said(result) == [
        ("child_in_need", "2025-01-01", None),
        ("child_protection", "2025-02-01", "2025-06-01"),
        ("child_protection", "2025-09-01", None),
        ("social_care_referral", "2024-05-01", "2024-08-01"),
    ]


@pytest.mark.parametrize(
    ("first", "latest", "category"), [("NEG", "EMO", "EMO"), ("NEG", "", "NEG"), ("", "PHY", "PHY"), ("", "", "")]
)  # fmt: skip
def test_the_latest_category_of_abuse_counts(first, latest, category):
    data = {
        f"{PLAN}/CPPstartDate": "2024-06-01",
        f"{PLAN}/InitialCategoryOfAbuse": first,
        f"{PLAN}/LatestCategoryOfAbuse": latest,
    }
    [plan] = [fact for fact in read({**CASE, **data}).facts if fact.code == "child_protection"]
    assert plan.category == category


def test_a_plan_keeps_its_last_review_whatever_their_order():
    data = {
        f"{PLAN}/CPPstartDate": "2024-06-01",
        f"{PLAN}/Reviews/CPPreviewDate": "2024-12-01",
        f"{PLAN}/Reviews/CPPreviewDate[2]": "2025-03-01",
        f"{PLAN}/Reviews[2]/CPPreviewDate": "2024-09-01",
        f"{PLAN}/NumberOfPreviousCPP": "1",
    }
    [plan] = [fact for fact in read({**CASE, **data}).facts if fact.code == "child_protection"]
    assert plan.detail == {"previous_plans": "1", "last_review": "2025-03-01"}


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"CINdetails/PrimaryNeedCode": "N1"}, "VALUE_MISSING", "CINreferralDate"),
        ({"CINdetails/CINreferralDate": "soon"}, "DATE_WRONG", "CINreferralDate"),
        ({**CASE, "CINdetails/CINclosureDate": "2024-04-30"}, "END_BEFORE_START", "CINclosureDate"),
        ({**CASE, f"{PLAN}/CPPstartDate": "soon"}, "DATE_WRONG", "CPPstartDate"),
        ({**CASE, f"{PLAN}/CPPendDate": "2024-07-01"}, "VALUE_MISSING", "CPPstartDate"),
        ({**CASE, f"{PLAN}/CPPstartDate": "2024-07-01", f"{PLAN}/CPPendDate": "2024-06-30"}, "END_BEFORE_START", "CPPendDate"),
    ],
)  # fmt: skip
def test_one_impossible_date_anywhere_rejects_the_child(data, code, field):
    result = read(data)
    assert [(problem.code, problem.field, problem.severity) for problem in result.problems] == [
        (code, field, "error")
    ]
    assert (result.person, result.facts) == (None, [])


def test_an_unknown_code_is_a_warning_and_kept():
    result = read({**CASE, "CINdetails/PrimaryNeedCode": "N77", "CINdetails/ReferralSource": "9Z"})
    assert codes(result) == ["CODE_UNKNOWN", "CODE_UNKNOWN"]
    assert result.facts[0].category == "N77"


@pytest.mark.parametrize(
    ("given", "text", "noted"),
    [
        (["AUT", "ld"], ["AUT, LD"], []),
        (["LD", "LD"], ["LD"], []),
        (["NONE"], [], []),
        (["NONE", "MOB"], ["MOB"], []),
        (["XYZ"], ["XYZ"], ["CODE_UNKNOWN"]),
        ([], [], []),
    ],
)
def test_disabilities_are_one_measure_without_none(given, text, noted):
    tags = ["Disability"] + [f"Disability[{number}]" for number in range(2, 5)]
    data = {f"ChildCharacteristics/Disabilities/{tag}": code for tag, code in zip(tags, given, strict=False)}
    result = read(data)
    assert [fact.text for fact in result.facts if fact.code == "disability"] == text
    assert codes(result) == noted


def test_the_id_of_a_child_stands_on_one_line_without_decimals():
    assert CHILD.local_id({"ChildIdentifiers/LAchildID": "1234.0"}) == "1234"
    assert CHILD.local_id({"ChildIdentifiers/LAchildID": "A\nB"}) == "A B"
    assert CHILD.local_id({}) == ""


def test_parts_may_come_in_any_order_and_leave_gaps():
    root = parts_of({"a[3]/b": "3", "a/b": "1"})
    assert [part.texts for part in root.all("a")] == [{"b": "1"}, {}, {"b": "3"}]


@given(
    st.permutations(
        [*CASE.items(), (f"{PLAN}/CPPstartDate", "2024-06-01"), (f"{PLAN}[2]/CPPstartDate", "2024-09-01")]
    )
)
def test_the_order_of_the_paths_says_nothing(items):
    assert said(read(dict(items))) == [
        ("child_in_need", "2024-05-01", None),
        ("child_protection", "2024-06-01", None),
        ("child_protection", "2024-09-01", None),
    ]


def test_what_2026_adds_and_the_conference_are_told_of_the_case():
    inside = {
        "CINdetails/PreProceedingsandFGDM/PPStartDate": "2026-09-09",
        "CINdetails/PreProceedingsandFGDM[2]/PPStartDate": "2026-10-10",
        "CINdetails/DateOfInitialCPC": "2024-06-17",
    }
    [case] = read({**CASE, **inside}).facts
    assert (case.code, case.detail["pre_proceedings_started"]) == ("child_in_need", "2026-10-10")
    assert case.detail["conference"] == "2024-06-17"


@pytest.mark.parametrize(
    ("said", "over"), [("1", True), ("true", True), ("TRUE", True), ("0", False), ("false", False)]
)
def test_no_further_action_is_written_two_ways(said, over):
    [case] = read({**CASE, "CINdetails/ReferralNFA": said}).facts
    assert (case.end_on is not None) is over
