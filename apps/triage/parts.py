"""The parts of the queue that can be asked for, as conditions: each sees no more than the reader's own page of the child."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BooleanField, Func, JSONField, Q, TextField, Value
from django.utils import timezone

from apps.access.queries import agencies_of, shared_with
from apps.accounts.models import User
from apps.children.models import RecordAddress
from apps.core.clock import today
from apps.ragp.models import Change

#: Ages by code: label, from, and to (not included).
AGES = {
    "0": ("Under 5", 0, 5),
    "5": ("5 to 10", 5, 11),
    "11": ("11 to 15", 11, 16),
    "16": ("16 and over", 16, 100),
}
CLOCKS = {
    "over": "Over time",
    "today": "Due today",
    "told": "Told to supervisors",
}
CAUSES = {
    "rating": "Change of rating",
    "back": "Decided before, now worse",
    "cohort": "Entered a watched cohort",
    "override": "A rating that was set has ended or is due for review",
    "worry": "A setting is worried",
}
#: A fact that moved the rating, of a service, that may be told: as ``sight_of`` says of one, said of all in the database.
TOLD = """$[*] ? (@.service == $service && (@.agency == $content[*]
    || @.agency == $existence[*] && @.kind == "I" && !exists(@.value)))"""


@dataclass(frozen=True)
class Wanted:
    """What part of the queue is asked for; empty means all of it."""

    to: str = ""
    kind: str = ""
    school: str = ""
    with_whom: str = ""
    clock: str = ""
    sort: str = "due"
    was: str = ""
    area: str = ""
    service: str = ""
    age: str = ""
    cause: str = ""


def asked(user: User, wanted: Wanted) -> list[Q]:
    """A condition for each part that was asked for."""
    parts: list[tuple[str, Callable[[str], Q]]] = [
        (wanted.to, lambda code: Q(change__to_band=code)),
        (wanted.was, lambda code: Q(change__from_band=code)),
        (wanted.kind, lambda kind: Q(nature=kind) if kind in Change.Nature.values else Q()),
        (wanted.school, lambda key: of_school(int(key)) if key.isdecimal() else Q()),
        (sector(wanted.area), of_area),
        (wanted.service, lambda service: of_service(user, service)),
        (wanted.age, of_age),
        (wanted.with_whom, lambda whom: with_whom(user, whom)),
        (wanted.clock, by_clock),
        (wanted.cause, by_cause),
    ]
    return [condition(value) for value, condition in parts if value]


def of_school(setting: int) -> Q:
    """Children of a setting; none of those whose whereabouts are hidden."""
    return Q(child__setting=setting, child__address_hidden=False)


def sector(typed: str) -> str:
    """ "TS181" from "ts18 1" or a whole postcode."""
    key = "".join(typed.upper().split())
    return key[:-2] if len(key) > 4 and key[-2:].isalpha() else key


def of_area(key: str) -> Q:
    """Children with an address the reader sees in a postcode sector; none of those whose address is hidden."""
    sector_of = Func("postcode_key", Value(-2), function="left", output_field=TextField())
    here = RecordAddress.objects.alias(sector=sector_of).filter(
        postcode_key__gte=key, postcode_key__lt=key + "~", sector=key, recorded_to=None
    )
    return Q(child__in=here.values("record__child"), child__address_hidden=False)


class Told(Func):
    """Whether a list of facts holds one that fits a path."""

    function = "jsonb_path_exists"
    output_field = BooleanField()


def of_service(user: User, service: str) -> Q:
    """Items moved by a fact of a service that the reader may be told of: filtering must not say what the row does not."""
    own = [agency.pk for agency in agencies_of(user)]
    seen: dict[str, Any] = {"service": service}
    for level in ("existence", "content"):
        shared = [agency for agency, code in shared_with(user, level) if code in (service, "*")]
        seen[level] = [*own, *shared]
    path, given = (
        Value(TOLD),
        Func(Value(json.dumps(seen)), template="%(expressions)s::jsonb", output_field=JSONField()),
    )
    return Q(Told("change__gained", _path(path), given)) | Q(Told("change__lost", _path(path), given))


def _path(path: Value) -> Func:
    return Func(path, template="%(expressions)s::jsonpath", output_field=JSONField())


def of_age(code: str) -> Q:
    """Children of an age today."""
    if code not in AGES:
        return Q()
    _, least, below = AGES[code]
    return Q(child__dob__lte=_born(least), child__dob__gt=_born(below))


def _born(years: int) -> date:
    day = today()
    return (
        day.replace(year=day.year - years, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year - years)
    )


def with_whom(user: User, whom: str) -> Q:
    """Whose they are: "me", "nobody", or an officer's id."""
    if whom.isdecimal():
        return Q(assigned_to=int(whom))
    return Q(assigned_to=user.pk if whom == "me" else None)


def by_clock(code: str) -> Q:
    """By how much time is left."""
    if code == "told":
        return Q(escalated_at__isnull=False)
    return Q(due_at__lt=end_of_today() if code == "today" else timezone.now())


def by_cause(code: str) -> Q:
    """By what they wait for."""
    return {
        "rating": Q(change__isnull=False),
        "cohort": Q(stay__isnull=False),
        "override": Q(override__isnull=False),
        "worry": Q(worry__isnull=False),
        "back": Q(earlier__isnull=False),
    }.get(code, Q())


def end_of_today() -> datetime:
    """Midnight after today, here."""
    return timezone.make_aware(datetime.combine(today() + timedelta(days=1), time.min))
