"""Roles, database and extensions in a PostgreSQL of the council's own, here the tests' one."""

from collections.abc import Iterator
from io import StringIO
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from vcdb import databases
from vcdb.embedded import postgres, roles
from vcdb.embedded.home import Home
from vcdb.management.commands.setup_database import passwords

NAME = "council"


def url(user: str, database: str) -> str:
    return f"postgresql://{user}:p%40ss@/{database}?host={quote(str(Home.at(settings.VCDB_HOME).sockets), safe='')}"


@pytest.fixture
def council(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that has no database for us yet."""
    drop = f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"
    admin = postgres.dsn(Home.at(settings.VCDB_HOME))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(drop)
        monkeypatch.setenv("DATABASE_ADMIN_URL", url(postgres.SUPERUSER, "postgres"))
        monkeypatch.setenv("DATABASE_URL", url(roles.OWNER, NAME))
        yield NAME
        connection.execute(drop)


def test_it_makes_what_is_missing_and_can_run_again(council: str) -> None:
    for _ in range(2):
        out = StringIO()
        call_command("setup_database", stdout=out)
        assert out.getvalue() == "Roles, extensions and the database council are in place.\n"
    with psycopg.connect(url(roles.OWNER, council)) as owner:
        extensions = {name for (name,) in owner.execute("SELECT extname FROM pg_extension")}
        owner.execute("CREATE TABLE made_by_a_migration (id int)")
    assert extensions >= set(roles.EXTENSIONS)


def test_one_login_takes_on_the_role_of_its_process(council: str) -> None:
    call_command("setup_database", stdout=StringIO())
    for role in ("web", "pipeline"):
        found = databases.database({"DATABASE_URL": url(roles.OWNER, council)}, "unused", role)
        with psycopg.connect(
            host=found["HOST"], dbname=found["NAME"], user=found["USER"], options=found["OPTIONS"]["options"]
        ) as connection:
            assert connection.execute("SELECT session_user, current_user").fetchone() == (
                "vcdb_owner",
                f"vcdb_{role}",
            )


def test_nobody_enters_the_database_by_default(council: str) -> None:
    call_command("setup_database", stdout=StringIO())
    with psycopg.connect(url(postgres.SUPERUSER, "postgres"), autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS passer_by")
        admin.execute("CREATE ROLE passer_by LOGIN")
        try:
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                psycopg.connect(url("passer_by", council))
        finally:
            admin.execute("DROP ROLE passer_by")


def test_each_role_gets_the_password_of_its_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://vcdb_owner:one@db/vcdb")
    monkeypatch.setenv("DATABASE_URL_WEB", "postgresql://vcdb_web:t%40wo@db/vcdb")
    monkeypatch.setenv("DATABASE_URL_PIPELINE", "postgresql://somebody_else:three@db/vcdb")
    assert passwords() == {"vcdb_owner": "one", "vcdb_web": "t@wo"}


def test_without_an_administrators_address_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_ADMIN_URL", raising=False)
    with pytest.raises(CommandError, match="Set DATABASE_ADMIN_URL"):
        call_command("setup_database")


def test_a_server_that_is_not_there_is_said_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_ADMIN_URL", "postgresql://admin:topsecret@/postgres?host=/nowhere")
    with pytest.raises(CommandError) as refused:
        call_command("setup_database")
    assert "DATABASE_ADMIN_URL" in str(refused.value)
    assert "topsecret" not in str(refused.value)
