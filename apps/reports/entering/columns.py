"""The columns of the file, and what a cell of each must be. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from apps.core.spreadsheets import RUNS, inert
from apps.core.values import clean, parse_date, parse_number
from apps.involvements.catalogue import SERVICES

REFERENCE = "Reference"
SECTOR = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d)")
MARK = re.compile(r"C(\d{1,9})")
MOST = 2_147_483_647
HELP = {code: service.name for code, service in SERVICES.items() if not service.enrolment}
NAMES = {name.lower(): code for code, name in HELP.items()} | {code: code for code in HELP}


class Wrong(Exception):
    """A cell that cannot be taken; ``str()`` says what is wrong with it and what to write instead."""


class Column(NamedTuple):
    """A heading, the field it fills, and how its cell is read."""

    heading: str
    field: str
    read: Callable[[str], Any]


def text_of(cell: str) -> str:
    """The words of a cell; an apostrophe that kept a spreadsheet program from running them is not theirs."""
    text = clean(cell)
    return text[1:] if text.startswith("'") and text[1:].startswith(RUNS) else text


def written(name: str, value: Any) -> str | date | None:
    """A field as the file has it."""
    if name == "service":
        return HELP.get(value, value)
    return value if isinstance(value, date) else "" if value is None else str(value)


def stands(name: str, value: Any, cell: str) -> bool:
    """Whether a cell is as it was downloaded: what was entered elsewhere, however odd, comes back as it is."""
    out = written(name, value)
    return isinstance(out, str) and text_of(inert(out)) == text_of(cell)


def marked(cell: str) -> int | None:
    """The row that a reference means; none where the row is new."""
    if not (text := text_of(cell)):
        return None
    if found := MARK.fullmatch(text.upper()):
        return int(found[1])
    raise Wrong(f"“{text}” is no reference. Leave it as it was downloaded, or empty for a new row.")


def service(cell: str) -> str:
    """A service by its name."""
    if code := NAMES.get(text_of(cell).lower()):
        return code
    raise Wrong(f"{_said(cell)} is no service. Write one of: {', '.join(HELP.values())}.")


def words(most: int, what: str) -> Callable[[str], str]:
    """Words that must be there."""

    def read(cell: str) -> str:
        text = text_of(cell).replace("\n", " ")
        if not text:
            raise Wrong(f"it is empty. Write {what}.")
        if len(text) > most:
            raise Wrong(f"it has {len(text)} letters. Shorten it to {most}.")
        return text

    return read


def sector(cell: str) -> str:
    """A postcode sector; nothing is the whole borough."""
    text = text_of(cell).upper()
    if not text:
        return ""
    if found := SECTOR.fullmatch(text):
        return f"{found[1]} {found[2]}"
    raise Wrong(
        f"{_said(cell)} is no postcode sector. Write one like “TS18 1”, or leave it empty for the whole borough."
    )


def whole(example: str) -> Callable[[str], int]:
    """A whole number, nought or more."""

    def read(cell: str) -> int:
        number = parse_number(text_of(cell).replace("£", "").replace(" ", ""))
        if number is None or number != int(number) or not 0 <= number <= MOST or "%" in cell:
            raise Wrong(f"{_said(cell)} is no whole number. Write one like {example}.")
        return int(number)

    return read


def cost(cell: str) -> int | None:
    """Pounds a year, where they are known."""
    return whole("250000, or leave it empty")(cell) if text_of(cell) else None


def monday(cell: str) -> date:
    """The first day of a week."""
    day = parse_date(text_of(cell))
    if day is None:
        raise Wrong(f"{_said(cell)} is no date. Write a Monday as dd/mm/yyyy.")
    if day.weekday():
        raise Wrong(f"{day:%d/%m/%Y} is a {day:%A}. Write the Monday of the week, as dd/mm/yyyy.")
    return day


def _said(cell: str) -> str:
    text = text_of(cell)
    return f"“{text[:60]}”" if text else "an empty cell"


COLUMNS = (
    Column("Service", "service", service),
    Column("Team", "team", words(80, "the team’s name")),
    Column("Sector", "area", sector),
    Column("Children at once", "places", whole("25")),
    Column("Cost a year", "cost", cost),
    Column("From week", "from_week", monday),
    Column("Source", "source", words(200, "where the figure is written, so that others can check it")),
)
HEADINGS = (REFERENCE, *(column.heading for column in COLUMNS))
FIELDS = tuple(column.field for column in COLUMNS)
#: What makes a row one of its own.
KEY = ("from_week", "service", "team", "area")

Values = Mapping[str, Any]


def key_of(values: Values) -> tuple[Any, ...]:
    """By which two rows are the same."""
    return tuple(values[name] for name in KEY)
