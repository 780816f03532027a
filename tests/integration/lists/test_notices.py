"""Who is told that a list is ready: once, nothing but that, whatever happens to the worker."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from apps.audit.models import Event
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.lists.models import Notice, WeeklyList
from apps.lists.notices import actions as notices
from apps.lists.notices.ways import Files, Notify, way
from tests import world as worlds
from tests.integration.lists.notify_stand_in import stand_in
from tests.integration.lists.test_release import address, as_user, newest, out

WEEK = week_of(today())
KEY = "trial-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"


@pytest.fixture
def notify(settings):
    with stand_in() as server:
        settings.VCDB_NOTICES, settings.VCDB_NOTIFY_KEY, settings.VCDB_NOTIFY_URL = "notify", KEY, server.url
        settings.VCDB_NOTIFY_TEMPLATES = {
            "ready": "template-1",
            "reminder": "template-2",
            "verify": "template-3",
        }
        yield server


def states():
    return sorted(Notice.objects.values_list("state", flat=True))


def long_ago():
    Notice.objects.filter(state="sending").update(sending_at=timezone.now() - timedelta(minutes=10))


def test_a_release_tells_each_reader_once(world, notify):
    out(world)
    for _ in range(3):
        notices.send_all()
    assert {each["email_address"] for each in notify.sent} == {"dsl@example.org", "other_dsl@example.org"}
    assert len(notify.sent) == 2 and states() == ["sent", "sent"]
    assert Event.objects.filter(kind="list.notice").count() == 2


def test_what_is_sent_says_that_a_list_is_ready_and_names_no_child(world, notify):
    out(world)
    notices.send_all()
    for sent in notify.sent:
        assert set(sent) == {"email_address", "template_id", "personalisation", "reference"}
        assert set(sent["personalisation"]) == {"service", "address"}
    everything = str(notify.sent).lower()
    for child in Child.objects.all():
        initials = f"{child.forename[0]}{child.surname[0]}".lower()
        told = [
            child.surname,
            child.forename,
            str(child.public_id),
            f"{child.dob:%d/%m/%Y}",
            str(child.dob),
            f"{child.dob:%-d %B %Y}",
        ]
        assert not [word for word in told if word.lower() in everything]
        assert f" {initials} " not in everything and f"{initials[0]}.{initials[1]}." not in everything
    assert "elm primary" not in everything


def test_a_draft_tells_nobody_and_a_correction_tells_again(world, notify):
    from apps.lists import actions

    out(world)
    Child.objects.filter(pk=world.child("cleo").pk).update(surname="Cole-Hill")
    actions.draft(week=WEEK, by=None)
    notices.send_all()
    assert len(notify.sent) == 2
    out(world)
    notices.send_all()
    assert sorted(each["email_address"] for each in notify.sent)[1:] == ["other_dsl@example.org"] * 2


def test_a_worker_that_died_after_the_e_mail_left_sends_it_no_second_time(world, notify):
    out(world)
    first = Notice.objects.earliest("pk")
    Notice.objects.filter(pk=first.pk).update(state="sending", sending_at=timezone.now())
    way().send(to=first.user.email, kind=first.kind, reference=first.reference)
    notices.send_all()
    assert states() == ["sending", "sent"], "it may still be at work"
    long_ago()
    notices.send_all()
    assert states() == ["sent", "sent"] and len(notify.sent) == 2


def test_a_worker_that_died_before_the_e_mail_left_loses_none(world, notify):
    out(world)
    Notice.objects.update(state="sending", sending_at=timezone.now() - timedelta(minutes=10))
    notices.send_all()
    assert states() == ["sent", "sent"] and len(notify.sent) == 2


def test_no_answer_is_asked_after_and_a_refusal_is_kept(world, notify):
    out(world)
    notify.answer = 500
    notices.send_all()
    assert states() == ["sending", "sending"]
    long_ago()
    notify.answer = 400
    notices.send_all()
    assert states() == ["failed", "failed"] and notify.sent == []


def test_who_no_longer_reads_lists_and_who_could_read_a_recalled_one_are_not_told(world, notify):
    from apps.lists import releasing

    out(world)
    releasing.recall(listed=newest(), reason="Wrong", by=world.user("supervisor"))
    world.users["other_dsl"].memberships.update(valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 2))
    notices.send_all()
    assert states() == ["dropped", "dropped"] and notify.sent == []


def test_a_mail_server_cannot_be_asked_so_nobody_is_written_to_twice(world, settings):
    settings.VCDB_NOTICES = "mail"
    out(world)
    Notice.objects.filter(pk=Notice.objects.earliest("pk").pk).update(
        state="sending", sending_at=timezone.now()
    )
    long_ago()
    notices.send_all()
    assert states() == ["sent", "unsure"]
    [message] = mail.outbox
    assert "A weekly list is ready for you" in message.body


def test_files_in_a_folder_are_e_mails_of_a_trial(world, settings, tmp_path):
    settings.VCDB_NOTICES = f"files:{tmp_path / 'post'}"
    out(world)
    notices.send_all()
    assert len(list((tmp_path / "post").glob("*.json"))) == 2
    assert Files().knows(Notice.objects.earliest("pk").reference) is True
    assert isinstance(way(), Files) and not isinstance(way(), Notify)


# reminders


@pytest.fixture
def since_yesterday(world, notify, monkeypatch):
    """The lists are out since yesterday; today is a working day."""
    monkeypatch.setattr(notices, "is_working", lambda day: True)
    out(world)
    notices.send_all()
    WeeklyList.objects.update(released_at=timezone.now() - timedelta(days=1))
    notify.sent.clear()
    return world


def test_who_has_not_opened_is_reminded_once(since_yesterday, notify):
    as_user(since_yesterday, "dsl").get(address(newest()))
    for _ in range(2):
        notices.remind()
        notices.send_all()
    assert [(each["email_address"], each["template_id"]) for each in notify.sent] == [
        ("other_dsl@example.org", "template-2")
    ]


def test_nobody_is_reminded_on_other_days_or_of_what_came_out_today(since_yesterday, monkeypatch):
    WeeklyList.objects.filter(setting__code=f"urn-{worlds.SCHOOL_URN}").update(released_at=timezone.now())
    assert notices.remind() == 1
    Notice.objects.filter(kind="reminder").delete()
    monkeypatch.setattr(notices, "is_working", lambda day: False)
    assert notices.remind() == 0


def test_what_is_not_opened_by_wednesday_waits_for_early_help(since_yesterday, monkeypatch):
    officer = as_user(since_yesterday, "early_help_officer")
    as_user(since_yesterday, "dsl").get(address(newest()))
    monkeypatch.setattr("apps.lists.pages.today", lambda: WEEK + timedelta(days=1))
    assert b"Not opened by Wednesday" not in officer.get("/lists/").content
    monkeypatch.setattr("apps.lists.pages.today", lambda: WEEK + timedelta(days=2))
    page = officer.get("/lists/")
    assert b"Not opened by Wednesday: 1 list." in page.content
    shown = officer.get("/lists/" + page.context["unopened_url"]).context["rows"]
    assert [row.listed.setting.name for row in shown] == ["Oak Primary School"]


@pytest.mark.parametrize("step", ["queue", "record"])
def test_a_worker_killed_in_the_middle_of_a_release_has_released_nothing_and_told_nobody(
    world, notify, monkeypatch, step
):
    from apps.lists import jobs, releasing
    from apps.lists.models import Job
    from tests.integration.lists.test_release import actions, checked

    actions.draft(week=WEEK, by=None)
    checked(world)
    job = releasing.ask_release(week=WEEK, by=world.user("supervisor"))
    with monkeypatch.context() as dying:
        place = releasing.notices if step == "queue" else releasing
        dying.setattr(place, step, lambda *args, **kwargs: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            jobs.do(job_id=job.pk)
    assert not Notice.objects.exists() and set(WeeklyList.objects.values_list("state", flat=True)) == {
        "checked"
    }
    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
    assert jobs.left() == [job.pk] and jobs.do(job_id=job.pk)
    notices.send_all()
    assert len(notify.sent) == 2
