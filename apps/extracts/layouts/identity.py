"""Who a row is about: names, birth date, numbers and address with their keys, and what to do when rows disagree."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from apps.core import values
from apps.extracts.layouts.cells import Cells, today

NAMES = ("surname", "forename", "middle_names", "known_as", "former_surname", "mother")
SEXES = {
    "1": "M",
    "2": "F",
    "m": "M",
    "f": "F",
    "male": "M",
    "female": "F",
    "boy": "M",
    "girl": "F",
    "a) male": "M",
    "b) female": "F",
}
UNSAID_SEXES = {
    "u",
    "0",
    "3",
    "9",
    "n",
    "i",
    "x",
    "unknown",
    "not known",
    "not specified",
    "indeterminate",
    "other",
    "not stated",
}
NO_UPN = frozenset(f"UN{number}" for number in range(1, 10))
#: Rows of one child must agree on these.
TELLING = ("dob", "surname_key", "forename_key")

Person = dict[str, Any]


def person_of(cells: Cells) -> Person:
    """What a row says of who the child is; fields it does not give are missing."""
    data, person = cells.data, {name: cells.text(name, 200) for name in NAMES if name in cells.data}
    if "surname" in person:
        person["surname_key"] = values.name_key(person["surname"])[:200]
    if "forename" in person:
        person["forename_key"] = values.name_key(person["forename"])[:200]
    if "sex" in data:
        person["sex"] = _sex(cells)
    if "ethnicity" in data:
        person["ethnicity"] = _short(cells, "ethnicity", 10)
    _days(cells, person)
    _numbers(cells, person)
    if "address" in data or "postcode" in data:
        person.update(_address(cells))
    return {name: value for name, value in person.items() if value}


def _days(cells: Cells, person: Person) -> None:
    if dob := cells.day("dob"):
        if dob > today():
            cells.problem("DOB_FUTURE", "dob")
        elif _age(dob) > 26:
            cells.problem("DOB_OLD", "dob")
        person["dob"] = dob
    elif due := cells.day("expected"):
        person.update(dob=due, unborn=True)
    if died := cells.day("died_on"):
        if dob and died < dob:
            cells.problem("DEATH_ORDER", "died_on")
        else:
            person["died_on"] = died
    if "left_area_on" in cells.data:
        person["left_area_on"] = cells.day("left_area_on")


def _age(dob: date) -> int:
    now = today()
    return now.year - dob.year - ((now.month, now.day) < (dob.month, dob.day))


def _sex(cells: Cells) -> str:
    said = cells.text("sex").lower().removesuffix(".0")
    found = SEXES.get(said, "")
    if not found and said not in UNSAID_SEXES:
        cells.problem("CODE_UNKNOWN", "sex")
    return found


def _short(cells: Cells, field: str, limit: int) -> str:
    value = cells.text(field).upper()
    if len(value) > limit:
        cells.problem("CODE_UNKNOWN", field)
        return ""
    return value


def _numbers(cells: Cells, person: Person) -> None:
    if "nhs_number" in cells.data:
        digits = values.nhs_number(cells.text("nhs_number"))
        if values.nhs_number_valid(digits):
            person["nhs_number"] = digits
        else:
            cells.problem("NHS_CHECK", "nhs_number")
    for field in ("upn", "former_upn"):
        if field in cells.data:
            number = values.upn(cells.text(field))
            if number in NO_UPN:  # a code that says why there is none, and not a number that children share
                continue
            if field == "upn" and not values.upn_valid(number):
                cells.problem("UPN_CHECK", field)
            person[field] = number if len(number) <= 20 else ""
    if "uln" in cells.data:
        person["uln"] = values.ident(cells.text("uln"))[:20]


def _address(cells: Cells) -> Person:
    address, code = cells.text("address"), cells.text("postcode")
    found = values.postcode(code) if code else values.postcode_of(address)
    if code and not found:
        cells.problem("POSTCODE_CHECK", "postcode")
    if code and values.address_key(code) not in values.address_key(address):
        address = ", ".join(part for part in (address, found or code) if part)
    return {
        "address": address,
        "postcode": found,
        "address_key": values.address_key(address)[:500] if address != found else "",
        "postcode_key": found.replace(" ", ""),
    }


def merged(said: Iterable[tuple[Cells, Person]]) -> Person:
    """One person of what several rows say: the first word counts, a row that contradicts it gets a warning."""
    person: Person = {}
    for cells, words in said:
        if any(field in person and field in words and person[field] != words[field] for field in TELLING):
            cells.problem("DUPLICATE_IN_FILE", "dob" if person.get("dob") != words.get("dob") else "surname")
        person = {**words, **person}
    return person
