"""Files at rest, encrypted: in chunks, so that reading holds one at a time and nothing that is not authentic is ever handed on.

Each file has a key of its own, drawn from a key of the environment by HKDF, and each chunk (AES-256-GCM) a nonce of its number and
whether it is the last: chunks that were changed, swapped, left out, cut off or put into another file do not open.
"""

import hashlib
import io
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"VCDB\x01"
CHUNK = 1 << 20
TAG = 16
NAME, SALT = 8, 32
HEADER = len(MAGIC) + NAME + SALT
BUFFER = 1 << 16


class Unreadable(Exception):
    """A stored file that does not open: its key is not among those of the environment, or it is not what was stored."""


class Sealed:
    """A stored file, opened like a path. ``about`` says whose it is: a file in another's place does not open."""

    def __init__(self, path: Path, about: str, keys: Sequence[bytes]) -> None:
        self.path, self.about, self.keys = path, about, keys

    def open(self, mode: str = "r", *, encoding: str | None = None, newline: str | None = None) -> Any:
        """A stream of what was stored, as bytes or as text."""
        raw = io.BufferedReader(_Reader(self.path, self.about, self.keys), BUFFER)
        return raw if mode == "rb" else io.TextIOWrapper(raw, encoding=encoding, newline=newline)

    def exists(self) -> bool:
        """Whether it is still kept."""
        return self.path.exists()

    def create(self) -> "Writer":
        """Store anew what is written, readable by this service alone."""
        return Writer(self.path, self.about, self.keys[0])


#: What a reader of files can be given.
Source = Path | Sealed


class Writer:
    """Encrypts what is written; a file that was not closed in order has no last chunk, and does not open."""

    def __init__(self, path: Path, about: str, key: bytes) -> None:
        salt = os.urandom(SALT)
        header = MAGIC + _name(key) + salt
        self._cipher, self._with = _cipher(key, salt), header + about.encode()
        self._held, self._number = bytearray(), 0
        path.touch(mode=0o600)
        self._out = path.open("wb")
        self._out.write(header)

    def write(self, data: bytes) -> None:
        """Add to the file."""
        self._held += data
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def __enter__(self) -> "Writer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._out:
            if kind is None:
                self._seal(bytes(self._held), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last), chunk, self._with))
        self._number += 1


class _Reader(io.RawIOBase):
    """Any part of a sealed file, one chunk at a time."""

    def __init__(self, path: Path, about: str, keys: Sequence[bytes]) -> None:
        self._file: BinaryIO = path.open("rb")
        header = self._file.read(HEADER)
        key = next((each for each in keys if header.startswith(MAGIC + _name(each))), None)
        if key is None or len(header) < HEADER:
            self._file.close()
            raise Unreadable("the key of a stored file is not in VCDB_FILE_KEY")
        sealed = os.fstat(self._file.fileno()).st_size - HEADER
        self._chunks = max(1, -(-sealed // (CHUNK + TAG)))
        self._size = max(0, sealed - self._chunks * TAG)
        self._cipher, self._with = _cipher(key, header[-SALT:]), header + about.encode()
        self._place, self._at, self._chunk = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise OSError("a place before the file")
        self._place = start + offset
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, into: Any) -> int:
        number, skip = divmod(self._place, CHUNK)
        if number >= self._chunks:
            return 0
        if number != self._at:
            self._at, self._chunk = number, self._opened(number)
        part = self._chunk[skip : skip + len(into)]
        into[: len(part)] = part
        self._place += len(part)
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _opened(self, number: int) -> bytes:
        self._file.seek(HEADER + number * (CHUNK + TAG))
        sealed = self._file.read(CHUNK + TAG)
        try:
            return self._cipher.decrypt(_nonce(number, number == self._chunks - 1), sealed, self._with)
        except (InvalidTag, ValueError):
            raise Unreadable("a stored file is not what was stored") from None


def _name(key: bytes) -> bytes:
    """Tells keys apart without telling them."""
    return hashlib.sha256(b"vcdb file key " + key).digest()[:NAME]


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"vcdb stored file").derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
