"""A filled-in sheet read back: sorted, filtered and saved by whatever program, each row is found by its own mark."""

import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from apps.core.errors import Refused
from apps.extracts.readers import Table, read_tables
from apps.lists.asked_back import QUESTIONS, REFERENCE, referred
from apps.lists.models import WeeklyList

CODES = {
    question.name: {words.lower(): code for code, words in question.answers.items()} for question in QUESTIONS
}


class Sheet(NamedTuple):
    """What a row says by entry, with its number in the spreadsheet; and what could not be matched, in sentences."""

    rows: dict[int, dict[str, str]]
    lines: dict[int, int]
    unmatched: list[str]


def read_sheet(file: Any, listed: WeeklyList, entries: set[int]) -> Sheet:
    """The rows of a list's sheet; Refused where the file is no sheet of a list."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        path.write_bytes(file.read())
        tables = read_tables(path, "This file")
        return _matched(_of_a_list(tables), listed, entries)


def _of_a_list(tables: list[Table]) -> Table:
    found = next((table for table in tables if REFERENCE in table.headings), None)
    if found is None:
        raise Refused(
            f"This file has no column “{REFERENCE}”. Fill in the sheet as you downloaded it, and leave that column as it is."
        )
    return found


def _matched(table: Table, listed: WeeklyList, entries: set[int]) -> Sheet:
    sheet = Sheet({}, {}, [])
    place = {heading: number for number, heading in enumerate(table.headings)}
    for line, cells in table.rows:
        given = {
            heading: cells[number].strip() if number < len(cells) else "" for heading, number in place.items()
        }
        mark = referred(given[REFERENCE])
        said = _said(given)
        if not any(said.values()):
            continue  # nothing is said of the child: what was typed on the page stays
        if mark is None or mark[0] not in entries:
            sheet.unmatched.append(
                f"Row {line} is not of this list: its “{REFERENCE}” is missing or another list’s."
            )
        elif mark[1] != listed.version:
            sheet.unmatched.append(
                f"Row {line} is of version {mark[1]}; the list is version {listed.version} now. Download it again."
            )
        elif mark[0] in sheet.rows:
            sheet.unmatched.append(f"Row {line} has the same “{REFERENCE}” as row {sheet.lines[mark[0]]}.")
        else:
            sheet.rows[mark[0]], sheet.lines[mark[0]] = said, line
    return sheet


def _said(given: dict[str, str]) -> dict[str, str]:
    """As the form takes it; a cell of a workbook has its day with a time, CSV an apostrophe that keeps words from being run."""
    said = {}
    for question in QUESTIONS:
        text = given.get(question.heading, "")
        if question.is_day:
            text = text.removesuffix(" 00:00:00")
        if question.answers:
            text = CODES[question.name].get(text.lower(), text)
        said[question.name] = text
    return said
