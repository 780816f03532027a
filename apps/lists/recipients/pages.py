"""The pages about who reads a setting's lists: for its own administrator, and for those who prepare all lists."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from apps.access.models import Membership
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.core.clock import today
from apps.core.words import count, day, longday
from apps.lists.officer.queries import names
from apps.lists.recipients import queries
from apps.lists.recipients.rules import verified_until


class Reader(NamedTuple):
    """Somebody who reads, or would read, a setting's lists."""

    user: User
    setting: Agency
    waits: bool
    soon: bool
    said: str
    is_self: bool


class Setting(NamedTuple):
    """A setting of the administrator's own."""

    agency: Agency
    readers: list[Reader]
    until: date


def reader(member: Membership, who: dict[int, str], asking: User | None = None) -> Reader:
    """A person with what was last said of them."""
    until, waits = member.until, queries.is_over(member.until)  # type: ignore[attr-defined]
    soon = not waits and queries.is_soon(until)
    if until is None:
        said = "Never verified"
    elif waits:
        said = f"Verified until {day(until)}: that term is over"
    else:
        by = who.get(member.said_by, "the council, when verifying began")  # type: ignore[attr-defined]
        said = f"Verified until {day(until)} by {by}"
    return Reader(member.user, member.agency, waits, soon, said, bool(asking and member.user_id == asking.pk))


def readers_page(user: User) -> dict[str, Any]:
    """Every setting the user administers, with its readers; who waits stands first."""
    mine = queries.belongs_to(user, "recipient.verify")
    members = queries.everyone_at([agency.pk for agency in mine])
    who = names([member.said_by for member in members])  # type: ignore[attr-defined]
    shown = [reader(member, who, user) for member in members]
    settings = [Setting(agency, [], verified_until(today(), queries.spans_of(agency))) for agency in mine]
    for setting in settings:
        setting.readers.extend(each for each in shown if each.setting == setting.agency)
        setting.readers.sort(key=lambda each: (not each.waits, not each.soon))
    waiting = sum(each.waits for each in shown)
    fresh = f"{count(waiting, 'person waits', 'people wait')} for you" if waiting else "Nobody waits for you"
    return {"settings": settings, "title": "Who reads our weekly lists", "fresh": fresh}


class Waiting(NamedTuple):
    """Somebody of whom a setting is still to speak, or to speak again soon."""

    user: User
    setting: Agency
    since: str
    administrators: list[User]


def waiting_page() -> dict[str, Any]:
    """Of all settings: who waits, whose term is nearly over, and whom to ask there."""
    members = list(queries.unsettled())
    asked: dict[int, list[User]] = {}
    for each in queries.administrators({member.agency_id for member in members}):
        asked.setdefault(each.agency_id, []).append(each.user)
    rows = [
        Waiting(member.user, member.agency, since(member.until), asked.get(member.agency_id, []))  # type: ignore[attr-defined]
        for member in members
    ]
    without = len({row.setting.pk for row in rows if not row.administrators})
    return {
        "rows": rows,
        "without": without,
        "title": "Who waits to be verified",
        "fresh": f"As it is now, {longday(today())}",
    }


def since(until: date | None) -> str:
    """How it stands with one of them."""
    if until is None:
        return "Never verified"
    return f"Verified until {day(until)}" if until >= today() else f"Not since {day(until)}"


def unverified_page(settings: Sequence[Agency]) -> dict[str, Any]:
    """For somebody whom nobody has verified this term: where, and whom to ask."""
    ask = queries.administrators([agency.pk for agency in settings])
    return {"waits": settings, "administrators": [each.user for each in ask]}
