"""Rows of the registers as settings and links: schools (GIAS), early years, providers of care (Ofsted), GP practices (ODS)."""

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


#: Headings that only the lists of providers of social care have.
CARE = frozenset(
    ["placementcode", "placementprovidercode", "providerplacementcode", "registrationstatus", "providerstatus", "providername"]
)  # fmt: skip


def read(row: Mapping[str, str]) -> Establishment | Link | None:
    """What a row is, told by its headings; None where it has no URN or no name."""
    cells = {
        re.sub(r"[^a-z0-9]", "", heading.lower()): values.clean(str(text or ""))
        for heading, text in row.items()
    }
    if "linkurn" in cells:
        return _link(cells)
    if "organisationcode" in cells:
        return _practice(cells)
    if not CARE.isdisjoint(cells):
        return _care(cells)
    if "conditions" in cells:
        return None  # the conditions of a provider's registration: the provider stands in another sheet
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


def _care(cells: Mapping[str, str]) -> Establishment | None:
    """A children's home, an agency or supported accommodation; each year's list has its own headings."""
    urn, name = values.ident(cells.get("urn", "")), cells.get("settingname") or cells.get("providername", "")
    if not urn or not name:
        return None

    def said(*headings: str) -> str:
        return next((cells[heading] for heading in headings if cells.get(heading)), "")

    lines = [
        said(f"setting{line}", f"provider{line}") for line in ("addressline1", "addressline2", "addressline3")
    ]
    town = said("settingaddresstown", "settingtown", "providertown")
    return Establishment(
        urn=urn,
        name=name,
        kind=Kind.CARE,
        phase=said("providertype", "provisiontype"),
        laestab="",
        phone=said("settingtelephonenumber", "providertelephonenumber"),
        address=", ".join(filter(None, (*lines, town))),
        postcode=values.postcode(said("settingaddresspostcode", "settingpostcode", "providerpostcode")),
        trust="",
        trust_name="",
        opened_on=values.parse_date(said("registrationdate")),
        closed_on=values.parse_date(said("deregistrationdate", "closeddate")),
    )


def _practice(cells: Mapping[str, str]) -> Establishment | None:
    """A GP practice, known by its code where a setting has its URN."""
    code, name = values.ident(cells["organisationcode"]), cells.get("name", "")
    if not code or not name:
        return None
    return Establishment(
        urn=code,
        name=name,
        kind=Kind.GP,
        phase="",
        laestab="",
        phone=cells.get("telephone", ""),
        address=_lines(cells, "addressline1", "addressline2", "addressline3", "addressline4", "addressline5"),
        postcode=values.postcode(cells.get("postcode", "")),
        trust="",
        trust_name="",
        opened_on=values.parse_date(cells.get("opendate", "")),
        closed_on=values.parse_date(cells.get("closedate", "")),
    )


def _lines(cells: Mapping[str, str], *names: str) -> str:
    return ", ".join(cells[name] for name in names if cells.get(name))
