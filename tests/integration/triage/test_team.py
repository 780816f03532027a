"""Sharing out the queue: its parts, who takes what, clocks that run out, what comes back, what is looked at again, and the e-mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.access.reach import reach_of
from apps.agencies.models import Agency
from apps.audit.models import Event
from apps.children.actions import restrict
from apps.children.models import Child, RecordAddress
from apps.core.clock import today, week_of
from apps.core.errors import Refused
from apps.involvements.models import Involvement
from apps.ragp.models import Scheme
from apps.triage import actions, queries
from apps.triage.models import Decision, Digest, Draw, Item, SavedView, SecondLook
from apps.triage.pages import rows_of
from apps.triage.queries import Wanted
from apps.triage.team import actions as team
from apps.triage.team import digests
from apps.triage.team import queries as teamed
from tests.integration.ragp.facts import child, days_ago, feed, involve, mark, record
from tests.integration.triage.queueing import item_of, rated, shared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def watched(world):
    """A scheme whose changes are somebody's work."""
    Scheme.objects.update(watched_from=timezone.now())


@pytest.fixture
def officer(world):
    return world.user("early_help_officer")


@pytest.fixture
def supervisor(world):
    return world.user("supervisor")


def decide(item, by, outcome="no_action", reason="Known to the school"):
    return actions.decide(items=[item], outcome=outcome, reason=reason, by=by)[0]


def shown(user, **wanted):
    with reach_of(user):
        return {item.child_id for item in queries.wanted_items(user, Wanted(**wanted))}


def address(of, postcode):
    where = record(of)
    RecordAddress.objects.create(
        record=where, feed=feed(), address="1 Street", postcode=postcode,
        postcode_key=postcode.replace(" ", ""), extract_id=1, row_no=2, recorded_from=timezone.now(),
    )  # fmt: skip


# parts of the queue


def test_each_filter_shows_its_part_and_no_more(officer, world):
    shared()
    young = rated("early_help", of=child(dob=today() - timedelta(days=3 * 366)))
    old = rated("child_protection", of=child(setting=Agency.objects.get(urn="900001")))
    address(old, "TS18 1AA")
    again = rated("child_protection", of=rated("early_help"))
    actions.assign(items=[item_of(young)], to=world.user("supervisor"), by=officer)
    every = {young.pk, old.pk, again.pk}
    assert every <= shown(officer)
    assert shown(officer, was="green") == {again.pk}
    assert shown(officer, age="0") & every == {young.pk}
    assert shown(officer, age="5") & every == {old.pk, again.pk}
    assert shown(officer, area="ts18 1") == shown(officer, area="TS18 1AA") == {old.pk}
    assert shown(officer, area="TS18 2") == set()
    assert shown(officer, school=str(old.setting_id)) == {old.pk}
    assert shown(officer, with_whom=str(world.users["supervisor"].pk)) == {young.pk}
    assert shown(officer, cause="rating") & every == every
    assert shown(officer, cause="cohort") == shown(officer, clock="told") == set()
    assert shown(officer, service="child_protection") == {old.pk, again.pk}


def test_nobody_finds_by_a_service_what_the_row_would_not_tell(officer):
    subject = rated("vemt")
    assert shown(officer, service="vemt") == set()
    shared("existence", ["vemt"])
    assert shown(officer, service="vemt") == {subject.pk}


def test_that_a_service_is_involved_is_not_enough_to_find_a_child_by_its_count(officer):
    agreement, subject = shared("existence", ["missing"]), child()
    for days in (3, 5):
        involve(subject, "missing", days_ago(days), days_ago(days))
    rated(of=subject)
    assert item_of(subject)
    assert shown(officer, service="missing") == set()
    type(agreement).objects.filter(pk=agreement.pk).update(level="content")
    assert shown(officer, service="missing") == {subject.pk}


@pytest.mark.parametrize("hides", ["child", "address"])
def test_a_hidden_child_is_found_by_no_place(officer, hides):
    shared()
    subject = rated("child_protection", of=child(setting=Agency.objects.get(urn="900001")))
    address(subject, "TS18 1AA")
    restrict(child=subject, hides=hides, reason="Order", by=None)
    assert shown(officer, area="TS18 1") == shown(officer, school=str(subject.setting_id)) == set()


def test_a_view_is_kept_shared_with_the_team_and_deleted_by_its_owner(world, officer, supervisor):
    kept = team.save_view(name="Red", query="to=red", shared=True, by=officer)
    own = team.save_view(name="Mine", query="with_whom=me", shared=False, by=officer)
    assert teamed.views_of(supervisor) == [kept]
    assert teamed.views_of(officer) == [own, kept]
    assert teamed.views_of(world.user("review_admin")) == []
    with pytest.raises(Refused, match="Only the person who saved"):
        team.drop_view(view=kept, by=supervisor)
    team.save_view(name="Red", query="to=purple", shared=True, by=officer)
    assert [each.query for each in SavedView.objects.filter(name="Red")] == ["to=purple"]
    team.drop_view(view=kept, by=officer)
    assert teamed.views_of(officer) == [own]


def test_a_view_keeps_filters_and_nothing_else_of_an_address(officer):
    client = Client()
    client.force_login(officer)
    query = "to=red&child=00000000-0000-4000-8000-000000000000&next=//evil.example&sort=school"
    answer = client.post(reverse("triage:save-view"), {"name": "Red", "query": query})
    assert SavedView.objects.get().query == "to=red&sort=school"
    assert answer.url == "/triage/?to=red&sort=school"


# who takes what


def test_what_opens_goes_to_whoever_takes_the_school_before_whoever_takes_the_area(
    world, officer, supervisor
):
    elm = Agency.objects.get(urn="900001")
    team.allocate(officer=officer, setting=elm, by=supervisor)
    team.allocate(officer=supervisor, area="ts18 1", by=supervisor)
    both, area, neither = child(setting=elm), child(), child()
    for each in (both, area):
        address(each, "TS18 1AA")
    for each in (both, area, neither):
        rated("early_help", of=each)
    assert [item_of(each).assigned_to for each in (both, area, neither)] == [officer.pk, supervisor.pk, None]


@pytest.mark.parametrize("field", ["restricted", "address_hidden"])
def test_a_hidden_child_is_given_to_nobody_by_its_place(officer, supervisor, field):
    elm = Agency.objects.get(urn="900001")
    team.allocate(officer=officer, setting=elm, by=supervisor)
    assert item_of(rated("early_help", of=child(setting=elm, **{field: True}))).assigned_to is None


def test_what_waits_with_nobody_goes_over_at_once_and_what_somebody_has_stays(officer, supervisor):
    elm = Agency.objects.get(urn="900001")
    waits, held = (rated("early_help", of=child(setting=elm)) for _ in range(2))
    actions.assign(items=[item_of(held)], to=supervisor, by=supervisor)
    with reach_of(supervisor):
        team.allocate(officer=officer, setting=elm, by=supervisor)
    assert (item_of(waits).assigned_to, item_of(held).assigned_to) == (officer.pk, supervisor.pk)
    assert Event.objects.get(kind="allocation.made").children == [waits.pk]


def test_a_school_is_taken_once_and_by_school_or_area(officer, supervisor):
    elm = Agency.objects.get(urn="900001")
    made = team.allocate(officer=officer, setting=elm, by=supervisor)
    with pytest.raises(Refused, match="takes Elm Primary School already"):
        team.allocate(officer=supervisor, setting=elm, by=supervisor)
    for wrong in ({}, {"setting": elm, "area": "TS181"}):
        with pytest.raises(Refused, match="and not both"):
            team.allocate(officer=officer, by=supervisor, **wrong)
    team.end_allocation(allocation=made, by=supervisor)
    assert item_of(rated("early_help", of=child(setting=elm))).assigned_to is None


def test_somebody_who_has_left_is_given_nothing(officer, supervisor):
    elm = Agency.objects.get(urn="900001")
    team.allocate(officer=officer, setting=elm, by=supervisor)
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert item_of(rated("early_help", of=child(setting=elm))).assigned_to is None


# workload and clocks


def late(*subjects, days=1):
    Item.objects.filter(child__in=subjects).update(due_at=timezone.now() - timedelta(days=days))


def test_the_workload_counts_what_the_supervisor_reaches(world, officer, supervisor):
    mine, nobodys, hidden = rated("early_help"), rated("camhs"), rated("vemt", of=child(restricted=True))
    actions.assign(items=[item_of(mine)], to=officer, by=supervisor)
    decide(item_of(rated("early_help")), officer)
    late(mine, hidden)
    actions.escalate(by=None)
    with reach_of(supervisor):
        loads = {load.officer: load for load in teamed.workload(queries.officers(supervisor))}
        waiting = queries.counts()[0].waiting
    assert (loads[officer.pk].waiting, loads[officer.pk].over, loads[officer.pk].escalated) == (1, 1, 1)
    assert (loads[officer.pk].decided, loads[supervisor.pk].waiting) == (1, 0)
    assert sum(load.waiting for load in loads.values()) == waiting
    assert nobodys.pk in shown(supervisor, with_whom="nobody")


def test_supervisors_are_told_once_of_what_is_over_its_time(world, supervisor):
    over, fine = rated("early_help"), rated("camhs")
    late(over)
    assert actions.escalate(by=None) == 1
    assert actions.escalate(by=None) == 0
    assert item_of(over).escalated_at and not item_of(fine).escalated_at
    assert shown(supervisor, clock="told") == {over.pk}
    client = Client()
    client.force_login(supervisor)
    page = client.get(reverse("home"))
    assert [row["child"] for row in page.context["told"]] == [over.pk]
    assert over.pk in Event.objects.filter(kind="home.look").latest("pk").children


def test_what_is_over_its_time_comes_first(officer):
    first, second = rated("child_protection", "vemt"), rated("early_help")
    late(second)
    with reach_of(officer):
        order = [item.child_id for item in queries.wanted_items(officer, Wanted())]
    assert order.index(second.pk) < order.index(first.pk)


# what comes back


def test_a_cleared_child_that_grows_worse_comes_back_with_the_earlier_decision(officer):
    subject = rated("early_help")
    made = decide(item_of(subject), officer)
    rated("child_protection", of=subject)
    item = item_of(subject)
    assert (item.state, item.earlier) == ("open", made)
    with reach_of(officer):
        [row] = rows_of([Item.objects.select_related("change", "child__setting").get(pk=item.pk)], officer)
    assert row.back.startswith("No further action, Early_Help_Officer Test, ")
    assert subject.pk in shown(officer, cause="back")


def test_a_child_that_grows_better_is_new_work_and_not_the_old_come_back(officer):
    subject = rated("early_help", "child_protection")
    decide(item_of(subject), officer)
    Involvement.objects.filter(record__child=subject, service="child_protection").update(end_on=today())
    mark(subject)
    rated(of=subject)
    assert (item_of(subject).state, item_of(subject).earlier) == ("open", None)


def test_an_undone_decision_is_no_earlier_decision(officer):
    subject = rated("early_help")
    actions.undo(decisions=[decide(item_of(subject), officer)], by=officer)
    rated("child_protection", of=subject)
    assert item_of(subject).earlier is None


# second looks


def last_week(decisions):
    Decision.objects.filter(pk__in=[each.pk for each in decisions]).update(
        at=timezone.now() - timedelta(days=7)
    )


@pytest.fixture
def drawn(officer):
    """Twelve decisions of last week after which nothing was done, and one that raised a review."""
    made = [decide(item_of(rated("early_help")), officer) for _ in range(12)]
    review = decide(item_of(rated("early_help")), officer, "raise_review")
    last_week([*made, review])
    assert team.draw(week=week_of(today()) - timedelta(days=7), by=None) == 2
    return made


def test_a_tenth_of_each_officers_is_drawn_once_and_nothing_that_led_to_something(drawn, officer):
    looks = SecondLook.objects.all()
    assert {look.decision.outcome for look in looks} == {"no_action"}
    assert team.draw(week=week_of(today()) - timedelta(days=7), by=None) == 0
    assert len(Draw.objects.get().seed) == 32
    assert looks.count() == 2


def test_a_supervisor_agrees_or_sends_it_back_and_the_figures_say_so(drawn, supervisor):
    right, wrong = SecondLook.objects.order_by("pk")
    team.look_again(look=right, agrees=True, note="", by=supervisor)
    with pytest.raises(Refused, match="what was missed"):
        team.look_again(look=wrong, agrees=False, note=" ", by=supervisor)
    team.look_again(look=wrong, agrees=False, note="The plan began that day", by=supervisor)
    assert item_of(right.decision.item.child).state == "decided"
    assert item_of(wrong.decision.item.child).state == "open"
    [figures] = teamed.agreement()
    assert (figures.looked, figures.agreed, figures.percent) == (2, 1, 50)
    with pytest.raises(Refused, match="has looked at this decision already"):
        team.look_again(look=right, agrees=False, note="No", by=supervisor)


def test_nobody_looks_at_their_own_decision_again(supervisor):
    last_week([decide(item_of(rated("early_help")), supervisor)])
    team.draw(week=week_of(today()) - timedelta(days=7), by=None)
    assert not teamed.looks(supervisor).exists()
    with pytest.raises(Refused, match="your own decision"):
        team.look_again(look=SecondLook.objects.get(), agrees=True, note="", by=supervisor)


def test_a_second_look_is_not_had_where_the_child_is_out_of_reach(drawn, supervisor):
    look = SecondLook.objects.order_by("pk").first()
    Child.objects.filter(pk=look.decision.item.child_id).update(restricted=True)
    with reach_of(supervisor):
        assert teamed.looks(supervisor).count() == 1
        assert teamed.look(supervisor, str(look.pk)) is None


# the e-mail


def test_the_daily_e_mail_has_counts_and_nothing_of_anybody(world, officer, monkeypatch):
    monkeypatch.setattr(digests, "is_working", lambda day: True)
    subject = rated("child_protection", "vemt", of=world.child("cleo"))
    rated("vemt", of=child(restricted=True))
    actions.assign(items=[item_of(subject)], to=officer, by=officer)
    late(subject)
    digests.choose(user=officer, wanted=True, by=officer)
    assert digests.send_all(by=None) == 1
    assert digests.send_all(by=None) == 0
    [sent] = mail.outbox
    assert sent.to == [officer.email]
    with reach_of(officer):
        waiting = queries.counts()[0].waiting
    for line in (f"Waiting: {waiting}", "With you: 1", "Over their time: 1", "http"):
        assert line in sent.body
    every = f"{sent.subject} {sent.body} {sent.extra_headers}".lower()
    told = [
        each
        for one in Child.objects.all()
        for each in (one.surname, one.forename, str(one.public_id), one.upn)
        if len(each) > 2
    ]
    told += ["elm primary", "amber", "purple", "vemt", "protection", officer.last_name, officer.first_name]
    assert [word for word in told if word.lower() in every] == []


def test_the_e_mail_comes_to_those_who_asked_and_may_see_the_queue_still(world, officer, monkeypatch):
    monkeypatch.setattr(digests, "is_working", lambda day: True)
    for who in ("early_help_officer", "social_worker"):
        digests.choose(user=world.user(who), wanted=True, by=world.user(who))
    digests.choose(user=world.user("supervisor"), wanted=True, by=world.user("supervisor"))
    digests.choose(user=world.user("supervisor"), wanted=False, by=world.user("supervisor"))
    assert digests.send_all(by=None) == 1
    assert [sent.to for sent in mail.outbox] == [[officer.email]]


def test_no_e_mail_on_a_day_that_nobody_works(officer, monkeypatch):
    digests.choose(user=officer, wanted=True, by=officer)
    monkeypatch.setattr(digests, "is_working", lambda day: False)
    assert digests.send_all(by=None) == 0
    assert not mail.outbox


def test_an_e_mail_that_cannot_be_sent_is_tried_again(officer, monkeypatch):
    monkeypatch.setattr(digests, "is_working", lambda day: True)
    digests.choose(user=officer, wanted=True, by=officer)
    monkeypatch.setattr(digests, "send_mail", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        digests.send_all(by=None)
    assert Digest.objects.get().sent_on is None


# pages


def test_the_supervisors_pages_cost_the_same_however_much_there_is(drawn, supervisor):
    client = Client()
    client.force_login(supervisor)

    def statements(name):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name)).status_code == 200
        return len(seen)

    rated("early_help")
    few = {name: statements(name) for name in ("triage:team", "triage:second-looks", "triage:queue")}
    for _ in range(6):
        rated("early_help", of=child(setting=Agency.objects.get(urn="900001")))
    SecondLook.objects.bulk_create(
        SecondLook(decision=each, draw=Draw.objects.get())
        for each in drawn
        if not SecondLook.objects.filter(decision=each).exists()
    )
    assert {name: statements(name) for name in few} == few


def test_the_page_of_second_looks_leaves_an_event_with_its_children(drawn, supervisor):
    client = Client()
    client.force_login(supervisor)
    page = client.get(reverse("triage:second-looks"))
    event = Event.objects.filter(kind="triage.look").latest("pk")
    assert set(event.children) == {each.row.item.child_id for each in page.context["looks"]}
    assert len(event.children) == 2


def test_an_officer_is_told_what_is_wrong_with_an_allocation(supervisor):
    client = Client()
    client.force_login(supervisor)
    answer = client.post(reverse("triage:team"), {"officer": supervisor.pk, "setting": "", "area": ""})
    assert answer.status_code == 422
    assert "Choose a school, or write a postcode sector" in answer.content.decode()
