"""The rejected rows of an extract, as they came, for whoever can correct them; and how they are known when they come back."""

import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import xlsxwriter
from django.db import connection

from apps.core.errors import Refused
from apps.extracts.actions.receiving import stored_files
from apps.extracts.layouts.registry import layout_of
from apps.extracts.models import Extract
from apps.extracts.readers import is_xml, read_tables
from apps.extracts.recognise import plain, recognise

#: The heading of the column that is added. It names the extract, so that the rows are known when they come back.
FINDINGS = "Findings of file {number}"
MARK = re.compile(r"findingsoffile(\d{1,18})")
SHEET = 31
Said = Mapping[tuple[str, int], list[str]]
Sheet = tuple[str, list[str], Iterator[list[str]]]


def rejected_book(*, extract: Extract, without: Collection[tuple[str, int]] = ()) -> bytes:
    """A workbook of the rows that were rejected and of the same children's other rows, in the headings they came in.

    The others are there because what is sent of a child is read together; ``without`` names rows that stay out of it.
    Refused for XML, and once the files are gone.
    """
    said: dict[tuple[str, int], list[str]] = {}
    found = extract.findings.exclude(row_no=None)
    for module, number, field, message in found.values_list("module", "row_no", "field", "message"):
        said.setdefault((module, number or 0), []).append(f"{field}: {message}" if field else message)
    with connection.cursor() as cursor:
        cursor.execute("select module, row_no from vcdb_rows_to_correct(%s)", [extract.pk])
        wanted = set(cursor.fetchall())
    if not wanted:
        raise Refused(
            "No rejected row of this file is kept any more. Ask the sending agency for the file again."
        )
    if wanted <= set(without):
        raise Refused(
            "No rejected row of this file can be handed out to you. Ask the sending agency to correct them in its next file."
        )
    return _book(_sheets(extract, wanted - set(without), said))


def corrected(files: Iterable[tuple[str, Any]]) -> int | None:
    """The number of the extract whose rejected rows these files bring again, if that is what they are."""
    for name, path in files:
        if is_xml(name, path):
            continue
        for table in read_tables(path, name):
            for heading in table.headings:
                if found := MARK.fullmatch(plain(heading)):
                    return int(found[1])
    return None


def _sheets(extract: Extract, wanted: set[tuple[str, int]], said: Said) -> Iterator[Sheet]:
    layout = layout_of(extract.feed.layout, extract.mapping)
    files = stored_files(extract)
    if not all(path.exists() for _, path in files):
        raise Refused(
            "The files of this extract are no longer kept. Ask the sending agency for the file again."
        )
    if layout.kind == "xml" or any(is_xml(name, path) for name, path in files):
        raise Refused(
            "This file came as XML. Correct the rows in the system it came from, and send its next export."
        )
    counts: dict[str, int] = {}
    for item in recognise(layout, [table for name, path in files for table in read_tables(path, name)]):
        counts[item.module.code] = counts.get(item.module.code, 0) + 1
        suffix = f" {counts[item.module.code]}" if counts[item.module.code] > 1 else ""
        module = item.module.code + suffix
        width = len(item.table.headings)
        places = [i for i, heading in enumerate(item.table.headings) if not MARK.fullmatch(plain(heading))]
        rows = (
            [cells[i] if i < len(cells) else "" for i in places]
            + [" ".join(dict.fromkeys(said.get((module, number), ())))]
            for number, cells in item.table.rows
            if (module, number) in wanted
        )
        headings = [item.table.headings[i] for i in range(width) if i in places]
        yield module, [*headings, FINDINGS.format(number=extract.pk)], rows


def _book(sheets: Iterable[Sheet]) -> bytes:
    out = io.BytesIO()
    # cells are text whatever they look like: nothing in them runs, and a code keeps its noughts
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        told = book.add_format({"text_wrap": True, "bg_color": "#fff3cd"})
        text = book.add_format({"num_format": "@"})
        for module, headings, rows in sheets:
            sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", module)[:SHEET] or None)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(headings) - 2, 16, text)
            sheet.set_column(len(headings) - 1, len(headings) - 1, 70)
            for column, heading in enumerate(headings):
                sheet.write_string(0, column, heading, head)
            for line, cells in enumerate(rows, 1):
                for column, cell in enumerate(cells[:-1]):
                    sheet.write_string(line, column, cell, text)
                sheet.write_string(line, len(headings) - 1, cells[-1], told if cells[-1] else None)
    return out.getvalue()
