"""A worker that is really killed: no e-mail twice, none lost; nothing half released or half drafted, and the page says what comes next."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from apps.lists import actions, drafting, jobs, releasing
from apps.lists.models import Job, Notice, WeeklyList
from apps.lists.notices import actions as notices
from apps.lists.notices.ways import Notify
from tests import world as worlds
from tests.integration.lists.test_draft_progress import page
from tests.integration.lists.test_notices import WEEK, long_ago, notify, states
from tests.integration.lists.test_release import checked, out

__all__ = ["notify"]


@pytest.mark.parametrize("after", [True, False])
def test_a_killed_worker_sends_no_e_mail_twice_and_loses_none(committed, notify, after):
    world = worlds.build()
    out(world)
    connections.close_all()
    child = os.fork()
    if child == 0:  # the worker: killed at the very moment before or after its first e-mail leaves
        send = Notify.send

        def and_die(self, **message):
            if after:
                send(self, **message)
            os.kill(os.getpid(), signal.SIGKILL)

        Notify.send = and_die
        notices.send_all()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert states() == ["sending", "waiting"] and len(notify.sent) == after
    notices.send_all()
    long_ago()
    notices.send_all()
    assert states() == ["sent", "sent"]
    assert sorted(each["email_address"] for each in notify.sent) == [
        "dsl@example.org",
        "other_dsl@example.org",
    ]


@pytest.mark.parametrize("step", ["queue", "record"])
def test_a_worker_killed_in_the_middle_of_a_release_has_released_nothing_and_the_next_one_does_all_of_it(
    committed, notify, step
):
    world = worlds.build()
    actions.draft(week=WEEK, by=None)
    checked(world)
    job = releasing.ask_release(week=WEEK, by=world.user("supervisor"))
    connections.close_all()
    child = os.fork()
    if child == 0:  # the worker: some of the release is written, nothing committed
        place = releasing.notices if step == "queue" else releasing
        setattr(place, step, lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL))
        jobs.do(job_id=job.pk)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert set(WeeklyList.objects.values_list("state", flat=True)) == {"checked"}
    assert not Notice.objects.exists() and Job.objects.get(pk=job.pk).done_at is None
    for _ in range(100):  # the server lets go of a dead worker's rows once it has noticed
        if jobs.do(job_id=job.pk):
            break
        time.sleep(0.1)
    assert not jobs.do(job_id=job.pk), "done once"
    for _ in range(2):
        notices.send_all()
    assert states() == ["sent", "sent"] and len({each["email_address"] for each in notify.sent}) == 2


def a_worker_that_stops_after_the_first_setting(job):
    """Its process; returns once the first of the settings is drafted."""
    told, tell = os.pipe()
    connections.close_all()
    child = os.fork()
    if child == 0:
        say = drafting.progress.tell

        def and_wait(week, done, of):
            say(week, done, of)
            if done:
                os.write(tell, b".")
                time.sleep(300)

        drafting.AT_ONCE, drafting.progress.tell = 1, and_wait
        jobs.do(job_id=job.pk)
        os._exit(0)
    assert os.read(told, 1) == b"."
    return child


def killed(child, job):
    """The worker is gone, and the server has noticed."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for _ in range(100):
        if not jobs.at_work(job):
            return
        time.sleep(0.1)
    pytest.fail("the dead worker's lock is still held")


def test_a_worker_is_killed_among_the_settings_and_the_page_says_so_until_another_has_done_it(committed):
    world = worlds.build()
    assert "There are no lists yet" in page(world)
    job = releasing.ask_draft(week=WEEK, by=world.user("early_help_officer"))
    assert "waits for a worker" in page(world)

    child = a_worker_that_stops_after_the_first_setting(job)
    during = page(world)
    assert (
        "1 of 2 settings" in during
        and '<progress class="vcdb-progress" aria-label="Settings done" value="1" max="2">' in during
    )
    assert '<a href="">Show how far it is now</a>' in during and "stopped" not in during

    killed(child, job)
    after = page(world)
    assert "drafting stopped at 1 of 2 settings, its worker was ended." in after
    assert "It begins anew by itself within two minutes." in after and "<progress" not in after
    assert not WeeklyList.objects.exists(), "nothing of it is kept"

    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
    assert jobs.left() == [job.pk] and jobs.do(job_id=job.pk)
    done = page(world)
    assert "2 lists drafted anew" in done and "stopped" not in done
    assert not jobs.do(job_id=job.pk), "done once"
