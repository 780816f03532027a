"""Whoever waits for a week's lists sees how many are drafted, that a worker died and what happens next, and which setting failed."""

from datetime import timedelta

import pytest
from django.db import DataError, connection
from django.utils import timezone

from apps.lists import actions, drafting, jobs, releasing
from apps.lists.models import Departure, Job, Snag
from tests.integration.lists.test_release import ELM, NEXT, OAK, WEEK, as_user, checked, newest

ADDRESS = "/lists/"


def page(world, **headers):
    """What somebody who prepares lists reads, without JavaScript: a plain answer to a plain question."""
    answer = as_user(world, "early_help_officer").get(ADDRESS, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def asked(world, week=WEEK, **fields):
    job = releasing.ask_draft(week=week, by=world.user("early_help_officer"))
    Job.objects.filter(pk=job.pk).update(**fields)
    return Job.objects.get(pk=job.pk)


def test_a_job_that_stopped_three_times_is_given_up_and_can_be_asked_for_again(world):
    job = asked(world, tries=jobs.MOST_TRIES, asked_at=timezone.now() - timedelta(hours=1))
    assert jobs.left() == [] and not jobs.do(job_id=job.pk)
    said = page(world)
    assert "stopped 3 times before it was done" in said and "Nothing has changed" in said
    assert f'action="/lists/draft/{drafted_address()}/"' in said and ">Draft again</button>" in said
    assert jobs.do(job_id=asked(world).pk) and "2 lists drafted anew" in page(world)


def drafted_address():
    return f"{WEEK.isocalendar().year}-W{WEEK.isocalendar().week:02}"


def test_an_error_is_named_by_its_kind_and_by_nothing_it_was_about(world, monkeypatch):
    job = asked(world)
    with monkeypatch.context() as broken:
        broken.setattr(drafting, "gather", lambda: (_ for _ in ()).throw(DataError("Failing row: Ada Ashby")))
        with pytest.raises(DataError):
            jobs.do(job_id=job.pk)
    job.refresh_from_db()
    assert (job.tries, job.error, job.done_at) == (1, "DataError", None)
    said = page(world)
    assert (
        ": drafting stopped (error: DataError)." in said
        and "begins anew by itself" in said
        and "Ashby" not in said
    )
    assert jobs.do(job_id=job.pk)
    job.refresh_from_db()
    assert (job.tries, job.error, job.outcome["lists"]) == (2, "", 2)


def test_a_job_nobody_takes_says_whom_to_tell(world):
    asked(world, asked_at=timezone.now() - timedelta(minutes=3))
    assert "no worker has taken it" in page(world)


def test_a_week_that_has_no_lists_yet_is_told_of_on_the_newest_page_there_is(world):
    actions.draft(week=WEEK, by=None)
    asked(world, week=NEXT)
    said = page(world)
    assert "Weekly lists: week of" in said and "Week of " in said and ": drafting was asked for" in said
    earlier = as_user(world, "early_help_officer").get(f"{ADDRESS}?week={drafted_address()}")
    assert ": drafting was asked for" in earlier.content.decode(), "this week is still the newest with lists"


def test_once_it_is_done_the_whole_page_is_shown_anew(world):
    job = asked(world)
    officer = as_user(world, "early_help_officer")
    assert "HX-Refresh" not in officer.get(ADDRESS, headers={"HX-Target": "job"}).headers
    jobs.do(job_id=job.pk)
    assert officer.get(ADDRESS, headers={"HX-Target": "job"}).headers["HX-Refresh"] == "true"
    assert "HX-Refresh" not in officer.get(ADDRESS, headers={"HX-Target": "lists"}).headers


# one setting whose list cannot be kept


def refuse(forename):
    """The database refuses an entry of this child, as it would one that is too long for a column."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(
            f"alter table lists_entry add constraint refused check (forename <> '{forename}') not valid"
        )


def accept():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table lists_entry drop constraint refused")


@pytest.fixture
def broken(world):
    """Both lists are out; Ada's line at Elm can no longer be written down."""
    actions.publish(week=WEEK, by=None)
    refuse("Ada")
    return world


def test_one_setting_fails_and_all_others_are_drafted(broken):
    job = asked(broken, week=NEXT)
    assert jobs.do(job_id=job.pk)
    job.refresh_from_db()
    assert job.outcome["failed"] == ["Elm Primary School"]
    assert newest(ELM, NEXT).entries.count() == 0 and newest(OAK, NEXT).entries.count() > 0
    assert list(Snag.objects.values_list("list__setting__code", "kind")) == [(ELM, "failed")]
    assert not Departure.objects.filter(list=newest(ELM, NEXT)).exists(), "nobody is said to have left"
    said = page(broken)
    assert "1 list could not be drafted and cannot be released: Elm Primary School." in said
    assert "It could not be drafted" in said


def test_it_is_neither_checked_nor_released_until_it_is_drafted(broken):
    actions.draft(week=NEXT, by=None)
    checked(broken)
    assert (newest(ELM, NEXT).state, newest(OAK, NEXT).state) == ("drafted", "checked")
    actions.publish(week=NEXT, by=None)
    assert (newest(ELM, NEXT).state, newest(OAK, NEXT).state) == ("drafted", "released")
    accept()
    actions.draft(week=NEXT, by=None)
    assert newest(ELM, NEXT).entries.count() == 2 and not Snag.objects.filter(kind="failed").exists()
    checked(broken, newest(ELM, NEXT))
    assert newest(ELM, NEXT).state == "checked"
