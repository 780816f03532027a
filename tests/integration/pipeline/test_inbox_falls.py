"""A watcher that is killed at any point, and two at once: no file is lost, none is committed twice."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from apps.core.clock import today
from apps.extracts.models import Extract, State, Via
from apps.extracts.reference import install_reference
from apps.pipeline import actions, sweeps
from apps.pipeline.inbox import actions as inbox
from apps.pipeline.inbox import folder
from apps.pipeline.models import Run
from tests.integration.pipeline.files import early_help
from tests.integration.pipeline.test_workers import COMMIT_LOCK, expired, of_this_database, until
from tests.integration.pipeline.watched import GOOD, lying, put, sha


class Killed(BaseException):
    """As a process ends: nothing catches it."""


STEPS = {
    folder: ("claim", "archive", "refuse", "opened"),
    inbox: ("request", "_as_of", "_put_away"),
    folder.Path: ("mkdir", "rename", "replace", "rmdir"),
}


@pytest.mark.parametrize("content", [GOOD, b""], ids=["good", "bad"])
def test_a_fall_at_any_point_loses_nothing_and_commits_once(
    committed, root, feed, look, monkeypatch, content
):
    """Before and after every step on disk and in the database in turn, until the whole way was walked without a fall."""
    install_reference(by=None)
    falls = 0
    for at in range(1, 60):
        before = Extract.objects.filter(state=State.COMMITTED).count()
        kept = lying(feed)
        body = content and early_help(*((f"K{each}", "Kit") for each in range(at + 1)))
        name = f"{today() - timedelta(days=60 - at)}.csv"
        put(feed, name, body)
        with monkeypatch.context() as broken:
            _fall(broken, at)
            try:
                look()
            except Killed:
                falls += 1
                fell = True
            else:
                fell = False
        everywhere = [path for path in feed.rglob("*") if path.is_file() and path.name not in kept]
        assert any(path.read_bytes() == body for path in everywhere), "the file is gone"
        look()
        look()
        new = lying(feed) - kept
        if body:
            assert new == {f"archive/{sha(body)}.csv"}
            assert Extract.objects.filter(state=State.COMMITTED).count() == before + 1
        else:
            assert new == {f"refused/{name}", f"refused/{name}.findings.txt"}
        if not fell:
            break
    assert not fell
    assert falls > 10


def _fall(broken, at):
    """End the process at the ``at``-th moment before or after a step."""
    count = [0]

    def moment():
        count[0] += 1
        if count[0] == at:
            raise Killed

    for place, names in STEPS.items():
        for name in names:
            real = getattr(place, name)

            def step(*args, _real=real, **kwargs):
                moment()
                answer = _real(*args, **kwargs)
                moment()
                return answer

            broken.setattr(place, name, step)


def test_two_that_look_at_once_take_a_file_once(committed, feed, look):
    install_reference(by=None)
    put(feed)
    inside, goes_on = threading.Event(), threading.Event()

    def slow(run):
        inside.set()
        assert goes_on.wait(20)
        actions.execute(run=run)

    def first():
        try:
            look(start=slow)
        finally:
            connection.close()

    other = threading.Thread(target=first)
    other.start()
    assert inside.wait(20)
    put(feed, "second.csv", early_help(("H3", "Cleo")))
    assert look() == []
    assert "second.csv" in lying(feed)
    goes_on.set()
    other.join()
    assert Extract.objects.filter(via=Via.INBOX).count() == 1


@pytest.mark.slow
def test_a_watcher_that_is_really_killed_leaves_the_file_to_the_next(committed, root, feed, look):
    """Kill -9 in the middle of its run: the lock goes with the connection, the run with its lease, the file is archived once."""
    install_reference(by=None)
    put(feed)
    env = {
        **os.environ,
        "DATABASE_URL": of_this_database("owner"),
        "DATABASE_URL_PIPELINE": of_this_database("pipeline"),
        "REDIS_URL": settings.REDIS_URL,
        "VCDB_DB_ROLE": "pipeline",
        "VCDB_INBOX": str(root),
        "VCDB_INBOX_QUIET": "0",
    }
    with psycopg.connect(of_this_database("owner")) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [COMMIT_LOCK])
        watcher = subprocess.Popen(
            [sys.executable, "manage.py", "watch_inbox", "--once"], env=env, cwd=settings.BASE_DIR
        )
        until(lambda: Run.objects.filter(step="plan").exists(), "the watcher never reached its plan")
        assert look() == []  # it holds the lock
        os.kill(watcher.pid, signal.SIGKILL)
        watcher.wait()
    run = Run.objects.get()
    assert (run.state, lying(feed) & {"early_help.csv"}) == ("running", set())
    until(lambda: look() == [] and Run.objects.get().state == "running", "it was taken from under its lease")
    expired(run)
    until(lambda: sweeps.release_dead() == [run.pk], "the sweep never found the dead watcher")
    (done,) = look()
    assert (done.state, lying(feed)) == ("committed", {f"archive/{sha(GOOD)}.csv"})
    assert Extract.objects.filter(via=Via.INBOX).count() == 1
