"""Supervised processes: watched, started again with a growing pause, stopped in order, never left behind."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vcdb.embedded.process import command_line, mark
from vcdb.supervisor import STEADY_AFTER, Child, Supervisor, orphan, pause_after

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import pathlib, signal, sys, time; signal.signal(15, signal.SIG_IGN);"
    "pathlib.Path(sys.argv[1]).touch(); time.sleep(600)",
]


def eventually(true: Callable[[], object], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(true())


@pytest.fixture
def child(tmp_path: Path) -> Child:
    return Child("worker", SLEEP, tmp_path, {}, seconds_to_stop=5)


def test_the_pause_doubles_up_to_half_a_minute() -> None:
    assert [pause_after(falls) for falls in (1, 2, 3, 4, 5, 6, 60)] == [1, 2, 4, 8, 16, 30, 30]


def test_a_fallen_child_starts_again_after_its_pause(child: Child) -> None:
    said: list[str] = []
    child.start()
    assert child.process
    first = child.process.pid
    child.process.kill()
    child.process.wait()
    now = time.monotonic()
    child.look(now, said.append)
    assert said == ["worker ended (-9): starts again in 1 s."]
    child.look(now + 0.9, said.append)
    assert child.process is None
    child.look(now + 1.1, said.append)
    assert child.process
    assert child.process.pid != first
    child.stop()


def test_a_child_that_keeps_falling_waits_longer_and_one_that_was_steady_does_not(child: Child) -> None:
    def fall(after: float) -> str:
        said: list[str] = []
        child.start()
        assert child.process
        child.process.kill()
        child.process.wait()
        child.look(child.started + after, said.append)
        return said[0]

    pauses = [fall(after=1), fall(after=1), fall(after=1), fall(after=STEADY_AFTER + 1)]
    assert [said.rpartition(" in ")[2] for said in pauses] == ["1 s.", "2 s.", "4 s.", "1 s."]


def test_a_child_that_will_not_end_is_made_to(tmp_path: Path) -> None:
    deaf = tmp_path / "deaf"
    child = Child("worker", [*STUBBORN, str(deaf)], tmp_path, {}, seconds_to_stop=0.3)
    child.start()
    assert eventually(deaf.exists)
    assert child.process
    pid = child.process.pid
    child.stop()
    assert not command_line(pid)


def test_what_a_killed_supervisor_left_is_ended_before_the_next_start(child: Child) -> None:
    left = subprocess.Popen(SLEEP, start_new_session=True)
    child.pid_file.write_text(mark(left.pid))
    assert orphan(child.pid_file) == left.pid
    child.start()
    assert not command_line(left.pid)
    child.stop()
    assert not child.pid_file.exists()


def test_a_pid_that_belongs_to_another_program_by_now_is_left_alone(child: Child) -> None:
    other = subprocess.Popen(SLEEP)
    try:
        child.pid_file.write_text(f"{other.pid} 1")
        assert orphan(child.pid_file) is None
        child.end_orphan()
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_everything_stops_last_started_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    stop = Child.stop
    monkeypatch.setattr(Child, "stop", lambda self: (order.append(self.name), stop(self)))
    children = [Child(name, SLEEP, tmp_path, {}) for name in ("worker", "beat", "web")]
    looked = threading.Event()
    supervisor = Supervisor(children, [looked.set])
    # As a Ctrl-C, once everything runs.
    threading.Thread(target=lambda: (looked.wait(10), signal.raise_signal(signal.SIGINT))).start()
    supervisor.run()
    assert order == ["web", "beat", "worker"]
    assert all(child.process and child.process.poll() is not None for child in children)


def test_a_process_that_cannot_start_stops_the_others(tmp_path: Path) -> None:
    well = Child("worker", SLEEP, tmp_path, {})
    with pytest.raises(FileNotFoundError):
        Supervisor([well, Child("web", ["/nowhere/at/all"], tmp_path, {})]).run()
    assert well.process
    assert well.process.poll() is not None
