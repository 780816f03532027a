"""Settings at their edges: flags, lists, secrets, database addresses."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcdb import databases, environment
from vcdb.environment import SHORTEST_SECRET

WORD = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", categories=("L", "N", "P", "S")),
    min_size=1,
    max_size=12,
)
GOOD = "q8Zr5nB2vK9wX4mT7cJ1hL6gF3dS0pAyUeIoNtRbWkQzMxVjaB3x"


@pytest.mark.parametrize("said", ["1", "true", "TRUE", "Yes", " on "])
def test_every_way_to_say_yes(said: str) -> None:
    assert environment.flag({"X": said}, "X") is True


@pytest.mark.parametrize("said", ["", "0", "false", "NO", " off "])
def test_every_way_to_say_no(said: str) -> None:
    assert environment.flag({"X": said}, "X", default=True) is False


@pytest.mark.parametrize("said", ["2", "ja", "truee", "-"])
def test_anything_else_is_named_with_its_setting(said: str) -> None:
    with pytest.raises(ValueError, match=f"X is “{said}”: set it to true or false"):
        environment.flag({"X": said}, "X")


@pytest.mark.parametrize(
    ("said", "words"),
    [("a,b", ["a", "b"]), (" a , b ,", ["a", "b"]), (",,", []), ("", []), ("a b", ["a b"])],
)
def test_a_list_is_parted_by_commas(said: str, words: list[str]) -> None:
    assert environment.words({"X": said}, "X") == words


def test_a_list_that_is_not_set_is_its_default() -> None:
    assert environment.words({}, "X", "a,b") == ["a", "b"]


@pytest.mark.parametrize(
    ("key", "refused"),
    [
        (GOOD[:SHORTEST_SECRET], False),
        (GOOD[: SHORTEST_SECRET - 1], True),
        ("123456789" * 6, True),
        ("1234567890" * 5, False),
    ],
    ids=["long enough", "one short", "nine characters", "ten characters"],
)
def test_a_secret_is_long_and_made_of_many_characters(key: str, refused: bool) -> None:
    said = [sentence for sentence in environment.refusals({"SECRET_KEY": key}) if "SECRET_KEY" in sentence]
    assert bool(said) is refused


@pytest.mark.parametrize("header", ["X-Forwarded-Proto", "X", "Forwarded"])
def test_a_header_of_the_proxy_is_taken_by_name(header: str) -> None:
    assert not [said for said in environment.refusals({"VCDB_TLS_PROXY": header}) if "VCDB_TLS_PROXY" in said]


@pytest.mark.parametrize("header", ["-X", "X Y", "HTTP_X_FORWARDED_PROTO", "X1", ""])
def test_what_is_no_header_is_refused(header: str) -> None:
    assert [said for said in environment.refusals({"VCDB_TLS_PROXY": header}) if "VCDB_TLS_PROXY" in said]


@pytest.mark.parametrize(
    ("name", "address", "refused"),
    [
        ("DATABASE_URL", "postgres://db/x", False),
        ("DATABASE_URL", "mysql://db/x", True),
        ("REDIS_URL", "rediss://queue", False),
        ("REDIS_URL", "unix:///run/queue.sock", False),
        ("REDIS_URL", "http://queue", True),
    ],
)
def test_what_addresses_are_taken(name: str, address: str, refused: bool) -> None:
    said = [sentence for sentence in environment.refusals({name: address}) if f"Set {name} " in sentence]
    assert bool(said) is refused


@given(st.dictionaries(st.sampled_from(["SECRET_KEY", "ALLOWED_HOSTS", "VCDB_TLS_PROXY", "DATABASE_URL", "REDIS_URL", "VCDB_FILE_KEY"]),
                       st.text(min_size=20).map(lambda text: "Zqj" + text)))  # fmt: skip
def test_no_refusal_repeats_what_was_set(env: dict[str, str]) -> None:
    assert not [said for said in environment.refusals(env) if "Zqj" in said or not said.endswith(".")]


def test_two_processes_that_start_at_once_keep_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: environment.kept_secret(tmp_path), range(16)))
    assert len(found) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]
    assert len(found.pop()) >= SHORTEST_SECRET


def test_the_secret_is_never_open_to_others(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        environment.kept_secret(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


# addresses of the database


@given(WORD, WORD, WORD)
def test_any_name_and_password_come_through_an_address(user: str, password: str, name: str) -> None:
    from urllib.parse import quote

    url = f"postgresql://{quote(user, safe='')}:{quote(password, safe='')}@db:5432/{quote(name, safe='')}"
    found = databases.database({"DATABASE_URL": url}, "unused", "owner")
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == (user, password, name)


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgresql:///children", "", ""),
        ("postgresql://db/children", "db", ""),
        ("postgresql://db:5433/children", "db", "5433"),
        ("postgresql:///children?host=/run/postgresql", "/run/postgresql", ""),
    ],
)
def test_where_the_database_is(url: str, host: str, port: str) -> None:
    found = databases.database({"DATABASE_URL": url}, "unused", "owner")
    assert (found["HOST"], found["PORT"], found["NAME"]) == (host, port, "children")
    assert "host" not in found["OPTIONS"]


@pytest.mark.parametrize("role", ["web", "pipeline"])
def test_a_role_is_taken_on_beside_other_options(role: str) -> None:
    url = "postgresql://db/children?options=-c%20statement_timeout%3D5s"
    found = databases.database({"DATABASE_URL": url}, "unused", role)
    assert found["OPTIONS"]["options"] == f"-c statement_timeout=5s -c role=vcdb_{role}"


def test_the_owner_takes_on_no_role() -> None:
    assert (
        "options"
        not in databases.database({"DATABASE_URL": "postgresql://db/x"}, "unused", "owner")["OPTIONS"]
    )


@pytest.mark.parametrize("command", sorted(databases.OWNER_COMMANDS))
def test_commands_that_change_the_database_are_the_owners(command: str) -> None:
    assert databases.role_for({}, command) == "owner"


@pytest.mark.parametrize(
    "command", ["load_extract", "assess", "publish_lists", "verify_audit", "worker", "shell", "beat"]
)
def test_no_other_command_owns_the_tables(command: str) -> None:
    assert databases.role_for({}, command) == "pipeline"


def test_the_queues_address_names_the_store_of_this_process(tmp_path: Path) -> None:
    assert databases.queue_url({}, tmp_path).endswith("valkey.sock?db=0")
    assert databases.queue_url({"VCDB_REDIS_DB": "3"}, tmp_path).endswith("?db=3")
    assert (
        databases.queue_url({"REDIS_URL": "redis://queue/1", "VCDB_REDIS_DB": "3"}, tmp_path)
        == "redis://queue/1"
    )


def test_a_pool_waits_for_a_connection_and_keeps_none_in_between() -> None:
    pooled = databases.database({}, "home", "web", pool=True)
    assert (pooled["CONN_MAX_AGE"], pooled["OPTIONS"]["pool"]["timeout"]) == (0, 20)
    kept = databases.database({}, "home", "pipeline")
    assert (kept["CONN_MAX_AGE"], kept["CONN_HEALTH_CHECKS"]) == (60, True)


def test_texts_come_from_the_file_that_is_named_and_from_no_other(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text('{"team": "Early help"}', encoding="utf-8")
    assert environment.texts({"X": str(file)}, "X") == {"team": "Early help"}
    assert environment.texts({}, "X") == {}


@pytest.mark.parametrize("content", [None, "{", "[]", '{"team": 1}'])
def test_a_file_of_texts_that_cannot_be_read_stops_the_start(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "record.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="X names a file that"):
        environment.texts({"X": str(file)}, "X")
