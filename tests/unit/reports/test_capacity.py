"""Places beside children: sums, shares, costs, and what holds in a week."""

from datetime import UTC, date, datetime

from apps.reports.capacity import by_area, by_service, in_force, said
from apps.reports.models import Capacity, Report
from apps.reports.reading import Reading

WEEK = date(2026, 11, 16)


def team(name, service="early_help", places=50, cost=None, area="", week=WEEK):
    return Capacity(
        team=name, service=service, places=places, cost=cost, area=area, from_week=week, source="x"
    )


def reading(whole=True):
    figures = {
        "services": {"early_help": 120, "camhs": 3},
        "areas": {"TS1 1/all": 90, "TS1 1/high": 30, "unknown/high": 40},
    }
    return Reading(
        Report(week=WEEK, as_at=datetime(2026, 11, 23, tzinfo=UTC), figures=figures, basis={}), whole
    )


def test_a_services_teams_are_added_up_and_cost_is_of_those_whose_cost_is_known():
    [early, camhs] = by_service(reading(), [team("North", cost=100_000), team("South", places=70)])
    assert (early.places, early.used, early.each, early.need) == (120, "100 %", "£2,000", 120)
    assert early.teams == ["North (50)", "South (70)"]
    assert (camhs.places, camhs.used, camhs.each) == (0, "", "")


def test_more_children_than_places_is_said_in_words():
    assert (
        said(by_service(reading(), [team("North")])) == "1 service has more children than places: Early help."
    )
    assert said(by_service(reading(), [])) == ""


def test_a_withheld_number_is_held_against_nothing():
    lines = by_service(reading(whole=False), [team("Clinic", "camhs", places=1)])
    camhs = lines[-1]
    assert (camhs.need, camhs.used, said(lines)) == (None, "", "")


def test_sectors_have_the_teams_that_work_there_and_the_unknown_is_last():
    first, last = by_area(reading(), [team("Hub", area="TS1 1"), team("Borough")])
    assert (first.label, first.need, first.places, last.label) == ("TS1 1", 30, 50, "Not known")


def test_what_was_entered_last_for_the_week_holds():
    before, later = (
        team("North", places=40, week=date(2026, 11, 2)),
        team("North", places=90, week=date(2026, 11, 30)),
    )
    assert [each.places for each in in_force([later, before], WEEK)] == [40]
