"""The first page of those who have children of their own."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.access.queries import agencies_of
from apps.accounts.models import User
from apps.core import words
from apps.core.clock import today
from apps.core.presenters import NOT_RATED, Freshness
from apps.core.presenters import Band as BandMark
from apps.involvements.catalogue import SERVICES
from apps.involvements.models import Involvement
from apps.involvements.presenters import Source, late_of
from apps.involvements.queries import sources_told
from apps.profiles.presenters.home import Home, address, bands, label
from apps.profiles.queries import homes as queries
from apps.profiles.queries.search import bands_of
from apps.ragp.models import Change

MOST = 60
#: What counts as new to somebody who comes for the first time.
FIRST_LOOK = timedelta(days=7)


def practitioner(user: User, last_in: Any) -> Home:
    """My children, what changed first; somebody who comes for the first time is shown the last seven days."""
    since = last_in or timezone.now() - FIRST_LOOK
    roles = queries.mine(user)
    children = queries.my_children(roles, user)
    ids = [child.pk for child in children]
    rating, seen, marks = bands_of(ids), queries.last_seen(ids), bands()
    places = queries.places(children)
    moved, services = queries.changes_since(ids, since), queries.services_since(ids, since)
    rows: list[dict[str, Any]] = [
        {
            "child": child.pk, "surname": child.surname, "forenames": child.forename, "url": address("profiles:child", child.public_id),
            "age": words.short_age(child.dob), "setting": places[child.pk],
            "band": marks.get(rating.get(child.pk, ""), NOT_RATED),
            "changed": changed(moved.get(child.pk), services.get(child.pk, []), marks),
            "seen": seen.get(child.pk), "role": roles[child.pk],
        }
        for child in children
    ]  # fmt: skip
    rows.sort(
        key=lambda row: (
            not row["changed"],
            rank(marks, row["band"]),
            row["surname"].upper(),
            row["forenames"],
        )
    )
    every, shares = sources_told(user)
    return Home(
        "home/practitioner.html",
        {
            "name": user.first_name, "last_in": last_in, "since": since, "fresh": own_freshness(user, every),
            "late": late_of(every, shares, today()),
            "children": rows[:MOST], "total": len(rows), "changed": sum(bool(row["changed"]) for row in rows), "more_url": "",
        },
    )  # fmt: skip


def rank(marks: dict[str, BandMark], band: BandMark) -> int:
    """Where a band stands from the highest down."""
    return list(marks).index(band.code) if band.code in marks else len(marks)


def changed(change: Change | None, services: list[Involvement], marks: dict[str, BandMark]) -> str:
    """What changed, in as few words as a badge holds: the rating first, then services begun or ended."""
    if change:
        return f"{label(marks, change.from_band)} to {label(marks, change.to_band)}"
    if not services:
        return ""
    last = services[-1]
    said = f"{SERVICES[last.service].name} {'ended' if last.end_on else 'began'}"
    return said if len(services) == 1 else f"{said}, {len(services) - 1} more"


def own_freshness(user: User, every: list[Source]) -> Freshness | None:
    """How fresh the user's own agency's newest file is."""
    own = {agency.pk for agency in agencies_of(user)}
    newest = max(
        (s for s in every if s.agency in own and s.as_of), key=lambda s: s.as_of or today(), default=None
    )
    return newest.freshness(today()) if newest else None
