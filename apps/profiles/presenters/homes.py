"""The first page of each role: its template, and what that template expects."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from apps.access.queries import agencies_of, role_of
from apps.accounts.models import User
from apps.children.models import Child
from apps.core import words
from apps.core.clock import today
from apps.core.presenters import NOT_RATED, Freshness
from apps.core.presenters import Band as BandMark
from apps.involvements.catalogue import SERVICES
from apps.involvements.models import Involvement
from apps.involvements.presenters import Source, late_of
from apps.involvements.queries import sources_told
from apps.profiles.presenters.header import mark_of
from apps.profiles.queries import homes as queries
from apps.profiles.queries.search import bands_of
from apps.ragp.models import Change
from apps.ragp.queries import current_bands

MOST = 60
#: The parts of the first pages whose rows name a child.
NAMED = ("children", "told", "oldest", "raised", "moved")
#: What counts as new to somebody who comes for the first time.
FIRST_LOOK = timedelta(days=7)


@dataclass(frozen=True)
class Home:
    """A first page, ready to draw."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def children(self) -> list[int]:
        """Whose names are on it."""
        return [row["child"] for part in NAMED for row in self.context.get(part) or ()]


def home_of(user: User, since: Any) -> Home:
    """The first page of the user's role; ``since`` is when it was last opened."""
    from apps.profiles.presenters import figures, offices

    pages: dict[str, Callable[[], Home]] = {
        "practitioner": lambda: practitioner(user, since),
        "triage_supervisor": lambda: offices.supervisor(user),
        "early_help": lambda: offices.early_help(user),
        "school_dsl": lambda: offices.school(user),
        "education_welfare": lambda: offices.school(user),
        "setting_admin": lambda: offices.setting_administrator(user),
        "review_admin": lambda: offices.review_admin(user),
        "sealed_records": lambda: practitioner(user, since),
        "data_officer": lambda: offices.data_officer(user),
        "leadership": figures.leadership,
        "information_governance": figures.information_governance,
        "system_admin": figures.system_admin,
    }
    page = pages.get(role_of(user).code)
    return page() if page else Home("home/none.html", {"starts": None})


def address(name: str, *args: Any) -> str:
    """Where a page is; empty where there is none of that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def bands() -> dict[str, BandMark]:
    """The live scheme's bands as pages draw them, highest first."""
    current = current_bands()
    return {code: mark_of(code, list(current.values())) for code in current}


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


def label(marks: dict[str, BandMark], code: str) -> str:
    """A band's word."""
    return marks.get(code, NOT_RATED).label


def own_freshness(user: User, every: list[Source]) -> Freshness | None:
    """How fresh the user's own agency's newest file is."""
    own = {agency.pk for agency in agencies_of(user)}
    newest = max(
        (s for s in every if s.agency in own and s.as_of), key=lambda s: s.as_of or today(), default=None
    )
    return newest.freshness(today()) if newest else None


def note_of(child: Child) -> str:
    """ "11, Quillgate Primary"."""
    setting = "school restricted" if child.address_hidden else child.setting.name if child.setting else ""
    return ", ".join(part for part in (words.short_age(child.dob), setting) if part)
