"""The queue: what opens, who may decide, what a second officer is told, what leaves by itself."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.access.reach import reach_of
from apps.audit.models import Event
from apps.children.models import Child
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.workdays import working_days_after
from apps.ragp.actions import assess
from apps.ragp.models import Change, Scheme
from apps.triage import actions, queries
from apps.triage.models import Decision, Item
from apps.triage.pages import rows_of
from tests.integration.ragp.facts import child, days_ago, involve

pytestmark = pytest.mark.django_db


@pytest.fixture
def watched():
    """A scheme whose changes are somebody's work."""
    Scheme.objects.update(watched_from=timezone.now())


def rated(*services, of=None):
    """A child rated by these services, and its queue brought up to date."""
    subject = of or child()
    for service in services:
        involve(subject, service, days_ago(3))
    assess(by=None)
    actions.open_items(by=None)
    return subject


def item_of(subject):
    return Item.objects.filter(child=subject).latest("pk")


def decide(item, by, outcome="no_action", reason="Known to the school"):
    return actions.decide(items=[item], outcome=outcome, reason=reason, by=by)


def test_before_the_first_lists_nothing_is_anybodys_work():
    rated("child_protection")
    assert Change.objects.count() == 1
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("services", "days"),
    [(["early_help"], 5), (["child_protection"], 3), (["child_protection", "vemt"], 1)],
)
def test_a_change_waits_with_the_clock_of_its_new_band_in_working_days(watched, services, days):
    found = item_of(rated(*services))
    assert found.state == "open"
    due = timezone.localtime(found.due_at)
    assert (due.date(), due.hour, due.minute) == (working_days_after(today(), days), 17, 0)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 27), datetime(2026, 11, 30, 17, tzinfo=UTC)),  # a Friday
        (date(2026, 12, 24), datetime(2026, 12, 29, 17, tzinfo=UTC)),  # before Christmas
        (date(2027, 3, 26), datetime(2027, 3, 30, 16, tzinfo=UTC)),  # Good Friday, then summer time
    ],
)
def test_weekends_and_bank_holidays_do_not_count(watched, monkeypatch, day, due):
    monkeypatch.setattr(actions, "today", lambda: day)
    assert item_of(rated("child_protection", "vemt")).due_at == due


def test_opening_twice_opens_once(watched):
    rated("early_help")
    assert actions.open_items(by=None) == {"withdrawn": 0, "overtaken": 0, "opened": 0}


def test_a_newer_change_takes_the_place_and_stays_with_whoever_had_it(watched, world):
    subject = rated("early_help")
    actions.assign(
        items=[item_of(subject)], to=world.user("early_help_officer"), by=world.user("early_help_officer")
    )
    rated("child_protection", of=subject)
    older, newer = Item.objects.filter(child=subject).order_by("pk")
    assert (older.state, newer.state) == ("overtaken", "open")
    assert newer.assigned_to == world.user("early_help_officer").pk


@pytest.mark.parametrize(
    "told",
    [
        {"died_on": today()},
        {"left_area_on": today()},
        {"dob": today().replace(year=today().year - 26, day=1)},
    ],
)
def test_the_dead_those_who_left_and_the_grown_leave_the_queue_the_same_day(watched, told):
    subject = rated("child_protection")
    Child.objects.filter(pk=subject.pk).update(**told)
    involve(subject, "vemt", days_ago(1))
    assess(by=None)
    assert actions.open_items(by=None) == {"withdrawn": 1, "overtaken": 0, "opened": 0}
    assert item_of(subject).state == "withdrawn"


def test_a_decision_keeps_its_reason_and_its_event(watched, world):
    subject, officer = rated("early_help"), world.user("early_help_officer")
    [made] = decide(item_of(subject), officer)
    assert (made.outcome, made.reason, made.by) == ("no_action", "Known to the school", officer.pk)
    assert item_of(subject).state == "decided"
    event = Event.objects.get(kind="triage.decide")
    assert (event.by, event.children) == (officer.pk, [subject.pk])
    assert "Known to the school" not in str(event.detail)


@pytest.mark.parametrize(
    ("outcome", "reason", "said"),
    [("", "x", "what happens next"), ("hide", "x", "what happens next"), ("ask", " ", "reason")],
)
def test_an_outcome_and_a_reason_are_needed(watched, world, outcome, reason, said):
    subject = rated("early_help")
    with pytest.raises(Refused, match=said):
        decide(item_of(subject), world.user("early_help_officer"), outcome, reason)
    assert item_of(subject).state == "open"


def test_the_second_officer_is_told_who_was_quicker(watched, world):
    subject = rated("early_help")
    decide(item_of(subject), world.user("early_help_officer"))
    with pytest.raises(
        Refused, match=r"Early_Help_Officer Test was quicker.*No further action.*Nothing of yours"
    ):
        decide(item_of(subject), world.user("review_admin"), "ask")
    assert Decision.objects.count() == 1


def test_only_changes_of_one_kind_are_decided_together(watched, world):
    green, amber = rated("early_help"), rated("child_protection")
    with pytest.raises(Refused, match="same kind"):
        actions.decide(
            items=[item_of(green), item_of(amber)],
            outcome="ask",
            reason="x",
            by=world.user("early_help_officer"),
        )
    other = rated("camhs")
    made = actions.decide(
        items=[item_of(green), item_of(other)], outcome="ask", reason="x", by=world.user("early_help_officer")
    )
    assert {each.item.child_id for each in made} == {green.pk, other.pk}
    assert item_of(amber).state == "open"


def test_one_decided_already_keeps_all_of_them_undecided(watched, world):
    one, two = rated("early_help"), rated("camhs")
    decide(item_of(one), world.user("early_help_officer"))
    with pytest.raises(Refused, match="quicker"):
        actions.decide(
            items=[item_of(one), item_of(two)], outcome="ask", reason="x", by=world.user("early_help_officer")
        )
    assert item_of(two).state == "open"


def test_undo_puts_the_change_back(watched, world):
    subject, officer = rated("early_help"), world.user("early_help_officer")
    made = decide(item_of(subject), officer)
    actions.undo(decisions=made, by=officer)
    assert item_of(subject).state == "open"
    assert Decision.objects.get().undone_by == officer.pk
    with pytest.raises(Refused, match="undone already"):
        actions.undo(decisions=made, by=officer)
    decide(item_of(subject), officer, "ask", "Second thoughts")
    assert Decision.objects.filter(undone_at=None).get().outcome == "ask"


def test_undo_is_refused_once_the_rating_has_moved_on(watched, world):
    subject, officer = rated("early_help"), world.user("early_help_officer")
    made = decide(item_of(subject), officer)
    rated("child_protection", of=subject)
    with pytest.raises(Refused, match="changed again"):
        actions.undo(decisions=made, by=officer)


def test_an_audit_that_fails_takes_the_decision_with_it(watched, world, monkeypatch):
    subject = rated("early_help")
    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        decide(item_of(subject), world.user("early_help_officer"))
    assert item_of(subject).state == "open"
    assert not Decision.objects.exists()


def test_the_queue_costs_the_same_whatever_its_length(watched, world):
    officer = world.user("early_help_officer")
    for _ in range(3):
        rated("early_help")
    with reach_of(officer):
        few = count_statements(officer)
    for _ in range(20):
        rated("early_help")
    with reach_of(officer):
        assert count_statements(officer) == few


def count_statements(officer):
    with CaptureQueriesContext(connection) as seen:
        page = queries.page_of(officer, queries.Wanted(), None)
        rows = rows_of(list(page.object_list), officer)
        assert [row.item.change.to_band for row in rows]
        queries.counts()
    return len(seen)


def test_filters_and_orders(watched, world):
    officer = world.user("early_help_officer")
    green, amber = rated("early_help"), rated("child_protection")
    actions.assign(items=[item_of(green)], to=officer, by=officer)

    def shown(**wanted):
        return [item.child_id for item in queries.wanted_items(officer, queries.Wanted(**wanted))]

    assert shown(to="amber") == [amber.pk]
    assert shown(with_whom="me") == [green.pk]
    assert shown(with_whom="nobody") == [amber.pk]
    assert shown(kind="artefact") == []
    assert shown(sort="due") == [amber.pk, green.pk]
    assert shown(sort="oldest") == [green.pk, amber.pk]
    assert shown(clock="over") == []


def test_a_restricted_child_waits_only_for_those_who_were_given_it(watched, world):
    subject = rated("child_protection", of=child(restricted=True))
    with reach_of(world.user("early_help_officer")):
        assert not queries.items_of(world.user("early_help_officer"), [subject.public_id])
        assert not Item.objects.filter(child=subject.pk).exists()


@pytest.mark.parametrize("name", ["early_help_officer", "social_worker", "dsl", "outsider"])
def test_the_figures_count_what_the_persons_own_queue_holds_and_nothing_else(watched, world, name):
    for service in ("early_help", "child_protection", "early_help"):
        rated(service)
    rated("child_protection", of=child(restricted=True))
    person = world.user(name)
    with reach_of(person):
        counts, _ = queries.counts()
        assert counts.waiting == queries.waiting(person).count()


def test_nobody_counts_a_queue_without_reach():
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("set local role vcdb_web")
        cursor.execute("select * from vcdb_queue(now(), now())")


@pytest.mark.parametrize("name", ["early_help_officer", "social_worker", "dsl", "outsider"])
def test_the_first_pages_figures_are_the_queues_and_its_settings_the_busiest(watched, world, name):
    for who in ("ada", "cleo", "dan", "eve"):
        rated("child_protection", of=world.child(who))
    rated("early_help")
    with reach_of(world.user(name)):
        counts, schools = queries.counts()
        assert bool(schools) == (name != "outsider")
        expected = sorted(schools, key=lambda row: (-row[2], row[1]))
        assert queries.busiest(50) == (counts, expected)
        assert queries.busiest(1) == (counts, expected[:1])


def test_an_item_bears_the_nature_of_its_change_and_is_counted_by_it(watched, world):
    involve(child(), "early_help", days_ago(3))
    assess(by=None)
    Change.objects.update(nature=Change.Nature.ARTEFACT)
    actions.open_items(by=None)
    assert [item.nature for item in Item.objects.all()] == ["artefact"]
    with reach_of(world.user("early_help_officer")):
        assert queries.counts()[0].artefacts == 1
        assert queries.busiest(1)[0].artefacts == 1
