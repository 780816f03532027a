"""Reviews ready to draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from apps.children.models import Child
from apps.core import words
from apps.core.clock import today
from apps.core.presenters import Step, Tile
from apps.ragp.models import Band
from apps.reviews.machine import BEGINS, STATES, TRANSITIONS, State
from apps.reviews.models import CaseReview, Contribution, Move

#: The usual way of a review; the others are said in words.
WAY = (
    State.RAISED,
    State.ACCEPTED,
    State.SCHEDULED,
    State.IN_MEETING,
    State.DECIDED,
    State.ACTIONS_OPEN,
    State.CLOSED,
)


@dataclass(frozen=True)
class Row:
    """A review in a list."""

    review: CaseReview
    note: str
    band: Band | None
    state: str
    said: str
    double: bool


def row(
    review: CaseReview, bands: Mapping[int, Band], answered: Mapping[int, tuple[int, int]], double: bool
) -> Row:
    """One line."""
    there, asked = answered.get(review.pk, (0, 0))
    said = f"{there} of {asked} answered" if asked else ""
    return Row(
        review, note(review.child), bands.get(review.child_id), STATES[State(review.state)][0], said, double
    )


def note(child: Child) -> str:
    """Age and school; no school where it would say where a hidden child is."""
    school = child.setting.name if child.setting and not child.address_hidden else ""
    return ", ".join(part for part in (words.short_age(child.dob), school) if part)


def tiles(counts: Mapping[str, int]) -> list[Tile]:
    """Figures above the list."""
    shown = (State.RAISED, State.ACCEPTED, State.SCHEDULED, State.IN_MEETING, State.ACTIONS_OPEN)
    found = [Tile(STATES[state][0], counts.get(state, 0), href=f"?state={state}") for state in shown]
    return [Tile("Over their time", counts["late"]), *found]


def steps(state: str) -> list[Step]:
    """How far it has come on the usual way; nothing where it left it."""
    if state not in WAY:
        return []
    here = WAY.index(State(state))
    status = lambda number: "done" if number < here else "now" if number == here else "todo"  # noqa: E731
    return [Step(STATES[each][0], status(number)) for number, each in enumerate(WAY)]


@dataclass(frozen=True)
class Said:
    """What one agency said."""

    contribution: Contribution
    pairs: list[tuple[str, str]]
    state: str
    late: bool


def said(contribution: Contribution, who: Mapping[int, str], day: date | None = None) -> Said:
    """Its answers beside the questions, and how it stands."""
    questions = contribution.questions or ["What the agency knows"]
    pairs = [pair for pair in zip(questions, contribution.answers, strict=False) if pair[1]]
    late = not contribution.given_at and not contribution.frozen_at and contribution.due_on < (day or today())
    if contribution.given_at:
        by = who.get(contribution.by or 0, "")
        state = f"{'frozen, ' if contribution.frozen_at else ''}{by}, {words.moment(contribution.given_at)}"
    elif contribution.frozen_at:
        state = "Nothing was said before the meeting"
    else:
        chased = f", asked again {words.day(contribution.chased_at)}" if contribution.chased_at else ""
        state = f"Asked {words.day(contribution.asked_at)}, due {words.day(contribution.due_on)}{chased}"
    return Said(contribution, pairs, state, late)


def history(moves: Sequence[Move], who: Mapping[int, str]) -> list[tuple[str, str, Move]]:
    """What happened, who did it, and the move."""
    named = {BEGINS.name: "Raised"} | {name: step.label for name, step in TRANSITIONS.items()}
    return [(named.get(move.name, move.name), who.get(move.by or 0, "The service"), move) for move in moves]
