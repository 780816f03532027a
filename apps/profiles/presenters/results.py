"""A search's results as rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from apps.access.queries import sees_rating
from apps.accounts.models import User
from apps.children.models import Child
from apps.core import words
from apps.core.clock import today
from apps.core.presenters import NOT_RATED, Band, Freshness
from apps.involvements.catalogue import SERVICES
from apps.involvements.presenters import late_of
from apps.involvements.queries import sources_told
from apps.profiles.presenters.home import bands
from apps.profiles.presenters.page import freshest
from apps.profiles.queries.homes import HIDDEN, places
from apps.profiles.queries.search import bands_of, found, services_of
from apps.profiles.rules import SAID, Grade


@dataclass(frozen=True)
class Row:
    """One child found."""

    surname: str
    forenames: str
    url: str
    dob: date | None
    age: str
    school: str
    band: Band
    known_to: str
    why: str
    notes: list[str]


@dataclass(frozen=True)
class Results:
    """A kept result as it is now."""

    rows: list[Row]
    more: bool
    ratings: bool
    fresh: Freshness | None
    late: list[Freshness]

    @property
    def title(self) -> str:
        """ "12 children", or that these are the first."""
        counted = words.count(len(self.rows), "child", "children")
        return f"First {counted}" if self.more else counted


def results(kept: dict[str, Any], user: User) -> Results:
    """The rows of a kept result, read again: who is no longer visible is not among them."""
    grades = {pk: Grade(grade) for pk, grade in kept["hits"]}
    children, ratings = found(list(grades), user), sees_rating(user)
    rating = bands_of(grades) if ratings else {}
    services, marks, where = services_of(grades), bands(), places(children)
    rows = [
        row(
            child,
            where[child.pk],
            marks.get(rating.get(child.pk, ""), NOT_RATED),
            services.get(child.pk, []),
            SAID[grades[child.pk]],
        )
        for child in children
    ]
    every, shares = sources_told(user)
    return Results(rows, kept["more"], ratings, freshest(every, today()), late_of(every, shares, today()))


def row(child: Child, place: str, band: Band, services: list[str], why: str) -> Row:
    """One child as a row."""
    return Row(
        child.surname, child.forename, reverse("profiles:child", args=[child.public_id]), child.dob, words.short_age(child.dob),
        school_of(place, child.year_group), band, known_to(services), why, notes_of(child),
    )  # fmt: skip


def school_of(place: str, year: str) -> str:
    """Setting and year; nothing of where a hidden child is."""
    if place == HIDDEN:
        return place
    return ", ".join(part for part in (place, words.school_year(year)) if part) or "No setting"


def known_to(services: list[str]) -> str:
    """The services open with the child that the reader may see, in the catalogue's order; at most three by name."""
    named = [SERVICES[code].name for code in SERVICES if code in services]
    return (
        ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
        or "none that you can see"
    )


def number_of(child: Child) -> str:
    """The number that tells two children of one name apart."""
    if child.nhs_number:
        return f"NHS {words.nhs(child.nhs_number)}"
    return f"UPN {child.upn}" if child.upn else "no NHS number or UPN"


def notes_of(child: Child) -> list[str]:
    """What must be seen before the page is opened."""
    told = [number_of(child)] + ([f"known as {child.known_as}"] if child.known_as else [])
    if child.died_on:
        told.append(f"died {words.day(child.died_on)}")
    elif child.left_area_on:
        told.append(f"left the area {words.day(child.left_area_on)}")
    return told + (["not yet matched: may be somebody else’s record"] if child.provisional else [])
