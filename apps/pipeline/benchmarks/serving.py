"""The real web server on loopback, and a small client that asks it a bounded number of times."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from apps.accounts.models import User

REQUESTS = 200
CONNECTIONS = 2
WARM_UP = 12
SECONDS_TO_START = 60
CSRF = "b" * 32


@dataclass(frozen=True)
class Page:
    """A page to measure: for each turn its address, and what is posted where it is a form that redirects."""

    name: str
    paths: Sequence[str]
    posted: Sequence[dict[str, str]] = ()


@dataclass(frozen=True)
class Measured:
    """What was seen of one page."""

    requests_per_second: float
    p95_ms: float


@contextmanager
def served() -> Iterator[int]:
    """Gunicorn with its production settings, as the web role; gives its port."""
    port = free_port()
    env = {**os.environ, "VCDB_PORT": str(port), "VCDB_DB_ROLE": "web", "VCDB_DB_POOL": "1"}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        str(Path(settings.BASE_DIR) / "vcdb/gunicorn.py"),
    ]
    server = subprocess.Popen(
        [*command, "apps.pipeline.benchmarks.wsgi"], cwd=settings.BASE_DIR, env=env, stdout=sys.stderr
    )
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until the server answers."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the web server did not start")


def signed_in(user: User) -> dict[str, str]:
    """The headers of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={CSRF}"}


def measure(port: int, page: Page, headers: dict[str, str]) -> Measured:
    """Ask for a page some times over a few connections at once."""
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for _ in range(CONNECTIONS)]
    for turn in range(WARM_UP):
        ask(connections[turn % CONNECTIONS], page, turn, headers)
    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        jobs = [
            pool.submit(many, connection, page, first, headers)
            for first, connection in enumerate(connections)
        ]
        times = sorted(one for job in jobs for one in job.result())
    took = time.perf_counter() - began
    return Measured(round(len(times) / took, 1), round(times[int(len(times) * 0.95)] * 1000, 1))


def many(
    connection: http.client.HTTPConnection, page: Page, first: int, headers: dict[str, str]
) -> list[float]:
    """One connection's share of the requests."""
    return [timed(connection, page, turn, headers) for turn in range(first, REQUESTS, CONNECTIONS)]


def timed(connection: http.client.HTTPConnection, page: Page, turn: int, headers: dict[str, str]) -> float:
    """Seconds until the page is there, its redirect included."""
    began = time.perf_counter()
    ask(connection, page, turn, headers)
    return time.perf_counter() - began


def ask(connection: http.client.HTTPConnection, page: Page, turn: int, headers: dict[str, str]) -> None:
    """Get a page, or post its form and get what it leads to; anything else makes the figure meaningless."""
    path = page.paths[turn % len(page.paths)]
    if page.posted:
        body = urlencode(page.posted[turn % len(page.posted)] | {"csrfmiddlewaretoken": CSRF})
        form = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://127.0.0.1:{connection.port}/",
        }
        status, path = exchange(connection, "POST", path, headers | form, body)
        if status != http.client.FOUND:
            raise RuntimeError(f"{page.name} answered {status}")
    status, _ = exchange(connection, "GET", path, headers)
    if status != http.client.OK:
        raise RuntimeError(f"{page.name} answered {status}")


def exchange(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: str = ""
) -> tuple[int, str]:
    """One request; its status and where it leads."""
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.headers.get("Location", "")
