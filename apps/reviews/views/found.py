"""What an address of reviews is about, for who asks; a hidden one and a missing one answer alike."""

import uuid
from typing import TypeVar

from django.http import Http404, HttpRequest

from apps.accounts.models import User
from apps.children.models import Child
from apps.reviews import queries
from apps.reviews.models import CaseReview

Thing = TypeVar("Thing")


class SignedIn(HttpRequest):
    """A request that the gate has let in: there is a user."""

    user: User


def or_404(thing: Thing | None) -> Thing:
    """The thing, else 404."""
    if thing is None:
        raise Http404
    return thing


def review_of(request: SignedIn, public_id: uuid.UUID) -> CaseReview:
    """The review."""
    return or_404(queries.review(request.user, public_id))


def child_of(request: SignedIn, public_id: uuid.UUID) -> Child:
    """The child."""
    return or_404(queries.child(request.user, public_id))
