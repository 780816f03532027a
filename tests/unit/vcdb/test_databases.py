"""Which role a process has of the database, and where the embedded parts are found."""

import os
from pathlib import Path

import pytest

from vcdb import databases
from vcdb.embedded.home import LONGEST_SOCKET_NAME, LONGEST_SOCKET_PATH, Home

URL = "postgresql://council:p%40ss@db.example:5433/children?sslmode=verify-full"


@pytest.mark.parametrize(
    ("command", "role"),
    [
        ("migrate", "owner"),
        ("setup_database", "owner"),
        ("runserver", "web"),
        ("load_extract", "pipeline"),
        ("", "pipeline"),
    ],
)
def test_the_command_chooses_the_role(command: str, role: str) -> None:
    assert databases.role_for({}, command) == role
    assert databases.role_for({"VCDB_DB_ROLE": "web"}, command) == "web"


def test_an_unknown_role_is_named() -> None:
    with pytest.raises(ValueError, match="VCDB_DB_ROLE is “postgres”: set it to one of owner, web, pipeline"):
        databases.role_for({"VCDB_DB_ROLE": "postgres"}, "migrate")


def test_the_embedded_database_is_entered_as_the_role(tmp_path: Path) -> None:
    found = databases.database({}, tmp_path, "web")
    assert (found["NAME"], found["USER"]) == ("vcdb", "vcdb_web")
    assert found["HOST"] == str(Home.at(tmp_path).sockets)


def test_one_address_serves_every_role() -> None:
    owner = databases.database({"DATABASE_URL": URL}, "unused", "owner")
    assert (owner["HOST"], owner["PORT"], owner["NAME"], owner["PASSWORD"]) == (
        "db.example",
        "5433",
        "children",
        "p@ss",
    )
    assert owner["OPTIONS"] == {"sslmode": "verify-full"}
    web = databases.database({"DATABASE_URL": URL}, "unused", "web")
    assert web["OPTIONS"] == {"sslmode": "verify-full", "options": "-c role=vcdb_web"}


def test_a_role_with_an_address_of_its_own_uses_it() -> None:
    env = {"DATABASE_URL": URL, "DATABASE_URL_PIPELINE": "postgresql://vcdb_pipeline:x@other/children"}
    found = databases.database(env, "unused", "pipeline")
    assert (found["USER"], found["HOST"], found["OPTIONS"]) == ("vcdb_pipeline", "other", {})


def test_only_the_web_keeps_a_pool() -> None:
    assert databases.database({}, "home", "web", pool=True)["OPTIONS"]["pool"]["max_size"] == 8
    assert "pool" not in databases.database({}, "home", "pipeline")["OPTIONS"]


@pytest.mark.parametrize(
    ("given", "for_celery"),
    [
        ("redis://queue:6379/2", "redis://queue:6379/2"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
    ],
)
def test_celery_spells_a_socket_in_its_own_way(given: str, for_celery: str) -> None:
    assert databases.broker_url(given) == for_celery


def test_the_socket_path_is_short_however_deep_the_home(tmp_path: Path) -> None:
    deep = Home.at(tmp_path.joinpath(*["a-folder-with-a-long-name"] * 8))
    for home in (Home.at("/srv/vcdb"), deep):
        assert len(os.fsencode(home.sockets / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH
        assert len(os.fsencode(home.valkey_socket)) <= LONGEST_SOCKET_PATH
    assert deep.sockets == Home.at(deep.folder).sockets
    assert deep.sockets != Home.at(deep.folder / "x").sockets
