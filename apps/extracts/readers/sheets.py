"""Workbooks (.xlsx): what they unpack to is counted before anything opens them."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, ZipError

from apps.core.errors import Refused
from apps.extracts.readers.table import Table
from apps.extracts.sealed import Source

CHUNK = 1 << 20
MOST_BYTES = 400 << 20
MOST_CELLS = 30_000_000
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,9})["']""")


def read_workbook(path: Source, name: str) -> list[Table]:
    """One table for each sheet that has a heading row."""
    check_size(path, name)
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            tables = [
                _table(book.get_sheet_by_name(title), f"{name}, sheet {title}") for title in book.sheet_names
            ]
    except (CalamineError, ZipError, OSError, ValueError):
        raise Refused(
            f"{name} cannot be read as an Excel workbook. Save it as .xlsx or CSV and send it again."
        ) from None
    found = [table for table in tables if table is not None]
    if not found:
        raise Refused(f"{name} holds no sheet with headings. Put the headings in the first row of a sheet.")
    return found


def check_size(path: Source, name: str) -> None:
    """Refuse a workbook that unpacks to far more than a real one, by its directory first and by what really comes out then."""
    try:
        with path.open("rb") as file, ZipFile(file) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise Refused(_too_big(name))
            _count(archive, name)
    except (BadZipFile, ZlibError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Refused(
            f"{name} is damaged or protected by a password. Save it as .xlsx or CSV and send it again."
        ) from None


def _count(archive: ZipFile, name: str) -> None:
    total = 0
    for entry in archive.infolist():
        is_sheet = "worksheets/" in entry.filename
        column = row = 0
        tail = b""
        with archive.open(entry) as file:
            while chunk := file.read(CHUNK):
                total += len(chunk)
                if is_sheet:
                    column, row = _farthest(tail + chunk, column, row)
                    tail = chunk[-40:]
                if total > MOST_BYTES or column * row > MOST_CELLS:
                    raise Refused(_too_big(name))


def _farthest(chunk: bytes, column: int, row: int) -> tuple[int, int]:
    """The farthest cell a sheet names: one stray cell in the last corner would otherwise cost the memory of a full sheet."""
    for letters, digits in PLACE.findall(chunk):
        row = max(row, int(digits))
        number = 0
        for letter in letters:
            number = number * 26 + letter - 64
        column = max(column, number)
    return column, row


def _too_big(name: str) -> str:
    return f"{name} unpacks to more than a real extract holds. Save only the sheet that is wanted, without formatting below it."


def _table(sheet: CalamineSheet, name: str) -> Table | None:
    rows = enumerate(sheet.to_python(skip_empty_area=False), 1)
    for _number, cells in rows:
        headings = [_text(cell).strip() for cell in cells]
        if any(headings):
            while headings and not headings[-1]:
                headings.pop()
            return Table(name, headings, _filled(rows))
    return None


def _filled(rows: Iterator[tuple[int, list[Any]]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows:
        texts = [_text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
