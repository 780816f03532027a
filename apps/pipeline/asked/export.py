"""The records an agency is asked about, as CSV or a workbook: its own words and numbers, nothing any other agency said."""

import csv
import io
from typing import Any

import xlsxwriter

from apps.core import words
from apps.core.spreadsheets import inert

MARKING = "OFFICIAL-SENSITIVE: PERSONAL"
HEADINGS = (
    "Your number",
    "Surname",
    "Forename",
    "Known as",
    "Date of birth",
    "NHS number",
    "UPN",
    "Address",
    "Please check",
)
#: What the agency is asked to look at; the rule alone, never what another agency holds.
CHECK = {
    "identifier_contradicted": "The NHS number or UPN: is it this child's?",
    "identifiers_differ": "The NHS number and UPN",
    "no_address": "The address, NHS number and UPN",
    "perhaps_twins": "The forename, and whether the child is one of twins",
    "birth_date_near": "The date of birth",
}
ANY = "The name, date of birth, address and numbers"


def as_file(rows: list[dict[str, Any]], kind: str) -> bytes:
    """The list in the shape asked for."""
    lines = [[inert(text) for text in line(row)] for row in rows]
    return _csv(lines) if kind == "csv" else _book(lines)


def line(row: dict[str, Any]) -> list[str]:
    """One record as its agency sent it."""
    said, place = row["words"], row["address"]
    where = ", ".join(part for part in ((place.address, place.postcode) if place else ()) if part).replace(
        "\n", ", "
    )
    return [
        row["local_id"], said["surname"], said["forename"], said["known_as"], words.day(said["dob"]) if said["dob"] else "",
        words.nhs(said["nhs_number"]) if said["nhs_number"] else "", said["upn"], where, CHECK.get(row["question"].rule, ANY),
    ]  # fmt: skip


def _csv(lines: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows(lines)
    return out.getvalue().encode("utf-8-sig")


def _book(lines: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("Please check")
        sheet.set_header(f"&C{MARKING}")
        sheet.write_row(0, 0, HEADINGS, book.add_format({"bold": True}))
        for number, cells in enumerate(lines, 1):
            sheet.write_row(number, 0, cells)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(HEADINGS) - 1, 20)
    return out.getvalue()
