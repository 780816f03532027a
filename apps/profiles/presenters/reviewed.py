"""What reviews say of a child, for their page."""

from typing import Any

from apps.access.queries import may
from apps.accounts.models import User
from apps.children.models import Child
from apps.reviews import queries
from apps.reviews.leading import queries as leading
from apps.reviews.log import queries as log
from apps.reviews.models import Lead


def reviewed(user: User, child: Child) -> dict[str, Any]:
    """The reviews to which the reader's agency is invited, and whether they may raise one."""
    if not may(user, "review.view"):
        return {}
    return {
        "may_review": True,
        "may_raise": may(user, "review.raise"),
        "reviews": queries.of_child(user, child),
        **led(user, child),
        "child_actions": list(log.of_child(user, child)[:6]),
        "last_contact": log.contacts(user, child).first(),
    }


def led(user: User, child: Child) -> dict[str, Any]:
    """Who leads as somebody named them, who is asked to, and the team, as far as the reader may know."""
    leads = {each.state: each for each in reversed(leading.leads(user, child))}
    return {
        "named_lead": leads.get(Lead.State.CURRENT),
        "asked_lead": leads.get(Lead.State.PROPOSED),
        "team": list(leading.team(user, child)),
    }
