"""Asking whether a child is known: read, and kept like a search."""

from django.db import transaction

from apps.accounts.models import User
from apps.audit.actions import record_search
from apps.matching.lookup import Person
from apps.profiles.known.queries import Found, look_up


@transaction.atomic
def ask(*, person: Person, typed: dict[str, str], by: User) -> list[Found]:
    """Look a person up among the children the asker sees; the event holds a hash of the words, the words lie apart."""
    found = look_up(person, by)
    detail = {"for": "known", "asked": sorted(typed), "found": len(found)}
    record_search(by=by, terms=typed, children=[each.child.pk for each in found], detail=detail)
    return found
