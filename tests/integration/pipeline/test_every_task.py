"""Every task by its id, as the queue calls it, and the timetable that names them."""

import io
from datetime import timedelta

import pytest
from celery.schedules import crontab
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from apps.agencies.models import Agency, SettingAlias
from apps.audit.models import Event
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.extracts.models import Feed, State
from apps.involvements.models import Involvement
from apps.lists import releasing
from apps.lists.models import Job, WeeklyList
from apps.pipeline import actions, lease, tasks
from apps.pipeline.models import Run
from apps.pipeline.timetable import TIMETABLE
from apps.ragp.models import Assessment, Override
from apps.ragp.overriding import mark, override
from apps.triage.models import Item
from tests.integration.pipeline.files import early_help
from tests.integration.ragp.facts import days_ago, involve
from vcdb.celery import app

PREFIX = "apps.pipeline.tasks."
OURS = {
    "run_extract",
    "map_setting",
    "take_back_setting",
    "refresh_child",
    "refresh_family",
    "seal_link",
    "carry_out",
    "look_ahead",
    "sample_links",
    "sweep_runs",
    "watch_inbox",
    "what_if",
    "forget_kept",
    "turn_the_day",
    "assess_due",
    "sweep_reviews",
    "close_action_log",
    "escalate_triage",
    "send_digests",
    "draw_second_looks",
    "work_out_cohorts",
    "sweep_cohorts",
    "draft_week",
    "freeze_report",
    "pseudonymise",
    "do_list_job",
    "sweep_lists",
    "remind_of_lists",
    "take_return",
    "take_endeavours",
    "forget_sessions",
    "seal_audit",
}


def call(name, *ids):
    """What a worker does with a message of this name."""
    return app.tasks[PREFIX + name].apply(ids, throw=True)


def requested(*children):
    """A run that waits."""
    files = [
        (
            "early_help.csv",
            io.BytesIO(early_help(*(children or [("H3", "Cleo"), ("H4", "Dan"), ("H9", "Finn")]))),
        )
    ]
    return actions.request(feed=Feed.objects.get(code="early_help"), files=files, as_of=None, by=None)


def test_the_tasks_are_these_and_keep_no_results():
    app.loader.import_default_modules()
    found = {name.removeprefix(PREFIX): task for name, task in app.tasks.items() if name.startswith("apps.")}
    assert set(found) == OURS
    assert all(task.ignore_result for task in found.values())


@pytest.mark.parametrize("entry", TIMETABLE)
def test_an_entry_of_the_timetable_names_a_task_and_expires_before_its_next_turn(entry):
    app.loader.import_default_modules()
    planned = TIMETABLE[entry]
    assert planned["task"] in app.tasks
    assert app.conf.beat_schedule[entry]["task"] == planned["task"]
    every = planned["schedule"]
    if isinstance(every, timedelta):
        assert 0 < planned["options"]["expires"] < every.total_seconds()
    else:
        assert isinstance(every, crontab)


def test_lists_are_drafted_on_monday_only_and_ratings_after_midnight_every_day():
    assert TIMETABLE["draft-lists"]["schedule"].day_of_week == {1}
    assert TIMETABLE["turn-the-day"]["schedule"].day_of_week == set(range(7))
    assert TIMETABLE["turn-the-day"]["schedule"].hour == {0}


def test_a_run_is_worked_on_by_its_id(world):
    run = requested()
    call("run_extract", run.pk)
    run.refresh_from_db()
    assert (run.state, run.step, run.extract.state) == ("done", "done", State.COMMITTED)
    assert Child.objects.filter(forename="Finn").exists()


@pytest.mark.parametrize("state", [Run.State.DONE, Run.State.FAILED, Run.State.RUNNING])
def test_a_run_that_does_not_wait_is_left_alone(world, state):
    run = requested()
    Run.objects.filter(pk=run.pk).update(state=state, lease_until=timezone.now() + lease.LEASE)
    call("run_extract", run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempts, run.extract.state) == (state, 0, State.RECEIVED)


def test_a_run_nobody_knows_is_no_error(world):
    before = Run.objects.count()
    call("run_extract", 10**9)
    assert Run.objects.count() == before


def test_a_setting_is_mapped_by_ids(world):
    waiting = Involvement.objects.filter(service="early_years_roll", recorded_to=None).first()
    Involvement.objects.filter(pk=waiting.pk).update(setting=None, setting_ref="Rainbow")
    alias, school = (
        SettingAlias.objects.create(scheme="early_years_roll", code="Rainbow"),
        Agency.objects.get(urn="900002"),
    )
    call("map_setting", alias.pk, school.pk, world.users["data_officer"].pk)
    alias.refresh_from_db()
    assert (alias.setting, alias.answered_by) == (school, world.users["data_officer"].pk)
    call("map_setting", alias.pk, Agency.objects.get(urn="900001").pk, world.users["data_officer"].pk)
    alias.refresh_from_db()
    assert alias.setting == school


def test_an_answer_about_a_setting_is_taken_back_by_ids_while_it_is_the_one_that_was_seen(world):
    officer, school = world.users["data_officer"].pk, Agency.objects.get(urn="900002")
    alias = SettingAlias.objects.create(scheme="early_years_roll", code="Rainbow")
    call("map_setting", alias.pk, school.pk, officer)
    call("take_back_setting", alias.pk, Agency.objects.get(urn="900001").pk, officer)
    alias.refresh_from_db()
    assert alias.setting == school
    call("take_back_setting", alias.pk, school.pk, officer)
    alias.refresh_from_db()
    assert (alias.setting, alias.answered_by) == (None, None)


def test_the_sweep_sends_again_what_was_never_sent_and_what_died(world, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.run_extract, "delay", sent.append)
    never, died = requested(), requested(("H3", "Clio"), ("H4", "Dan"))
    young = requested(("H3", "Cloe"), ("H4", "Dan"))
    long_ago = timezone.now() - timedelta(minutes=10)
    Run.objects.filter(pk=never.pk).update(requested_at=long_ago)
    Run.objects.filter(pk=died.pk).update(state=Run.State.RUNNING, attempts=1, lease_until=long_ago)
    call("sweep_runs")
    assert set(sent) == {never.pk, died.pk}
    assert young.pk not in sent
    assert Event.objects.filter(kind="run.release", subject=f"run:{died.pk}").count() == 1


def test_the_sweep_gives_up_after_the_last_try_with_a_sentence(world, monkeypatch):
    monkeypatch.setattr(tasks.run_extract, "delay", lambda pk: pytest.fail("sent again"))
    run = requested()
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.RUNNING,
        attempts=lease.MAX_ATTEMPTS,
        lease_until=timezone.now() - timedelta(seconds=1),
    )
    call("sweep_runs")
    run.refresh_from_db()
    run.extract.refresh_from_db()
    assert (run.state, run.extract.state) == ("failed", State.REFUSED)
    assert run.error == run.extract.reason
    assert "load the file again" in run.error
    assert Event.objects.filter(kind="run.give-up").count() == 1


def test_what_is_due_is_rated(world):
    involve(world.child("ben"), "child_protection", days_ago(2))
    before = Assessment.objects.get(child=world.child("ben"), superseded_at=None)
    call("assess_due")
    now = Assessment.objects.get(child=world.child("ben"), superseded_at=None)
    assert (before.band, now.band) == ("green", "amber")


@pytest.mark.parametrize("task", ["assess_due", "turn_the_day"])
def test_a_rating_set_by_hand_that_ended_waits_for_somebody(world, task):
    days = {"review_on": today() + timedelta(days=1), "expires_on": today() + timedelta(days=1)}
    by = world.user("early_help_officer")
    cleo = world.child("cleo")
    made = override(child=cleo, band="red", reason="Seen", seen=mark(cleo.pk), by=by, **days)
    call(task)
    assert not Item.objects.filter(override=made).exists()
    gone = today() - timedelta(days=1)
    Override.objects.update(review_on=gone, expires_on=gone)
    call(task)
    call(task)
    assert Item.objects.get(override=made).child == world.child("cleo")


def test_a_sealed_link_and_a_child_nobody_knows_are_no_error(world):
    before = Event.objects.count()
    call("seal_link", 10**9)
    call("refresh_family", [10**9])
    assert Event.objects.count() == before


def test_the_weeks_lists_come_out_with_ratings_of_the_day_and_once(world):
    involve(world.child("cleo"), "child_protection", days_ago(2))
    call("draft_week")
    listed = WeeklyList.objects.filter(week=week_of(today()))
    assert {each.version for each in listed} == {1}
    assert {each.state for each in listed} == {"drafted"}
    assert listed.get(setting__urn="900002").entries.get().band == "amber"
    call("draft_week")
    assert WeeklyList.objects.count() == listed.count()


def test_a_job_about_lists_that_nobody_did_is_sent_again_and_done_once(world, monkeypatch):
    call("draft_week")
    WeeklyList.objects.update(state="checked", checked_by=world.users["supervisor"].pk)
    job = releasing.ask_release(week=week_of(today()), by=world.user("early_help_officer"))
    call("sweep_lists")
    assert Job.objects.get(pk=job.pk).done_at is None, "a young job is with a worker"
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - timedelta(minutes=2))
    call("sweep_lists")
    call("do_list_job", job.pk)
    call("do_list_job", 10**9)
    assert Job.objects.get(pk=job.pk).outcome == {"released": 2, "held": 0}
    assert Event.objects.filter(kind="list.release").count() == 1


def test_sessions_that_are_over_are_forgotten_and_others_kept(db):
    kept, over = SessionStore(), SessionStore()
    for session, age in ((kept, 3600), (over, -3600)):
        session.set_expiry(age)
        session.save()
    call("forget_sessions")
    assert set(
        Session.objects.filter(pk__in=[kept.session_key, over.session_key]).values_list("pk", flat=True)
    ) == {kept.session_key}


def test_the_watched_folder_is_off_until_it_is_named(world, settings, tmp_path, monkeypatch):
    looked = []
    monkeypatch.setattr(tasks.inbox, "watch", lambda **how: looked.append(how["root"]))
    settings.VCDB_INBOX = None
    call("watch_inbox")
    assert looked == []
    settings.VCDB_INBOX = tmp_path
    call("watch_inbox")
    assert looked == [tmp_path]


def test_what_is_kept_no_longer_is_forgotten_in_the_night_and_once(world):
    feed = Feed.objects.get(code="early_help")
    feed.keep_rows_days = 0
    feed.save()
    extract = feed.extracts.get()
    extract.committed_at -= timedelta(days=1)
    extract.save()
    for _ in range(2):
        call("forget_kept")
    assert Event.objects.filter(kind="extract.forget_rows", subject=f"extract:{extract.pk}").count() == 1
    assert TIMETABLE["forget-kept"]["schedule"].hour == {2}


def test_sealing_by_task_seals_once(world, monkeypatch):
    sealed = []
    monkeypatch.setattr(tasks.audit, "seal", lambda: sealed.append(True))
    call("seal_audit")
    assert sealed == [True]
