"""The database after all migrations: made once for each state of the code, kept, and copied by every worker of every run."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from apps.core.sql import statement

T = TypeVar("T")
#: What migrations run or install: whatever changes there, they are run anew.
READ = ("apps", "vcdb")
KINDS = {".py", ".sql", ".json", ".csv", ".yaml", ".toml"}


def use_migrated() -> None:
    """Let the tests' database begin as a copy of the migrated one, which the first worker to come here makes."""
    with _alone():
        connection.settings_dict["TEST"]["TEMPLATE"] = _migrated()


@contextmanager
def another_database(name: str) -> Iterator[None]:
    """Work in another database of the tests' server."""
    given = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = given


@contextmanager
def copied(of: str, part: str) -> Iterator[None]:
    """Work in a copy of a database, which goes afterwards."""
    name = named(part)
    copy(name, of)
    try:
        with another_database(name):
            with connection.cursor() as cursor:  # what is granted on a database is not copied with it
                cursor.execute(statement("access", "harden"))
            yield
    finally:
        drop(name)


@contextmanager
def filled(part: str, fill: Callable[[], T]) -> Iterator[tuple[str, T]]:
    """A database with something in it that is dear to make, for others to be copies of; its name, and what the filling answered."""
    name = named(part)
    copy(name, of=template())
    with another_database(name):
        with transaction.atomic():
            answer = fill()
        with connection.cursor() as cursor:
            cursor.execute("vacuum (analyze)")
    try:
        yield name, answer
    finally:
        drop(name)


def template() -> str:
    """The database that every other of the tests is a copy of."""
    return str(connection.settings_dict["TEST"]["TEMPLATE"])


def named(part: str) -> str:
    """A database of this worker's."""
    return f"{part}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def copy(name: str, of: str) -> None:
    """Make a database as a copy of another, in the place of an earlier one."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"drop database if exists {name} with (force)")
        cursor.execute(f"create database {name} template {of} strategy file_copy")


def drop(name: str) -> None:
    """Take a database away."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"drop database if exists {name} with (force)")


def _migrated() -> str:
    name = f"migrated_{_state_of_the_code()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(r"select datname from pg_database where datname like 'migrat%'")
        there = {found for (found,) in cursor.fetchall()}
    if name not in there:
        for old in there:
            drop(old)
        copy("migrating", "template1")
        with another_database("migrating"):
            call_command("migrate", verbosity=0, interactive=False)
        with connection._nodb_cursor() as cursor:  # only what is whole bears the name
            cursor.execute(f"alter database migrating rename to {name}")
    return name


def _state_of_the_code() -> str:
    digest = hashlib.sha256()
    for folder in READ:
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*")):
            if path.suffix in KINDS:
                digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:20]


@contextmanager
def _alone() -> Iterator[None]:
    with (Path(os.environ["VCDB_HOME"]) / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
