"""What is true of days and lists without asking the database."""

from datetime import date

#: A list of fewer children than this may halve without anybody asking why.
SHRUNK_FROM = 10


def school_age(day: date) -> tuple[date, date]:
    """The first and the last date of birth of children of compulsory school age, year 1 to year 11, on a day."""
    began = day.year if day.month >= 9 else day.year - 1
    return date(began - 16, 9, 1), date(began - 5, 8, 31)


def corrected(correction: dict[str, int]) -> str:
    """What a correction changed, in words: "1 child added, 2 taken off, details of 3 others"."""
    added, removed, altered = (correction.get(key, 0) for key in ("added", "removed", "altered"))
    parts = [
        f"{added} added" if added else "",
        f"{removed} taken off" if removed else "",
        f"details changed for {altered}" if altered else "",
    ]
    return ", ".join(part for part in parts if part) or "nothing that you see"
