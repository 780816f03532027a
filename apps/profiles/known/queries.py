"""Who a person may be, among the children the reader sees."""

from dataclasses import dataclass

from apps.accounts.models import User
from apps.children.models import Child
from apps.matching.lookup import Known, Person, known

LABELS = {
    "surname": "surname", "forename": "forename", "name": "name", "dob": "date of birth", "address": "address",
    "postcode": "postcode", "nhs_number": "NHS number", "upn": "UPN", "sex": "sex", "mother": "mother",
}  # fmt: skip
#: Levels of agreement that speak against, or say nothing.
SILENT = frozenset({"missing", "conflict", "differs", "none", "unlike"})


@dataclass(frozen=True)
class Found:
    """A child the person may be, and what the two have in common."""

    child: Child
    likely: bool
    agree: str


def look_up(person: Person, user: User) -> list[Found]:
    """The likeliest children first; those out of reach are left out, as if there were none."""
    answers = [each for each in known(person) if each.answer in ("link", "ask")]
    seen = Child.objects.visible_to(user).filter(merged_into=None).select_related("setting")
    children = seen.in_bulk([each.child for each in answers])
    # of two that a rule would link neither is likely: each is the other's rival
    alone = sum(each.answer == "link" for each in answers) == 1
    return [
        Found(children[each.child], alone and each.answer == "link", agree(each))
        for each in answers
        if each.child in children
    ]


def agree(answer: Known) -> str:
    """The fields that speak for it, by name."""
    told = [
        LABELS.get(field, field)
        for field, (level, bits) in answer.weights.items()
        if bits > 0 and level not in SILENT
    ]
    return ", ".join(told)
