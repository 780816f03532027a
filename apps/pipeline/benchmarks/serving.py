"""The real web server on loopback, and a small client that asks it a bounded number of times."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from apps.accounts.models import User

ROUNDS = 4
SHARE = 50
CONNECTIONS = 2
WARM_UPS = 3
SECONDS_TO_START = 60
CSRF = "b" * 32


@dataclass(frozen=True)
class Page:
    """A page to measure: for each turn its address, and what is posted where it is a form that redirects."""

    name: str
    paths: Sequence[str]
    posted: Sequence[dict[str, str]] = ()


@dataclass(frozen=True)
class Site:
    """A served instance: its port, and one signed-in visitor for each connection."""

    port: int
    visitors: Sequence[dict[str, str]]


@dataclass
class Seen:
    """What was seen of one page of one site: the time of each request, and the time all of them took."""

    times: list[float] = field(default_factory=list)
    took: float = 0.0

    @property
    def requests_per_second(self) -> float:
        """Over all connections together."""
        return round(len(self.times) / self.took, 1)

    @property
    def p95_ms(self) -> float:
        """What nineteen of twenty requests stay under."""
        return round(sorted(self.times)[int(len(self.times) * 0.95)] * 1000, 1)


@contextmanager
def served(env: dict[str, str]) -> Iterator[int]:
    """Gunicorn with its production settings, as the web role of the instance this environment names; gives its port."""
    port = free_port()
    env = {**env, "VCDB_PORT": str(port), "VCDB_DB_ROLE": "web", "VCDB_DB_POOL": "1"}
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


def visitors(user: User) -> list[dict[str, str]]:
    """One sign-in for each connection, as of people at their own desks."""
    return [signed_in(user) for _ in range(CONNECTIONS)]


def signed_in(user: User) -> dict[str, str]:
    """The headers of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={CSRF}"}


def measure(site: Site, page: Page, seen: Seen, first: int) -> None:
    """Ask for a page a share of its times over a few connections at once, and add what was seen."""
    connections = [http.client.HTTPConnection("127.0.0.1", site.port, timeout=60) for _ in site.visitors]
    both = list(zip(connections, site.visitors, strict=True))
    for turn, (connection, visitor) in enumerate(both * WARM_UPS):
        ask(connection, page, turn, visitor)
    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        jobs = [
            pool.submit(many, *one, page, range(first + n, first + SHARE, CONNECTIONS))
            for n, one in enumerate(both)
        ]
        seen.times += [one for job in jobs for one in job.result()]
    seen.took += time.perf_counter() - began


def many(
    connection: http.client.HTTPConnection, visitor: dict[str, str], page: Page, turns: range
) -> list[float]:
    """One connection's part of a share."""
    return [timed(connection, page, turn, visitor) for turn in turns]


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
