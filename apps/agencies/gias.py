"""Rows of the national register of establishments (GIAS), and of its early years companion, as settings and links."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from apps.agencies.models import Kind
from apps.core import values


class Establishment(NamedTuple):
    """A setting as the register gives it, in the order the upsert takes its columns."""

    urn: str
    name: str
    kind: str
    phase: str
    laestab: str
    phone: str
    address: str
    postcode: str
    trust: str
    trust_name: str
    opened_on: date | None
    closed_on: date | None


class Link(NamedTuple):
    """A predecessor or successor."""

    urn: str
    linked_urn: str
    link_type: str
    established_on: date | None


def read(row: Mapping[str, str]) -> Establishment | Link | None:
    """What a row is, told by its headings; None where it has no URN or no name."""
    cells = {
        re.sub(r"[^a-z0-9]", "", heading.lower()): values.clean(str(text or ""))
        for heading, text in row.items()
    }
    if "linkurn" in cells:
        return _link(cells)
    if "settingname" in cells:
        return _early_years(cells)
    return _school(cells)


def _link(cells: Mapping[str, str]) -> Link | None:
    urn, linked = values.ident(cells.get("urn", "")), values.ident(cells["linkurn"])
    if not urn or not linked:
        return None
    return Link(
        urn, linked, cells.get("linktype", ""), values.parse_date(cells.get("linkestablisheddate", ""))
    )


def _school(cells: Mapping[str, str]) -> Establishment | None:
    urn, name = values.ident(cells.get("urn", "")), cells.get("establishmentname", "")
    if not urn or not name:
        return None
    trust = values.ident(cells.get("trustscode", ""))
    return Establishment(
        urn=urn,
        name=name,
        kind=Kind.SCHOOL,
        phase=cells.get("phaseofeducationname", ""),
        laestab=values.ident(cells.get("lacode", "")) + values.ident(cells.get("establishmentnumber", "")),
        phone=cells.get("telephonenum", ""),
        address=_lines(cells, "street", "locality", "address3", "town"),
        postcode=values.postcode(cells.get("postcode", "")),
        trust=trust,
        trust_name=cells.get("trustsname", "") or trust,
        opened_on=values.parse_date(cells.get("opendate", "")),
        closed_on=values.parse_date(cells.get("closedate", "")),
    )


def _early_years(cells: Mapping[str, str]) -> Establishment | None:
    urn, name = values.ident(cells.get("urn", "")), cells["settingname"]
    if not urn or not name:
        return None
    return Establishment(
        urn=urn,
        name=name,
        kind=Kind.EARLY_YEARS,
        phase=cells.get("providertype", ""),
        laestab="",
        phone=cells.get("telephone", ""),
        address=_lines(cells, "street", "town"),
        postcode=values.postcode(cells.get("postcode", "")),
        trust="",
        trust_name="",
        opened_on=values.parse_date(cells.get("registeredon", "")),
        closed_on=values.parse_date(cells.get("closedon", "")),
    )


def _lines(cells: Mapping[str, str], *names: str) -> str:
    return ", ".join(cells[name] for name in names if cells.get(name))
