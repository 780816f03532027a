"""Which database this process speaks to, and as which role of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from .embedded.home import Home

# Commands that make tables, be it for a moment; whatever else runs from manage.py is the pipeline's.
OWNER_COMMANDS = frozenset(
    """
    migrate makemigrations squashmigrations showmigrations sqlmigrate sqlflush flush dbshell inspectdb check
    setup_database evaluate_matching train_linkage
    """.split()
)
WEB_COMMANDS = frozenset(("runserver", "web"))
ROLES = ("owner", "web", "pipeline")


def role_for(env: Mapping[str, str], command: str) -> str:
    """The database role of this process: named by VCDB_DB_ROLE, else by the command it runs."""
    named = env.get("VCDB_DB_ROLE", "")
    if named and named not in ROLES:
        raise ValueError(f"VCDB_DB_ROLE is “{named}”: set it to one of {', '.join(ROLES)}.")
    if named:
        return named
    if command in OWNER_COMMANDS:
        return "owner"
    return "web" if command in WEB_COMMANDS else "pipeline"


def database(env: Mapping[str, str], home: str | Path, role: str, pool: bool = False) -> dict[str, Any]:
    """Django's settings of the one database: DATABASE_URL's, or the embedded one of this home."""
    url = env.get("DATABASE_URL")
    settings = _from_url(env, url, role) if url else _embedded(home, role)
    return {"ENGINE": "django.db.backends.postgresql", **settings, **_reuse(pool, settings)}


def queue_url(env: Mapping[str, str], home: str | Path) -> str:
    """The address of Redis: REDIS_URL, or the embedded Valkey of this home."""
    return env.get("REDIS_URL") or f"unix://{Home.at(home).valkey_socket}?db={env.get('VCDB_REDIS_DB', '0')}"


def broker_url(redis_url: str) -> str:
    """The same address in Celery's spelling, which names sockets in another way."""
    if not redis_url.startswith("unix://"):
        return redis_url
    path, _, query = redis_url.removeprefix("unix://").partition("?")
    return f"redis+socket://{path}?{urlencode({'virtual_host': dict(parse_qsl(query)).get('db', '0')})}"


def _embedded(home: str | Path, role: str) -> dict[str, Any]:
    return {"NAME": "vcdb", "USER": f"vcdb_{role}", "HOST": str(Home.at(home).sockets), "PORT": "5432"}


def _from_url(env: Mapping[str, str], url: str, role: str) -> dict[str, Any]:
    own = env.get(f"DATABASE_URL_{role.upper()}")
    parts = urlsplit(own or url)
    options = dict(parse_qsl(parts.query))
    if not own and role != "owner":
        # One login for all processes: it takes the role on as it connects.
        options["options"] = f"{options.get('options', '')} -c role=vcdb_{role}".strip()
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def _reuse(pool: bool, settings: dict[str, Any]) -> dict[str, Any]:
    options = settings.get("OPTIONS", {})
    if pool:
        return {
            "CONN_MAX_AGE": 0,
            "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
        }
    return {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
