"""Whether a person is known: the policy's own blocking and weighing for one person, and nothing written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import psycopg
from django.db import connection, transaction

from apps.core.values import name_key
from apps.extracts.models import State
from apps.matching.compare.accounts import Account
from apps.matching.compare.births import swapped
from apps.matching.compare.places import NO_ADDRESS, keys, postcode_of
from apps.matching.gathering import crowded
from apps.matching.hearing import Told, hear, join
from apps.matching.judging import Candidate, weigh
from apps.matching.linkage.model import live
from apps.matching.passes import COMMON, filled
from apps.matching.residue import weights_of

#: One statement for both: each way to the database and back is a good part of a look-up.
BEGIN = """select set_config('plan_cache_mode', 'force_generic_plan', true),
                  array(select id from extracts_extract where state = %s)"""

Rows = Callable[[str, dict[str, Any]], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Person:
    """Who is looked for, in the words somebody typed."""

    surname: str = ""
    forename: str = ""
    dob: date | None = None
    middle_names: str = ""
    known_as: str = ""
    former_surname: str = ""
    unborn: bool = False
    sex: str = ""
    nhs_number: str = ""
    upn: str = ""
    former_upn: str = ""
    address: str = ""
    postcode: str = ""
    mother: str = ""


@dataclass(frozen=True)
class Known:
    """A child the person may be: what the policy would do, and the evidence for it."""

    child: int
    answer: str
    rule: str
    total: float
    weights: dict[str, tuple[str, float]]


def known(person: Person, most: int = 10) -> list[Known]:
    """The children a person may be, likeliest first: ``answer`` is link, ask or unlike. One that a link rule names may still have a rival.

    Whoever calls shows of them only what the reader may see: row-level security hides children out of reach from the web's own role.
    """
    params = _params(person)
    with _planned_once() as (rows, params["unsaid"]):
        looked = rows("lookup", params)
        params["children"] = [child for child, *_place in looked if child is not None]
        held = _held(rows, params) if params["children"] else {}
    came = _came(person, params)
    busy = crowded((code, address) for child, code, address in looked if child is None)
    found = [weigh(came, join(accounts), child, live(), busy) for child, accounts in held.items()]
    likely = sorted(
        (each for each in found if _worth(each)),
        key=lambda each: (not each.link, not each.ask, -each.total, each.child),
    )
    return [_known(each) for each in likely[:most]]


def _worth(candidate: Candidate) -> bool:
    return bool(candidate.link or candidate.ask) or candidate.total >= live().thresholds["ask"]


def _known(candidate: Candidate) -> Known:
    answer = "link" if candidate.link else "ask" if candidate.ask else "unlike"
    return Known(
        candidate.child, answer, candidate.link or candidate.ask, candidate.total, weights_of(candidate)
    )


def _params(person: Person) -> dict[str, Any]:
    address, code = keys(person.address, person.postcode)
    surname, forename = name_key(person.surname), name_key(person.forename)
    return {
        "surname_key": surname, "forename_key": forename, "middle": person.middle_names.lower(), "known_key": name_key(person.known_as),
        "former_key": name_key(person.former_surname), "dob": person.dob, "unborn": person.unborn, "nhs_number": person.nhs_number,
        "upn": person.upn, "former_upn": person.former_upn, "address_key": address, "postcode_key": postcode_of(code),
        "mother": person.mother.lower(), "swapped": swapped(person.dob) if person.dob else None,
        "nowhere": ["", *sorted(NO_ADDRESS)],
        "whole": bool(surname and forename) and not person.unborn, "common": live().common("forename", COMMON), **live().crowd,
    }  # fmt: skip


def _came(person: Person, params: dict[str, Any]) -> Account:
    account = Account(homes={(params["address_key"], params["postcode_key"])} - {("", "")})
    told = Told(
        params["surname_key"], params["forename_key"], person.known_as, person.middle_names, person.former_surname, person.dob,
        person.unborn, person.sex, person.nhs_number, person.upn, person.former_upn, person.mother,
    )  # fmt: skip
    hear(account, told, True)
    return account


def _held(rows: Rows, params: dict[str, Any]) -> dict[int, list[Account]]:
    held: dict[int, list[Account]] = {}
    accounts: dict[int, Account] = {}
    for child, record, scheme, current, *words in rows("heard", params):
        if record not in accounts:
            accounts[record] = Account(schemes={scheme})
            held.setdefault(child, []).append(accounts[record])
        hear(accounts[record], Told(*words), current)
    for record, address, code in rows("heard_homes", params):
        if record in accounts:
            accounts[record].add("homes", (address, code))
    return held


@contextmanager
def _planned_once() -> Iterator[tuple[Rows, list[int]]]:
    """Statements that each connection plans once, and keeps, and the extracts whose words are no evidence.

    Planning a statement anew for each person takes longer than carrying it out.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BEGIN, [State.UNDONE])
        yield _rows, cursor.fetchone()[1]
        cursor.execute("select set_config('plan_cache_mode', 'auto', true)")


def _rows(step: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    held = connection.connection
    held.prepare_threshold = 0  # of what goes through psycopg's own cursor, which nothing else does
    with connection.wrap_database_errors, psycopg.Cursor(held) as cursor:
        return cursor.execute(_text(step), params).fetchall()


@cache
def _text(step: str) -> str:
    return filled(step)
