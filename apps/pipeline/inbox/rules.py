"""What a name in the watched folder says: whether it is a file to take, and the day it is as of."""

import re
from datetime import date

CLAIMED, ARCHIVE, REFUSED = "claimed", "archive", "refused"
OWN = frozenset({CLAIMED, ARCHIVE, REFUSED})
ENDING = re.compile(r"\.[a-z0-9]{1,8}")
UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".crdownload")
BESIDE = ("thumbs.db", "desktop.ini")
DAY = re.compile(r"(?<!\d)(20\d\d)(?:(\d\d)(\d\d)|-(\d\d)-(\d\d))(?!\d)")


def is_passed_over(name: str) -> bool:
    """Whether an entry is none of the sender's: this service's own folders, hidden files, files a program still writes."""
    lower = name.lower()
    return lower in OWN or lower in BESIDE or lower.startswith((".", "~$")) or is_unfinished(name)


def is_unfinished(name: str) -> bool:
    """Whether a program says by the name that it is still writing."""
    return name.lower().endswith(UNFINISHED)


def day_in(name: str) -> date | None:
    """The last date in a name, as 2026-11-16 or 20261116: of a period its end."""
    for year, *parts in reversed(DAY.findall(name)):
        month, day = (part for part in parts if part)
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def ending_of(name: str) -> str:
    """The ending of a name where it is one, with its dot."""
    last = f".{name.lower().rpartition('.')[2]}"
    return last if "." in name and ENDING.fullmatch(last) else ""
