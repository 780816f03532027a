"""The processes of a whole service on one machine: web, worker and beat, over the embedded servers."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from .embedded import ensure, postgres, stop, valkey
from .embedded.home import Home
from .embedded.process import mark
from .supervisor import Child, Supervisor, orphan, say

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_ANSWER = 60
SUPERVISOR_PID = "supervisor.pid"


def children(home: Home, environment: Mapping[str, str]) -> list[Child]:
    """Worker and beat first, so that a page finds somebody to do what it asks for."""
    celery = [sys.executable, "-m", "celery", "--app", "vcdb", "--workdir", str(ROOT)]
    web = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        str(ROOT / "vcdb/gunicorn.py"),
        "--chdir",
        str(ROOT),
        "vcdb.wsgi",
    ]
    pipeline = {**environment, "VCDB_DB_ROLE": "pipeline"}
    timetable = [
        "beat",
        "--loglevel",
        "warning",
        "--pidfile",
        "",
        "--schedule",
        str(home.folder / "beat-schedule"),
    ]
    return [
        Child(
            "worker",
            [*celery, "worker", "--loglevel", "warning", "--concurrency", "2"],
            home.logs,
            pipeline,
            30,
        ),
        Child("beat", [*celery, *timetable], home.logs, pipeline),
        Child("web", web, home.logs, {**environment, "VCDB_DB_ROLE": "web", "VCDB_DB_POOL": "1"}),
    ]


def embedded_parts(environment: Mapping[str, str]) -> dict[str, bool]:
    """Which servers are ours to start: those that the environment names no other for."""
    return {"database": "DATABASE_URL" not in environment, "queue": "REDIS_URL" not in environment}


def supervise(home: Home, environment: Mapping[str, str], started: list[str]) -> None:
    """Run the service until a signal comes; then the processes end first, the servers last."""
    parts = embedded_parts(environment)

    def keep_servers() -> None:
        lost = [
            n
            for n, part in (("database", postgres), ("queue", valkey))
            if parts[n] and part.pid(home) is None
        ]
        if lost:
            say(f"The {' and the '.join(lost)} ended: starting again.")
            ensure(home.folder, **parts)

    def announce() -> None:
        if wait_for_answer(address(environment)):
            say("\n".join(started))
        else:
            say(f"The web server does not answer yet: see {home.logs / 'web.log'}.")

    pid_file = home.folder / SUPERVISOR_PID
    pid_file.write_text(mark(os.getpid()))
    try:
        Supervisor(children(home, environment), [keep_servers]).run(announce)
    finally:
        stop(home.folder)
        pid_file.unlink(missing_ok=True)


def stop_all(home: Home, environment: Mapping[str, str]) -> list[str]:
    """Stop whatever of a service runs in this home; returns the names of what was stopped."""
    return stop_processes(home, environment) + stop(home.folder)


def stop_processes(home: Home, environment: Mapping[str, str]) -> list[str]:
    """Stop the supervisor, and what one that was killed left behind."""
    stopped = []
    for child in (Child("supervisor", [], home.folder, {}, 90), *reversed(children(home, environment))):
        if orphan(child.pid_file):
            child.end_orphan()
            stopped.append(child.name)
    return stopped


def is_supervised(home: Home) -> bool:
    """Whether a supervisor already runs this home's service."""
    return orphan(home.folder / SUPERVISOR_PID) is not None


def start_over(home: Home) -> None:
    """Forget everything that this home's servers hold, and the files that were uploaded."""
    stop(home.folder)
    for folder in (home.postgres_data, home.valkey_data, home.folder / "files"):
        shutil.rmtree(folder, ignore_errors=True)
    for mark_file in (home.folder / "prepared", home.folder / "demo", *home.folder.glob("beat-schedule*")):
        mark_file.unlink(missing_ok=True)


def address(environment: Mapping[str, str]) -> str:
    """Where a person opens the service."""
    return f"http://127.0.0.1:{environment.get('VCDB_PORT', '8000')}/"


def is_taken(environment: Mapping[str, str]) -> bool:
    """Whether another program listens where the service would."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(environment.get("VCDB_PORT", "8000"))))
        except OSError:
            return True
    return False


def wait_for_answer(base: str) -> bool:
    """Wait until the health page answers that all is well."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{base}health/", timeout=5):  # noqa: S310 (our own loopback address)
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def manage(*arguments: str, environment: Mapping[str, str]) -> int:
    """Run one of manage.py's commands in a process of its own, and so under its own database role."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT).returncode
