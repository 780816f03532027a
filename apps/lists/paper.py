"""A list as a tagged PDF (PDF/UA-1): heading, one table with a heading row, marking and page numbers, in the language it is in."""

from datetime import date
from pathlib import Path

from apps.core.paper import pdf
from apps.core.words import day, longday, moment
from apps.lists import files
from apps.lists.queries import Asked

SHEET = Path(__file__).with_name("paper.typ")
#: On paper nobody needs what programs need, nor what is said beside it.
LEFT_OUT = {
    "Known as",
    "UPN",
    "Rating last week",
    files.MARK.heading,
    *(field.heading for field in files.RETURNED),
}


def pdf_bytes(asked: Asked) -> bytes:
    """The list as a PDF."""
    listed = asked.listed
    columns = [field for field in files.fields(asked) if field.heading not in LEFT_OUT]
    data = {
        "title": f"{listed.setting.name}: list for the week of {longday(listed.week)}",
        "marking": files.MARKING,
        "about": f"Version {listed.version}, as known {moment(listed.as_at)}. {len(asked.entries)} children."
        " Only what the sharing agreement with your setting allows. Do not leave on the printer.",
        "columns": [field.heading for field in columns],
        "widths": [field.width for field in columns],
        "rows": [[_words(field.value(entry, asked)) for field in columns] for entry in asked.entries],
    }
    return pdf(SHEET, data)


def _words(value: str | date | None) -> str:
    return day(value) if isinstance(value, date) else value or ""
