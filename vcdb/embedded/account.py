"""The unprivileged account of the embedded servers, needed only when we are root: PostgreSQL refuses root."""

import functools
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

NAME = "vcdb"
EXECUTE = {"owner": 0o100, "group": 0o010, "others": 0o001}


@functools.cache
def service_account() -> pwd.struct_passwd | None:
    """The account to run the servers as; None when we are nobody special and they run as us."""
    if os.getuid() != 0:
        return None
    return _known(NAME) or _make() or pwd.getpwnam("nobody")


def reaches(account: pwd.struct_passwd, path: Path) -> bool:
    """Whether the account may walk down to this path."""
    return all(_may_enter(account, folder) for folder in (path, *path.parents))


def step_down() -> Callable[[], None] | None:
    """What a child process does first, so as to run as the servers' account."""
    account = service_account()
    if account is None:
        return None

    def become() -> None:
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)

    return become


def _may_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    found = folder.stat()
    if found.st_uid == account.pw_uid:
        return bool(found.st_mode & EXECUTE["owner"])
    if found.st_gid == account.pw_gid:
        return bool(found.st_mode & EXECUTE["group"])
    return bool(found.st_mode & EXECUTE["others"])


def _known(name: str) -> pwd.struct_passwd | None:
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return found if found.pw_uid != 0 else None


def _make() -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if useradd is None:
        return None
    asked = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    subprocess.run([*asked, "--shell", "/usr/sbin/nologin", NAME], check=False, capture_output=True)
    return _known(NAME)
