"""The pack of a meeting as one reader may see it: the same for the page and the paper."""

from dataclasses import dataclass
from pathlib import Path

from apps.access.queries import may, sees_rating
from apps.accounts.models import User
from apps.core import words
from apps.core.paper import pdf
from apps.reviews import presenters, queries
from apps.reviews.leading import queries as leading
from apps.reviews.log import queries as log
from apps.reviews.meetings import queries as meetings
from apps.reviews.models import AgendaItem, Meeting
from apps.reviews.pages import bands_for

SHEET = Path(__file__).with_name("paper.typ")
MARKING = "OFFICIAL-SENSITIVE: PERSONAL"


@dataclass(frozen=True)
class Part:
    """One heading with its lines."""

    title: str
    lines: list[str]


@dataclass(frozen=True)
class Sheet:
    """One child of the pack."""

    item: AgendaItem
    name: str
    note: str
    parts: list[Part]


def sheets(user: User, of: Meeting) -> list[Sheet]:
    """A sheet for each review on the agenda that the reader sees."""
    items = meetings.items(user, of)
    bands = bands_for(user, [each.review.child_id for each in items])
    return [
        _sheet(user, each, bands[each.review.child_id].label if each.review.child_id in bands else "")
        for each in items
    ]


def _sheet(user: User, item: AgendaItem, band: str) -> Sheet:
    review, child = item.review, item.review.child
    rating = [band or "Not rated"] if sees_rating(user) else ["Not shared with your agency"]
    lead = next((each for each in leading.leads(user, child) if each.state == "current"), None)
    leads = (
        [f"{lead.name}, {lead.agency.name}, {words.phone(lead.phone)}"]
        if lead
        else ["None named" if may(user, "review.manage") else "Nobody that your agency may know of"]
    )
    parts = [Part("Rating", rating), Part("Lead professional", leads), *_why(user, item), *_said(user, item)]
    doing = [
        f"{each.what}: {each.owner}, {each.agency.name}, by {words.day(each.due_on)}"
        for each in log.of_child(user, child)
    ]
    before = [each.summary for each in queries.outcomes(review)][:1]
    parts += [Part("Actions", doing)] * bool(doing) + [Part("Decided last time", before)] * bool(before)
    return Sheet(item, child.full_name, presenters.note(child), parts)


def _why(user: User, item: AgendaItem) -> list[Part]:
    lines = [
        f"{each.get_kind_display()}: {each.words}".rstrip(": ") for each in queries.causes(user, item.review)
    ]
    return [Part("Why it was raised", lines)] if lines else []


def _said(user: User, item: AgendaItem) -> list[Part]:
    """What agencies said that the reader may read; who was silent is said to those who run reviews."""
    there = [
        (each.agency.name, [f"{question} {answer}" for question, answer in presenters.said(each, {}).pairs])
        for each in queries.contributions(user, item.review)
    ]
    silent = ", ".join(name for name, lines in there if not lines)
    parts = [Part(name, lines) for name, lines in there if lines]
    return (
        [*parts, Part("Asked, and nothing said", [silent])]
        if silent and may(user, "review.manage")
        else parts
    )


def paper(of: Meeting, shown: list[Sheet], reader: str) -> bytes:
    """The pack as a PDF."""
    children = [
        {"name": each.name, "note": each.note, "parts": [{"title": part.title, "lines": part.lines} for part in each.parts]}
        for each in shown
    ]  # fmt: skip
    data = {
        "title": f"{of.series.name}, {words.longday(of.on)}",
        "marking": MARKING,
        "about": f"Pack for {reader}: what the sharing agreements allow their agency. {words.count(len(shown), 'child', 'children')}."
        " Do not leave on the printer.",
        "children": children,
    }
    return pdf(SHEET, data)
