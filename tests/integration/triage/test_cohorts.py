"""Cohorts: who fits, who is shown whom, how many over time, what leaves the service, and what a watch opens."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.access.reach import reach_of
from apps.agencies.models import Agency
from apps.audit.models import Event
from apps.children.models import Child
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.workdays import working_days_after
from apps.involvements.models import Involvement, Sighting
from apps.pipeline.actions import rate
from apps.ragp.models import Scheme
from apps.triage import actions as triage
from apps.triage import queries as queue
from apps.triage.cohorts import actions, presenters, queries
from apps.triage.models import Cohort, CohortStay, Item
from apps.triage.pages import rows_of
from tests.integration.ragp.facts import child, days_ago, feed, involve, mark, observe, record
from tests.integration.triage.queueing import item_of, rated, shared

pytestmark = pytest.mark.django_db

PLAN = {"kind": "open", "subject": "child_protection"}
LOW = {"kind": "measure", "subject": "attendance", "below": 50.0, "window_days": 60}


@pytest.fixture(autouse=True)
def watched(world):
    """A scheme whose changes are somebody's work."""
    Scheme.objects.update(watched_from=timezone.now())


@pytest.fixture
def officer(world):
    return world.user("early_help_officer")


@pytest.fixture
def client(officer):
    made = Client()
    made.force_login(officer)
    return made


def make(officer, *conditions, unseen_days=None, name="A cohort", shared=False):
    made = actions.make(
        name=name, conditions=conditions or [PLAN], unseen_days=unseen_days, shared=shared, by=officer
    )
    actions.work_out(cohort=made, by=None)
    return made


def inside(cohort):
    return set(cohort.stays.filter(left_at=None).values_list("child", flat=True))


def seen(of, days):
    where = record(of)
    return Sighting.objects.create(
        record=where, feed=feed(), agency=feed().agency, key="s", extract_id=1, row_no=2, recorded_from=timezone.now(),
        seen_on=days_ago(days),
    )  # fmt: skip


def low(of, value=43.0, days=5):
    return observe(of, "attendance", days_ago(days), value)


# what cannot be worked out


@pytest.mark.parametrize(
    "wrong", [{"below": 10_000_000.0}, {"below": 1e300}, {"at_least": 1.0, "categories": ["x" * 41]}]
)
def test_conditions_that_could_never_be_worked_out_are_refused(officer, wrong):
    with pytest.raises(Refused, match="must be"):
        make(officer, {"kind": "measure", "subject": "attendance", **wrong})


def test_one_cohort_that_cannot_be_worked_out_holds_up_no_other(officer):
    """The watch on the next one would else open nothing, night after night."""
    Cohort.objects.create(
        name="Kept before values had bounds", owner=officer.pk, made_at=timezone.now(),
        conditions=[{"kind": "measure", "subject": "attendance", "below": 1e300}],
    )  # fmt: skip
    one = child()
    involve(one, "child_protection", days_ago(9))
    after = actions.make(name="After it", conditions=[PLAN], unseen_days=None, shared=False, by=officer)
    assert actions.work_out_all(by=None) == 1
    assert inside(after) == {one.pk}


# who fits


def test_all_conditions_hold_of_who_is_in_it(officer):
    both, plan, absent = child(), child(), child()
    for each in (both, plan):
        involve(each, "child_protection", days_ago(9))
    for each in (both, absent):
        low(each)
    assert inside(make(officer, PLAN, LOW)) == {both.pk}
    assert inside(make(officer, PLAN)) == {both.pk, plan.pk}


@pytest.mark.parametrize(
    ("value", "days", "fits"), [(49.9, 5, True), (50.0, 5, False), (43.0, 59, True), (43.0, 60, False)]
)
def test_conditions_hold_at_the_edges_where_rules_do(officer, value, days, fits):
    subject = child()
    low(subject, value, days)
    assert inside(make(officer, LOW)) == ({subject.pk} if fits else set())


@pytest.mark.parametrize(("days", "fits"), [(13, False), (14, True), (40, True), (None, True)])
def test_not_seen_for_fourteen_days(officer, days, fits):
    subject = child()
    involve(subject, "child_protection", days_ago(90))
    if days:
        seen(subject, days)
        seen(subject, days + 20)
    assert inside(make(officer, PLAN, unseen_days=14)) == ({subject.pk} if fits else set())


@pytest.mark.parametrize("told", [{"died_on": today()}, {"left_area_on": today()}, {"withdrawn": True}])
def test_the_dead_and_those_who_left_are_in_no_cohort(officer, told):
    subject = child()
    involve(subject, "child_protection", days_ago(90))
    made = make(officer)
    Child.objects.filter(pk=subject.pk).update(**told)
    actions.work_out(cohort=made, by=None)
    assert inside(made) == set()


def test_working_a_cohort_out_leaves_no_scheme_and_no_rating_behind(officer):
    involve(child(), "child_protection", days_ago(3))
    before = Scheme.objects.count()
    make(officer)
    assert Scheme.objects.count() == before
    assert not Child.objects.filter(assessments__scheme__title="Conditions").exists()


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ([], "at least one thing"),
        ([{"kind": "open", "subject": "attendance"}], "only a service"),
        ([{"kind": "measure", "subject": "attendance"}], "needs a value"),
        ([{"kind": "count", "subject": "missing"}], "number of days"),
    ],
)
def test_conditions_that_say_nothing_are_refused_with_a_sentence(officer, conditions, said):
    with pytest.raises(Refused, match=said):
        actions.make(name="x", conditions=conditions, unseen_days=None, shared=False, by=officer)


def test_a_file_brings_children_in_and_out_without_waiting_for_the_night(officer):
    one, other = child(), child()
    plan = involve(one, "child_protection", days_ago(3))
    rate()
    made = make(officer)
    involve(other, "child_protection", days_ago(1))
    Involvement.objects.filter(pk=plan.pk).update(end_on=today())
    mark(one)
    rate()
    assert inside(made) == {other.pk}
    [left] = made.stays.filter(left_at__isnull=False)
    assert left.child_id == one.pk


def test_one_count_a_day_says_how_many_and_who_came_and_went(officer, monkeypatch):
    one = child()
    involve(one, "child_protection", days_ago(3))
    made = make(officer)
    involve(child(), "child_protection", days_ago(1))
    involve(child(), "child_protection", days_ago(1))
    Involvement.objects.filter(record__child=one).update(end_on=today())
    actions.work_out(cohort=made, by=None)
    [count] = queries.counts(made)
    assert (count.on, count.children, count.entered, count.left) == (today(), 2, 2, 1)
    tomorrow = today() + timedelta(days=1)
    monkeypatch.setattr(actions, "today", lambda: tomorrow)
    actions.work_out(cohort=made, by=None)
    assert [each.children for each in made.counts.order_by("on")] == [2, 2]


# who is shown whom


def listed(user, cohort):
    with reach_of(user):
        return {stay.child_id for stay in queries.inside(user, cohort)}


def test_a_child_is_listed_only_to_those_who_may_see_every_fact_by_which_it_fits(officer):
    subject = child()
    involve(subject, "child_protection", days_ago(3))
    low(subject)
    made = make(officer, PLAN, LOW)
    assert inside(made) == {subject.pk}
    assert listed(officer, made) == set()
    shared("existence")
    assert listed(officer, made) == set()  # attendance is content
    shared("content", ["school_roll"])
    assert listed(officer, made) == {subject.pk}


@pytest.mark.parametrize(("level", "shown"), [("existence", False), ("content", True)])
def test_a_kind_of_involvement_is_content(officer, level, shown):
    subject = child()
    involve(subject, "child_protection", days_ago(3), category="Neglect")
    shared(level)
    made = make(officer, {**PLAN, "categories": ["Neglect"]})
    assert inside(made) == {subject.pk}
    assert listed(officer, made) == ({subject.pk} if shown else set())


@pytest.mark.parametrize(("level", "shown"), [("existence", False), ("content", True)])
def test_when_a_child_was_last_seen_is_content(officer, level, shown):
    subject = child()
    involve(subject, "child_protection", days_ago(90))
    seen(subject, 20)
    shared(level)
    made = make(officer, PLAN, unseen_days=14)
    assert inside(made) == {subject.pk}
    assert listed(officer, made) == ({subject.pk} if shown else set())


def test_a_restricted_child_is_listed_to_nobody_who_does_not_reach_it(officer):
    shared()
    subject = child(restricted=True)
    involve(subject, "child_protection", days_ago(3))
    made = make(officer)
    assert inside(made) == {subject.pk}
    assert listed(officer, made) == set()


def test_a_cohort_is_its_owners_and_where_shared_the_teams(world, officer):
    own, ours = make(officer, name="Own"), make(officer, name="Ours", shared=True)
    assert list(queries.cohorts(officer)) == [ours, own]
    assert list(queries.cohorts(world.user("supervisor"))) == [ours]
    assert not queries.cohorts(world.user("review_admin")).exists()
    with pytest.raises(Refused, match="Only the person who made"):
        actions.drop(cohort=ours, by=world.user("supervisor"))
    actions.drop(cohort=ours, by=officer)
    assert list(queries.cohorts(officer)) == [own]


def test_another_teams_cohort_answers_like_none(world, officer):
    made = make(officer)
    other = Client()
    other.force_login(world.user("review_admin"))
    for name in ("cohorts:cohort", "cohorts:cohort"):
        assert other.get(reverse(name, args=[made.pk])).status_code == 404
    assert (
        other.post(reverse("cohorts:export", args=[made.pk]), {"reason": "x", "form": "csv"}).status_code
        == 404
    )


# pages and files


def test_the_page_names_the_children_shown_and_its_event_too(client, officer):
    shared()
    subject = child()
    involve(subject, "child_protection", days_ago(3))
    made = make(officer)
    page = client.get(reverse("cohorts:cohort", args=[made.pk]))
    assert [row.stay.child_id for row in page.context["rows"]] == [subject.pk]
    event = Event.objects.get(kind="cohort.look")
    assert (event.children, event.by) == ([subject.pk], officer.pk)
    assert "under 5" in page.content.decode()


def test_the_page_costs_the_same_however_many_are_in_it(client, officer):
    shared()
    made = make(officer)

    def statements():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("cohorts:cohort", args=[made.pk])).status_code == 200
        return len(found)

    involve(child(), "child_protection", days_ago(3))
    actions.work_out(cohort=made, by=None)
    few = statements()
    for _ in range(12):
        involve(child(), "child_protection", days_ago(3))
    actions.work_out(cohort=made, by=None)
    assert statements() == few


def test_the_list_of_cohorts_says_what_each_is_and_how_many(client, officer):
    make(officer, PLAN, LOW, unseen_days=14, name="Absent")
    for _ in range(7):
        involve(child(), "child_protection", days_ago(3))
    made = make(officer, name="On a plan", shared=True)
    actions.watch(cohort=made, watched=True, respond_in_days=2, by=officer)
    actions.make(name="New", conditions=[PLAN], unseen_days=None, shared=False, by=officer)
    page = client.get(reverse("cohorts:index"))
    assert [(each.name, count and count.children) for each, count, *_ in page.context["rows"]] == [
        ("Absent", 0),
        ("New", None),
        ("On a plan", 7),
    ]
    assert "Nobody who reports it has seen the child for 14 days or more." in page.content.decode()


def test_a_form_without_javascript_reads_back_then_keeps(client, officer):
    form = {
        "name": "Absent on a plan", "unseen_days": "14", "c-TOTAL_FORMS": "4", "c-INITIAL_FORMS": "0",
        "c-0-kind": "open", "c-0-subject": "child_protection",
        "c-1-kind": "measure", "c-1-subject": "attendance", "c-1-below": "50", "c-1-window_days": "60",
    }  # fmt: skip
    page = client.post(reverse("cohorts:new"), form | {"check": "1"})
    assert page.status_code == 200
    assert page.context["lines"] == [
        "Child protection plan is involved today.",
        "The newest attendance is below 50, not older than 60 days.",
        "Nobody who reports it has seen the child for 14 days or more.",
    ]
    assert not Cohort.objects.exists()
    answer = client.post(reverse("cohorts:new"), form | {"keep": "1"})
    made = Cohort.objects.get()
    assert answer.url == reverse("cohorts:cohort", args=[made.pk])
    assert made.conditions == [PLAN, LOW | {"window_days": 60}]
    assert actions.work_out_all(by=None, only_new=True) == 1
    assert actions.work_out_all(by=None, only_new=True) == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"c-0-kind": "open"}, "Choose both"),
        ({"c-0-kind": "open", "c-0-subject": "attendance"}, "only a service"),
        ({}, "at least one thing"),
        ({"c-0-kind": "open", "c-0-subject": "vemt", "name": ""}, "Give the cohort a name"),
        ({"c-0-kind": "nonsense", "c-0-subject": "vemt"}, "Select a valid choice"),
    ],
)
def test_a_form_that_says_nothing_is_given_back_with_what_is_wrong(client, given, said):
    base = {"name": "x", "c-TOTAL_FORMS": "4", "c-INITIAL_FORMS": "0", "keep": "1"}
    page = client.post(reverse("cohorts:new"), base | given)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Cohort.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_holds_whom_the_page_shows_and_runs_nothing(client, officer, form):
    shared()
    subject, hidden = (
        child(surname="=cmd|' /C calc'!A0", address_hidden=True, setting=Agency.objects.get(urn="900001")),
        child(restricted=True),
    )
    for each in (subject, hidden):
        involve(each, "child_protection", days_ago(3))
    made = make(officer)
    answer = client.post(reverse("cohorts:export", args=[made.pk]), {"reason": "For the panel", "form": form})
    assert answer["Content-Disposition"] == f'attachment; filename="cohort-{made.pk}.{form}"'
    event = Event.objects.get(kind="cohort.export")
    assert (event.children, event.detail) == ([subject.pk], {"form": form, "reason": "For the panel"})
    if form == "csv":
        text = answer.content.decode("utf-8-sig")
        assert len(text.splitlines()) == 2
        assert "'=cmd" in text
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["List"]
        assert [cell.value for cell in sheet[1]] == list(presenters.HEADINGS)
        assert (sheet["A2"].data_type, sheet.max_row) == ("s", 2)
        text = str([cell.value for cell in sheet[2]])
    assert "Elm Primary" not in text
    assert "school restricted" in text


def test_no_file_leaves_without_a_reason(client, officer):
    made = make(officer)
    answer = client.post(reverse("cohorts:export", args=[made.pk]), {"reason": " ", "form": "csv"})
    assert answer.status_code == 302
    assert not Event.objects.filter(kind="cohort.export").exists()


# the watch


@pytest.fixture
def guarded(officer):
    """A watched cohort with one child in it from the first."""
    involve(child(), "child_protection", days_ago(90))
    rated()
    Item.objects.update(state="decided")
    made = make(officer)
    actions.watch(cohort=made, watched=True, respond_in_days=2, by=officer)
    return made


def test_who_is_in_it_from_the_first_waits_for_nothing(officer, guarded):
    actions.work_out(cohort=guarded, by=None)
    triage.open_items(by=None)
    assert not Item.objects.filter(stay__isnull=False).exists()
    early = actions.make(name="x", conditions=[PLAN], unseen_days=None, shared=False, by=officer)
    actions.watch(cohort=early, watched=True, respond_in_days=2, by=officer)
    actions.work_out(cohort=early, by=None)
    triage.open_items(by=None)
    assert not Item.objects.filter(stay__isnull=False).exists()


def test_who_enters_waits_with_the_cohorts_clock(guarded, world, officer):
    subject = rated("camhs")
    triage.decide(items=[item_of(subject)], outcome="no_action", reason="x", by=officer)
    involve(subject, "child_protection", days_ago(1))
    actions.work_out(cohort=guarded, by=None)  # before the rating moves
    triage.open_items(by=None)
    item = item_of(subject)
    assert (item.state, item.change, item.stay.cohort) == ("open", None, guarded)
    assert timezone.localtime(item.due_at).date() == working_days_after(today(), 2)
    assert triage.open_items(by=None)["opened"] == 0


def entered(guarded):
    subject = child()
    involve(subject, "child_protection", days_ago(1))
    actions.work_out(cohort=guarded, by=None)
    triage.open_items(by=None)
    return subject


def test_a_change_takes_the_entrys_place_and_carries_it_on(guarded):
    subject = entered(guarded)
    assert item_of(subject).change is None
    rate()
    old, new = Item.objects.filter(child=subject).order_by("pk")
    assert (old.state, new.state) == ("overtaken", "open")
    assert (new.change.to_band, new.stay) == ("amber", old.stay)


def test_who_waits_already_waits_for_both(guarded):
    subject = rated("camhs")
    involve(subject, "child_protection", days_ago(1))
    actions.work_out(cohort=guarded, by=None)
    triage.open_items(by=None)
    [item] = Item.objects.filter(child=subject)
    assert (item.state, item.change.to_band, item.stay.cohort) == ("open", "green", guarded)


def queued(user, subject):
    with reach_of(user):
        found = queue.wanted_items(user, queue.Wanted()).get(child=subject)
        return rows_of([found], user)[0]


def test_the_queue_names_the_cohort_and_the_facts_to_those_who_may_see_them(guarded, officer):
    subject = entered(guarded)
    row = queued(officer, subject)
    assert (row.moved, row.entered, [cause.text for cause in row.causes]) == (
        False,
        "A watched cohort",
        ["Other services"],
    )
    shared()
    row = queued(officer, subject)
    assert row.entered == "A cohort"
    assert [cause.text for cause in row.causes] == ["Child protection plan is involved today"]


def test_an_entry_is_decided_undone_and_decided_together_with_others_of_its_cohort(guarded, officer):
    one, two, other = entered(guarded), entered(guarded), rated("early_help")
    with pytest.raises(Refused, match="same kind"):
        triage.decide(items=[item_of(one), item_of(other)], outcome="ask", reason="x", by=officer)
    made = triage.decide(items=[item_of(one), item_of(two)], outcome="ask", reason="x", by=officer)
    triage.undo(decisions=made, by=officer)
    assert {item_of(each).state for each in (one, two)} == {"open"}


def test_the_queues_pages_show_an_entry(guarded, client, officer):
    shared()
    subject = entered(guarded)
    page = client.get(reverse("triage:queue"), {"cause": "cohort", "child": str(subject.public_id)})
    assert page.status_code == 200
    assert page.context["chosen"].row.item.child_id == subject.pk
    assert "A cohort" in page.content.decode()
    assert client.get(reverse("home")).status_code == 200


def test_a_watch_that_has_stopped_opens_nothing(guarded, officer):
    actions.watch(cohort=guarded, watched=False, respond_in_days=2, by=officer)
    subject = entered(guarded)
    assert not Item.objects.filter(child=subject).exists()


def test_stays_are_closed_and_a_second_time_is_a_stay_of_its_own(officer):
    subject = child()
    plan = involve(subject, "child_protection", days_ago(3))
    made = make(officer)
    for ended in (today(), None):
        Involvement.objects.filter(pk=plan.pk).update(end_on=ended)
        actions.work_out(cohort=made, by=None)
    first, second = CohortStay.objects.filter(cohort=made).order_by("pk")
    assert (first.left_at is None, second.left_at is None) == (False, True)
