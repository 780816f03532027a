"""What an assessment keeps, whom it leaves alone, and when it looks again."""

from datetime import date, timedelta

import pytest

from apps.children.models import Child, Stale
from apps.core.clock import behind, today
from apps.core.errors import Refused
from apps.ragp.actions import assess
from apps.ragp.install import install_scheme, read_scheme
from apps.ragp.models import Assessment, Change, Scheme
from apps.ragp.queries import assessment_at, current_bands
from apps.ragp.rules import OVER_AGE, recompute
from tests.integration.ragp.facts import (
    change,
    child,
    days_ago,
    extract,
    feed,
    involve,
    link,
    mark,
    observe,
    rating,
    record,
)

pytestmark = pytest.mark.django_db


def test_points_are_added_and_banded():
    subject = child()
    for service in ("child_protection", "youth_justice", "camhs"):
        involve(subject, service, days_ago(5))
    assert assess(by=None) == {"assessed": 1, "changed": 1}
    assert (rating(subject).points, rating(subject).band) == (16, "red")
    assert [each["points"] for each in rating(subject).contributions] == [8, 5, 3]


def test_a_floor_lifts_a_rating_that_points_alone_would_leave_lower():
    Scheme.objects.get().rules.filter(code="child_protection").update(points=2)
    subject = child()
    involve(subject, "child_protection", days_ago(5))
    assess(by=None)
    assert (rating(subject).points, rating(subject).band) == (2, "amber")


def test_nothing_that_counts_is_not_rated_and_not_green():
    subject = child()
    involve(subject, "school_roll", days_ago(5))
    assess(by=None)
    assert rating(subject) is None
    assert not Change.objects.exists()


def test_what_has_not_changed_is_not_written_again():
    subject = child()
    involve(subject, "early_help", days_ago(5))
    assess(by=None)
    mark(subject)
    assert assess(by=None) == {"assessed": 1, "changed": 0}
    assert Assessment.objects.count() == 1


def test_other_reasons_for_the_same_band_are_a_new_assessment_without_a_change():
    subject = child()
    involve(subject, "early_help", days_ago(5))
    assess(by=None)
    involve(subject, "young_carer", days_ago(2))
    assert assess(by=None)["changed"] == 0
    first, second = Assessment.objects.order_by("pk")
    assert (first.band, second.band) == ("green", "green")
    assert first.superseded_at == second.assessed_at


def test_marks_are_claimed_for_exactly_the_children_assessed():
    one, other = child(), child()
    assess(by=None, children=[one.pk])
    assert list(Stale.objects.values_list("child", flat=True)) == [other.pk]


@pytest.mark.parametrize("reason", ["died", "left", "grown", "merged"])
def test_the_dead_those_who_left_and_the_grown_are_not_rated_the_same_day(reason):
    subject = child()
    involve(subject, "child_protection", days_ago(5))
    assess(by=None)
    told = {
        "died": {"died_on": today()},
        "left": {"left_area_on": today()},
        "grown": {"dob": date(today().year - OVER_AGE, today().month, 1)},
        "merged": {"merged_into": child()},
    }
    Child.objects.filter(pk=subject.pk).update(**told[reason])
    mark(subject)
    assess(by=None)
    assert (rating(subject).band, rating(subject).contributions) == ("none", [])
    assert change(subject).nature == ("artefact" if reason == "merged" else "real")


def test_a_day_that_comes_is_due_without_any_extract():
    subject = child()
    found = involve(subject, "early_help", days_ago(5), days_ago(-1))
    assess(by=None)
    assert rating(subject).holds_until == days_ago(-1)
    type(found).objects.filter(pk=found.pk).update(end_on=today())
    Assessment.objects.filter(child=subject).update(holds_until=today())
    assert assess(by=None) == {"assessed": 1, "changed": 1}
    assert rating(subject).band == "none"


def test_the_birthday_on_which_a_rating_ends_is_known_beforehand():
    subject = child(dob=date(2010, 2, 28))
    involve(subject, "ehcp", days_ago(5))
    assess(by=None)
    assert rating(subject).holds_until == date(2010 + OVER_AGE, 2, 28)


def test_another_day_to_look_again_needs_no_new_assessment():
    subject = child()
    involve(subject, "early_help", days_ago(5))
    assess(by=None)
    involve(subject, "camhs", days_ago(-30))
    assess(by=None)
    assert Assessment.objects.count() == 1
    assert rating(subject).holds_until == days_ago(-30)


def test_a_rating_can_be_read_as_it_was_known():
    subject = child()
    involve(subject, "early_help", days_ago(5))
    assess(by=None)
    then = rating(subject).assessed_at
    involve(subject, "child_protection", today())
    assess(by=None)
    assert assessment_at(subject.pk).band == "amber"
    assert assessment_at(subject.pk, then).band == "green"
    assert assessment_at(subject.pk, then - timedelta(seconds=1)) is None


def test_a_change_says_what_was_gained_and_lost():
    subject = child()
    before = involve(subject, "early_help", days_ago(5))
    assess(by=None)
    type(before).objects.filter(pk=before.pk).update(end_on=today())
    involve(subject, "child_protection", today())
    assess(by=None)
    found = change(subject)
    assert (found.from_band, found.to_band, found.nature) == ("green", "amber", "real")
    assert [each["rule"] for each in found.gained] == ["child_protection"]
    assert [each["rule"] for each in found.lost] == ["early_help"]


def test_a_merge_is_an_artefact():
    survivor, other = child(), child()
    involve(survivor, "early_help", days_ago(50))
    on = record(other)
    involve(on, "child_protection", days_ago(50))
    assess(by=None)
    link(on, survivor)
    mark(survivor), mark(other)
    assess(by=None)
    assert (change(survivor).nature, change(survivor).why) == ("artefact", "Records were joined")
    assert (change(other).nature, change(other).why) == ("artefact", "A record went to another child")


def test_the_first_file_of_a_feed_is_an_artefact_and_the_next_is_not():
    new = feed("new")
    type(extract(new)).objects.filter(feed=new).delete()
    first, second = child(), child()
    involve(first, "camhs", days_ago(50), source=new, extract_id=extract(new).pk)
    assess(by=None)
    involve(second, "camhs", days_ago(1), source=new, extract_id=extract(new).pk)
    assess(by=None)
    assert (change(first).nature, change(first).why) == ("artefact", "First file of new")
    assert change(second).nature == "real"


def test_a_measure_that_lapses_because_its_feed_is_late_is_an_artefact():
    subject = child()
    observe(subject, "attendance", days_ago(59), 40)
    assess(by=None)
    assert rating(subject).band == "green"
    type(extract(feed())).objects.filter(feed=feed()).update(as_of=days_ago(60))
    from apps.involvements.models import Observation

    Observation.objects.update(on=days_ago(60))
    mark(subject)
    assess(by=None)
    assert (change(subject).nature, change(subject).why) == ("artefact", "facts is late")


def test_a_reason_that_is_back_once_its_feed_has_come_is_an_artefact_too_but_only_once():
    subject = child()
    observe(subject, "attendance", days_ago(61), 40)
    with behind(timedelta(days=2)):
        assess(by=None)
    type(extract(feed())).objects.filter(feed=feed()).update(as_of=days_ago(61))
    mark(subject)
    assess(by=None)
    observe(subject, "attendance", days_ago(1), 45)
    assess(by=None)
    assert (change(subject).nature, change(subject).why) == (
        "artefact",
        "It had lapsed while a file was late",
    )
    observe(subject, "attendance", today(), 90)
    assess(by=None)
    assert change(subject).nature == "real"
    observe(subject, "attendance", today(), 30)
    assess(by=None)
    assert change(subject).nature == "real"


def test_every_assessment_can_be_worked_out_again_from_its_own_reasons():
    for services in (
        ["early_help"],
        ["child_protection"],
        ["looked_after", "vemt", "youth_justice", "camhs", "ehcp"],
    ):
        subject = child()
        for service in services:
            involve(subject, service, days_ago(3))
    assess(by=None)
    bands, floors = current_bands().values(), dict(Scheme.objects.get().rules.values_list("code", "floor"))
    for each in Assessment.objects.all():
        assert recompute(each.contributions, bands, floors) == each.band
        assert sum(reason["points"] for reason in each.contributions) == each.points


def test_the_shipped_scheme_is_there_and_is_installed_once():
    assert install_scheme().pk == install_scheme().pk
    assert Scheme.objects.count() == 1
    assert [band.code for band in current_bands().values()] == ["purple", "red", "amber", "green", "none"]
    assert "authority to confirm" in current_bands()["purple"].definition


def test_a_scheme_that_speaks_of_an_unknown_service_is_refused(tmp_path):
    told = read_scheme()
    told["rules"][0]["subject"] = "astrology"
    import json

    file = tmp_path / "scheme.json"
    file.write_text(json.dumps(told))
    with pytest.raises(Refused, match="astrology"):
        read_scheme(file)
