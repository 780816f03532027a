"""The state machine of case reviews: the table, its diagram, and that no way round a decision exists."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.access.roles import PERMISSIONS, ROLES
from apps.reviews import machine
from apps.reviews.machine import (
    BEGINS,
    HAS_DECISION,
    NEEDS,
    STATES,
    TRANSITIONS,
    Facts,
    State,
    check,
    offered,
)

ROOT = Path(__file__).resolve().parents[3]
EVERY = [BEGINS, *TRANSITIONS.values()]


def test_the_printed_states_are_those_of_the_table():
    assert (ROOT / "docs/reference/review-states.md").read_text() == machine.printed()


def test_every_state_has_words_is_reached_and_is_drawn_once_for_each_way():
    assert set(STATES) == set(State)
    assert {each.to for each in EVERY} == set(State)
    drawn = [line for line in machine.printed().splitlines() if "-->" in line and "[*]" not in line]
    ways = [
        f"    {source} --> {each.to}: {each.name}" for each in TRANSITIONS.values() for source in each.sources
    ]
    assert sorted(drawn) == sorted(ways)
    assert len(set(ways)) == len(ways)


def test_every_transition_names_known_needs_and_a_permission_and_what_it_writes():
    for each in EVERY:
        assert set(each.needs) <= set(NEEDS), each.name
        assert each.permission in PERMISSIONS
        assert each.writes


#: Everything that a transition may want is there.
ALL = frozenset({"reason", "until", "meets_on", "summary"})


class Walk:
    """A review as the table moves it, with the decisions that were really taken."""

    def __init__(self):
        self.state, self.decided, self.path = State.RAISED, False, []

    def take(self, step, facts):
        if check(step, self.state, facts):
            return
        self.path.append(step.name)
        self.state = step.to
        if step.name == "decide":
            self.decided = True
        if step.name == "reopen":
            self.decided = False


@given(
    st.lists(
        st.tuples(st.sampled_from(list(TRANSITIONS.values())), st.integers(0, 2), st.booleans()), max_size=60
    )
)
def test_no_path_is_closed_or_has_actions_open_without_a_decision_of_its_round(tries):
    walk = Walk()
    for step, actions, given_all in tries:
        facts = Facts(ALL if given_all else frozenset(), (), actions, walk.decided)
        walk.take(step, facts)
        assert walk.state not in HAS_DECISION or walk.decided, walk.path
        if walk.state == State.CLOSED:
            since = (
                walk.path[len(walk.path) - walk.path[::-1].index("reopen") :]
                if "reopen" in walk.path
                else walk.path
            )
            assert "decide" in since


@pytest.mark.parametrize("step", TRANSITIONS.values(), ids=TRANSITIONS)
def test_a_transition_is_refused_from_every_other_state_and_without_each_thing_it_needs(step):
    full = Facts(ALL, (), 1 if "open action" in step.needs else 0, decided=True)
    for state in State:
        assert bool(check(step, state, full)) is (state not in step.sources)
    lacking = {
        "required": Facts(ALL, ("action",), 0, True),
        "open action": Facts(ALL, (), 0, True),
        "no open action": Facts(ALL, (), 1, True),
        "decision": Facts(ALL, (), full.open_actions, False),
    }
    for need in step.needs:
        without = lacking.get(need, Facts(ALL - {need}, (), full.open_actions, True))
        assert check(step, step.sources[0], without).startswith(NEEDS[need].rstrip("."))


#: State by role: what each may do. Whoever is not named here may do nothing to a review that exists.
RUNS = {
    State.RAISED: {"accept", "decline", "defer"},
    State.ACCEPTED: {"decline", "defer", "schedule"},
    State.SCHEDULED: {"defer", "begin", "carry_over"},
    State.IN_MEETING: {"carry_over", "decide"},
    State.DECIDED: {"follow", "close"},
    State.ACTIONS_OPEN: {"close"},
    State.CLOSED: {"reopen"},
    State.DECLINED: {"reopen"},
    State.DEFERRED: {"accept", "decline"},
}


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
@pytest.mark.parametrize("state", State)
def test_who_may_do_what_in_each_state(state, role):
    may = {step.name for step in offered(state, role.permissions)}
    assert may == (RUNS[state] if role.code == "review_admin" else set())


def test_who_may_raise():
    raises = {code for code, role in ROLES.items() if BEGINS.permission in role.permissions}
    assert raises == {"practitioner", "early_help", "education_welfare", "review_admin"}


def test_the_policys_role_is_the_one_that_holds_the_permission():
    holders = {code for code, role in ROLES.items() if machine.MANAGE in role.permissions}
    text = (ROOT / "apps/reviews/sql/runs_reviews.sql").read_text()
    assert holders == {"review_admin"}
    assert "m.role = 'review_admin'" in text
