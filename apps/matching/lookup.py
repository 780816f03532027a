"""Whether a person is known: who may be the same child by number, or by name and birth date, and nothing written."""

from dataclasses import dataclass
from datetime import date

from apps.core import sql, values


@dataclass(frozen=True)
class Person:
    """Who is looked for, in the words somebody typed."""

    surname: str = ""
    forename: str = ""
    dob: date | None = None
    nhs_number: str = ""
    upn: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Known:
    """A child the person may be: what the policy would do, and the evidence for it."""

    child: int
    answer: str
    rule: str
    total: float
    weights: dict[str, tuple[str, float]]


def known(person: Person, most: int = 10) -> list[Known]:
    """The children a person may be, likeliest first: ``answer`` is link or ask. Row-level security hides children out of reach."""
    params = {
        "surname": values.name_key(person.surname), "forename": values.name_key(person.forename), "dob": person.dob,
        "nhs": person.nhs_number, "upn": person.upn, "address": values.address_key(person.address),
        "postcode": person.postcode.replace(" ", "").lower(),
    }  # fmt: skip
    found = [_known(*row) for row in sql.rows("matching", "lookup", params)]
    return sorted(found, key=lambda each: (each.answer != "link", -each.total, each.child))[:most]


def _known(child: int, nhs: bool, upn: bool, name: bool, dob: bool, place: bool) -> Known:
    seen = {"nhs_number": nhs, "upn": upn, "name": name, "dob": dob, "address": place}
    sure = (nhs or upn) and dob or name and dob and place
    rule = "nhs_number" if nhs else "upn" if upn else "name_birth_address" if sure else "no_address"
    weights = {field: ("exact", 10.0) for field, agrees in seen.items() if agrees}
    return Known(child, "link" if sure else "ask", rule, 10.0 * len(weights), weights)
