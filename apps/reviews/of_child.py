"""What a child's page shows of reviews, of a child who is known to be within reach: one statement, whatever there is."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.children.models import Child
from apps.core import sql
from apps.reviews.machine import HAS_DECISION, OVER, STATES, State
from apps.reviews.models import Contact, Lead

DAYS = ("since", "meets_on", "due_on", "on")


@dataclass(frozen=True)
class Told:
    """What the reader's agencies may be told: whether they run reviews, their own agencies, those known of, those that share everything."""

    runs: bool
    own: Collection[int]
    known: Collection[int]
    whole: Collection[int]


def on_page(child: Child, told: Told) -> dict[str, Any]:
    """The reviews, who leads, is asked to or has just refused, the team, open actions, and the last contact."""
    given = {
        "child": child.pk, "runs": told.runs, "own": list(told.own), "known": [*told.own, *told.known],
        "whole": [*told.own, *told.whole],
    }  # fmt: skip
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for part, row in sql.rows("reviews", "on_page", given):
        found[part].append(_dated(row))
    leads = {each["part"]: each for each in found["leads"]}
    return {
        "reviews": [each | _state(each["state"]) for each in found["reviews"]],
        "named_lead": leads.get(Lead.State.CURRENT),
        "asked_lead": leads.get(Lead.State.PROPOSED),
        "refused_lead": leads.get(Lead.State.REFUSED),
        "team": found["team"],
        "child_actions": found["child_actions"],
        "last_contact": next(
            (each | {"way": Contact.Way(each["way"]).label} for each in found["contacts"]), None
        ),
    }


def _state(state: str) -> dict[str, Any]:
    return {"state": STATES[State(state)][0], "over": state in OVER, "has_met": state in HAS_DECISION}


def _dated(row: Any) -> dict[str, Any]:
    # Django reads JSON of its own fields alone
    given: dict[str, Any] = json.loads(row) if isinstance(row, str) else row
    return {
        name: date.fromisoformat(value) if name in DAYS and value else value for name, value in given.items()
    }
