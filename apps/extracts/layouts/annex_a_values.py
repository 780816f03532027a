"""What the cells of Annex A mean: a code of the national returns where one can be told, else the category of the list."""

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from apps.extracts.layouts import codes
from apps.extracts.layouts.cells import Cells
from apps.extracts.valuemaps import PREFIX, canonical

WORD = re.compile(r"[A-Z0-9]+")
ETHNIC_GROUPS = {"a": "WHITE", "b": "MIXED", "c": "ASIAN", "d": "BLACK", "e": "OTHER", "f": "NOBT"}
NEEDS = dict(zip("abcdefghij", ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N0"), strict=True))
ABUSE = dict(zip("abcde", ("NEG", "PHY", "SAB", "EMO", "MUL"), strict=True))
LEGAL = {"a": "C1", "b": "C2", "c": "D1", "d": "E1", "e": "V2"}

Meaning = Callable[[str], str | None]


def _coded(field: str, known: Collection[str], letters: Mapping[str, str]) -> Meaning:
    """The code that stands in the cell, else that of its category, else the category."""

    @lru_cache(maxsize=4096)
    def meaning(text: str) -> str | None:
        if said := next((word for word in WORD.findall(text.upper()) if word in known), ""):
            return said
        category = canonical(field, text)
        if category is None:
            return None
        return letters.get(category[:1], "") if category[1:2] == ")" and letters else _plain(category)

    def whole(text: str) -> str | None:
        found = meaning(text)
        return PREFIX.sub("", canonical(field, text) or "") if found == "" else found

    return whole


def _worded(field: str) -> Meaning:
    """The category without its letter."""

    @lru_cache(maxsize=4096)
    def meaning(text: str) -> str | None:
        category = canonical(field, text)
        return None if category is None else _plain(category)

    return meaning


def _sex(text: str) -> str | None:
    category = canonical("Gender", text)
    return None if category is None else {"a": "M", "b": "F"}.get(category[:1], "U")


def _plain(category: str) -> str:
    return PREFIX.sub("", category).strip()


MEANINGS: dict[str, Meaning] = {
    "sex": _sex,
    "ethnicity": _coded("Ethnicity", codes.ETHNICITIES, ETHNIC_GROUPS),
    "Primary Need Code": _coded("Primary Need Code", codes.NEEDS, NEEDS),
    "Child's Category of Need": _coded("Primary Need Code", codes.NEEDS, NEEDS),
    "Initial Category of Abuse": _coded("Initial Category of Abuse", codes.ABUSE, ABUSE),
    "Latest Category of Abuse": _coded("Latest Category of Abuse", codes.ABUSE, ABUSE),
    "Child's Legal Status": _coded("Child's Legal Status", codes.LEGAL_STATUSES, LEGAL),
    "Placement Type": _coded("Placement Type", codes.PLACEMENTS, {}),
    "Placement Provider": _coded("Placement Provider", codes.PROVIDERS, {}),
    "Reason Ceased to be Looked After": _coded("Reason Ceased to be Looked After", codes.CEASED, {}),
    "Activity Status": _coded("Activity Status", codes.ACTIVITIES, {}),
    **{
        field: _worded(field)
        for field in (
            "Contact Source", "Referral Source", "Referral NFA?", "Case Status", "Reason for Closure",
            "Child Seen During Continuous Assessment", "Was the Child Seen Alone?", "Eligibility Category",
            "Was an Initial Child Protection Conference deemed unnecessary?", "LA in Touch",
            "Suitability of Accommodation", "Type of Accommodation", "Does the Child have a Disability",
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
            "What is the permanence plan for this child?",
        )
    },
}  # fmt: skip


def translated(cells: Cells) -> dict[str, str]:
    """The cells of a row with what each coded one means; what no map knows is kept as it came, with a finding."""
    data = dict(cells.data)
    for field in data.keys() & MEANINGS.keys():
        found = MEANINGS[field](data[field])
        if found is None:
            cells.problem("CODE_UNKNOWN", field)
        else:
            data[field] = found
    return data
