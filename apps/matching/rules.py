"""How two accounts of a child compare, field by field: no database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["agrees", "differs", "missing"]

#: Why a record was not linked by itself, as the person who decides reads it.
REASONS = {
    "identifier_contradicted": "An identifier agrees, but the name or date of birth does not.",
    "identifiers_differ": "Name, date of birth and address agree, but an identifier differs.",
    "no_address": "Name and date of birth agree; nothing else says it is the same child.",
    "perhaps_twins": "Surname, date of birth and address agree, the forename differs: perhaps twins.",
    "birth_date_near": "Name and address agree, the date of birth is close but not the same.",
    "several_children": "More than one child agrees.",
    "same_system": "Both come from one system, which says by two ids that they are two children; all else says they are one.",
    "forename_near": "Surname and date of birth agree; the forenames are two forms of one name, or nearly the same.",
    "name_order": "Date of birth agrees, and surname and forename are the other way round.",
    "spelling": "Forename, date of birth and address agree; the surname is spelt another way, or there is more than one slip.",
    "surname_changed": "Forename and date of birth agree; one of the two has, or had, another surname.",
    "crowd": "Name and date of birth agree, but the address is that of many families, and says little.",
    "assumed_birth_date": "All agrees, but the date of birth is one written down where nobody knows the day.",
    "undated": "Name and address, or an identifier, agree; one record has no date of birth.",
    "birth_dates_differ": "Name and address agree, the dates of birth are quite different: one is wrong, or two children bear one name.",
    "names_differ": "Born on the same day in the same house, under quite different names.",
    "unborn": "A child expected about this day, of the same mother or household.",
    "unnamed": "One record has no forename yet; the rest agrees.",
    "too_little": "What agrees is too common to be sure.",
    "left": "What once joined this record to the child no longer holds, and a person has decided about the child before.",
    "rival": "One child agrees, and another has the same name and date of birth.",
}
UNKNOWN_REASON = "Some of what both records say agrees, but not enough to be sure."


@dataclass(frozen=True)
class FieldLine:
    """One field of both: what is held, what arrived, whether they agree, and what the linkage model made of it in bits."""

    label: str
    held: str
    arrived: str
    verdict: Verdict
    level: str = ""
    bits: float | None = None


def compare(label: str, held: Iterable[object], arrived: object) -> FieldLine:
    """What arrived against everything held for the child; any of its records may agree."""
    known = [text for text in dict.fromkeys(shown(value) for value in held) if same(text)]
    came = shown(arrived)
    if not known or not same(came):
        verdict: Verdict = "missing"
    else:
        verdict = "agrees" if same(came) in {same(text) for text in known} else "differs"
    return FieldLine(label, "; ".join(known), came, verdict)


def shown(value: object) -> str:
    """A value on one line; several lines of an address become one."""
    return ", ".join(part.strip() for part in str(value).splitlines() if part.strip()) if value else ""


def same(text: str) -> str:
    """A text without what does not tell values apart: case, blanks and punctuation."""
    return "".join(char for char in text.casefold() if char.isalnum())


def reason(rule: str) -> str:
    """Why a person is asked."""
    return REASONS.get(rule, UNKNOWN_REASON)
