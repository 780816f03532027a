"""Every rule of the shipped scheme at, above and below its edge, on the database that evaluates it."""

import json

import pytest

from apps.core.clock import today
from apps.ragp.actions import assess
from apps.ragp.install import SHIPPED
from tests.integration.ragp.facts import child, days_ago, involve, observe, rating, rules_of

pytestmark = pytest.mark.django_db

RULES = {rule["code"]: rule for rule in json.loads(SHIPPED.read_text())["rules"]}
OPEN = [code for code, rule in RULES.items() if rule["kind"] == "open"]
WINDOWED = [code for code, rule in RULES.items() if rule["kind"] == "open" and "window_days" in rule]
MEASURE = [code for code, rule in RULES.items() if rule["kind"] == "measure"]
COUNT = [code for code, rule in RULES.items() if rule["kind"] == "count"]
STEP = 0.01


def counts(of, code):
    assess(by=None)
    return code in rules_of(of)


def holds_at(code, value, days=0):
    """Whether a measure rule counts for one value taken so many days ago."""
    subject = child()
    observe(subject, RULES[code]["subject"], days_ago(days), value)
    return counts(subject, code)


def inside(code):
    rule = RULES[code]
    return rule.get("at_least", rule.get("below", 1) - 1)


def times(code, number, newest=0):
    """Whether a count rule counts for so many facts on different days, the newest so many days ago."""
    subject, rule = child(), RULES[code]
    for each in range(number):
        day = days_ago(newest + each)
        if rule["subject"] == "missing":
            involve(subject, "missing", day, day)
        else:
            observe(subject, rule["subject"], day, 2)
    return counts(subject, code)


@pytest.mark.parametrize("code", OPEN)
def test_an_open_service_counts_from_its_first_day_until_the_day_it_ends(code):
    service = RULES[code]["subject"]
    first_day, tomorrow, last_day, ended = child(), child(), child(), child()
    involve(first_day, service, today())
    involve(tomorrow, service, days_ago(-1))
    involve(last_day, service, days_ago(9), days_ago(-1))
    involve(ended, service, days_ago(9), today())
    assess(by=None)
    found = {
        name: code in rules_of(each)
        for name, each in locals().items()
        if name.endswith(("day", "tomorrow", "ended"))
    }
    assert found == {"first_day": True, "tomorrow": False, "last_day": True, "ended": False}
    assert rating(first_day).points == RULES[code]["points"]


@pytest.mark.parametrize("code", WINDOWED)
def test_an_open_service_with_a_window_lapses(code):
    days = RULES[code]["window_days"]
    inside_it, lapsed = child(), child()
    involve(inside_it, RULES[code]["subject"], days_ago(days - 1))
    involve(lapsed, RULES[code]["subject"], days_ago(days))
    assert counts(inside_it, code)
    assert not counts(lapsed, code)
    assert rating(inside_it).holds_until == days_ago(-1)


@pytest.mark.parametrize("code", [code for code in MEASURE if "below" in RULES[code]])
def test_a_measure_counts_below_its_threshold_and_not_at_it(code):
    edge = RULES[code]["below"]
    assert holds_at(code, edge - STEP)
    assert not holds_at(code, edge)
    assert not holds_at(code, edge + STEP)


@pytest.mark.parametrize("code", [code for code in MEASURE if "at_least" in RULES[code]])
def test_a_measure_counts_from_its_least_value_on(code):
    edge = RULES[code]["at_least"]
    assert holds_at(code, edge)
    assert holds_at(code, edge + STEP)
    assert not holds_at(code, edge - STEP)


@pytest.mark.parametrize("code", MEASURE)
def test_a_measure_lapses_after_its_window(code):
    days = RULES[code]["window_days"]
    assert holds_at(code, inside(code), days - 1)
    assert not holds_at(code, inside(code), days)


@pytest.mark.parametrize("code", COUNT)
def test_a_count_needs_its_number_and_no_fewer(code):
    least = RULES[code]["at_least"]
    assert times(code, least)
    assert times(code, least + 1)
    assert not times(code, least - 1)


@pytest.mark.parametrize("code", COUNT)
def test_a_count_lapses_with_the_oldest_fact_it_needs(code):
    least, days = RULES[code]["at_least"], RULES[code]["window_days"]
    assert times(code, least, newest=days - least)
    assert not times(code, least, newest=days - least + 1)


def test_every_rule_of_the_scheme_is_in_one_of_these_tables():
    assert {*OPEN, *MEASURE, *COUNT} == set(RULES)


def test_only_the_newest_value_of_a_measure_counts():
    subject = child()
    observe(subject, "attendance", days_ago(20), 30, until=days_ago(15))
    observe(subject, "attendance", days_ago(14), 95, until=days_ago(8))
    assert not counts(subject, "attendance_under_50")


def test_two_sources_of_one_service_count_once():
    subject = child()
    involve(subject, "early_help", days_ago(30))
    involve(subject, "early_help", days_ago(3))
    assert counts(subject, "early_help")
    assert rating(subject).points == RULES["early_help"]["points"]
    assert rating(subject).contributions[0]["since"] == str(days_ago(30))


def test_one_event_told_by_two_sources_is_one_event():
    subject = child()
    involve(subject, "missing", days_ago(5), days_ago(4))
    involve(subject, "missing", days_ago(5), days_ago(4))
    assert not counts(subject, "missing_twice")
