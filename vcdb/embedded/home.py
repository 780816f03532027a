"""Where an embedded instance keeps its parts: one folder (VCDB_HOME), and a short path for its sockets."""

import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from .account import reaches, service_account

# A Unix socket's path may have 107 bytes; PostgreSQL's lock beside it has the longest name.
LONGEST_SOCKET_PATH = 107
LONGEST_SOCKET_NAME = ".s.PGSQL.5432.lock"


@dataclass(frozen=True)
class Home:
    """The folder of one embedded instance."""

    folder: Path

    @classmethod
    def at(cls, folder: str | Path) -> "Home":
        return cls(Path(folder).expanduser().resolve())

    @property
    def key(self) -> str:
        """A short name for this folder, the same for every process."""
        return hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]

    @property
    def lock(self) -> Path:
        return self.folder / "start.lock"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def parts(self) -> Path:
        """The folder of the servers' data: elsewhere only when their own account cannot reach this one."""
        account = service_account()
        if account is not None and not reaches(account, self._nearest_existing()):
            return Path("/var/lib") / f"vcdb-{self.key}"
        return self.folder

    @property
    def postgres_data(self) -> Path:
        return self.parts / "postgres"

    @property
    def valkey_data(self) -> Path:
        return self.parts / "valkey"

    @property
    def sockets(self) -> Path:
        near = self.parts / "run"
        if len(os.fsencode(near / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return near
        # Its owner and mode are checked (close): a folder that somebody else made there is refused.
        return Path("/tmp") / f"vcdb-{os.getuid()}-{self.key}"  # noqa: S108

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    def prepare(self) -> None:
        """Make the folders: the servers' own closed to everybody but their account."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)
        for folder in (self.parts, self.valkey_data, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.valkey_data, self.sockets):
            close(folder)

    def remove(self) -> None:
        """Delete all of an instance whose servers are stopped, wherever its parts are."""
        for folder in (self.sockets, self.parts, self.folder):
            shutil.rmtree(folder, ignore_errors=True)

    def _nearest_existing(self) -> Path:
        return next(path for path in (self.folder, *self.folder.parents) if path.exists())


def close(folder: Path) -> None:
    """Give a folder to the servers' account alone, or refuse one that somebody else made."""
    account = service_account()
    owner = account.pw_uid if account else os.getuid()
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.getuid()):
        raise PermissionError(
            f"{folder} belongs to somebody else: remove it, or set VCDB_HOME to another folder."
        )
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(0o700)
