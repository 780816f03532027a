"""A worker that is really killed at the moment an e-mail leaves: none twice, none lost."""

import os
import signal
import time

import pytest
from django.db import connections

from apps.lists import actions, jobs, releasing
from apps.lists.models import Job, Notice, WeeklyList
from apps.lists.notices import actions as notices
from apps.lists.notices.ways import Notify
from tests import world as worlds
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
