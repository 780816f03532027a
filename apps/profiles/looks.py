"""Every kind of look at a child that is recorded, sorted for who answers for them. Pure; a test finds a kind that is forgotten."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Sort(NamedTuple):
    """Looks of one sort: what they are called, the kinds of events, and whether children leave the service by it."""

    label: str
    kinds: tuple[str, ...]
    taken: bool = False


SORTS: dict[str, Sort] = {
    "pages": Sort("Children’s pages and families", ("child.look", "family.look")),
    "work": Sort(
        "Queues, cohorts, questions and first pages",
        ("home.look", "triage.look", "cohort.look", "question.look", "field.look", "act.look", "sealed.look", "extract.look",
         "scheme.look", "roll.look", "report.rows"),
    ),
    "reviews": Sort("Reviews, meetings, actions and leads", ("review.look",)),
    "lists": Sort("Weekly lists opened", ("list.open",)),
    "packs": Sort("Packs of a meeting", (), True),
    "downloads": Sort("Weekly lists downloaded", ("list.download",), True),
    "exports": Sort(
        "Other files taken", ("cohort.export", "question.export", "quality.export", "extract.rejected_rows"), True
    ),
    "searches": Sort("Searches, and asking whether a child is known", ("search.run",)),
    "systems": Sort("Asked by another system (API)", (), True),
}  # fmt: skip
KIND_OF = {kind: sort for sort, each in SORTS.items() for kind in each.kinds}
REFUSED = ("access.refused", "api.refused")
KINDS = [*KIND_OF, *REFUSED]
#: What a pack is about, as a page and as a PDF.
PACKS = ("pack", "pack.pdf")


class Told(NamedTuple):
    """Events of one person or system, of one kind."""

    who: int | None
    label: str
    kind: str
    about: str
    refused: bool
    looks: int
    children: int


@dataclass
class Looks:
    """What was looked at: by sort, by person, and how many children were shown by sort."""

    by_sort: Counter[str] = field(default_factory=Counter)
    children: Counter[str] = field(default_factory=Counter)
    by_person: Mapping[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    people: Mapping[str, set[int | str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def taken(self) -> int:
        """By how many of them children left the service."""
        return sum(number for sort, number in self.by_sort.items() if sort in SORTS and SORTS[sort].taken)


def sort_of(told: Told) -> str:
    """What sort of look it is, or ``refused``."""
    if told.refused or told.kind in REFUSED:
        return "refused"
    if told.kind == "search.run" and told.who is None:
        return "systems"
    return "packs" if told.kind == "review.look" and told.about in PACKS else KIND_OF[told.kind]


def sorted_out(rows: Iterable[Told]) -> Looks:
    """All of them, counted."""
    found = Looks()
    for told in rows:
        sort = sort_of(told)
        found.by_sort[sort] += told.looks
        found.children[sort] += told.children
        found.people[sort].add(told.who or told.label)
        if told.who is not None:
            found.by_person[told.who][sort] += told.looks
    return found
