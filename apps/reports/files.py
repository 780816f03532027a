"""A reading as a tagged PDF and as a workbook."""

import io
from pathlib import Path
from typing import Any

import xlsxwriter

from apps.core.paper import pdf
from apps.core.spreadsheets import TEXT_ONLY, inert
from apps.core.words import day, longday
from apps.lists.weeks import name_of
from apps.reports.charts.of_section import drawn
from apps.reports.charts.of_weeks import Weeks
from apps.reports.figures import FIGURES
from apps.reports.reading import Reading
from apps.reports.sections import Cell, Section, section, sections
from apps.reports.sentences import sentences

SHEET = Path(__file__).with_name("paper.typ")
MARKING = "OFFICIAL-SENSITIVE"


def title(reading: Reading) -> str:
    """What the file is called inside."""
    return f"Weekly report: week of {longday(reading.report.week)}"


def file_name(reading: Reading, form: str) -> str:
    """What it is called in a folder."""
    return f"weekly-report-{name_of(reading.report.week)}.{form}"


def pdf_bytes(reading: Reading, called: str = "") -> bytes:
    """The report on paper: tagged, titled, in its language, every table with its headings."""
    data = {
        "title": called or title(reading), "marking": MARKING, "about": _about(reading), "notes": sentences(reading),
        "sections": [*_over_time(Weeks(reading)), *(_on_paper(each) for each in drawn(sections(reading)))],
    }  # fmt: skip
    return pdf(SHEET, data)


def _over_time(weeks: Weeks) -> list[dict[str, Any]]:
    if not weeks.lines:
        return []
    rows = [[day(week), *(Cell(number).text for number in numbers)] for week, numbers in weeks.rows]
    return [{
        "title": "Ratings over time", "definition": "Children by rating, week by week.", "source": FIGURES["bands"].source,
        "heads": [column.label for column in weeks.columns], "rows": rows, "left_out": "", "empty": "",
        "drawing": weeks.drawing and weeks.drawing.paper,
    }]  # fmt: skip


def _on_paper(each: Section) -> dict[str, Any]:
    rows = [[row.label, *(cell.text for cell in row.cells)] for row in each.rows]
    if each.rows and each.rows[0].note:
        rows = [
            [row.label, f"{row.cells[0].text} ({row.note})" if row.note else row.cells[0].text]
            for row in each.rows
        ]
    left = f"{each.left_out} more lines are in the workbook." if each.left_out else ""
    return {
        "title": each.figure.title, "definition": each.figure.definition, "source": each.figure.source,
        "heads": list(each.heads), "rows": rows, "left_out": left, "empty": each.empty,
        "drawing": each.drawing and each.drawing.paper,
    }  # fmt: skip


def _about(reading: Reading) -> str:
    small = (
        ""
        if reading.whole
        else " Numbers under five, and others by which they could be worked out, are withheld."
    )
    people = reading.report.basis["people"]
    per = (
        f" Per 10,000 of {people['number']:,} children ({people['source']})."
        if people
        else " No population has been entered."
    )
    return f"{reading.about}.{small}{per}"


def xlsx_bytes(reading: Reading) -> bytes:
    """The report as a workbook: every number on one line, what it means, and what the file is."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, TEXT_ONLY) as book:
        book.set_properties({"title": title(reading), "subject": MARKING})
        _numbers(book, reading)
        meanings = [(f.title, f.definition, f.source) for f in reading.figures.values()]
        _table(book, "What they mean", ("Figure", "Definition", "Source"), meanings, (34, 90, 40))
        about = [
            ("Report", title(reading)),
            ("About", _about(reading)),
            *(("In sentences", each) for each in sentences(reading)),
        ]
        _table(book, "About", ("What", "Words"), about, (18, 110))
    return out.getvalue()


def _numbers(book: Any, reading: Reading) -> None:
    lines: list[tuple[Any, ...]] = []
    for figure in reading.figures.values():
        each = section(reading, figure.whole())
        for row in each.rows:
            pairs = zip(each.heads[1:], row.cells, strict=True)
            lines += [(figure.title, row.label, head, _plain(cell)) for head, cell in pairs]
    _table(book, "Figures", ("Figure", "Line", "Column", "Number"), lines, (44, 34, 26, 14))


def _plain(cell: Cell) -> str | int | float:
    return "withheld" if cell.number is None else cell.number


def _table(
    book: Any, name: str, heads: tuple[str, ...], lines: list[tuple[Any, ...]], widths: tuple[int, ...]
) -> None:
    sheet, wrap = book.add_worksheet(name), book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, wrap)
    for line, cells in enumerate(lines, 1):
        for column, value in enumerate(cells):
            if isinstance(value, int | float):
                sheet.write_number(line, column, value, wrap)
            else:
                sheet.write_string(line, column, inert(value), wrap)
    columns = [{"header": head} for head in heads]
    table = {"name": name.replace(" ", ""), "columns": columns}
    sheet.add_table(0, 0, max(len(lines), 1), len(heads) - 1, table)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f'&L&"Arial,Bold"{MARKING}')
