"""Several files in one .zip as the files of one extract: listed by its directory, read as a stream, never unpacked by name."""

import struct
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from apps.core.errors import Refused
from apps.extracts.actions.receiving import MOST_BYTES, MOST_FILES, Files

BROKEN = (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
TAIL = 22 + 65_535 + 20
#: Names of many thousand files: Python reads the whole directory of a .zip before it says how long it is.
LONGEST_DIRECTORY = 1 << 20
#: What systems leave beside the files.
BESIDE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def unpacked(files: Files, stack: ExitStack) -> Files:
    """The same files, with what a .zip holds in place of the .zip; ``stack`` closes them."""
    found: list[tuple[str, BinaryIO]] = []
    for name, file in files:
        if name.lower().endswith(".zip"):
            found.extend(_members(name, file, stack))
        else:
            found.append((name, file))
    return found


def _members(name: str, file: BinaryIO, stack: ExitStack) -> Iterator[tuple[str, BinaryIO]]:
    _check_directory(name, file)
    try:
        archive = stack.enter_context(ZipFile(file))
    except BROKEN:
        raise Refused(_damaged(name)) from None
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_beside(entry)]
    if not entries:
        raise Refused(f"{name} holds no file. Put the files of the extract into it and send it again.")
    if len(entries) > MOST_FILES:
        raise Refused(_too_many(name))
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused(f"{name} unpacks to more than one gigabyte. Send the files of one extract only.")
    for entry in entries:
        if entry.filename.lower().endswith(".zip"):
            raise Refused(f"{name} holds another .zip. Put the files themselves into one .zip.")
        yield entry.filename, cast(BinaryIO, Member(name, archive, entry, stack))


class Member:
    """One file of a .zip, opened when it is read; a broken one is refused with a sentence."""

    def __init__(self, name: str, archive: ZipFile, entry: ZipInfo, stack: ExitStack) -> None:
        self.name, self.archive, self.entry, self.stack = name, archive, entry, stack
        self.file: IO[bytes] | None = None

    def read(self, size: int) -> bytes:
        """The next bytes, unpacked."""
        try:
            self.file = self.file or self.stack.enter_context(self.archive.open(self.entry))
            return self.file.read(size)
        except BROKEN:
            raise Refused(_damaged(self.name)) from None


def _check_directory(name: str, file: BinaryIO) -> None:
    """Refuse a directory that would itself fill the memory, by every length its end could be taken to name."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    if END_64 in tail:
        raise Refused(_too_many(name))
    place = tail.find(END)
    while 0 <= place <= len(tail) - 22:
        if struct.unpack_from("<L", tail, place + 12)[0] > LONGEST_DIRECTORY:
            raise Refused(_too_many(name))
        place = tail.find(END, place + 1)


def _is_beside(entry: ZipInfo) -> bool:
    path = entry.filename.lower()
    return path.startswith(BESIDE[0]) or path.rpartition("/")[2] in BESIDE


def _too_many(name: str) -> str:
    return f"{name} holds more than {MOST_FILES} files. Send the files of one extract only."


def _damaged(name: str) -> str:
    return (
        f"{name} is damaged, protected by a password, or no .zip. Pack the files again and send the new one."
    )
