"""Who reads a setting's lists: its own administrator says so each term, never of themselves; without it nobody is told and nobody opens."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.access.actions import grant
from apps.agencies.models import Agency
from apps.audit.models import Event
from apps.core.clock import today, week_of
from apps.core.errors import Refused
from apps.lists import actions as lists
from apps.lists.models import Notice, Snag, Term, Verification
from apps.lists.notices import actions as notices
from apps.lists.queries import own_list
from apps.lists.recipients import actions, queries
from tests.integration.lists.test_notices import notify
from tests.integration.lists.test_release import ELM, OAK, address, as_user, newest, out

__all__ = ["notify"]
WEEK = week_of(today())


def elm():
    return Agency.objects.get(code=ELM)


def over(world, name="dsl"):
    """The term of what was said is over."""
    Verification.objects.filter(user=world.users[name]).update(until=today() - timedelta(days=1))


def deputy(world, name="outsider", setting=ELM):
    """Somebody who has the role at a setting and of whom nobody has spoken yet."""
    grant(user=world.user(name), agency=Agency.objects.get(code=setting), role="school_dsl", by=None)
    return world.user(name)


# without it


def test_who_is_not_verified_this_term_opens_no_list_and_is_told_whom_to_ask(world):
    out(world)
    over(world)
    school = as_user(world, "dsl")
    for form in (".xlsx", ".csv", ".pdf"):
        assert school.get(address(newest(), form)).status_code == 404
    assert school.post(address(newest()) + "acknowledge/").status_code == 404
    assert school.get(address(newest()) + "return/").status_code == 404
    page = school.get(address(newest()), follow=True)
    assert b"You are not verified this term" in page.content and b"Elm_Admin Test" in page.content
    assert b"You are not verified this term" in school.get("/").content
    assert own_list(world.user("dsl"), ELM, WEEK) is None


def test_row_level_security_keeps_the_lists_from_who_is_not_verified(world):
    from tests.integration.test_rls import as_web

    out(world)
    asked = "select (select count(*) from lists_weeklylist), (select count(*) from lists_entry)"
    assert as_web(asked, str(world.users["dsl"].pk)) == [(1, 2)]
    over(world)
    assert as_web(asked, str(world.users["dsl"].pk)) == [(0, 0)]
    assert as_web(asked, str(world.users["elm_admin"].pk)) == [(0, 0)]


def test_who_is_not_verified_is_told_of_no_list(world, notify):
    over(world)
    Verification.objects.filter(user=world.users["other_dsl"]).update(ended_at=timezone.now())
    lists.draft(week=WEEK, by=None)
    assert set(Snag.objects.values_list("list__setting__code", "kind")) == {(ELM, "nobody"), (OAK, "nobody")}
    actions.verify(setting=elm(), user=world.user("dsl"), by=world.user("elm_admin"))
    lists.draft(week=WEEK, by=None)
    Snag.objects.all().delete()
    out(world)
    notices.send_all()
    assert [each["email_address"] for each in notify.sent] == ["dsl@example.org"]


def test_who_lost_the_word_between_release_and_sending_is_not_told(world, notify):
    out(world)
    over(world)
    notices.send_all()
    assert [each["email_address"] for each in notify.sent] == ["other_dsl@example.org"]


# saying it


def test_an_administrator_verifies_on_the_page_until_the_term_is_over(world):
    Term.objects.create(
        name="Autumn", first_day=today() - timedelta(days=60), last_day=today() + timedelta(days=30)
    )
    Term.objects.create(
        name="Spring", first_day=today() + timedelta(days=50), last_day=today() + timedelta(days=99)
    )
    user = deputy(world)
    page = as_user(world, "elm_admin")
    assert b"1 person waits for you" in page.get("/lists/recipients/").content
    answer = page.post(f"/lists/recipients/{ELM}/{user.pk}/verify/", follow=True)
    assert (
        b"Outsider Test reads the lists until" in answer.content and b"Nobody waits for you" in answer.content
    )
    said = Verification.objects.get(user=user)
    assert (said.until, said.by) == (today() + timedelta(days=49), world.users["elm_admin"])
    event = Event.objects.get(kind="recipient.verify", subject=f"user:{user.pk}")
    assert (event.agency, event.by) == (elm().pk, world.users["elm_admin"].pk)
    assert queries.own_settings(world.user("outsider")) == [elm()]


def test_nobody_verifies_themselves(world):
    grant(user=world.user("elm_admin"), agency=elm(), role="school_dsl", by=None)
    admin = world.user("elm_admin")
    with pytest.raises(Refused, match="cannot verify yourself"):
        actions.verify(setting=elm(), user=admin, by=admin)
    answer = as_user(world, "elm_admin").post(f"/lists/recipients/{ELM}/{admin.pk}/verify/", follow=True)
    assert b"cannot verify yourself" in answer.content and queries.own_settings(admin) == []
    assert b"Nobody verifies themselves" in as_user(world, "elm_admin").get("/lists/recipients/").content
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(setting=elm(), user=admin, by=admin, at=timezone.now(), until=today())


@pytest.mark.parametrize("by", ["oak_admin", "dsl", "early_help_officer", "sysadmin"])
def test_nobody_else_says_who_reads_a_settings_lists(world, by):
    user = deputy(world)
    with pytest.raises(Refused, match="Only an administrator"):
        actions.verify(setting=elm(), user=user, by=world.user(by))
    answer = as_user(world, by).post(f"/lists/recipients/{ELM}/{user.pk}/verify/")
    assert answer.status_code == (404 if by == "oak_admin" else 403)
    assert not Verification.objects.filter(user=user).exists()


def test_somebody_without_a_role_there_is_not_verified_and_not_there(world):
    stranger = world.user("other_dsl")
    with pytest.raises(Refused, match="has no role"):
        actions.verify(setting=elm(), user=stranger, by=world.user("elm_admin"))
    asked = as_user(world, "elm_admin")
    assert asked.post(f"/lists/recipients/{ELM}/{stranger.pk}/verify/").status_code == 404
    assert asked.post(f"/lists/recipients/{ELM}/9999999/verify/").status_code == 404


def test_a_word_is_taken_back_at_once_with_a_reason(world):
    out(world)
    dsl, admin = world.users["dsl"], as_user(world, "elm_admin")
    place = f"/lists/recipients/{ELM}/{dsl.pk}/withdraw/"
    assert b"Say why" in admin.post(place, {"reason": " "}, follow=True).content
    assert as_user(world, "dsl").get(address(newest())).status_code == 200
    assert b"no longer opens" in admin.post(place, {"reason": "Left the school"}, follow=True).content
    assert as_user(world, "dsl").get(address(newest(), ".csv")).status_code == 404
    assert b"is not verified" in admin.post(place, {"reason": "Again"}, follow=True).content
    admin.post(f"/lists/recipients/{ELM}/{dsl.pk}/verify/")
    assert as_user(world, "dsl").get(address(newest())).status_code == 200, "and given again"


# who waits


def test_the_school_and_early_help_see_who_waits(world):
    out(world)
    deputy(world)
    assert b"Not verified this term: Outsider Test." in as_user(world, "dsl").get(address(newest())).content
    officer = as_user(world, "early_help_officer")
    assert b"1 person waits to be verified at 1 setting." in officer.get("/lists/").content
    page = officer.get("/lists/recipients/waiting/")
    assert b"Elm Primary School" in page.content and b"Elm_Admin Test" in page.content
    assert b"Never verified" in officer.get(f"/lists/settings/{ELM}/").content


def test_a_setting_without_an_administrator_is_named(world):
    deputy(world, setting=OAK)
    world.users["oak_admin"].memberships.update(valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 2))
    page = as_user(world, "early_help_officer").get("/lists/recipients/waiting/").content
    assert b"1 setting has</b>" in page or b"1 setting has nobody who can verify" in page


# reminders


@pytest.fixture
def working(monkeypatch):
    monkeypatch.setattr(actions, "is_working", lambda day: True)


def test_an_administrator_is_reminded_before_a_word_is_over_and_once_more_when_it_is(world, notify, working):
    assert actions.remind() == 0
    Verification.objects.filter(user=world.users["dsl"]).update(until=today() + timedelta(days=10))
    assert (actions.remind(), actions.remind()) == (1, 0)
    notices.send_all()
    assert [each["email_address"] for each in notify.sent] == ["elm_admin@example.org"]
    assert set(notify.sent[0]["personalisation"]) == {"service", "address"}
    over(world)
    assert (actions.remind(), actions.remind()) == (1, 0)
    assert Event.objects.get(kind="list.notice").subject == f"agency:{elm().pk}"


def test_who_waits_is_told_to_their_administrator_and_what_is_done_meanwhile_is_not(world, notify, working):
    user = deputy(world)
    assert actions.remind() == 1
    actions.verify(setting=elm(), user=user, by=world.user("elm_admin"))
    notices.send_all()
    assert notify.sent == [] and Notice.objects.get().state == "dropped"


def test_on_other_days_nobody_is_reminded(world, monkeypatch):
    over(world)
    monkeypatch.setattr(actions, "is_working", lambda day: False)
    assert actions.remind() == 0


def test_a_word_renewed_shortly_before_it_is_over_is_one_for_the_next_term(world):
    Term.objects.create(
        name="Autumn", first_day=today() - timedelta(days=60), last_day=today() + timedelta(days=2)
    )
    Term.objects.create(
        name="Spring", first_day=today() + timedelta(days=9), last_day=today() + timedelta(days=40)
    )
    Term.objects.create(
        name="Summer", first_day=today() + timedelta(days=60), last_day=today() + timedelta(days=90)
    )
    made = actions.verify(setting=elm(), user=world.user("dsl"), by=world.user("elm_admin"))
    assert made.until == today() + timedelta(days=59)


@pytest.mark.parametrize("step", ["verify", "withdraw"])
def test_without_its_event_nothing_is_said(world, monkeypatch, step):
    def full(*args, **kwargs):
        raise ConnectionError("the audit record is full")

    given = {"setting": elm(), "user": world.user("dsl"), "by": world.user("elm_admin")}
    given |= {"reason": "Left"} if step == "withdraw" else {}
    monkeypatch.setattr(actions, "record", full)
    with pytest.raises(ConnectionError), transaction.atomic():
        getattr(actions, step)(**given)
    assert Verification.objects.filter(user=world.users["dsl"], ended_at=None).count() == 1
