"""The SEND workbook: what each list says of a child, and the rules for its age."""

from datetime import date
from decimal import Decimal

import pytest

from apps.core import clock
from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.registry import LAYOUTS
from apps.extracts.readers.table import Table
from apps.extracts.recognise import recognise

LAYOUT = LAYOUTS["send_annex_a"]
PLAN = {
    "upn": "H801200001001", "dob": "2013-03-14", "sex": "2", "ethnicity": "WBRI", "issued": "2020-09-01",
    "need": "ASD", "urn": "123456",
}  # fmt: skip
SUPPORT = {name: text for name, text in PLAN.items() if name != "issued"}


def read(*rows):
    return LAYOUT.interpret(
        Bundle("1", [RawRow(module, number, dict(data)) for number, (module, data) in enumerate(rows, 2)])
    )


def codes(result):
    return [problem.code for problem in result.problems]


def born(age):
    now = clock.today()
    return date(now.year - age, now.month, 1 if now.day > 1 else now.day).isoformat()


def test_a_plan_is_an_involvement_from_the_day_it_was_issued():
    result = read(("list_1", {**PLAN, "reviewed": "2025-05-01", "home_educated": "Yes"}))
    [plan] = [fact for fact in result.facts if fact.code == "ehcp"]
    assert (plan.key, plan.start_on, plan.end_on, plan.category) == (
        "2020-09-01",
        date(2020, 9, 1),
        None,
        "ASD",
    )
    assert plan.detail == {
        "Last reviewed": "2025-05-01",
        "Home educated": "Yes",
        "Main setting (URN)": "123456",
    }
    assert [fact.text for fact in result.facts if fact.code == "education_status"] == ["Home educated"]
    assert codes(result) == ["UPN_CHECK"] or codes(result) == []


def test_support_has_no_day_from_which():
    result = read(("list_2", {**SUPPORT, "absence": "8", "disability": "yes"}))
    facts = {fact.code: fact for fact in result.facts}
    assert (facts["sen_support"].start_on, facts["sen_support"].category) == (None, "ASD")
    assert facts["attendance"].value == Decimal(92)
    assert (facts["sen_need"].text, facts["disability"].text) == ("ASD", "Yes")


def test_a_plan_without_its_day_is_rejected():
    result = read(("list_1", SUPPORT))
    assert "VALUE_MISSING" in codes(result)
    assert result.person is None


@pytest.mark.parametrize(
    ("age", "left_out", "more", "code"),
    [
        (7, ("upn",), {}, "SEND_NUMBER"),
        (7, ("urn",), {}, "SEND_SETTING"),
        (25, (), {}, "SEND_AGE"),
        (26, (), {}, "SEND_OLD"),
        (9, (), {"reviewed": "2999-01-01"}, "DATE_TO_COME"),
        (9, (), {"issued": "2999-01-01"}, "DATE_TO_COME"),
    ],
)
def test_a_rule_that_is_broken_is_named(age, left_out, more, code):
    row = {name: text for name, text in {**PLAN, "dob": born(age), **more}.items() if name not in left_out}
    assert code in codes(read(("list_1", row)))


@pytest.mark.parametrize(
    ("age", "left_out", "more"),
    [
        (5, ("upn",), {}),
        (7, ("upn",), {"uln": "1234567890"}),
        (7, (), {"upn": "UN3"}),
        (4, ("urn",), {}),
        (16, ("urn",), {}),
        (7, ("urn",), {"subsidiary": "Primary"}),
        (7, ("urn",), {"home_educated": "Yes"}),
        (24, (), {}),
    ],
)
def test_a_child_who_keeps_the_rules_is_named_by_none(age, left_out, more):
    row = {name: text for name, text in {**PLAN, "dob": born(age), **more}.items() if name not in left_out}
    assert not {code for code in codes(read(("list_1", row))) if code.startswith(("SEND", "DATE"))}


def test_a_code_that_says_why_there_is_no_number_is_no_number():
    assert "upn" not in read(("list_1", {**PLAN, "upn": "UN3"})).person


def test_somebody_of_26_is_no_child_of_the_lists():
    assert read(("list_1", {**PLAN, "dob": born(26)})).person is None


def test_the_two_lists_are_told_apart_by_their_headings():
    common = [
        "Unique ID",
        "UPN",
        "ULN",
        "Date of birth",
        "SEN primary need",
        "Main education establishment – URN",
    ]
    plans = Table("a.xlsx, sheet List_1", [*common, "Date initial EHC plan issued"], iter(()))
    support = Table("a.xlsx, sheet List_2", common, iter(()))
    assert [item.module.code for item in recognise(LAYOUT, [support, plans])] == ["list_1", "list_2"]
