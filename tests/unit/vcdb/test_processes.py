"""Server processes known by pid and beginning, folders closed to others, and who may walk where."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from vcdb import supervisor
from vcdb.embedded import account, home, process
from vcdb.embedded.home import Home

NOBODY = 2**22 + 7  # above the largest pid Linux gives out


@pytest.fixture
def sleeper():
    """A process of our own that would sleep for a minute."""
    child = subprocess.Popen(
        [sys.executable, "-c", "import time; print(1, flush=True); time.sleep(60)", "/marker"],
        stdout=subprocess.PIPE,
    )
    child.stdout.readline()
    yield child
    child.kill()
    child.wait()
    child.stdout.close()


def test_a_process_is_known_by_its_command_line(sleeper):
    assert process.command_line(sleeper.pid)[-1] == "/marker"
    assert process.command_line(NOBODY) == []


@pytest.mark.parametrize(
    ("program", "argument", "known"),
    [
        (None, "/marker", True),
        ("postgres", "/marker", False),
        (None, "/other", False),
        (None, "/mark", False),
    ],
)
def test_a_pid_alone_proves_nothing(sleeper, program, argument, known):
    name = program or Path(process.command_line(sleeper.pid)[0]).name
    assert process.is_running(sleeper.pid, name, Path(argument)) is known


def test_a_process_that_has_gone_is_not_running():
    assert not process.is_running(NOBODY, "postgres", Path("/marker"))


def test_a_mark_is_of_one_process_alone(sleeper):
    assert process.mark(sleeper.pid) == process.mark(sleeper.pid)
    assert process.mark(sleeper.pid).startswith(f"{sleeper.pid} ")
    assert process.mark(sleeper.pid) != process.mark(os.getpid())
    assert process.mark(NOBODY) == ""


def test_a_process_is_ended_and_one_that_is_gone_counts_as_ended(sleeper):
    assert process.end(sleeper.pid, signal.SIGTERM, 5)
    assert process.end(NOBODY, signal.SIGTERM, 5)


def test_a_process_that_will_not_end_is_reported():
    stubborn = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import signal,time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
    )
    stubborn.stdout.readline()
    try:
        assert not process.end(stubborn.pid, signal.SIGTERM, 0.2)
    finally:
        stubborn.kill()
        stubborn.wait()
        stubborn.stdout.close()


@pytest.mark.parametrize("command", [["/bin/true"], ["/bin/false"]])
def test_a_server_that_ends_at_once_names_its_log(tmp_path, command):
    log = tmp_path / "a.log"
    child = subprocess.Popen(command)
    with pytest.raises(process.DidNotStart, match=f"{Path(command[0]).name} did not start: see .*a.log"):
        process.wait_until(lambda: False, 5, child, log)


def test_a_server_that_never_answers_is_given_up(sleeper, tmp_path):
    with pytest.raises(process.DidNotStart):
        process.wait_until(lambda: False, 0.1, sleeper, tmp_path / "a.log")


def test_waiting_ends_as_soon_as_it_answers(sleeper, tmp_path):
    answers = iter([False, True])
    process.wait_until(lambda: next(answers), 5, sleeper, tmp_path / "a.log")
    assert next(answers, None) is None


# the supervisor's notes of what it started


def test_what_a_supervisor_wrote_down_is_found_again(sleeper, tmp_path):
    written = tmp_path / "web.pid"
    written.write_text(process.mark(sleeper.pid))
    assert supervisor.orphan(written) == sleeper.pid


@pytest.mark.parametrize("text", ["", "x", f"{NOBODY} 1", "1"])
def test_a_note_that_fits_no_process_is_not_believed(tmp_path, text):
    written = tmp_path / "web.pid"
    written.write_text(text)
    assert supervisor.orphan(written) is None
    assert supervisor.orphan(tmp_path / "absent.pid") is None


def test_a_pid_given_out_again_is_not_believed(sleeper, tmp_path):
    written = tmp_path / "web.pid"
    written.write_text(f"{sleeper.pid} 1")
    assert supervisor.orphan(written) is None


@pytest.mark.parametrize(("falls", "pause"), [(1, 1), (2, 2), (3, 4), (5, 16), (6, 30), (60, 30)])
def test_the_pause_grows_and_has_an_end(falls, pause):
    assert supervisor.pause_after(falls) == pause


# folders


def test_folders_of_the_servers_are_closed(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir(mode=0o777)
    home.close(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_link_in_place_of_a_folder_is_refused(tmp_path):
    real = tmp_path / "real"
    real.mkdir(mode=0o755)
    link = tmp_path / "run"
    link.symlink_to(real)
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        home.close(link)
    assert stat.S_IMODE(real.stat().st_mode) == 0o755


def test_two_homes_never_share_a_key_and_one_home_always_has_its_own(tmp_path):
    one, same, other = Home.at(tmp_path), Home.at(f"{tmp_path}/x/.."), Home.at(tmp_path / "other")
    assert one.key == same.key != other.key
    assert len(one.key) == 12


@pytest.mark.parametrize(
    ("uid", "gid", "mode", "enters"),
    [
        ("own", 1, 0o100, True),
        ("own", 1, 0o011, False),
        (1, "own", 0o010, True),
        (1, "own", 0o101, False),
        (1, 1, 0o001, True),
        (1, 1, 0o110, False),
    ],
)
def test_who_may_walk_into_a_folder(uid, gid, mode, enters):
    who = SimpleNamespace(pw_uid=5, pw_gid=6)
    found = SimpleNamespace(
        st_uid=5 if uid == "own" else uid, st_gid=6 if gid == "own" else gid, st_mode=mode
    )
    folder = SimpleNamespace(stat=lambda: found)
    assert account._may_enter(who, folder) is enters


@pytest.mark.parametrize("closed", ["/", "/a", "/a/b", "/a/b/c"])
def test_a_path_is_reached_only_through_all_its_folders(monkeypatch, closed):
    monkeypatch.setattr(account, "_may_enter", lambda who, folder: folder != Path(closed))
    assert not account.reaches(None, Path("/a/b/c"))
    assert account.reaches(None, Path("/x/b/c")) is (closed != "/")


def test_an_instance_is_removed_with_what_lies_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(Home, "parts", property(lambda home: tmp_path / "elsewhere"))
    home = Home.at(tmp_path / "home")
    home.folder.mkdir()
    (home.parts / "run").mkdir(parents=True)
    home.remove()
    assert list(tmp_path.iterdir()) == []
