"""The report of a week: the same bytes however much is known later."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from apps.audit.models import Event
from apps.children.models import Child, SourceRecord
from apps.core.clock import today, week_of
from apps.core.errors import Refused
from apps.involvements.models import Involvement
from apps.lists.weeks import name_of
from apps.matching.models import LinkVersion
from apps.ragp.actions import assess
from apps.reports.actions import differs, freeze, so_far
from apps.reports.models import Report
from apps.reports.working import written
from apps.reviews.log.actions import hand_on
from apps.reviews.models import Action
from tests.integration.ragp.facts import child, days_ago, involve, link, record
from tests.integration.reports.borough import STANDARD, known, settle
from tests.integration.reports.counting import counted

WEEK = week_of(today())


@pytest.fixture
def report(world):
    settle(world)
    return freeze(week=WEEK, by=None, early=True)


def test_nothing_that_is_known_later_changes_a_frozen_week(report, world):
    before = written(report.figures)
    known(["child_protection", "missing"])
    Involvement.objects.filter(service="vemt").update(recorded_to=timezone.now())
    link(SourceRecord.objects.filter(involvement__service="looked_after").first(), child())
    world.child("ada").records.first().versions.update(recorded_to=timezone.now())
    assess(by=None)
    overdue = Action.objects.get(state="open", due_on__lt=today())
    later = {"agency": overdue.agency, "owner": "Else", "due_on": today() + timedelta(days=9)}
    hand_on(action=overdue, reason="Ill", by=world.user("review_admin"), **later)
    assert not differs(report=Report.objects.get())
    assert written(freeze(week=WEEK, by=None, early=True).figures) == before
    assert counted("services", STANDARD) != report.figures["services"]
    assert Report.objects.count() == 1


def test_a_figure_that_was_altered_is_found_out(report):
    Involvement.objects.filter(service="camhs").update(recorded_from=timezone.now())
    assert differs(report=report)


def test_what_ended_in_the_week_is_told_from_what_is_new(report):
    """As if everything had been known for a fortnight, and one child had left a service since."""
    then = timezone.now() - timedelta(days=14)
    for model in (Involvement, LinkVersion):
        model.objects.update(recorded_from=then)
    gone, other = Involvement.objects.filter(service="camhs").order_by("pk")[:2]
    Involvement.objects.filter(pk=gone.pk).update(recorded_to=timezone.now())
    Involvement.objects.filter(pk=other.pk).update(end_on=today())
    involve(child(), "camhs", days_ago(1))
    found = so_far_again()["turnover"]
    assert (found["camhs/new"], found["camhs/ended"]) == (1, 2)
    assert {key for key in found if key.startswith("camhs")} == {"camhs/new", "camhs/ended"}
    assert so_far_again()["services"]["camhs"] == report.figures["services"]["camhs"] - 1


def so_far_again():
    Report.objects.all().delete()
    return so_far(week=WEEK).figures


def test_a_week_that_is_not_over_is_not_kept(world):
    known(["camhs"])
    with pytest.raises(Refused, match="is not over"):
        freeze(week=WEEK, by=None)
    assert so_far(week=WEEK).pk is None
    assert not Report.objects.exists()


def test_a_week_to_come_and_a_week_before_everything_are_refused(world):
    with pytest.raises(Refused, match="has not begun"):
        freeze(week=WEEK + timedelta(days=7), by=None)
    with pytest.raises(Refused, match="No child was known"):
        freeze(week=WEEK - timedelta(days=7), by=None)


def test_a_week_that_is_over_knows_nothing_of_the_week_after(world):
    monday = WEEK - timedelta(days=7)
    known(["camhs"], school=None)
    for model in (Involvement, LinkVersion):
        model.objects.update(recorded_from=timezone.now() - timedelta(days=30))
    Involvement.objects.filter(service="early_help").update(recorded_from=timezone.now())
    made = freeze(week=monday, by=None)
    assert "early_help" not in made.figures["services"]
    assert made.figures["services"]["camhs"] == 2
    assert made.as_at == timezone.make_aware(timezone.datetime(WEEK.year, WEEK.month, WEEK.day))


def test_the_command_says_the_figures_and_keeps_them(world, report):
    name, out = name_of(WEEK), io.StringIO()
    call_command("strategic_report", week=name, json=True, check=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["figures"] == report.figures
    assert told["frozen"] and told["seconds"] >= 0
    Involvement.objects.filter(service="camhs").update(recorded_from=timezone.now())
    with pytest.raises(CommandError, match="not those that were frozen"):
        call_command("strategic_report", week=name, check=True)
    with pytest.raises(CommandError, match="2026-W47"):
        call_command("strategic_report", week="last week")


def test_what_is_frozen_is_recorded_and_not_without_its_record(world, monkeypatch):
    known(["camhs"])
    freeze(week=WEEK, by=world.user("review_admin"), early=True)
    event = Event.objects.get(kind="report.freeze")
    assert (event.by, event.children) == (world.users["review_admin"].pk, [])
    Report.objects.all().delete()

    def fails(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr("apps.reports.actions.record", fails)
    with pytest.raises(ConnectionError), transaction.atomic():
        freeze(week=WEEK, by=None, early=True)
    assert not Report.objects.exists()


def test_a_child_known_by_two_records_is_counted_once(report):
    twice = Child.objects.filter(records__involvement__service="camhs").first()
    involve(record(twice), "camhs", days_ago(3))
    assert so_far_again()["services"]["camhs"] == report.figures["services"]["camhs"]
