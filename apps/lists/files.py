"""A list as a spreadsheet and as CSV: the same columns, words only, nothing that a program would run."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from apps.core.quicksheet import QuickSheet
from apps.core.spreadsheets import TEXT_ONLY, inert
from apps.core.words import day, longday, moment
from apps.lists.asked_back import QUESTIONS, REFERENCE, reference
from apps.lists.models import Entry
from apps.lists.queries import Asked
from apps.lists.weeks import name_of

MARKING = "OFFICIAL-SENSITIVE: PERSONAL"


class Field(NamedTuple):
    """One column of the files."""

    heading: str
    width: int
    value: Callable[[Entry, Asked], str | date | None]


def _band(code: str, asked: Asked) -> str:
    return asked.bands[code].label if code in asked.bands else ""


MARKS = {mark.value: mark.label for mark in Entry.Mark}
FIELDS = (
    Field("Surname", 20, lambda entry, _: entry.surname),
    Field("Forename", 16, lambda entry, _: entry.forename),
    Field("Known as", 14, lambda entry, _: entry.known_as),
    Field("Date of birth", 13, lambda entry, _: entry.dob),
    Field("Year", 7, lambda entry, _: entry.year_group),
    Field("UPN", 16, lambda entry, _: entry.upn),
    Field("Registration", 13, lambda entry, _: "Subsidiary" if entry.subsidiary else "Main"),
    Field("Rating", 11, lambda entry, asked: _band(entry.band, asked)),
    Field("Since last week", 17, lambda entry, _: MARKS[entry.mark]),
    Field("Rating last week", 16, lambda entry, asked: _band(entry.previous_band, asked)),
    Field("Services", 42, lambda entry, _: "; ".join(service_words(each) for each in entry.services)),
    Field("Why this rating", 42, lambda entry, _: "; ".join(entry.why)),
    Field("Lead professional", 22, lambda entry, _: entry.lead),
    Field("Phone", 16, lambda entry, _: entry.lead_phone),
    Field("Last seen", 12, lambda entry, _: entry.last_seen_on),
    Field("Seen by", 22, lambda entry, _: entry.last_seen_by),
)
#: Empty, for the setting to fill in and send back.
RETURNED = tuple(Field(question.heading, question.width, lambda entry, _: None) for question in QUESTIONS)
MARK = Field(REFERENCE, 14, lambda entry, asked: reference(entry.pk, asked.listed.version))
RATED = {"Rating", "Rating last week", "Why this rating"}


def fields(asked: Asked) -> Sequence[Field]:
    """The columns, those to fill in last; without those of the rating where the agreement does not show it."""
    shown = [field for field in FIELDS if asked.shows_rating or field.heading not in RATED]
    return [*shown, *RETURNED, MARK]


def service_words(service: dict[str, Any]) -> str:
    """ "Early help since 3 Sep 2026 (Sol Whitlow, 01632 960207)"."""
    since = f" since {day(date.fromisoformat(service['since']))}" if service.get("since") else ""
    who = ", ".join(part for part in (service.get("who"), service.get("phone")) if part)
    return f"{service['name']}{since}" + (f" ({who})" if who else "")


def file_name(asked: Asked, ending: str) -> str:
    """Says which list it is and names nobody."""
    listed = asked.listed
    return f"list-{listed.setting.code}-{name_of(listed.week)}-v{listed.version}.{ending}"


def csv_bytes(asked: Asked) -> bytes:
    """The list as CSV, with the mark that makes spreadsheet programs read it as UTF-8."""
    columns, out = fields(asked), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(field.heading for field in columns)
    for entry in asked.entries:
        values = (field.value(entry, asked) for field in columns)
        writer.writerow(
            f"{each:%d/%m/%Y}" if isinstance(each, date) else inert(each or "") for each in values
        )
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(asked: Asked) -> bytes:
    """The list as an accessible workbook: one table under a frozen heading row, and a sheet that says what it is."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, TEXT_ONLY) as book:
        title = f"{asked.listed.setting.name}: week of {longday(asked.listed.week)}"
        book.set_properties(
            {"title": title, "subject": MARKING, "comments": f"Version {asked.listed.version}"}
        )
        _list_sheet(book, asked, title)
        _about_sheet(book, asked, title)
    return out.getvalue()


def _list_sheet(book: Any, asked: Asked, title: str) -> None:
    sheet, columns = book.add_worksheet("List", QuickSheet), fields(asked)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    dated = book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
    for number, field in enumerate(columns):
        sheet.set_column(number, number, field.width, wrap)
    rows = [[field.value(entry, asked) for field in columns] for entry in asked.entries]
    style = {
        "style": "Table Style Light 1",
        "name": "WeeklyList",
        "columns": [{"header": f.heading} for f in columns],
    }
    sheet.add_table(0, 0, max(len(rows), 1), len(columns) - 1, style)
    sheet.hold(rows, len(columns), wrap, dated)
    _validate(sheet, columns, max(len(asked.entries), 1), asked.listed.week)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f'&L&"Arial,Bold"{MARKING}&R{title.replace("&", "&&")}'[:255])
    sheet.set_footer("&LDo not leave on the printer&RPage &P of &N")


def _validate(sheet: Any, columns: Sequence[Field], last: int, week: date) -> None:
    """Let the columns to fill in take only what can be read back."""
    questions = {question.heading: question for question in QUESTIONS}
    for number, field in enumerate(columns):
        question = questions.get(field.heading)
        if question and question.answers:
            rule: dict[str, Any] = {"validate": "list", "source": list(question.answers.values())}
            message = "Choose one of the answers offered, or leave it empty."
        elif question and question.is_day:
            rule = {
                "validate": "date",
                "criteria": "between",
                "minimum": week - timedelta(days=365),
                "maximum": week + timedelta(days=30),
            }
            message = "Write a day, like 16/11/2026."
        else:
            continue
        sheet.data_validation(
            1, number, last, number, {**rule, "error_title": field.heading, "error_message": message}
        )


def locked_bytes(asked: Asked, password: str) -> bytes:
    """The workbook encrypted, opened by the password alone."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx_bytes(asked))).encrypt(password, out)
    return out.getvalue()


def _about_sheet(book: Any, asked: Asked, title: str) -> None:
    sheet, listed = book.add_worksheet("About this list"), asked.listed
    bold, wrap = (
        book.add_format({"bold": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, 22, bold)
    sheet.set_column(1, 1, 90, wrap)
    lines = [
        ("List", title),
        ("Marking", MARKING),
        ("Version", f"{listed.version}, as known {moment(listed.as_at)}"),
        ("Children", str(len(asked.entries))),
        (
            "What is shared",
            "Only what the sharing agreement with your setting allows. No address is ever on a list.",
        ),
        (
            "To return it",
            "Fill in the last columns and upload the file on the page of the list. Sort as you like; leave “Reference” as it is.",
        ),
        ("Keep it safe", "Keep this file to those who need it, and delete lists of earlier weeks."),
    ]
    if asked.shows_rating:
        lines += [(band.label, band.definition) for band in asked.bands.values()]
    for line, (label, words) in enumerate(lines):
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, words, wrap)
