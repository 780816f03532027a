"""Writing one CSV table."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path


def write(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]], encoding: str = "utf-8"
) -> None:
    """A CSV file as systems export it: CRLF line ends, quoted where needed; no file where there is no row."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    with path.open("w", encoding=encoding, errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        writer.writerow(first)
        writer.writerows(rows)


def uk(day: date | None) -> str:
    """15/02/2016, or nothing."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day else ""


def blade(day: date | None) -> str:
    """2025-Feb-16 00:00:00, as the census tables have it."""
    return day.strftime("%Y-%b-%d 00:00:00") if day else ""


def iso(day: date | None) -> str:
    """2016-02-15, or nothing."""
    return day.isoformat() if day else ""


SEXES = {"M": "Male", "F": "Female"}
