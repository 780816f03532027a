"""What became known of a child since the reader last looked, from what the page has read anyway."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.core import words
from apps.involvements.models import Involvement
from apps.profiles.presenters.header import mark_of
from apps.profiles.queries.child import Material
from apps.ragp.drafting import name_of

#: What is told late is news all the same: a start or an end so long before the last look still counts as one.
TOLD_LATE = timedelta(days=14)


@dataclass(frozen=True)
class Since:
    """The last visit and what has changed since, newest first; ``looked`` is None on a first visit."""

    looked: datetime | None = None
    lines: tuple[str, ...] = ()


def since(material: Material, looked: datetime | None) -> Since:
    """Rating, services, sightings and ratings set by hand that became known after a moment."""
    if looked is None:
        return Since()
    told = sorted(
        [*_ratings(material, looked), *_services(material, looked), *_others(material, looked)], reverse=True
    )
    return Since(looked, tuple(line for _, line in told))


def _ratings(material: Material, looked: datetime) -> Iterator[tuple[datetime, str]]:
    before = None
    for each in material.assessments:
        if before is not None and each.band != before.band and each.assessed_at > looked:
            was, now = mark_of(before.band, material.bands), mark_of(each.band, material.bands)
            yield each.assessed_at, f"Rating worked out: {was.label} to {now.label}"
        elif before is None and each.assessed_at > looked:
            yield each.assessed_at, f"First rating: {mark_of(each.band, material.bands).label}"
        before = each


def _services(material: Material, looked: datetime) -> Iterator[tuple[datetime, str]]:
    for each in material.involvements:
        if each.recorded_from > looked and (line := _began_or_ended(each, looked)):
            yield each.recorded_from, line


def _began_or_ended(each: Involvement, looked: datetime) -> str:
    first = looked.date() - TOLD_LATE
    if each.end_on and each.end_on >= first:
        return f"{name_of(each.service)} ended {words.day(each.end_on)}"
    if each.start_on and each.start_on >= first:
        return f"{name_of(each.service)} began {words.day(each.start_on)}"
    return ""


def _others(material: Material, looked: datetime) -> Iterator[tuple[datetime, str]]:
    for seen in material.sightings:
        if seen.recorded_from > looked:
            yield seen.recorded_from, f"Seen {words.day(seen.seen_on)}, {seen.agency.name}"
    for each in material.overrides:
        band = mark_of(each.band, material.bands).label
        if each.set_at > looked:
            yield each.set_at, f"{each.by_name} set the rating {band}"
        elif each.ended_at and each.ended_at > looked:
            yield each.ended_at, f"The rating {band}, set by {each.by_name}, ended"
