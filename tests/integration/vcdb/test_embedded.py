"""The embedded servers: started where absent, adopted where running, whatever was left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from vcdb.embedded import ensure, postgres, roles, stop, valkey
from vcdb.embedded.account import service_account
from vcdb.embedded.home import Home, close


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home of the test's own, deep enough that a socket would not fit in it."""
    folder = tmp_path_factory.mktemp("home").joinpath(*["a-folder-with-a-long-name"] * 4)
    yield Home.at(folder)
    stop(folder)


def eventually(true: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


def whoami(home: Home, role: str) -> str:
    with psycopg.connect(postgres.dsn(home, "vcdb", role)) as connection:
        return connection.execute("SELECT current_user").fetchone()[0]  # type: ignore[index]


def test_a_home_comes_with_roles_database_and_extensions(home: Home) -> None:
    ensure(home.folder)
    assert [whoami(home, role) for role in (roles.OWNER, roles.WEB, roles.PIPELINE)] == [
        "vcdb_owner",
        "vcdb_web",
        "vcdb_pipeline",
    ]
    with psycopg.connect(postgres.dsn(home, "vcdb", roles.OWNER)) as owner:
        found = {name for (name,) in owner.execute("SELECT extname FROM pg_extension")}
        strong = owner.execute("SELECT rolname FROM pg_roles WHERE rolsuper OR rolbypassrls").fetchall()
    assert strong == [("vcdb_admin",)]
    assert found >= set(roles.EXTENSIONS)


def test_the_web_role_may_neither_make_tables_nor_become_another(home: Home) -> None:
    ensure(home.folder)
    for forbidden in ("CREATE TABLE mine (id int)", "SET ROLE vcdb_owner", "SET ROLE vcdb_pipeline"):
        with (
            psycopg.connect(postgres.dsn(home, "vcdb", roles.WEB)) as web,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            web.execute(forbidden)


def test_a_second_start_adopts_what_runs(home: Home) -> None:
    ensure(home.folder, queue=True)
    before = postgres.pid(home), valkey.pid(home)
    ensure(home.folder, queue=True)
    assert None not in before
    assert (postgres.pid(home), valkey.pid(home)) == before


def test_what_was_stopped_starts_again_with_its_data(home: Home) -> None:
    ensure(home.folder, queue=True)
    with psycopg.connect(postgres.dsn(home, "vcdb", roles.OWNER)) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS number")
    assert stop(home.folder) == ["Valkey", "PostgreSQL"]
    assert (postgres.pid(home), valkey.pid(home)) == (None, None)
    assert stop(home.folder) == []
    ensure(home.folder)
    with psycopg.connect(postgres.dsn(home, "vcdb", roles.OWNER)) as owner:
        assert owner.execute("SELECT number FROM kept").fetchone() == (7,)


def test_servers_killed_outright_start_again(home: Home) -> None:
    ensure(home.folder, queue=True)
    before = [postgres.pid(home), valkey.pid(home)]
    for pid in before:
        os.kill(pid or 0, signal.SIGKILL)
    assert eventually(lambda: postgres.pid(home) is None and valkey.pid(home) is None)
    ensure(home.folder, queue=True)
    assert whoami(home, roles.WEB) == "vcdb_web"
    assert valkey.answers(home)


def test_a_pid_file_that_names_another_program_is_not_believed(home: Home) -> None:
    ensure(home.folder, queue=True)
    stop(home.folder)
    # As after a restart of the machine: the number belongs to somebody else now, here to this very test.
    (home.postgres_data / "postmaster.pid").write_text(
        f"{os.getpid()}\n{home.postgres_data}\n0\n5432\n\n\n\n"
    )
    (home.sockets / "valkey.pid").write_text(str(os.getpid()))
    assert (postgres.pid(home), valkey.pid(home)) == (None, None)
    assert stop(home.folder) == []
    ensure(home.folder, queue=True)
    assert postgres.pid(home) not in (None, os.getpid())


def test_two_commands_at_once_make_one_server(home: Home) -> None:
    start = f"from vcdb.embedded import ensure; ensure({str(home.folder)!r}, queue=True)"
    commands = [subprocess.Popen([sys.executable, "-c", start]) for _ in range(3)]
    assert [command.wait(60) for command in commands] == [0, 0, 0]
    # The starters are gone: what they started runs on, and is adopted.
    assert postgres.pid(home)
    assert whoami(home, roles.PIPELINE) == "vcdb_pipeline"


def test_nobody_else_may_enter(home: Home) -> None:
    ensure(home.folder, queue=True)
    account = service_account()
    for folder in (home.sockets, home.postgres_data, home.valkey_data):
        assert folder.stat().st_mode & 0o077 == 0
        assert folder.stat().st_uid == (account.pw_uid if account else os.getuid())
    with psycopg.connect(postgres.dsn(home)) as admin:
        assert admin.execute("SHOW listen_addresses").fetchone() == ("",)


@pytest.mark.skipif(os.getuid() != 0, reason="Only root can make a folder that belongs to somebody else.")
def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    os.chown(theirs, 12345, 12345)
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        close(theirs)


@pytest.mark.skipif(os.getuid() != 0, reason="Whoever is not root runs the servers as themselves.")
def test_the_servers_do_not_run_as_root_even_in_roots_own_folder(tmp_path: Path) -> None:
    closed = tmp_path / "root-only"
    closed.mkdir(mode=0o700)
    home = Home.at(closed / "home")
    ensure(home.folder)
    try:
        assert not home.postgres_data.is_relative_to(closed)
        assert Path(f"/proc/{postgres.pid(home)}").stat().st_uid != 0
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        stop(home.folder)
        subprocess.run(["rm", "-rf", home.parts], check=True)
