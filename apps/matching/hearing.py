"""Words of records into accounts of children."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from apps.core.values import name_key
from apps.matching.compare.accounts import Account
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
    _hear_names(account, told, current)
    if current:
        if told.dob:
            (account.due if told.unborn else account.born).add(told.dob)
        _add(account.sexes, told.sex)
        _add(account.mothers, _key(told.mother))
    _add(account.nhs if current else account.former_nhs, told.nhs_number)
    _add(account.upns if current else account.former_upns, told.upn)
    _add(account.former_upns, told.former_upn)


def _add(said: set[str], word: str) -> None:
    if word:
        said.add(word)


def _key(name: str) -> str:
    return name_key(name) if name else ""


def _hear_names(account: Account, told: Told, current: bool) -> None:
    if is_name(told.surname):
        (account.surnames if current else account.former_surnames).add(told.surname)
    if is_name(told.forename):
        (account.forenames if current else account.former_forenames).add(told.forename)
    _add(account.former_surnames, _key(told.former_surname))
    if current:
        _add(account.once_called, _key(told.former_surname))
        _add(account.known_as, _key(told.known_as))
        _add(account.middles, _key(told.middle_names))


def join(accounts: Iterable[Account]) -> Account:
    """Several records as one account."""
    found = list(accounts)
    if len(found) == 1:
        return found[0]
    return Account(*(set().union(*(getattr(each, name) for each in found)) for name in Account.__slots__))
