"""Text files of columns: UTF-8 or Windows, commas or another sign throughout, quoted line breaks; lines and cells bounded."""

import csv
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Iterator
from typing import BinaryIO

from apps.core.errors import Refused
from apps.extracts.readers.table import Table
from apps.extracts.sealed import Source

CHUNK = 1 << 20
LONGEST_LINE = 1 << 20
LONGEST_CELL = 131_072
WINDOWS_GAPS = b"\x81\x8d\x8f\x90\x9d"


def read_csv(path: Source, name: str) -> Table:
    """The one table of a CSV file."""
    encoding = encoding_of(path, name)
    records = _records(path, name, encoding)
    _number, headings = next(records, (0, []))
    if sign := _other_sign(headings):
        records = _records(path, name, encoding, sign)
        _number, headings = next(records, (0, []))
    return Table(name, [heading.strip() for heading in headings], records)


def encoding_of(path: Source, name: str) -> str:
    """The encoding of a text file, found in one pass that holds a chunk at a time; what is not text is refused."""
    utf8, windows = getincrementaldecoder("utf-8")(), True
    valid, line = True, 0
    with path.open("rb") as file:
        for chunk in _chunks(file):
            if b"\x00" in chunk:
                raise Refused(
                    f"{name} is not a text file. Save it as CSV (UTF-8) or .xlsx and send it again."
                )
            line = _longest(chunk, line, name)
            windows = windows and not any(gap in chunk for gap in (bytes([byte]) for byte in WINDOWS_GAPS))
            valid = valid and _decodes(utf8, chunk)
    if valid and _decodes(utf8, b"", final=True):
        return "utf-8-sig"
    return "cp1252" if windows else "latin-1"


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _longest(chunk: bytes, before: int, name: str) -> int:
    """How long the line is that a chunk leaves open; one over the limit is refused before it is read whole."""
    first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
    length = before + (len(chunk) if first < 0 else first)
    if length > LONGEST_LINE:
        raise Refused(
            f"{name} holds a line of more than a million characters. Check that it is a CSV file with one row a line."
        )
    return length if first < 0 else len(chunk) - last - 1


def _decodes(decoder: IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _records(path: Source, name: str, encoding: str, sign: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Records with their number: one of several lines counts once, as in a spreadsheet; blank ones are skipped."""
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        try:
            for number, record in enumerate(csv.reader(file, strict=True, delimiter=sign), 1):
                if any(record):
                    yield number, record
        except csv.Error as error:
            raise Refused(_broken(name, number + 1, str(error))) from None


def _broken(name: str, row: int, error: str) -> str:
    if "field larger" in error or "unexpected end" in error:
        return f"{name}, row {row}: a quotation mark is opened and not closed. Correct it, or export the file again as CSV."
    return f"{name}, row {row}: the quotation marks do not fit together. Double a quotation mark inside a value, or export again."


def _other_sign(headings: list[str]) -> str:
    """What separates the columns where commas do not: the sign a single heading holds most of."""
    if len(headings) != 1:
        return ""
    most = max(";\t|", key=headings[0].count)
    return most if most in headings[0] else ""
