"""What a reader is told of a rating, and what cannot be worked out from it."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from apps.ragp.presenters import OTHER_SERVICES, causes, explain, worded

CP = {
    "rule": "cp",
    "sentence": "Child protection plan",
    "points": 8,
    "service": "child_protection",
    "agency": 1,
    "since": "2026-11-13",
}
LOW = {
    "rule": "att",
    "sentence": "Attendance below 80%",
    "points": 3,
    "service": "school_roll",
    "agency": 2,
    "value": 74,
}


@dataclass
class Assessed:
    contributions: list[dict[str, Any]] = field(default_factory=list)


def test_all_reasons_come_with_their_sum_for_those_who_see_all():
    told = explain(Assessed([CP, LOW]), "all")
    assert told.lines == ["Child protection plan", "Attendance below 80% (74%)"]
    assert (told.points, told.others) == (11, False)


def test_the_rest_is_one_line_and_the_sum_is_withheld():
    told = explain(Assessed([CP, LOW]), {"school_roll"})
    assert told.lines == ["Attendance below 80% (74%)", OTHER_SERVICES]
    assert told.points is None


def test_no_assessment_has_no_reasons():
    assert explain(None, "all").lines == []


def test_a_change_names_only_what_is_seen():
    told = causes([CP], [LOW], lambda reason: reason["agency"] == 1)
    assert [(each.sign, each.text) for each in told] == [
        ("+", "Child protection plan"),
        ("?", OTHER_SERVICES),
    ]
    assert "13 Nov 2026" in told[0].source


def test_how_often_is_said_in_words():
    sentence = "Suspended in the last 90 days"
    assert worded({"sentence": sentence, "value": 2, "times": 2}) == "Suspended in the last 90 days (2 times)"
    assert worded({"sentence": sentence, "value": 1, "times": 1}) == sentence
    assert worded({"sentence": "Score of 17 or more", "value": 17}) == "Score of 17 or more (17)"


reason = some.fixed_dictionaries(
    {
        "rule": some.just("r"),
        "sentence": some.text(min_size=5),
        "points": some.integers(1, 9),
        "service": some.sampled_from("abcd"),
        "agency": some.just(1),
    }
)


@given(some.lists(reason, max_size=8), some.sets(some.sampled_from("abcd")))
def test_nothing_unseen_is_named_counted_or_summed(given_reasons, seen):
    told = explain(Assessed(given_reasons), seen)
    assert {each.service for each in told.reasons} <= seen
    hidden = [each for each in given_reasons if each["service"] not in seen]
    assert told.others is bool(hidden)
    if hidden:
        assert told.points is None
        assert told.lines.count(OTHER_SERVICES) >= 1
