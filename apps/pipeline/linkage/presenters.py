"""The pages of who is who in words."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.children.models import Child
from apps.core import words
from apps.core.presenters import NOT_RATED, Band, Tile
from apps.involvements.catalogue import SERVICES
from apps.involvements.models import Involvement
from apps.matching.acts import rules
from apps.matching.models import Act, Question
from apps.matching.queries import Comparison, Sheet, oldest
from apps.matching.rules import FieldLine, same
from apps.pipeline.linkage import weights
from apps.pipeline.linkage.queries import Material

#: Letter -> answer, as the keyboard has it.
LETTERS = {"same": "L", "new": "N", "different": "D", "cannot_tell": "C", "later": "S"}
TITLES = {
    "same": "Same child: link them",
    "new": "A child we do not have yet",
    "different": "Different children",
    "cannot_tell": "Cannot tell: ask the agency",
    "later": "Decide later",
}
SAME = "Same name"
WORKING = "Which rating it would have is being worked out; open the page again in a moment."


@dataclass(frozen=True)
class Choice:
    """One answer with its letter and what it would do."""

    value: str
    letter: str
    title: str
    effect: str


@dataclass(frozen=True)
class Row:
    """One question of the queue."""

    sheet: Sheet
    holder: str
    asked_agency: bool

    @property
    def best(self) -> Comparison | None:
        """The candidate it is most like."""
        return self.sheet.comparisons[0] if self.sheet.comparisons else None

    @property
    def beside(self) -> list[str]:
        """Whom it may be: of who bears the record's own name, which stands above, only what tells them apart; alike ones once."""
        alike = Counter(_beside(each.child, self.sheet.question.child) for each in self.sheet.comparisons)
        return [said if number == 1 else f"{number} children. {said}" for said, number in alike.items()]


@dataclass(frozen=True)
class Group:
    """The questions about records of one name, which is said once."""

    name: str
    rows: list[Row]


def _beside(child: Child, arrived: Child) -> str:
    name = SAME if same(child.full_name) == same(arrived.full_name) else child.full_name
    return f"{name}, born {words.day(child.dob)}" if child.dob else f"{name}, date of birth not known"


def grouped(rows: Sequence[Row]) -> list[Group]:
    """By the name on the record, where the first of them stood."""
    found: dict[str, Group] = {}
    for row in rows:
        name = row.sheet.question.child.full_name
        found.setdefault(same(name), Group(name, [])).rows.append(row)
    return list(found.values())


def queue(page: Page, sheets: Sequence[Sheet], names: dict[int, str], user: User) -> dict[str, Any]:
    """The queue with who holds what."""
    rows = [
        Row(sheet, holder(sheet.question, names, user), bool(sheet.question.asked_agency_at))
        for sheet in sheets
    ]
    return {"page": page, "rows": rows, "groups": grouped(rows), "sheets": sheets, "note": queue_note(page)}


def holder(question: Question, names: dict[int, str], user: User) -> str:
    """Who holds a question now: "you", a colleague's name, or nobody."""
    if (
        question.claimed_by is None
        or question.claimed_at is None
        or question.claimed_at <= timezone.now() - rules.CLAIM
    ):
        return ""
    return "you" if question.claimed_by == user.pk else names.get(question.claimed_by, "somebody else")


def queue_note(page: Page) -> str:
    """How many questions wait, and since when."""
    if not page.paginator.count or not isinstance(page.paginator.object_list, QuerySet):
        return ""
    first = oldest(page.paginator.object_list)
    asked = words.count(page.paginator.count, "question")
    return f"{asked}, what most hangs on first; the oldest was asked {words.ago(first)}"


def tiles(
    left: int, waiting: int, agencies: Sequence[tuple[str, str, int]], may: dict[str, bool]
) -> list[Tile]:
    """What else waits: the sample, merges, agencies asked."""
    shown = []
    if may["answer"]:
        shown.append(
            Tile(
                "Second look",
                left,
                "links of this week’s sample",
                reverse("pipeline:second-look") if left else "",
            )
        )
    if may["approve"]:
        shown.append(
            Tile(
                "Merges to approve",
                waiting,
                "need a second person",
                reverse("pipeline:approvals") if waiting else "",
            )
        )
    asked = sum(number for _, _, number in agencies)
    shown.append(
        Tile(
            "Asked of agencies", asked, "cannot be told from here", reverse("pipeline:asked") if asked else ""
        )
    )
    return shown


def question_page(material: Material, bands: dict[str, Band], taken: datetime | None) -> dict[str, Any]:
    """Everything the page of one question shows."""
    asked, comparison = material.sheet.question, material.comparison
    evidence = material.candidate.evidence if material.candidate else None
    outlook = (material.candidate.outlook if material.candidate else None) or {}
    return {
        "question": asked,
        "sheet": material.sheet,
        "held": comparison.child if comparison else None,
        "candidate": material.candidate,
        "weighed": weights.weighed(comparison.lines) if comparison else [],
        "has_weights": weights.number(evidence, "total") is not None,
        "total": _total(evidence),
        "others": [(each, child, _total(each.evidence)) for each, child in material.others],
        "gap": gap(evidence, material),
        "twins": twins(material.household),
        "household": [household_row(child, lines, material, bands) for child, lines in material.household],
        "history": material.history,
        "choices": choices(material, outlook, bands),
        "now": bands.get(material.bands.get(comparison.child.pk, ""), NOT_RATED) if comparison else NOT_RATED,
        "note": note(material, taken),
        "row": material.row,
        "restricted": [
            child
            for child in (asked.child, comparison.child if comparison else None)
            if child and hidden(child)
        ],
    }


def _total(evidence: Any) -> str:
    found = weights.number(evidence, "total")
    return weights.signed(found) if found is not None else ""


def gap(evidence: Any, material: Material) -> str:
    """By how much the best leads the next, where figures are known."""
    margin = weights.number(material.decision.evidence if material.decision else None, "margin")
    if margin is None and material.others:
        mine, next_best = (
            weights.number(evidence, "total"),
            weights.number(material.others[0][0].evidence, "total"),
        )
        margin = mine - next_best if mine is not None and next_best is not None else None
    return f"{margin:.1f}" if margin is not None else ""


def hidden(child: Child) -> bool:
    """Whether a restriction stands."""
    return child.restricted or child.address_hidden


def note(material: Material, taken: datetime | None) -> str:
    """ "Question 4 of 37 · asked 6 days ago · Early help, taken in Mon 16 Nov 2026, 05:30"."""
    asked = material.sheet.question
    parts = [f"Question {material.place} of {material.open_count}", f"asked {words.ago(asked.opened_at)}"]
    if material.sheet.source:
        parts.append(
            f"{material.sheet.source}, taken in {words.moment(taken)}" if taken else material.sheet.source
        )
    return " · ".join(parts)


def twins(household: Iterable[tuple[Child, Sequence[FieldLine]]]) -> bool:
    """Whether somebody there has the arrived record's surname and birth date under another forename."""
    for _, lines in household:
        told = {line.label: line.verdict for line in lines}
        if (told["Surname"], told["Born"], told["Forename"]) == ("agrees", "agrees", "differs"):
            return True
    return False


def household_row(
    child: Child, lines: Sequence[FieldLine], material: Material, bands: dict[str, Band]
) -> dict[str, Any]:
    """One of the household beside the record that arrived."""
    agree = [line.label.lower() for line in lines if line.verdict == "agrees"]
    differ = [line.label.lower() for line in lines if line.verdict == "differs"]
    told = "; ".join(
        part
        for part in (
            f"{', '.join(agree)} agree" if agree else "",
            f"{', '.join(differ)} differ" if differ else "",
        )
        if part
    )
    return {
        "child": child,
        "is_candidate": bool(material.comparison and child.pk == material.comparison.child.pk),
        "is_other": child.pk in {each.pk for _, each in material.others},
        "twin": twins([(child, lines)]),
        "band": bands.get(material.bands.get(child.pk, ""), NOT_RATED),
        "told": told[:1].upper() + told[1:] or "Nothing to compare",
    }


def choices(material: Material, outlook: dict[str, Any], bands: dict[str, Band]) -> list[Choice]:
    """The five answers with what each would do."""
    source, held = (
        material.sheet.source or "The record",
        material.comparison.child if material.comparison else None,
    )
    involved = involvement_words(material.moving)
    effects = {
        "same": f"The {source} record joins {held.full_name}. {involved} {rating_words(outlook, bands)}" if held else "",
        "new": f"Makes a child of the {source} record, different from everybody it was compared with.",
        "different": "Never asked again of these two." + (
            " The next who may be the same is asked about." if material.others else " The record stands as a child of its own."),
        "cannot_tell": "Goes on the list for the agency that sent it. Nothing moves.",
        "later": "Goes to the end of the queue. Nothing moves.",
    }  # fmt: skip
    return [
        Choice(each, LETTERS[each], TITLES[each], effects[each].strip()) for each in LETTERS if effects[each]
    ]


def involvement_words(moving: Collection[Involvement]) -> str:
    """ "Two involvements move with it: Early help, CAMHS."."""
    if not moving:
        return "No involvement that you can see moves."
    named = list(
        dict.fromkeys(
            SERVICES[each.service].name if each.service in SERVICES else each.service for each in moving
        )
    )
    count = len(moving)
    return f"{words.count(count, 'involvement')} {'moves' if count == 1 else 'move'} with it: {', '.join(named)}."


def rating_words(outlook: dict[str, Any], bands: dict[str, Band]) -> str:
    """ "The rating stays Amber." or "The rating goes from Green to Amber."."""
    if not outlook:
        return WORKING
    now, after = (bands.get(outlook[key], NOT_RATED).label for key in ("now", "after"))
    return f"The rating stays {now}." if now == after else f"The rating goes from {now} to {after}."


def banner(act: Act | None) -> dict[str, Any] | None:
    """What was just decided, with its undo."""
    if act is None:
        return None
    who = act.child.full_name if act.child.surname else act.target.full_name if act.target else "the record"
    return {"act": act, "text": f"{act.get_kind_display()}: {who}."}


def held_notice(question: Question, names: dict[int, str], user: User) -> str:
    """Who else has the question open; empty where nobody has."""
    name = holder(question, names, user)
    return (
        ""
        if name in ("", "you")
        else f"{name} has this question open. You can read it; the answer is theirs for now."
    )
