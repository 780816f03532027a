"""What reviews say of a child, for their page."""

from typing import Any

from apps.access.queries import may
from apps.accounts.models import User
from apps.children.models import Child
from apps.reviews import queries


def reviewed(user: User, child: Child) -> dict[str, Any]:
    """The reviews to which the reader's agency is invited, and whether they may raise one."""
    if not may(user, "review.view"):
        return {}
    return {
        "may_review": True,
        "may_raise": may(user, "review.raise"),
        "reviews": queries.of_child(user, child),
    }
