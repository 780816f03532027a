"""What the pages of lists show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from apps.core import words
from apps.core.presenters import Tile
from apps.lists import rules
from apps.lists.counted import Counts
from apps.lists.models import Departure, Entry, WeeklyList
from apps.lists.queries import CHANGED, Asked, is_known, since_merged
from apps.lists.weeks import name_of
from apps.ragp.models import Band

#: The parts of a list a reader may choose, in the order of the links.
PARTS = (("changed", "Changed"), ("", "Known to a service"), ("all", "All on roll"))
FORMS = ("xlsx", "csv", "pdf")
MARK_ICONS = {"joined": "plus", "up": "differ", "down": "differ", "changed": "person"}


@dataclass(frozen=True)
class Contact:
    """Who to phone, and about which services, each with the day it began."""

    who: str
    phone: str
    services: list[tuple[str, date | None]]


def contacts(services: Sequence[Mapping[str, Any]]) -> list[Contact]:
    """The services of an entry by whom to phone about them, in their own order."""
    by_whom: dict[tuple[str, str], list[tuple[str, date | None]]] = {}
    for each in services:
        since = date.fromisoformat(each["since"]) if each.get("since") else None
        by_whom.setdefault((each.get("who") or "", each.get("phone") or ""), []).append((each["name"], since))
    return [Contact(who, phone, named) for (who, phone), named in by_whom.items()]


@dataclass(frozen=True)
class Line:
    """One child of a list."""

    entry: Entry
    band: Band | None
    previous: Band | None
    mark: str
    mark_icon: str
    services: list["Contact"]

    @property
    def since_merged(self) -> bool:
        """Whether the child was made one with another since."""
        return since_merged(self.entry)

    @property
    def year(self) -> str:
        """ "Year 9", or the nursery or reception class in words."""
        return words.school_year(self.entry.year_group)

    @property
    def names(self) -> str:
        """The services alone, in one line."""
        return ", ".join(name for contact in self.services for name, _ in contact.services)

    @property
    def is_new(self) -> bool:
        """Whether anything changed since last week."""
        return bool(self.mark)


def line(entry: Entry, bands: Mapping[str, Band]) -> Line:
    """An entry as its row."""
    previous = bands.get(entry.previous_band)
    mark = {
        "joined": "Joined list",
        "up": f"Up from {previous.label}" if previous else "Rating up",
        "down": f"Down from {previous.label}" if previous else "Rating down",
        "changed": services_moved(entry) or "Services changed",
    }.get(entry.mark, "")
    return Line(
        entry, bands.get(entry.band), previous, mark, MARK_ICONS.get(entry.mark, ""), contacts(entry.services)
    )


def services_moved(entry: Entry) -> str:
    """ "Early help new, CAMHS no longer shown": what is no longer shown has ended, or is not shared any more."""
    parts = [f"{name} new" for name in entry.began] + [f"{name} no longer shown" for name in entry.ended]
    return ", ".join(parts)


@dataclass(frozen=True)
class Changes:
    """What changed since the last list: who joined, who left, whose rating or services moved."""

    joined: list[Line]
    left: list[Departure]
    changed: list[Line]
    before: date | None


def changes(asked: Asked) -> Changes:
    """The panel above the list."""
    lines = [line(entry, asked.bands) for entry in asked.entries if entry.mark in CHANGED]
    return Changes(
        [each for each in lines if each.entry.mark == "joined"],
        asked.departures,
        [each for each in lines if each.entry.mark != "joined"],
        asked.before,
    )


def named(of: Changes) -> list[Entry | Departure]:
    """Everybody whom the panel names; without a list to compare with it is not drawn."""
    return [*(each.entry for each in [*of.joined, *of.changed]), *of.left] if of.before else []


@dataclass(frozen=True)
class Links:
    """Where a list and its files are, for a setting's own people or for those who manage all."""

    prefix: str

    def to(self, name: str, listed: WeeklyList, query: str = "") -> str:
        """The address of the page or of a file."""
        address = self.of(listed.setting.code, listed.week, name)
        return f"{address}?{query}" if query else address

    def of(self, code: str, week: date, name: str = "list") -> str:
        """The same of any week of a setting."""
        return reverse(f"lists:{self.prefix}{name}", args=[code, week])


OWN, ALL = Links(""), Links("any-")


def setting_page(asked: Asked, show: str, links: Links, weeks: Sequence[date]) -> dict[str, Any]:
    """The page of one list: who is known to a service, or all on roll, or those alone for whom something changed."""
    listed = asked.listed
    parts = parts_of(asked)
    show = show if show in parts else ""
    shown, everyone = parts[show], show == "all"
    query = "show=all" if everyone else ""
    return {
        "asked": asked,
        "listed": listed,
        "title": f"{listed.setting.name}: list for the week of {words.longday(listed.week)}",
        "fresh": freshness(listed),
        "corrects": bool(listed.correction),
        # its numbers are of every line of both versions, and some of those only the setting may see
        "correction": rules.corrected(listed.correction) if listed.correction and links is OWN else "",
        "draft": listed.state in (WeeklyList.State.DRAFTED, WeeklyList.State.CHECKED),
        "lines": [line(entry, asked.bands) for entry in shown],
        "shown": shown,
        "everyone": everyone,
        "show": show,
        "parts": [
            (code, label, len(parts[code]), links.to("list", listed, f"show={code}" if code else ""))
            for code, label in PARTS
        ],
        "changes": changes(asked),
        **{form: links.to(form, listed, query) for form in FORMS},
        "earlier": [(week, links.of(listed.setting.code, week)) for week in weeks if week != listed.week],
        "managed": links is ALL,
        "caption": caption(len(shown), asked.shows_rating),
    }


def parts_of(asked: Asked) -> dict[str, list[Entry]]:
    """The entries of each part of a list."""
    return {
        "": [entry for entry in asked.entries if is_known(entry)],
        "changed": [entry for entry in asked.entries if entry.mark in CHANGED],
        "all": asked.entries,
    }


def freshness(listed: WeeklyList) -> str:
    """Since when the list is out, and what it knew; a draft says that it is one."""
    if listed.state in (WeeklyList.State.DRAFTED, WeeklyList.State.CHECKED):
        return f"Draft, version {listed.version}: as known {words.moment(listed.as_at)}"
    version = f" · corrected, version {listed.version}" if listed.version > 1 else ""
    return f"Released {words.moment(listed.released_at or listed.as_at)}, as known {words.moment(listed.as_at)}{version}"


def caption(number: int, rated: bool) -> str:
    """What the table holds, in words."""
    order = "Changed first, then by rating from the highest" if rated else "Changed first, then by name"
    more = "since when, who to phone and why" if rated else "since when and who to phone"
    hint = format_html(' <span class="vcdb-noprint">Open a child’s services for {}.</span>', more)
    told = f"{words.count(number, 'child', 'children')}. {order}; a bar at the left marks a change."
    return format_html("{}{}", told, hint)


@dataclass(frozen=True)
class Row:
    """One setting's list on the officers' page."""

    listed: WeeklyList
    href: str
    state: str
    lead: str
    counts: Counts
    ended: bool


def row(listed: WeeklyList, leads: Mapping[int, str], counts: Counts, ended: Collection[int]) -> Row:
    """A setting's row: how far its list is, whether an agreement it rests on has ended, and who there can open it."""
    state = listed.get_state_display()
    if listed.state == WeeklyList.State.RELEASED:
        state = state if listed.version == 1 else f"{state}, corrected: version {listed.version}"
    elif listed.version > 1:
        state = f"{state}, version {listed.version}"
    closed = listed.state == WeeklyList.State.RELEASED and listed.pk in ended
    return Row(listed, ALL.to("list", listed), state, leads.get(listed.setting_id, ""), counts, closed)


def tiles(figures: Mapping[str, int], without: int) -> list[Tile]:
    """The week in figures."""
    return [
        Tile(
            "Lists",
            figures["lists"],
            f"{words.count(without, 'setting')} with no list: nobody on its roll"
            if without
            else "every setting has one",
        ),
        Tile("Children", figures["entries"], f"{figures['known']:,} known to a service"),
        Tile("Joined", figures["joined"], "since last week"),
        Tile("Left", figures["left"], "since last week"),
        Tile("Changed", figures["changed"], "rating or services"),
        Tile("Corrected", figures["corrected"], "a newer version this week"),
    ]


def week_choices(weeks: Sequence[date]) -> list[tuple[str, str]]:
    """Weeks to choose from."""
    return [(name_of(week), f"Week of {words.longday(week)}") for week in weeks]
