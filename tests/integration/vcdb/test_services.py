"""The whole service on one machine: it answers, one signal stops it, and what a killed one left is taken over."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from vcdb import services
from vcdb.embedded import ensure, postgres, valkey
from vcdb.embedded.home import Home
from vcdb.supervisor import orphan

ROOT = Path(__file__).resolve().parents[3]
RUN = """
import os
from vcdb import services
from vcdb.embedded import ensure
from vcdb.embedded.home import Home
home = Home.at(os.environ["VCDB_HOME"])
services.stop_processes(home, os.environ)
ensure(home.folder, queue=True)
services.supervise(home, os.environ, ["It runs."])
"""


@dataclass
class Service:
    home: Home
    environment: dict[str, str]

    def start(self) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", RUN]
        started = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)
        assert started.stdout
        assert started.stdout.readline() == "It runs.\n"
        return started

    def answers(self) -> bool:
        with urllib.request.urlopen(f"{services.address(self.environment)}health/", timeout=5) as answer:
            return bool(answer.status == 200)

    def running(self) -> set[str]:
        found = {c.name for c in services.children(self.home, self.environment) if orphan(c.pid_file)}
        servers = {"postgres": postgres, "valkey": valkey}
        return found | {name for name, server in servers.items() if server.pid(self.home)}


ALL = {"web", "worker", "beat", "postgres", "valkey"}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VCDB_")}
    made = Service(
        Home.at(tmp_path / "home"),
        {**kept, "VCDB_ENV": "demo", "VCDB_HOME": str(tmp_path / "home"), "VCDB_PORT": port},
    )
    yield made
    services.stop_all(made.home, made.environment)


@pytest.mark.slow
def test_one_signal_stops_everything_and_a_second_start_is_of_the_same_home(service: Service) -> None:
    first = service.start()
    assert service.answers()
    assert service.running() == ALL
    assert services.is_supervised(service.home)
    assert services.is_taken(service.environment)
    first.send_signal(signal.SIGINT)
    assert first.wait(60) == 0
    assert service.running() == set()
    assert not services.is_supervised(service.home)
    assert not services.is_taken(service.environment)


@pytest.mark.slow
def test_what_a_killed_supervisor_left_is_taken_over_and_stop_ends_it_all(service: Service) -> None:
    service.start().kill()
    database = postgres.pid(service.home)
    second = service.start()
    assert service.answers()
    # The database was adopted as it ran; nobody's open work was cut off.
    assert postgres.pid(service.home) == database
    assert services.stop_all(service.home, service.environment) == ["supervisor"]
    assert second.wait(60) == 0
    assert service.running() == set()


@pytest.mark.slow
def test_a_database_that_dies_is_started_again(service: Service) -> None:
    running = service.start()
    died = postgres.pid(service.home)
    os.kill(died or 0, signal.SIGKILL)
    assert running.stdout
    assert running.stdout.readline() == "The database ended: starting again.\n"
    assert services.wait_for_answer(services.address(service.environment))
    assert postgres.pid(service.home) not in (None, died)


def test_starting_over_forgets_data_but_keeps_the_secret(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    ensure(home.folder)
    (home.folder / "secret_key").write_text("kept")
    (home.folder / "files").mkdir()
    services.start_over(home)
    assert not home.postgres_data.exists()
    assert not (home.folder / "files").exists()
    assert (home.folder / "secret_key").read_text() == "kept"
    ensure(home.folder)
    assert postgres.answers(home)
    services.start_over(home)
