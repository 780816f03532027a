"""What may become of a case review: states and transitions as one table, from which the pages, the checks and the diagram come. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a review stands."""

    RAISED = "raised"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    IN_MEETING = "in_meeting"
    DECIDED = "decided"
    ACTIONS_OPEN = "actions_open"
    CLOSED = "closed"
    DECLINED = "declined"
    DEFERRED = "deferred"


#: What each is called, and what it means.
STATES = {
    State.RAISED: ("Raised", "Somebody asks for a review; nobody has taken it up yet"),
    State.ACCEPTED: ("Accepted", "It will be held; the agencies are asked for what they know"),
    State.SCHEDULED: ("Scheduled", "A day is set for it"),
    State.IN_MEETING: ("In meeting", "It is being talked about; what agencies wrote is frozen"),
    State.DECIDED: ("Decided", "What the meeting decided is written down"),
    State.ACTIONS_OPEN: ("Actions open", "Somebody still has to do what was decided"),
    State.CLOSED: ("Closed", "Decided, and done"),
    State.DECLINED: ("Declined", "It is not held, and why"),
    State.DEFERRED: ("Deferred", "It waits until a day"),
}
#: Nothing more is to be done.
OVER = (State.CLOSED, State.DECLINED)
LIVE = tuple(state for state in State if state not in OVER)
#: While agencies may still be asked and may still say something.
BEFORE = (State.ACCEPTED, State.SCHEDULED, State.DEFERRED)
#: A decision of this round stands in these, and in no others.
HAS_DECISION = (State.DECIDED, State.ACTIONS_OPEN, State.CLOSED)

#: What a transition may need, and the sentence that refuses it.
NEEDS = {
    "reason": "Give a reason: it is kept with the review.",
    "until": "Enter the day until which it waits: a day to come.",
    "meets_on": "Enter the day of the meeting: today or later.",
    "summary": "Write down what was decided.",
    "required": "Not all is there that this type of review requires",
    "open action": "There is no action open. Add one, or close the review.",
    "no open action": "Actions are still open. Say of each what came of it first.",
    "decision": "Nothing has been decided yet.",
}
#: What an administrator may require before a review counts as decided.
REQUIRED = {
    "lead": "a lead professional",
    "next_review": "the day of the next review",
    "action": "at least one action",
}

MANAGE = "review.manage"
#: What leaves the usual way of a review.
ASIDE = ("decline", "defer", "carry_over")


class Transition(NamedTuple):
    """One way from state to state: the button, who may, what it needs, what it writes."""

    name: str
    label: str
    sources: tuple[State, ...]
    to: State
    permission: str
    needs: tuple[str, ...]
    writes: str


#: How a review begins: by a person, or by the service from triage, a watched cohort or a band set by hand that ended.
BEGINS = Transition(
    "raise", "Raise a review", (), State.RAISED, "review.raise", ("reason",), "The review, and why it was raised",
)  # fmt: skip

TRANSITIONS = {
    each.name: each
    for each in (
        Transition(
            "accept", "Accept", (State.RAISED, State.DEFERRED), State.ACCEPTED, MANAGE, (),
            "A request for a contribution to each agency invited"),
        Transition(
            "decline", "Decline", (State.RAISED, State.ACCEPTED, State.DEFERRED), State.DECLINED, MANAGE, ("reason",), "The reason"),
        Transition(
            "defer", "Defer", (State.RAISED, State.ACCEPTED, State.SCHEDULED), State.DEFERRED, MANAGE, ("reason", "until"),
            "The reason, and the day until which it waits"),
        Transition("schedule", "Set the day", (State.ACCEPTED,), State.SCHEDULED, MANAGE, ("meets_on",), "The day of the meeting"),
        Transition(
            "begin", "Begin the meeting", (State.SCHEDULED,), State.IN_MEETING, MANAGE, (), "The pack: contributions are frozen"),
        Transition(
            "carry_over", "Carry over", (State.SCHEDULED, State.IN_MEETING), State.SCHEDULED, MANAGE, ("reason", "meets_on"),
            "The reason, and the new day"),
        Transition(
            "decide", "Write down the decision", (State.IN_MEETING,), State.DECIDED, MANAGE, ("summary", "required"),
            "The decision, and the day of the next review"),
        Transition(
            "follow", "Follow the actions", (State.DECIDED,), State.ACTIONS_OPEN, MANAGE, ("decision", "open action"),
            "That it waits for its actions"),
        Transition(
            "close", "Close", (State.DECIDED, State.ACTIONS_OPEN), State.CLOSED, MANAGE, ("decision", "no open action"),
            "That all is done"),
        Transition(
            "reopen", "Reopen", (State.CLOSED, State.DECLINED), State.ACCEPTED, MANAGE, ("reason",),
            "The reason, and a new round: agencies are asked anew, and it is decided anew"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What a transition is held against."""

    given: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    open_actions: int = 0
    decided: bool = False


def check(step: Transition, state: str, facts: Facts) -> str:
    """Empty when the transition may be made, else the sentence that says why not."""
    if state not in step.sources:
        return f"This review is {STATES[State(state)][0].lower()}: “{step.label}” is no longer to be done. Look at it again."
    return next((said for need in step.needs if (said := _lacks(need, facts))), "")


def _lacks(need: str, facts: Facts) -> str:
    if need == "required":
        return (
            f"{NEEDS[need]}: {', '.join(REQUIRED[each] for each in facts.missing)}." if facts.missing else ""
        )
    there = {
        "open action": facts.open_actions > 0,
        "no open action": facts.open_actions == 0,
        "decision": facts.decided,
    }.get(need, need in facts.given)
    return "" if there else NEEDS[need]


def offered(state: str, permissions: Collection[str]) -> list[Transition]:
    """The transitions out of a state that somebody with these permissions may make: the usual way first, then those that leave it."""
    found = [
        each for each in TRANSITIONS.values() if state in each.sources and each.permission in permissions
    ]
    return sorted(found, key=lambda each: each.name in ASIDE)


def printed() -> str:
    """The table as documentation: the diagram, the states, the transitions."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from ("# States of a case review", "")
    yield from (
        "Printed by `manage.py review_states` from `apps/reviews/machine.py`; a test compares the two.",
        "",
    )
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {BEGINS.to}: {BEGINS.name}")
    for each in TRANSITIONS.values():
        yield from (f"    {source} --> {each.to}: {each.name}" for source in each.sources)
    yield from (*(f"    {state} --> [*]" for state in OVER), "```", "")
    yield from ("| state | what it means |", "|---|---|")
    yield from (f"| {name} | {meaning} |" for name, meaning in STATES.values())
    yield from ("", "| transition | from | to | who may | needs | writes |", "|---|---|---|---|---|---|")
    for each in (BEGINS, *TRANSITIONS.values()):
        came = ", ".join(STATES[source][0] for source in each.sources) or "nothing"
        needs = ", ".join(need.replace("_", " ") for need in each.needs) or "nothing"
        yield f"| {each.label} (`{each.name}`) | {came} | {STATES[each.to][0]} | `{each.permission}` | {needs} | {each.writes} |"
