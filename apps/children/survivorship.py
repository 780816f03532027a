"""Whose word stands for a child's field: the policies a feed may have, and what holds where it names none.

The choice itself is set-based (``sql/settle_fields.sql``); this is its table.
"""

from typing import Any

#: Policy -> what it means, in the order they are offered.
POLICIES = {
    "always": "Competes with every other feed: the most trusted wins, then the newest",
    "empty": "Used only where no feed that competes says anything",
    "ask": "Competes, but does not replace what another feed still says: a person is asked",
    "never": "Not used for the child",
}

#: Field -> its label. Names travel together, so that no child gets one agency's surname and another's forename.
FIELDS = {
    "name": "Name",
    "known_as": "Known as",
    "dob": "Date of birth",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "nhs_number": "NHS number",
    "upn": "UPN",
    "died_on": "Date of death",
    "left_area_on": "Left the area",
}

#: Who a child is hangs on these: nobody's word replaces another's unasked.
ASKED = ("dob", "nhs_number")


def default(field: str) -> str:
    """The policy of a field that a feed does not name."""
    return "ask" if field in ASKED else "always"


def policy(survivorship: dict[str, Any], field: str) -> str:
    """A feed's policy for a field."""
    return survivorship.get(field) or default(field)


def faults(survivorship: Any) -> list[str]:
    """What is wrong with a feed's table of policies, in sentences."""
    if not isinstance(survivorship, dict):
        return ["Give a table of field to policy."]
    unknown = [f"There is no field “{field}”." for field in survivorship if field not in FIELDS]
    return unknown + [
        f"“{given}” is no policy for {FIELDS[field]}; the policies are {', '.join(POLICIES)}."
        for field, given in survivorship.items()
        if field in FIELDS and given not in list(POLICIES)
    ]
