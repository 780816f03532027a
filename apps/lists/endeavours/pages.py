"""The page of one child of a setting's list: what the setting judges, expects and has tried."""

from datetime import date
from typing import Any, NamedTuple

from apps.core.clock import today
from apps.core.words import count, day, list_name, school_year
from apps.lists.endeavours import queries
from apps.lists.endeavours.forms import FORMS, DatedForm
from apps.lists.endeavours.words import HOW, SAID, WHOM
from apps.lists.models import Endeavour, Entry, WeeklyList
from apps.lists.officer.queries import names

TITLES = {"risk": "Risk assessment", "expected": "Is the child expected?", "contact": "Contact attempts"}
NONE = {
    "risk": "You have entered no risk assessment.",
    "expected": "You have not said whether you expect the child.",
    "contact": "You have entered no attempt to reach parent or child.",
}


class Said(NamedTuple):
    """One thing said, in words."""

    pk: int
    what: str
    on: date
    about: str
    words: str
    who: str
    overdue: bool


class Part(NamedTuple):
    """One kind: what stands, what was before, and the form for more."""

    kind: str
    title: str
    none: str
    said: list[Said]
    form: DatedForm


def in_words(each: Endeavour, who: dict[int, str]) -> Said:
    """As the page shows it."""
    about = [WHOM.get(each.whom, ""), HOW.get(each.how, "").lower()]
    if each.until:
        about.append(f"{'look again' if each.kind == Endeavour.Kind.RISK else 'until'} {day(each.until)}")
    overdue = each.kind == Endeavour.Kind.RISK and bool(each.until and each.until < today())
    what = SAID[each.kind].get(each.said, each.said)
    told = ", ".join(part for part in about if part)
    return Said(each.pk, what, each.on, told, each.words, who.get(each.by, "Somebody"), overdue)


def child_page(listed: WeeklyList, entry: Entry, bound: dict[str, DatedForm] | None = None) -> dict[str, Any]:
    """Everything the page shows; a form that could not be kept stands as it was sent."""
    found = queries.said_of(entry, listed)
    who = names([each.by for each in found])
    parts = [
        Part(
            kind,
            TITLES[kind],
            NONE[kind],
            [in_words(each, who) for each in found if each.kind == kind],
            (bound or {}).get(kind) or form(prefix=kind, initial={"on": today()}),
        )
        for kind, form in FORMS.items()
    ]
    name = list_name(entry.surname, entry.forename)
    return {
        "listed": listed,
        "entry": entry,
        "name": name,
        "parts": parts,
        "bound": list((bound or {}).values()),
        "year": school_year(entry.year_group),
        "title": f"{name}: risk and contacts",
        "fresh": f"{count(len(found), 'entry', 'entries')} by {listed.setting.name}",
    }
