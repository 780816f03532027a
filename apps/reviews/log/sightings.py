"""Contacts at which a child was seen, as sightings like those of any source."""

import json

from django.db import transaction

from apps.accounts.models import User
from apps.audit.actions import record
from apps.children.actions import touch
from apps.core import sql
from apps.core.clock import commit_moment, today
from apps.extracts.told import deliver, told_feed
from apps.reviews.models import Contact

By = User | int | str | None
#: Whom a contact is shared with, its sighting is: an agency that shares all of its work.
SERVICES = ("*",)


@transaction.atomic
def take(*, by: By) -> list[int]:
    """Make sightings of the contacts kept since at which the child was seen; the children, who are rated anew."""
    seen = Contact.objects.filter(child_seen=True, made=True, taken_at=None)
    ids = list(seen.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not ids:
        return []
    at, feed = commit_moment(), told_feed("contacts", "Contacts kept in the action log", SERVICES)
    extract = deliver(
        feed=feed, told=f"contacts {ids[0]} {at.isoformat()}", as_of=today(), at=at, rows=len(ids)
    )
    ways = json.dumps(dict(Contact.Way.choices))
    given = {"extract": extract.pk, "feed": feed.pk, "at": at, "ids": ids, "ways": ways}
    children = sorted({child for (child,) in sql.rows("reviews", "take_sightings", given)})
    touch(children)
    sql.run("children", "mark_stale", at=at)
    Contact.objects.filter(pk__in=ids).update(taken_at=at)
    record("contact.take", by=by, children=children, detail={"sightings": len(ids)})
    return children
