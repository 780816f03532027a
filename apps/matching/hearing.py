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
        account.sexes |= {told.sex} - {""}
        account.mothers |= {name_key(told.mother)} - {""}
    (account.nhs if current else account.former_nhs).update({told.nhs_number} - {""})
    (account.upns if current else account.former_upns).update({told.upn} - {""})
    account.former_upns |= {told.former_upn} - {""}


def _hear_names(account: Account, told: Told, current: bool) -> None:
    if is_name(told.surname):
        (account.surnames if current else account.former_surnames).add(told.surname)
    if is_name(told.forename):
        (account.forenames if current else account.former_forenames).add(told.forename)
    former, called = name_key(told.former_surname), name_key(told.known_as)
    if former:
        account.former_surnames.add(former)
    if current:
        account.once_called |= {former} - {""}
        account.known_as |= {called} - {""}
        account.middles |= {name_key(told.middle_names)} - {""}


def join(accounts: Iterable[Account]) -> Account:
    """Several records as one account."""
    found = list(accounts)
    if len(found) == 1:
        return found[0]
    return Account(*(set().union(*(getattr(each, name) for each in found)) for name in Account.__slots__))
