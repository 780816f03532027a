"""Words of records into accounts of children."""

from collections.abc import Iterable, Set
from datetime import date
from typing import Any, NamedTuple

from apps.core.values import name_key
from apps.matching.compare.accounts import NOTHING, Account
from apps.matching.compare.names import is_name


class Told(NamedTuple):
    """What one version of a record says of who it is."""

    surname: str
    forename: str
    known_as: str
    middle_names: str
    former_surname: str
    dob: date | None
    unborn: bool
    sex: str
    nhs_number: str
    upn: str
    former_upn: str
    mother: str


def hear(account: Account, told: Told, current: bool) -> None:
    """Add what a version says; of earlier ones only names count, and numbers as former ones."""
    add = account.add
    _hear_names(account, told, current)
    if current:
        add("due" if told.unborn else "born", told.dob)
        add("sexes", told.sex)
        add("mothers", _key(told.mother))
    add("nhs" if current else "former_nhs", told.nhs_number)
    add("upns" if current else "former_upns", told.upn)
    add("former_upns", told.former_upn)


def _key(name: str) -> str:
    return name_key(name) if name else ""


def _hear_names(account: Account, told: Told, current: bool) -> None:
    add = account.add
    if is_name(told.surname):
        add("surnames" if current else "former_surnames", told.surname)
    if is_name(told.forename):
        add("forenames" if current else "former_forenames", told.forename)
    former = _key(told.former_surname)
    add("former_surnames", former)
    if current:
        add("once_called", former)
        add("known_as", _key(told.known_as))
        add("middles", _key(told.middle_names))


def join(accounts: Iterable[Account]) -> Account:
    """Several records as one account."""
    found = list(accounts)
    if len(found) == 1:
        return found[0]
    return Account(*(_union(found, name) for name in Account.__slots__))


def _union(accounts: list[Account], name: str) -> Set[Any]:
    said = [words for each in accounts if (words := getattr(each, name))]
    return NOTHING.union(*said) if said else NOTHING
