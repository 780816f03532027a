"""What an agency's own records lack and what was found in its file, for whoever can put it right at the source."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from apps.core.spreadsheets import inert
from apps.core.words import day, longday
from apps.extracts.models import Feed, Finding

HEADINGS = ("Your reference", "Surname", "Forename", "Date of birth", "Row in your file", "Lacks")
FOUND = ("File or table", "Row in your file", "Column", "Rule", "Kind", "What to do")
#: A workbook is made in memory while somebody waits.
MOST = 20_000

#: What can be lacking, and whether a record of a feed that sends it lacks it.
LACKS: dict[str, Callable[[Any, date], bool]] = {
    "name": lambda it, _: not (it.surname_key and it.forename_key),
    "date of birth": lambda it, _: it.dob is None,
    "sex": lambda it, _: not it.sex,
    "ethnicity": lambda it, _: not it.ethnicity,
    # of a hidden address nobody is told whether there is one
    "address": lambda it, _: not it.hidden and not it.where and not it.postcode,
    "NHS number": lambda it, on: not it.nhs_number and (it.dob is None or it.dob <= on),
    "UPN": lambda it, on: not it.upn and it.dob is not None and 5 <= _age(it.dob, on) <= 15,
}


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def lacking(records: Iterable[Any], sent: Sequence[str], on: date) -> list[tuple[int, list[str]]]:
    """The records that lack something their feed sends, each as (its child, the cells of its row)."""
    rows: list[tuple[int, list[str]]] = []
    for record in records:
        lacks = [label for label in sent if LACKS[label](record, on)]
        if lacks and len(rows) < MOST:
            named = [record.record.local_id, record.surname, record.forename, day(record.dob)]
            rows.append((record.child, [*named, str(record.row_no), ", ".join(lacks)]))
    return rows


def found(findings: Iterable[Finding]) -> list[list[str]]:
    """Each finding as a row: where, which rule, and what to do."""
    return [
        [
            each.module,
            str(each.row_no or ""),
            each.field,
            each.code,
            each.get_severity_display(),
            each.message,
        ]
        for each in findings
    ]


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The records as CSV, with the mark that makes spreadsheet programs read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(
    feed: Feed, as_of: date, rows: Sequence[Sequence[str]], findings: Sequence[Sequence[str]]
) -> bytes:
    """The records and the findings as a workbook of two sheets; every cell is text, so nothing in it runs."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        title = f"{feed.title}, as at {longday(as_of)}: what is lacking"
        book.set_properties({"title": title, "subject": "OFFICIAL-SENSITIVE: PERSONAL"})
        _sheet(book, "Records", HEADINGS, rows)
        _sheet(book, "Findings", FOUND, findings)
    return out.getvalue()


def _sheet(book: Any, name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 2, 18, text)
    sheet.set_column(len(headings) - 1, len(headings) - 1, 70, text)
    sheet.set_header('&L&"Arial,Bold"OFFICIAL-SENSITIVE: PERSONAL')
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, head)
    for line, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell, text)
