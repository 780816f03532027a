"""Workers that die, and workers that work at once: whatever happens, a file has exactly one outcome."""

import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from apps.audit.models import Event
from apps.children.models import RecordVersion
from apps.extracts.models import Extract, Feed, State
from apps.extracts.reference import install_reference
from apps.pipeline import actions, lease, sweeps, tasks
from apps.pipeline.actions import running, upkeep
from apps.pipeline.models import Run
from tests.integration.pipeline.files import early_help
from vcdb.celery import app

COMMIT_LOCK = 7082001
SECONDS = 60


@pytest.fixture
def feed(committed):
    install_reference(by=None)
    return Feed.objects.get(code="early_help")


def requested(feed, *children):
    files = [("early_help.csv", io.BytesIO(early_help(*(children or [("H1", "Ada"), ("H2", "Ben")]))))]
    return actions.request(feed=feed, files=files, as_of=None, by=None)


def of_this_database(role):
    """How another process or connection reaches the database of these tests."""
    asked = connection.settings_dict
    return f"postgresql://vcdb_{role}@/{asked['NAME']}?host={asked['HOST']}&port={asked['PORT']}"


def expired(run):
    Run.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def until(true, why):
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, why
        time.sleep(0.1)


def outcome():
    """Committed extracts, and what the feed has said of each child, once."""
    said = RecordVersion.objects.filter(recorded_to=None).values_list("record__local_id", "forename")
    return Extract.objects.filter(feed__code="early_help", state=State.COMMITTED).count(), sorted(said)


@pytest.fixture
def worker():
    """A real worker of the real queue, on the database of these tests."""
    env = {
        **os.environ,
        "DATABASE_URL": of_this_database("owner"),
        "DATABASE_URL_PIPELINE": of_this_database("pipeline"),
        "REDIS_URL": settings.REDIS_URL,
        "VCDB_DB_ROLE": "pipeline",
    }
    command = [
        sys.executable,
        "-m",
        "celery",
        "--app",
        "vcdb",
        "worker",
        "--pool",
        "solo",
        "--loglevel",
        "warning",
    ]
    process = subprocess.Popen(command, env=env, cwd=settings.BASE_DIR)
    yield process
    process.kill()
    process.wait()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:task_always_eager")
def test_a_worker_killed_in_the_middle_leaves_one_outcome(feed, worker):
    run = requested(feed)
    with psycopg.connect(of_this_database("owner")) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [COMMIT_LOCK])
        app.send_task("apps.pipeline.tasks.run_extract", [run.pk])
        until(
            lambda: Run.objects.filter(pk=run.pk, step="plan").exists(), "the worker never reached its plan"
        )
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        assert outcome() == (0, [])
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("running", 1)
    assert sweeps.release_dead() == []  # its lease still holds
    expired(run)
    until(lambda: sweeps.release_dead() == [run.pk], "the sweep never found the dead worker")
    tasks.run_extract(run.pk)
    assert outcome() == (1, [("H1", "Ada"), ("H2", "Ben")])
    # the queue delivers the dead worker's message once more
    tasks.run_extract(run.pk)
    assert outcome() == (1, [("H1", "Ada"), ("H2", "Ben")])
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 2)


def test_the_same_file_sent_at_once_is_committed_once(feed):
    together = Barrier(10)

    def send():
        try:
            together.wait()
            files = [("early_help.csv", io.BytesIO(early_help(("H1", "Ada"))))]
            return actions.load("early_help", files)["state"]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        states = [job.result() for job in [pool.submit(send) for _ in range(10)]]
    assert states.count("committed") == 1
    assert states.count("refused") == 9
    assert outcome() == (1, [("H1", "Ada")])


def test_the_same_file_requested_twice_is_committed_once(feed):
    first, second = requested(feed), requested(feed)
    tasks.run_extract(first.pk)
    tasks.run_extract(second.pk)
    second.extract.refresh_from_db()
    assert second.extract.state == State.REFUSED
    assert "the same file of this feed was committed" in second.extract.reason
    assert outcome()[0] == 1


def test_a_run_waits_while_another_of_its_feed_runs(feed):
    first, second = requested(feed), requested(feed, ("H1", "Ada"), ("H2", "Benjamin"))
    lease.claim(first)
    tasks.run_extract(second.pk)
    second.refresh_from_db()
    assert second.state == Run.State.WAITING
    Run.objects.filter(pk=first.pk).update(state=Run.State.DONE)
    tasks.run_extract(second.pk)
    assert outcome() == (1, [("H1", "Ada"), ("H2", "Benjamin")])


def test_a_worker_that_slept_over_its_lease_commits_nothing(feed, monkeypatch):
    run = requested(feed)
    read = running._interpret

    def overtaken(run, progress):
        read(run, progress)
        expired(run)
        lease.claim(Run.objects.get(pk=run.pk))

    monkeypatch.setattr(running, "_interpret", overtaken)
    with pytest.raises(lease.Overtaken):
        actions.execute(run=run)
    assert outcome() == (0, [])
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("running", 2)


def test_a_worker_that_died_after_its_commit_is_finished_not_repeated(feed, monkeypatch):
    run = requested(feed)
    with monkeypatch.context() as broken:
        broken.setattr(upkeep.ragp, "assess", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.execute(run=run)
    assert outcome()[0] == 1
    monkeypatch.setattr(running.extracts, "stage", lambda **_: pytest.fail("the file was read again"))
    tasks.run_extract(run.pk)
    run.refresh_from_db()
    assert run.state == Run.State.DONE
    assert outcome() == (1, [("H1", "Ada"), ("H2", "Ben")])


def test_after_three_tries_a_run_is_given_up_with_a_sentence(feed, monkeypatch):
    run = requested(feed)
    monkeypatch.setattr(running.extracts, "stage", lambda **_: 1 / 0)
    for _ in range(lease.MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            tasks.run_extract(run.pk)
    assert sweeps.release_dead() == []
    run.refresh_from_db()
    run.extract.refresh_from_db()
    assert (run.state, run.extract.state) == (Run.State.FAILED, State.REFUSED)
    assert "Nothing was changed" in run.error
    assert Event.objects.filter(kind="run.give-up", subject=f"run:{run.pk}").count() == 1


def test_a_run_that_was_never_sent_is_sent(feed, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.run_extract, "delay", sent.append)
    run = requested(feed)
    tasks.sweep_runs()
    assert sent == []
    Run.objects.filter(pk=run.pk).update(requested_at=timezone.now() - 2 * sweeps.UNSENT_AFTER)
    tasks.sweep_runs()
    assert sent == [run.pk]


def test_the_heartbeat_keeps_the_lease_of_a_long_run(feed, monkeypatch):
    monkeypatch.setattr(lease, "BEAT_SECONDS", 0.05)
    run = requested(feed)
    lease.claim(run)
    expired(run)
    with lease.heartbeat(run):
        until(lambda: Run.objects.get(pk=run.pk).lease_until > timezone.now(), "the lease was not renewed")
    assert sweeps.release_dead() == []
