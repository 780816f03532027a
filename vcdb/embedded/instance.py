"""One embedded instance: what it needs is started under a lock and left running."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import postgres, roles, valkey
from .home import Home

DATABASE = "vcdb"


def ensure(
    folder: str | Path, *, database: bool = True, queue: bool = False, for_tests: bool = False
) -> Home:
    """Start what is asked for and absent in this home; the database comes with its roles and extensions."""
    home = Home.at(folder)
    with only_one(home):
        if database:
            _ensure_database(home, for_tests)
        if queue:
            valkey.start(home)
    return home


def stop(folder: str | Path) -> list[str]:
    """Stop what runs in this home; returns the names of what was stopped."""
    home = Home.at(folder)
    if not home.folder.exists():
        return []
    with only_one(home):
        parts = (("Valkey", valkey.stop), ("PostgreSQL", postgres.stop))
        return [name for name, stopper in parts if stopper(home)]


@contextmanager
def only_one(home: Home) -> Iterator[None]:
    """Hold the home's lock: two commands started at once make one server, not two."""
    home.prepare()
    with home.lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _ensure_database(home: Home, for_tests: bool) -> None:
    # Tests lose nothing in a power cut: without fsync they take half the time.
    # A table vacuumed after a test's rows are gone counts as empty, and the next test's rows are joined as if they were none.
    hasty = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
    postgres.start(home, hasty if for_tests else None)
    # The mark's text is the list of what is made, so that a newer version prepares an older home again.
    mark, made = home.folder / "prepared", " ".join((DATABASE, *roles.EXTENSIONS, *roles.ALL))
    if mark.exists() and mark.read_text() == made:
        return
    roles.prepare(postgres.dsn(home), DATABASE)
    if for_tests:
        roles.prepare_template(postgres.dsn(home))
    mark.write_text(made)
