"""Is this child known? Asked by another system, answered within its agency's reach and by its agreements."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, JsonResponse

from apps.access.reach import answering
from apps.agencies.models import Agency
from apps.audit.actions import record_search
from apps.core import values
from apps.matching.lookup import Person, known
from apps.pipeline.api import actions
from apps.pipeline.api.gate import Answered, Problem, offers
from apps.pipeline.api.likeness import LIKE, told
from apps.pipeline.models import Scope, Token

READERS: dict[str, Callable[[str], str]] = {
    "postcode": values.postcode,
    "nhs_number": values.right_nhs_number,
    "upn": values.right_upn,
}
WORDS = ("surname", "forename", "address", *READERS)
ENOUGH = "Send surname, forename and dob, or an nhs_number or upn."
LONGEST = 10_000
NO_WORDS = re.compile("[\0\ud800-\udfff]")


@offers("POST", Scope.LOOKUP)
def look_up(request: HttpRequest, token: Token) -> Answered:
    """Whom a person may be among the children of the token's agency, and which services may be named."""
    given = _read(request)
    agency: Agency = token.agency or token.feed.agency  # type: ignore[union-attr]  # it has one of the two
    with answering(agency):
        found = [each for each in known(_person(given)) if each.answer in LIKE]
        children = told(found, agency)
    record_search(
        by=actions.name_of(token),
        terms=given,
        children=[each.child for each in found],
        detail={"for": "lookup", "token": token.pk, "asked": sorted(given), "found": len(found)},
    )
    answers = {each["answer"] for each in children}
    answer = "known" if "known" in answers else "perhaps" if answers else "not_known"
    return JsonResponse({"answer": answer, "children": children}), None


def _read(request: HttpRequest) -> dict[str, str]:
    if request.content_type != "application/json":
        raise Problem(415, "Send what you know of the child as application/json.")
    try:
        given = json.loads(request.body[: LONGEST + 1]) if len(request.body) <= LONGEST else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or not all(map(_is_text, given.values())):
        raise Problem(400, "Send one JSON object whose values are all texts.")
    if unknown := set(given) - {*WORDS, "dob"}:
        raise Problem(400, f"There is no field called {sorted(unknown)[0][:40]}.")
    return {name: value.strip() for name, value in given.items() if value.strip()}


def _is_text(value: Any) -> bool:
    """Whether it is words; a nought byte or half a character is none, and the database takes neither."""
    return isinstance(value, str) and not NO_WORDS.search(value)


def _person(given: dict[str, str]) -> Person:
    words: dict[str, Any] = {name: given.get(name, "") for name in WORDS}
    for name, reader in READERS.items():
        words[name] = reader(words[name]) if words[name] else ""
        if given.get(name) and not words[name]:
            raise Problem(400, f"The {name} is not a right one. Check it, or leave it out.")
    words["dob"] = _day(given.get("dob", ""))
    if not (words["nhs_number"] or words["upn"] or words["surname"] and words["forename"] and words["dob"]):
        raise Problem(400, ENOUGH)
    return Person(**words)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Problem(400, "Give dob as a date: 2016-03-09.") from None
