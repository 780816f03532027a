"""What sources that are late could change: never less than what then comes, and told in one sentence."""

from dataclasses import dataclass, field
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.ragp.presenters import outlook
from apps.ragp.rules import band_of, most_of, span, total


@dataclass(frozen=True)
class Band:
    code: str
    rank: int
    from_points: int | None


@dataclass(frozen=True)
class Rule:
    code: str
    kind: str
    subject: str
    points: int
    below: float | None = None
    at_least: float | None = None
    floor: str = ""
    categories: list[str] = field(default_factory=list)


BANDS = [
    Band("none", 0, None),
    Band("green", 1, 1),
    Band("amber", 2, 7),
    Band("red", 3, 15),
    Band("purple", 4, 25),
]
RANK = {band.code: band.rank for band in BANDS}
LABELS = {"none": "Not rated", "green": "Green", "amber": "Amber", "red": "Red", "purple": "Purple"}
CP = Rule("cp", "open", "child_protection", 8, floor="amber")
CAMHS = Rule("camhs", "open", "camhs", 4)
LOW = Rule("low", "measure", "attendance", 3, below=80, at_least=50)
VERY_LOW = Rule("very_low", "measure", "attendance", 6, below=50)
AGAIN = Rule("again", "count", "suspension", 3, at_least=3)
ONCE = Rule("once", "count", "suspension", 2, at_least=1)
RULES = [CP, CAMHS, LOW, VERY_LOW, AGAIN, ONCE]


def reason(rule, feed):
    return {"rule": rule.code, "points": rule.points, "feed": feed}


def test_a_rating_with_every_source_fresh_could_not_be_another():
    found = span([reason(CP, "csc")], RULES, BANDS, late=[], unchecked=[])
    assert (found.known, found.least, found.most, found.fresh) == (8, 8, 8, True)
    assert outlook(found, LABELS) == "Every source that counts is up to date."


def test_what_is_not_checked_could_add_to_what_is_known():
    contributions = [
        {"rule": "x", "points": 10, "feed": "csc"},
        reason(CP, "csc"),
    ]
    found = span(contributions, RULES, BANDS, late=["camhs"], unchecked=["camhs"])
    assert outlook(found, LABELS) == "18 points known, up to 4 not checked; stays Red either way."


def test_what_a_late_source_said_may_have_ended():
    found = span([reason(CP, "csc"), reason(CAMHS, "camhs")], RULES, BANDS, ["csc"], ["child_protection"])
    assert (found.known, found.least, found.most) == (12, 4, 12)
    assert (
        outlook(found, LABELS)
        == "12 points known, 8 of them from sources that are late; between Green and Amber once they have come."
    )


def test_both_are_said_in_one_sentence():
    found = span([reason(CP, "csc")], RULES, BANDS, ["csc", "camhs"], ["camhs", "child_protection"])
    assert (
        outlook(found, LABELS)
        == "8 points known, 8 of them from sources that are late, up to 4 more not checked;"
        " between Not rated and Amber once they have come."
    )


def test_a_measure_has_one_newest_value_but_counts_add_up():
    assert {rule.code for rule in most_of("attendance", RULES)} == {"very_low"}
    assert {rule.code for rule in most_of("suspension", RULES)} == {"again", "once"}
    assert most_of("nothing", RULES) == []


def test_a_late_measure_is_not_counted_twice():
    found = span([reason(LOW, "attendance")], RULES, BANDS, ["attendance"], ["attendance"])
    assert (found.known, found.least, found.most) == (3, 0, 6)


def test_a_floor_that_could_come_lifts_the_highest_band_alone():
    found = span(
        [reason(CAMHS, "camhs")],
        [CAMHS, Rule("f", "open", "vemt", 0, floor="red")],
        BANDS,
        ["vemt"],
        ["vemt"],
    )
    assert (found.lowest, found.highest) == ("green", "red")


SUBJECTS = ("a", "b", "c")
VALUES = (0, 10, 20, 30, 40)


@st.composite
def some_rule(draw):
    subject = draw(st.sampled_from(SUBJECTS))
    kind = draw(st.sampled_from(("open", "measure", "count")))
    edges = sorted(draw(st.lists(st.sampled_from(VALUES), min_size=2, max_size=2, unique=True)))
    which = draw(st.sampled_from(("below", "at_least", "both"))) if kind == "measure" else ""
    return Rule(
        f"r{draw(st.integers(1, 10**6))}", kind, subject, draw(st.integers(0, 12)),
        below=edges[1] if which in ("below", "both") else None,
        at_least=edges[0] if which in ("at_least", "both") else None,
        floor=draw(st.sampled_from(("", "", "amber", "red"))),
        categories=draw(st.lists(st.sampled_from(("x", "y")), max_size=2, unique=True)) if kind == "measure" else [],
    )  # fmt: skip


def could_hold(subject, rules):
    """Every set of rules of a subject that can hold together, found by trying."""
    of = [rule for rule in rules if rule.subject == subject]
    others = [rule for rule in of if rule.kind != "measure"]
    for holding in product((False, True), repeat=len(others)):
        free = [rule for rule, holds in zip(others, holding, strict=True) if holds]
        yield free
        for value, category in product(
            (-5, *(each + step for each in VALUES for step in (-0.5, 0, 0.5))), ("", "x", "y")
        ):
            yield free + [
                rule
                for rule in of
                if rule.kind == "measure"
                and (rule.at_least is None or value >= rule.at_least)
                and (rule.below is None or value < rule.below)
                and (not rule.categories or category in rule.categories)
            ]


@given(
    st.lists(some_rule(), max_size=6, unique_by=lambda rule: rule.code),
    st.sets(st.sampled_from(SUBJECTS)),
    st.data(),
)
def test_whatever_the_late_sources_then_say_lies_within_the_span(rules, late, data):
    """A feed a subject: those that are late may say anything, those that are not have said it."""
    now = [
        rule for subject in SUBJECTS for rule in data.draw(st.sampled_from(list(could_hold(subject, rules))))
    ]
    found = span([reason(rule, rule.subject) for rule in now], rules, BANDS, late, late)
    then = [rule for rule in now if rule.subject not in late] + [
        rule for subject in late for rule in data.draw(st.sampled_from(list(could_hold(subject, rules))))
    ]
    points = total(reason(rule, "") for rule in then)
    band = band_of(points, BANDS, [rule.floor for rule in then if rule.floor])
    assert found.least <= points <= found.most
    assert RANK[found.lowest] <= RANK[band] <= RANK[found.highest]
    assert found.least <= found.known <= found.most
    if not late:
        assert found.fresh


@given(st.lists(some_rule(), max_size=6, unique_by=lambda rule: rule.code))
def test_the_most_that_a_subject_could_add_is_reached(rules):
    for subject in SUBJECTS:
        most = max(sum(rule.points for rule in held) for held in could_hold(subject, rules))
        assert sum(rule.points for rule in most_of(subject, rules)) == most


@pytest.mark.parametrize("point", [1, 2])
def test_points_are_counted_in_words(point):
    found = span([{"rule": "x", "points": point, "feed": "a"}], [], BANDS, ["a"], [])
    assert outlook(found, LABELS).startswith(
        f"{point} point{'s' if point > 1 else ''} known, {point} of them"
    )
