"""The linker's own levels of agreement in the SQL that Splink learns by, best level first."""

from collections.abc import Mapping
from typing import Any

JARO_SURNAME, JARO_FORENAME = 0.9, 0.93


def slip(name: str, least: int) -> str:
    """One letter apart, in words long enough to tell."""
    return f"damerau_levenshtein({name}_l, {name}_r) <= 1 and least(length({name}_l), length({name}_r)) >= {least}"


#: Field to its levels and their conditions; the level that takes the rest has none. Those of the linker that are not here need more
#: than two records side by side (earlier names, crowds, both numbers): their weights are carried over from the live model.
LEVELS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "nhs": (("exact", "nhs_l = nhs_r"), ("conflict", "")),
    "upn": (("exact", "upn_l = upn_r"), ("former", "upn_l = former_upn_r or former_upn_l = upn_r"), ("conflict", "")),
    "surname": (
        ("exact", "surname_l = surname_r"),
        ("part", "len(list_intersect(parts_l, parts_r)) > 0"),
        ("typo", slip("surname", 5)),
        ("near", f"jaro_winkler_similarity(surname_l, surname_r) >= {JARO_SURNAME}"),
        ("differs", ""),
    ),
    "forename": (
        ("exact", "forename_l = forename_r"),
        ("spelling", "spelling_l = spelling_r"),
        ("nickname", "len(list_intersect(familiar_l, familiar_r)) > 0"),
        ("initial", "least(length(forename_l), length(forename_r)) = 1 and left(forename_l, 1) = left(forename_r, 1)"),
        ("near", f"({slip('forename', 4)}) or jaro_winkler_similarity(forename_l, forename_r) >= {JARO_FORENAME}"),
        ("conflict", ""),
    ),
    "dob": (
        ("exact", "dob_l = dob_r"),
        ("swap", "left(dob_l, 4) = left(dob_r, 4) and substr(dob_l, 6, 2) = substr(dob_r, 9, 2)"
                 " and substr(dob_l, 9, 2) = substr(dob_r, 6, 2)"),
        ("day", "abs(date_diff('day', dob_l::date, dob_r::date)) <= 2"),
        ("slip", "hamming(dob_l, dob_r) = 1"),
        ("part", "(left(dob_l, 4) = left(dob_r, 4))::int + (substr(dob_l, 6, 2) = substr(dob_r, 6, 2))::int"
                 " + (substr(dob_l, 9, 2) = substr(dob_r, 9, 2))::int = 2"),
        ("conflict", ""),
    ),
    "sex": (("agree", "sex_l = sex_r"), ("differs", "")),
    "address": (("exact", "address_l = address_r"), ("postcode", "postcode_l = postcode_r"), ("differs", "")),
    "mother": (("agree", "mother_l = mother_r"), ("differs", "")),
}  # fmt: skip
#: Pairs are first sought where these agree; each trains what the others hold still.
TRAINED_ON = (
    "l.dob = r.dob and l.forename = r.forename",
    "l.surname = r.surname and l.postcode = r.postcode",
)
#: Pairs that are surely one child: their number says how often two records drawn at random are one.
SURE = (
    "l.nhs = r.nhs",
    "l.upn = r.upn",
    "l.surname = r.surname and l.forename = r.forename and l.dob = r.dob",
)
BLOCKED_ON = (
    "l.nhs = r.nhs", "l.upn = r.upn", "l.dob = r.dob and l.surname = r.surname", "l.dob = r.dob and l.forename = r.forename",
    "l.postcode = r.postcode and l.surname = r.surname and l.forename = r.forename",
)  # fmt: skip


def comparisons() -> list[dict[str, Any]]:
    """Each field as Splink's settings have it, with a level for what one side does not say."""
    return [
        {
            "output_column_name": field,
            "comparison_levels": [
                {
                    "sql_condition": f"{field}_l is null or {field}_r is null",
                    "is_null_level": True,
                    "label_for_charts": "missing",
                },
                *(_level(name, condition, field) for name, condition in levels),
            ],
        }
        for field, levels in LEVELS.items()
    ]


def _level(name: str, condition: str, field: str) -> dict[str, Any]:
    level: dict[str, Any] = {"sql_condition": condition or "ELSE", "label_for_charts": name}
    if name == "exact" and field in ("surname", "forename"):
        level |= {"tf_adjustment_column": field, "tf_adjustment_weight": 1.0}
    return level
