"""What reviews say of a child, for their page."""

from typing import Any

from apps.access.queries import may
from apps.accounts.models import User
from apps.profiles.queries.child import Material
from apps.profiles.queries.sight import Sight
from apps.reviews.of_child import Told, on_page


def reviewed(user: User, material: Material) -> dict[str, Any]:
    """Reviews, who leads, actions and the last contact, as far as the reader may be told; nothing on the page of an earlier day."""
    if not may(user, "review.view") or material.moment.at is not None:
        return {}
    more = {"may_review": True, "may_raise": may(user, "review.raise")}
    return more | on_page(material.child, told(user, material.sight))


def told(user: User, sight: Sight) -> Told:
    """What the reader's agencies may be told."""
    known = {agency for agency, _ in sight.existence}
    whole = {agency for agency, service in sight.content if service == "*"}
    return Told(may(user, "review.manage"), sight.own, known, whole)
