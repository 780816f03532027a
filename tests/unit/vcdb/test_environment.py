"""What a production start refuses, as a table a manager could read."""

import stat
from pathlib import Path

import pytest

from vcdb import environment

SAFE = {
    "SECRET_KEY": "q8Zr5nB2vK9wX4mT7cJ1hL6gF3dS0pAyUeIoNtRbWkQzMxVj",
    "ALLOWED_HOSTS": "vcdb.example.gov.uk",
    "VCDB_TLS_PROXY": "X-Forwarded-Proto",
    "DATABASE_URL": "postgresql://vcdb_web:secret@db/vcdb",
    "REDIS_URL": "redis://queue:6379/0",
    "VCDB_FILE_KEY": "uS0mQxJ7cV2nZ8bK4hT1yE6gR9fD3aLwPqXoIvNsBtM=",
}
SAFE["SECRET_KEY"] += "aB3x"

SAFE_KEY = SAFE["VCDB_FILE_KEY"]

REFUSED = [
    # what is wrong, what the sentence tells to set
    ("SECRET_KEY", None, "Set SECRET_KEY to a random text"),
    ("SECRET_KEY", "", "Set SECRET_KEY to a random text"),
    ("SECRET_KEY", "short", "SECRET_KEY is easy to guess"),
    ("SECRET_KEY", "a" * 80, "SECRET_KEY is easy to guess"),
    (
        "SECRET_KEY",
        "django-insecure-" + "q8Zr5nB2vK9wX4mT7cJ1hL6gF3dS0pAyUeIoNtRbWk",
        "SECRET_KEY is easy to guess",
    ),
    ("ALLOWED_HOSTS", None, "Set ALLOWED_HOSTS to the host names"),
    ("ALLOWED_HOSTS", " , ", "Set ALLOWED_HOSTS to the host names"),
    ("ALLOWED_HOSTS", "vcdb.example.gov.uk,*", "ALLOWED_HOSTS allows every host"),
    ("DEBUG", "1", "unset DEBUG"),
    ("DEBUG", "True", "unset DEBUG"),
    ("DEBUG", "perhaps", "unset DEBUG"),
    ("VCDB_TLS_PROXY", None, "Set VCDB_TLS_PROXY"),
    ("VCDB_TLS_PROXY", "1", "Set VCDB_TLS_PROXY"),
    ("VCDB_TLS_PROXY", "X-Forwarded-Proto: https", "Set VCDB_TLS_PROXY"),
    ("DATABASE_URL", None, "Set DATABASE_URL"),
    ("DATABASE_URL", "sqlite:///children.db", "Set DATABASE_URL"),
    ("REDIS_URL", None, "Set REDIS_URL"),
    ("REDIS_URL", "amqp://queue", "Set REDIS_URL"),
    ("VCDB_FILE_KEY", None, "Set VCDB_FILE_KEY"),
    ("VCDB_FILE_KEY", "a pass phrase", "each is 32 random bytes"),
    ("VCDB_FILE_KEY", "c2hvcnQ=", "each is 32 random bytes"),
    ("VCDB_FILE_KEY", SAFE_KEY + ",c2hvcnQ=", "each is 32 random bytes"),
    ("VCDB_FILE_KEY", environment.TRIAL_FILE_KEY, "VCDB_FILE_KEY is easy to guess"),
    ("VCDB_FILE_KEY", "A" * 43 + "=", "VCDB_FILE_KEY is easy to guess"),
]


def test_safe_settings_are_not_refused() -> None:
    assert environment.refusals(SAFE) == []
    assert environment.refusals({**SAFE, "DEBUG": "false"}) == []


@pytest.mark.parametrize(("name", "value", "sentence"), REFUSED)
def test_an_unsafe_setting_is_refused_in_one_sentence(name: str, value: str | None, sentence: str) -> None:
    env = {key: text for key, text in {**SAFE, name: value}.items() if text is not None}
    (said,) = environment.refusals(env)
    assert sentence in said
    assert said.endswith(".")
    assert (value or "no value") not in said or name == "DEBUG"


def test_everything_missing_is_said_at_once() -> None:
    assert len(environment.refusals({})) == 6


@pytest.mark.parametrize(
    ("env", "kind"),
    [
        ({}, "demo"),
        ({"DATABASE_URL": "postgresql://db/vcdb"}, "production"),
        ({"DATABASE_URL": "postgresql://db/vcdb", "VCDB_ENV": "demo"}, "demo"),
        ({"VCDB_ENV": "production"}, "production"),
    ],
)
def test_a_database_of_its_own_is_a_real_one_unless_somebody_says_otherwise(
    env: dict[str, str], kind: str
) -> None:
    assert environment.kind(env) == kind


def test_keys_of_files_are_a_list_in_either_spelling_and_a_trial_has_one() -> None:
    other = "-_" + "A" * 41 + "="
    first, second = environment.file_keys({"VCDB_FILE_KEY": f"{SAFE_KEY}, {other}"})
    assert (len(first), len(second), first == second) == (32, 32, False)
    assert len(environment.file_keys({})) == 1


def test_an_unknown_environment_is_named() -> None:
    with pytest.raises(ValueError, match="VCDB_ENV is “live”: set it to one of demo, test, production"):
        environment.kind({"VCDB_ENV": "live"})


def test_a_flag_is_yes_or_no() -> None:
    assert environment.flag({"DEBUG": "Yes"}, "DEBUG") is True
    assert environment.flag({"DEBUG": "0"}, "DEBUG") is False
    assert environment.flag({}, "DEBUG", default=True) is True
    with pytest.raises(ValueError, match="set it to true or false"):
        environment.flag({"DEBUG": "maybe"}, "DEBUG")


def test_a_trial_keeps_a_secret_of_its_own(tmp_path: Path) -> None:
    first = environment.kept_secret(tmp_path / "home")
    assert environment.kept_secret(tmp_path / "home") == first
    assert environment.kept_secret(tmp_path / "other") != first
    assert stat.S_IMODE((tmp_path / "home/secret_key").stat().st_mode) == 0o600
    assert [kept.name for kept in (tmp_path / "home").iterdir()] == ["secret_key"]
