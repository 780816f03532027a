"""Text and tables that go into files for spreadsheet programs."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

Cell = str | date | None
TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

#: A cell that begins with one of these is taken for a formula by spreadsheet programs (OWASP: CSV injection).
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """The text with an apostrophe before anything a spreadsheet program would run."""
    return f"'{text}" if text.startswith(RUNS) else text


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table as CSV, with the mark that makes spreadsheet programs read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    for row in rows:
        writer.writerow(f"{each:%d/%m/%Y}" if isinstance(each, date) else inert(each or "") for each in row)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(
    title: str,
    marking: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    about: Sequence[tuple[str, str]],
) -> bytes:
    """An accessible workbook: one table under a frozen heading row, and a sheet that says what it is; cells are text, nothing runs."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, TEXT_ONLY) as book:
        book.set_properties({"title": title, "subject": marking})
        sheet = book.add_worksheet("List")
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        dated = book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
        sheet.set_column(0, len(headings) - 1, 22, wrap)
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, value, dated)
                elif value:
                    sheet.write_string(line, column, value, wrap)
        columns = [{"header": heading} for heading in headings]
        sheet.add_table(0, 0, max(len(rows), 1), len(headings) - 1, {"name": "Listed", "columns": columns})
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f'&L&"Arial,Bold"{marking}'[:255])
        _about(book, about)
    return out.getvalue()


def _about(book: Any, lines: Sequence[tuple[str, str]]) -> None:
    sheet, bold = book.add_worksheet("About this list"), book.add_format({"bold": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22, bold)
    sheet.set_column(1, 1, 90, wrap)
    for line, (label, words) in enumerate(lines):
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, words, wrap)
