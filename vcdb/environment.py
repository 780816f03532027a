"""What the environment says, and the sentences that stop an unsafe production start."""

import base64
import contextlib
import json
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

ENVIRONMENTS = ("demo", "test", "production")
TRUE, FALSE = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")
SHORTEST_SECRET = 50
FILE_KEY_BYTES = 32
#: Of demonstrations and tests alone; a production start refuses it.
TRIAL_FILE_KEY = base64.b64encode(b"a trial's key, known to everyone").decode()

Env = Mapping[str, str]


def kind(env: Env) -> str:
    """Which environment this is. A database of its own is a real one unless somebody says otherwise."""
    named = env.get("VCDB_ENV", "")
    if named and named not in ENVIRONMENTS:
        raise ValueError(f"VCDB_ENV is “{named}”: set it to one of {', '.join(ENVIRONMENTS)}.")
    return named or ("production" if env.get("DATABASE_URL") else "demo")


def flag(env: Env, name: str, default: bool = False) -> bool:
    """A yes or no from the environment."""
    said = env.get(name, str(default)).strip().lower()
    if said not in TRUE + FALSE:
        raise ValueError(f"{name} is “{said}”: set it to true or false.")
    return said in TRUE


def words(env: Env, name: str, default: str = "") -> list[str]:
    """A list from the environment, separated by commas."""
    return [word.strip() for word in env.get(name, default).split(",") if word.strip()]


def texts(env: Env, name: str) -> dict[str, str]:
    """Words by name from a JSON file that the environment names; none where it names no file."""
    if not env.get(name):
        return {}
    try:
        found = json.loads(Path(env[name]).expanduser().read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{name} names a file that cannot be read as JSON: {env[name]}.") from error
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise ValueError(f"{name} names a file that is no JSON object of texts: {env[name]}.")
    return found


def refusals(env: Env) -> list[str]:
    """Why a production start must not go on: one sentence each, saying what to set."""
    checks = (_secret_key, _allowed_hosts, _debug, _tls_proxy, _database, _queue, _file_key)
    return [sentence for check in checks if (sentence := check(env))]


def kept_secret(home: Path) -> str:
    """A secret key of a trial's own, made once and kept in its home."""
    kept = home / "secret_key"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        fresh = home / f"secret_key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        _first_wins(fresh, kept)
    return kept.read_text()


def file_keys(env: Env) -> list[bytes]:
    """What stored files are encrypted with: the first key writes, every key reads. A trial has a key that everybody knows."""
    return [_decoded(word) for word in words(env, "VCDB_FILE_KEY", TRIAL_FILE_KEY)]


def _decoded(word: str) -> bytes:
    try:
        key = base64.b64decode(word.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError:
        key = b""
    if len(key) != FILE_KEY_BYTES:
        raise ValueError("VCDB_FILE_KEY holds something that is no key: each is 32 random bytes as base64.")
    return key


def _file_key(env: Env) -> str:
    given = words(env, "VCDB_FILE_KEY")
    if not given:
        return "Set VCDB_FILE_KEY to 32 random bytes as base64 (openssl rand -base64 32), kept secret and backed up apart."
    try:
        keys = file_keys(env)
    except ValueError as error:
        return str(error)
    if TRIAL_FILE_KEY in given or any(len(set(key)) < 16 for key in keys):
        return (
            "VCDB_FILE_KEY is easy to guess: set it to 32 random bytes as base64 (openssl rand -base64 32)."
        )
    return ""


def _first_wins(fresh: Path, kept: Path) -> None:
    with contextlib.suppress(FileExistsError):
        kept.hardlink_to(fresh)
    fresh.unlink()


def _secret_key(env: Env) -> str:
    key = env.get("SECRET_KEY", "")
    if not key:
        return f"Set SECRET_KEY to a random text of at least {SHORTEST_SECRET} characters, kept secret."
    if len(key) < SHORTEST_SECRET or len(set(key)) < 10 or key.startswith("django-insecure"):
        return (
            f"SECRET_KEY is easy to guess: set it to a random text of at least {SHORTEST_SECRET} characters."
        )
    return ""


def _allowed_hosts(env: Env) -> str:
    hosts = words(env, "ALLOWED_HOSTS")
    if not hosts:
        return "Set ALLOWED_HOSTS to the host names of the service, separated by commas."
    if "*" in hosts:
        return (
            "ALLOWED_HOSTS allows every host: set it to the host names of the service, separated by commas."
        )
    return ""


def _debug(env: Env) -> str:
    if env.get("DEBUG", "").strip().lower() in FALSE:
        return ""
    return "DEBUG is on, which shows personal data in error pages: unset DEBUG."


def _tls_proxy(env: Env) -> str:
    header = env.get("VCDB_TLS_PROXY", "")
    if re.fullmatch(r"[A-Za-z][A-Za-z-]*", header):
        return ""
    return (
        "Set VCDB_TLS_PROXY to the header in which the TLS proxy in front says “https”, "
        "usually X-Forwarded-Proto (the proxy must overwrite it in every request)."
    )


def _database(env: Env) -> str:
    if env.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://")):
        return ""
    return "Set DATABASE_URL to the PostgreSQL database, as in postgresql://user:password@host/vcdb."


def _queue(env: Env) -> str:
    if env.get("REDIS_URL", "").startswith(("redis://", "rediss://", "unix://")):
        return ""
    return "Set REDIS_URL to the Redis or Valkey server, as in redis://host:6379/0."
