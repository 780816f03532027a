"""The watched folder on the disk. Every step is one rename, so that a fall in between leaves a file in one known place.

FEED/NAME -> FEED/claimed/TOKEN/NAME -> FEED/archive/SHA256.ext, or FEED/refused/NAME beside NAME.findings.txt
"""

import csv
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import BinaryIO, NamedTuple, TextIO
from uuid import uuid4

from apps.core.errors import Refused
from apps.core.spreadsheets import inert
from apps.extracts.actions.receiving import MOST_FILES, Files, printable
from apps.pipeline.inbox.rules import (
    ARCHIVE,
    CLAIMED,
    REFUSED,
    day_in,
    ending_of,
    is_passed_over,
    is_unfinished,
)

LONGEST_STEM = 200  # bytes; a file system takes 255, and findings are named after it
FINDING_COLUMNS = ("file", "row", "column", "code", "severity", "what to do")


class Place(NamedTuple):
    """A folder that files are left in, and the code of the feed it is named after: none for the watched folder itself."""

    path: Path
    feed: str


class Claim(NamedTuple):
    """Something that was taken out of a folder and is nobody else's now; the token names the delivery for good."""

    place: Place
    token: str
    path: Path


def places(root: Path) -> list[Place]:
    """The watched folder and the folder of each feed in it; a link is no folder."""
    found = [entry for entry in sorted(root.iterdir()) if not is_passed_over(entry.name)]
    return [
        Place(root, ""),
        *(Place(each, each.name) for each in found if each.is_dir() and not each.is_symlink()),
    ]


def waiting(place: Place) -> list[tuple[Path, float]]:
    """What lies there to be taken, oldest data first, each with the moment it last changed."""
    found = [
        (entry, _touched(entry))
        for entry in place.path.iterdir()
        if not is_passed_over(entry.name) and _is_ready(entry, place)
    ]
    return sorted(found, key=lambda each: (day_in(each[0].name) or _day(each[1]), each[1], each[0].name))


def still_young(root: Path, quiet: float) -> float:
    """How many seconds until everything that lies there now will have been quiet for so long."""
    youngest = max((touched for place in places(root) for _entry, touched in waiting(place)), default=0.0)
    return min(max(0.0, youngest + quiet - time()), quiet)


def claim(place: Place, entry: Path) -> Claim | None:
    """Take an entry by one rename; None where somebody else, or its sender, was faster."""
    token = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}"
    room = _own(place, CLAIMED) / token
    room.mkdir(mode=0o700)
    try:
        entry.rename(room / entry.name)
    except FileNotFoundError:
        room.rmdir()
        return None
    return Claim(place, token, room / entry.name)


def claimed(place: Place) -> list[Claim]:
    """What was taken and not put away yet, in the order it was taken; rooms that were left empty are cleared."""
    found = []
    for room in sorted(_own(place, CLAIMED).iterdir()):
        entries = list(room.iterdir())
        if entries:
            found.append(Claim(place, room.name, entries[0]))
        else:
            room.rmdir()
    return found


def opened(taken: Claim, stack: ExitStack) -> Files:
    """The files of a claim, open: itself, or what lies in the folder it is. Links and special files are refused."""
    kind = taken.path.lstat().st_mode
    if not stat.S_ISDIR(kind):
        return [(printable(taken.path.name), _open(taken.path, stack))]
    entries = [entry for entry in sorted(taken.path.iterdir()) if not is_passed_over(entry.name)]
    if len(entries) > MOST_FILES:
        raise Refused(f"More than {MOST_FILES} files are in the folder. Leave the files of one extract only.")
    return [(printable(entry.name), _open(entry, stack)) for entry in entries]


def day_of(taken: Claim) -> tuple[str, float]:
    """Its name, and when its data last changed: for the day it is as of."""
    return taken.path.name, _touched(taken.path, changed=False)


def archive(taken: Claim, sha256: str) -> None:
    """Put a claim away under the hash of its content: the file's own, or the extract's for several files."""
    shelf = _own(taken.place, ARCHIVE)
    if taken.path.is_dir():
        target = shelf / sha256
        if target.exists():
            shutil.rmtree(taken.path)
        else:
            taken.path.rename(target)
    else:
        with taken.path.open("rb") as file:
            name = hashlib.file_digest(file, "sha256").hexdigest()
        taken.path.replace(shelf / f"{name}{ending_of(taken.path.name)}")
    _leave(taken)


def refuse(taken: Claim, reason: str, findings: Iterable[Sequence[object]]) -> None:
    """Put a claim aside with what is wrong with it beside it: the sentence, and the findings where there are any."""
    shelf = _own(taken.place, REFUSED)
    name = _free(shelf, taken.path.name)
    with _new(shelf / f"{name}.findings.txt") as out:
        out.write(reason + "\n")
    if rows := list(findings):
        with _new(shelf / f"{name}.findings.csv") as out:
            writer = csv.writer(out)
            writer.writerow(FINDING_COLUMNS)
            writer.writerows([inert(str(cell)) for cell in row] for row in rows)
    taken.path.rename(shelf / name)
    _leave(taken)


def _own(place: Place, name: str) -> Path:
    """One of this service's folders in a place, made where it is missing; a link in its place is not followed."""
    folder = place.path / name
    if folder.is_symlink():
        raise NotADirectoryError(f"{name} is a link")
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _open(path: Path, stack: ExitStack) -> BinaryIO:
    """A regular file; what became a link or a pipe since it was listed does not open."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise Refused(_no_file(path.name)) from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise Refused(_no_file(path.name))
    return stack.enter_context(os.fdopen(number, "rb"))


def _no_file(name: str) -> str:
    return f"{printable(name)} is a link, a folder or no file that can be read. Leave the file itself."


def _is_ready(entry: Path, place: Place) -> bool:
    """A file, or in a feed's folder a folder with files none of which is still written."""
    if not place.feed:
        return not entry.is_dir()
    if entry.is_symlink() or not entry.is_dir():
        return True
    names = [each.name for each in entry.iterdir()]
    return not all(map(is_passed_over, names)) and not any(map(is_unfinished, names))


def _touched(path: Path, changed: bool = True) -> float:
    """When an entry, or any file in it, last changed; ``changed`` counts what a copy that keeps its date cannot hide."""
    moments = []
    for each in (path, *(path.iterdir() if path.is_dir() and not path.is_symlink() else ())):
        with suppress(FileNotFoundError):
            seen = each.lstat()
            moments.append(max(seen.st_mtime, seen.st_ctime) if changed else seen.st_mtime)
    return max(moments, default=0.0)


def _day(moment: float) -> object:
    return datetime.fromtimestamp(moment, UTC).date()


def _free(shelf: Path, name: str) -> str:
    """A name nothing on the shelf bears: what was refused before stays."""
    ending = ending_of(name)
    stem = name[: len(name) - len(ending)]
    while len(os.fsencode(stem)) > LONGEST_STEM:
        stem = stem[:-1]
    free, number = stem + ending, 1
    while os.path.lexists(shelf / free):
        number += 1
        free = f"{stem} ({number}){ending}"
    return free


def _new(path: Path) -> TextIO:
    """A file written anew, whatever an attempt that was broken off left of it."""
    path.unlink(missing_ok=True)
    return path.open("x", encoding="utf-8", newline="")


def _leave(taken: Claim) -> None:
    taken.path.parent.rmdir()
