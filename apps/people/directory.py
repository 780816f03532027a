"""Rows of the directory of professionals."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from apps.core import values


class Entry(NamedTuple):
    """A professional as the directory gives them, in the order the upsert takes its columns."""

    worker_id: str
    name: str
    job_title: str
    team: str
    agency: str
    phone: str
    email: str
    username: str
    left_on: date | None


def read(row: Mapping[str, str]) -> Entry | None:
    """One row; None where it has no worker id, name or agency."""
    cells = {
        re.sub(r"[^a-z]", "", heading.lower()): values.clean(str(text or "")) for heading, text in row.items()
    }
    entry = Entry(
        worker_id=values.ident(cells.get("workerid", "")),
        name=cells.get("name", ""),
        job_title=cells.get("jobtitle", ""),
        team=cells.get("team", ""),
        agency=cells.get("agency", "").lower(),
        phone=cells.get("phone", ""),
        email=cells.get("email", "").lower(),
        username=cells.get("username", ""),
        left_on=values.parse_date(cells.get("lefton", "")),
    )
    return entry if entry.worker_id and entry.name and entry.agency else None
