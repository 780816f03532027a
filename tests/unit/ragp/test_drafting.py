"""What is wrong with a scheme, and what it says in plain English."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as some

from apps.ragp.drafting import BAND, RULE, condition, consequence, problems, read_back
from apps.ragp.install import SHIPPED

DATA = json.loads(SHIPPED.read_text())
LABELS = {"amber": "Amber"}


def scheme(**changes):
    """The shipped scheme with one thing changed: bands__2__rank=9."""
    data = deepcopy(DATA)
    for path, value in changes.items():
        *way, last = path.split("__")
        place = data
        for step in way:
            place = place[int(step) if step.isdigit() else step]
        place[last] = value
    return data


def test_the_shipped_scheme_is_without_fault():
    assert problems(DATA) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bands": []}, "exactly one band without points"),
        ({"bands": DATA["bands"][-1:]}, "at least one band beside"),
        ({"bands__0__from_points": None}, "exactly one band without points"),
        ({"bands__4__code": "blank"}, "must have the code none"),
        ({"bands__0__code": "red"}, "Two bands have the code red"),
        ({"bands__0__rank": 3}, "Two bands have the rank 3"),
        ({"bands__0__from_points": 15}, "Purple stands above Red and must need more points"),
        ({"bands__4__rank": 9}, "must stand lowest"),
        ({"bands__3__from_points": 0}, "Green must need at least 1 point"),
        ({"bands__0__colour": "pink"}, "colour or shape that the pages cannot draw"),
        ({"bands__0__label": ""}, "The band in line 1 has no label"),
        ({"rules": []}, "at least one rule"),
        ({"rules__0__sentence": ""}, "The rule in line 1 has no sentence"),
        ({"rules__0__code": "vemt"}, "Two rules have the code vemt"),
        ({"rules__0__kind": "guess"}, "guess is not a kind of rule"),
        ({"rules__0__subject": "horoscope"}, "horoscope is neither a service nor a measure"),
        ({"rules__0__subject": "attendance"}, "this is a measure"),
        ({"rules__0__below": 3}, "only a measure can be below"),
        ({"rules__0__points": -1}, "points are from 0 to 100"),
        ({"rules__0__points": 101}, "points are from 0 to 100"),
        ({"rules__5__points": 0}, "without points and without a floor"),
        ({"rules__0__floor": "mauve"}, "its floor mauve is not a band"),
        ({"rules__7__window_days": None}, "a count needs the number of days"),
        ({"rules__17__below": None, "rules__17__at_least": None}, "must be below, or at least"),
        ({"rules__17__below": 40}, "no value is at least 50 and below 40"),
        ({"rules__17__subject": "early_help"}, "this is a service"),
        ({"rules__0__kind": "unseen"}, "the number of days that nobody has seen the child"),
        ({"rules__17__kind": "unseen"}, "this is a measure"),
        ({"unrated_after_days": 28}, "say up to which band"),
        ({"unrated_up_to": "green"}, "the days are from 7 to 366"),
        ({"unrated_after_days": 6, "unrated_up_to": "green"}, "the days are from 7 to 366"),
        ({"unrated_after_days": 367, "unrated_up_to": "green"}, "the days are from 7 to 366"),
        ({"unrated_after_days": 28, "unrated_up_to": "none"}, "say up to which band"),
    ],
)
def test_each_fault_is_told_in_a_sentence(changes, said):
    found = problems(scheme(**changes))
    assert any(said in each for each in found), found


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bands__1__from_points": 100_000}, "The band in line 2: from points must be a whole number"),
        ({"bands__1__respond_within_hours": None}, "The band in line 2 has no respond within hours"),
        ({"bands__1__code": "a b/c"}, "code must be at most 20 letters, digits, hyphens"),
        ({"bands__1__label": "x" * 41}, "label must be words of at most 40"),
        ({"rules__2__sentence": "a\0b"}, "The rule in line 3: sentence must be words"),
        ({"rules__2__categories": "N1"}, "categories must be a list of words"),
        ({"rules__2__points": True}, "points must be a whole number"),
        ({"rules__17__below": 1_000_000}, "below must be a number up to 999,999"),
        ({"rules__17__window_days": "60"}, "window days must be a whole number"),
    ],
)
def test_a_cell_that_could_not_be_kept_is_told_with_its_line_and_field(changes, said):
    found = problems(scheme(**changes))
    assert any(said in each for each in found), found


CELL = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@given(part=some.sampled_from([("bands", BAND), ("rules", RULE)]), data=some.data())
def test_whatever_stands_in_a_file_a_sentence_is_all_that_comes_of_it(part, data):
    """Every fault a sentence, and no fault means that the scheme can be read back and drawn."""
    name, fields = part
    changed = scheme(**{f"{name}__1__{data.draw(some.sampled_from(fields))}": data.draw(CELL)})
    found = problems(changed)
    assert all(each.endswith(".") for each in found)
    if not found:
        assert read_back(changed)


def test_all_faults_are_told_at_once():
    assert len(problems(scheme(rules__0__floor="mauve", rules__1__points=-1))) == 2


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"kind": "open", "subject": "early_help"}, "Early help is involved today"),
        ({"kind": "open", "subject": "social_care_referral", "window_days": 180},
         "Referral to social care is involved today, begun in the last 180 days"),
        ({"kind": "count", "subject": "missing", "at_least": 2, "window_days": 90},
         "Missing from care or home on 2 days or more of the last 90 days"),
        ({"kind": "measure", "subject": "attendance", "at_least": 50, "below": 80, "window_days": 60},
         "The newest attendance is at least 50 and below 80, not older than 60 days"),
        ({"kind": "unseen", "subject": "child_protection", "window_days": 14},
         "Child protection plan is involved today, and nobody has seen the child for 14 days"),
        ({"kind": "open", "subject": "camhs", "categories": ["a", "b"]}, "CAMHS (a or b) is involved today"),
    ],
)  # fmt: skip
def test_a_rule_is_read_back_in_plain_english(rule, said):
    assert condition(rule) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"points": 8, "floor": "amber"}, "adds 8 points, and never less than Amber"),
        ({"points": 1}, "adds 1 point"),
        ({"points": 0, "floor": "amber"}, "adds nothing, and never less than Amber"),
    ],
)
def test_what_a_rule_does_is_read_back(rule, said):
    assert consequence(rule, LABELS) == said


def test_the_whole_scheme_is_read_back_rule_by_rule_and_band_by_band():
    said = read_back(DATA)
    assert len(said) == len(DATA["rules"]) + len(DATA["bands"])
    assert said[-1] == "Not rated: nothing that counts is known."
    assert "Purple: 25 points or more." in said


def test_when_a_rating_is_not_given_is_read_back():
    said = read_back(scheme(unrated_after_days=28, unrated_up_to="green"))
    assert any(
        each.startswith("Up to Green, a child is not rated once every source") and "28 days old" in each
        for each in said
    )
    assert problems(scheme(unrated_after_days=28, unrated_up_to="green")) == []
