"""A child's family in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.children.families import Confidence, Kind
from apps.children.models import Child, Relationship
from apps.core import words
from apps.core.presenters import NOT_RATED
from apps.core.presenters import Band as BandMark
from apps.profiles.presenters.header import mark_of
from apps.profiles.queries.family import Kin
from apps.ragp.models import Band

SURE = {Confidence.STATED: "Stated", Confidence.LIKELY: "Likely", Confidence.POSSIBLE: "Possible"}
WHY = {
    Kind.TWIN: "same birth date and address, same surname or mother",
    Kind.SIBLING: "same address, same surname or mother",
    Kind.ADDRESS: "same address",
}


@dataclass(frozen=True)
class Relative:
    """One row of the family panel."""

    public_id: UUID
    surname: str
    forenames: str
    what: str
    age: str
    school: str
    hidden: bool
    band: BandMark | None
    sure: str
    why: str
    source: str


def family(child: Child, kin: Sequence[Kin], bands: Sequence[Band], rated: bool, day: date) -> list[Relative]:
    """The rows of the panel; a school is left out where it would give a hidden address away."""
    return [
        Relative(
            each.child.public_id, each.child.surname, each.child.forename,
            what=what(each.link, child),
            age=words.short_age(each.child.dob, each.child.died_on or day),
            school="" if each.child.address_hidden or not each.child.setting else each.child.setting.name,
            hidden=each.child.address_hidden,
            band=(mark_of(each.band, bands) if each.band else NOT_RATED) if rated else None,
            sure=SURE[Confidence(each.link.confidence)],
            why="" if each.link.statement else WHY.get(Kind(each.link.kind), ""),
            source=source(each),
        )
        for each in kin
    ]  # fmt: skip


def what(link: Relationship, child: Child) -> str:
    """What the other is to the child whose page it is."""
    if link.kind == Kind.PARENT and link.child_id == child.pk:
        return "Child"
    return Kind(link.kind).label


def source(kin: Kin) -> str:
    """Who says so, and since when."""
    said = kin.link.statement.at if kin.link.statement else kin.link.recorded_from
    return f"{' and '.join(kin.says) or 'an agency'}, {words.day(said)}"
