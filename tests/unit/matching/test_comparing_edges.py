"""How two accounts of a child compare: the same word however written, and nothing held as nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.matching.rules import REASONS, compare, reason, same, shown


@pytest.mark.parametrize(
    ("held", "arrived", "verdict"),
    [
        (["-"], ".", "missing"),
        (["?"], "Una", "missing"),
        (["Una"], "--", "missing"),
        (["O'Brien"], "OBRIEN", "agrees"),
        (["O'Brien"], "O Brien", "agrees"),
        (["Strauß"], "STRAUSS", "agrees"),
        (["TS20 1AA"], "ts201aa", "agrees"),
        ([date(2013, 3, 14)], date(2013, 3, 14), "agrees"),
        ([date(2013, 3, 14)], date(2013, 3, 15), "differs"),
        ([None, "Una"], "Una", "agrees"),
        (["Una"], None, "missing"),
        (["Una", "Uma"], "Umma", "differs"),
    ],
)
def test_a_field_at_the_edge(held, arrived, verdict):
    assert compare("Field", held, arrived).verdict == verdict


def test_what_is_held_and_what_came_stand_as_they_are():
    line = compare("Address", ["1 High St\n Norton \n", "", "2 Low St"], "1 high st, norton")
    assert (line.label, line.held, line.arrived) == (
        "Address",
        "1 High St, Norton; 2 Low St",
        "1 high st, norton",
    )


@given(st.lists(st.text()), st.text())
def test_the_order_of_what_is_held_changes_no_verdict(held, arrived):
    assert compare("F", held, arrived).verdict == compare("F", held[::-1], arrived).verdict


@given(st.text())
def test_a_value_agrees_with_itself_unless_there_is_nothing_in_it(text):
    assert compare("F", [text], text).verdict == ("agrees" if same(shown(text)) else "missing")


@given(st.text(), st.text())
def test_what_one_says_of_the_other_the_other_says_of_it(one, two):
    assert compare("F", [one], two).verdict == compare("F", [two], one).verdict


@pytest.mark.parametrize("rule", sorted(REASONS))
def test_a_question_says_why_in_a_sentence_of_its_own(rule):
    assert reason(rule).endswith(".")
    assert [other for other in REASONS if reason(other) == reason(rule)] == [rule]
