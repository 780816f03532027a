"""Each agency's own version of who the child is, with what differs from the top of the page marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.children.models import RecordAddress, RecordVersion
from apps.core import values, words
from apps.matching.models import LinkVersion
from apps.profiles.presenters.header import Person

HOW = {
    "nhs_number": "Same NHS number",
    "upn": "Same UPN",
    "former_upn": "Former UPN",
    "local_id": "Same record number",
}
OUTCOMES = {"new": "First record", "question": "In question", "nameless": "No name yet"}


@dataclass(frozen=True)
class Cell:
    """One value, and whether it differs from the one at the top; `note` says what kind it is."""

    text: str = ""
    differs: bool = False
    note: str = ""


@dataclass(frozen=True)
class Version:
    """One feed's words about the child."""

    agency: str
    feed: str
    local_id: str
    name: Cell
    born: Cell
    nhs_number: Cell
    upn: Cell
    address: Cell
    others: list[str]
    linked: str

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The values in the order of the table."""
        return self.name, self.born, self.nhs_number, self.upn, self.address

    @property
    def differing(self) -> int:
        """On how many points it differs."""
        return sum(cell.differs for cell in self.cells)


def versions_of(
    versions: Sequence[RecordVersion],
    addresses: Sequence[RecordAddress],
    links: Sequence[LinkVersion],
    person: Person,
    hidden: bool,
) -> list[Version]:
    """Every feed's words side by side."""
    places = {(each.record_id, each.feed_id): each for each in addresses}
    first = next((each for each in addresses if each.address_key or each.postcode_key), None)
    how = {link.record_id: linked_words(link) for link in links}
    return [
        Version(
            each.record.agency.name, each.feed.title, each.record.local_id,
            name=name_cell(each, person),
            born=cell(words.day(each.dob), bool(each.dob and person.dob and each.dob != person.dob)),
            nhs_number=cell(words.nhs(each.nhs_number), bool(each.nhs_number and each.nhs_number != person.nhs_number)),
            upn=cell(each.upn, bool(each.upn and each.upn != person.upn)),
            address=address_cell(places.get((each.record_id, each.feed_id)), first, hidden),
            others=others_of(each),
            linked=how.get(each.record_id, ""),
        )
        for each in versions
    ]  # fmt: skip


def cell(text: str, differs: bool = False) -> Cell:
    """A value, or that none is held."""
    return Cell(text, differs) if text else Cell(note="none held")


def name_cell(version: RecordVersion, person: Person) -> Cell:
    """The name a feed gives, and the names beside it."""
    if not version.surname and not version.forename:
        return Cell(note="none held")
    return Cell(
        words.list_name(version.surname, version.forename), name_differs(version, person), known_as(version)
    )


def name_differs(version: RecordVersion, person: Person) -> bool:
    """Whether a name is another one, beyond accents, hyphens and capitals."""
    if not version.surname_key and not version.forename_key:
        return False
    theirs = version.surname_key, version.forename_key
    return theirs != (values.name_key(person.surname), values.name_key(person.forename))


def known_as(version: RecordVersion) -> str:
    """The name the child goes by, and the surname it had."""
    parts = (
        f"known as {version.known_as}" if version.known_as else "",
        f"was {version.former_surname}" if version.former_surname else "",
    )
    return ", ".join(part for part in parts if part)


def address_cell(place: RecordAddress | None, first: RecordAddress | None, hidden: bool) -> Cell:
    """An address, and whether it is another place than the one at the top; hidden ones do not even differ."""
    if hidden:
        return Cell(note="hidden")
    if place is None or not (place.address or place.postcode):
        return Cell(note="none held")
    text = (
        ", ".join(line.strip(" ,") for line in place.address.splitlines() if line.strip(" ,"))
        or place.postcode
    )
    return Cell(text, first is not None and other_place(place, first))


def other_place(one: RecordAddress, two: RecordAddress) -> bool:
    """Whether two addresses are different places: by their postcodes where both have one, else by their words."""
    if one.postcode_key and two.postcode_key and one.postcode_key != two.postcode_key:
        return True
    return bool(one.address_key and two.address_key) and one.address_key != two.address_key


def others_of(version: RecordVersion) -> list[str]:
    """Further numbers a feed holds."""
    named = (("Former UPN", version.former_upn), ("ULN", version.uln))
    return [f"{label} {number}" for label, number in named if number]


def linked_words(link: LinkVersion) -> str:
    """Why the record belongs to the child."""
    decision = link.decision
    if decision.by:
        return f"Decided by a person, {words.day(decision.at)}"
    if decision.outcome == "linked":
        return HOW.get(decision.rule, decision.rule.replace("_", " ").capitalize() or "Linked")
    return OUTCOMES.get(decision.outcome, decision.outcome.capitalize())
