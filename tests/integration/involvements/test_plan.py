"""What an extract does to facts: opened, changed, ended, left alone; and whose users reach the child afterwards."""

from datetime import date, timedelta

import pytest

from apps.agencies.models import Agency, Kind, SettingAlias
from apps.children.models import Child, Stale
from apps.core.clock import behind, today
from apps.extracts.models import StagedFact
from apps.involvements import actions
from apps.involvements.models import Involvement, Observation, Sighting
from apps.people.models import Professional
from apps.pipeline.actions import turn_the_day
from tests.integration.matching.arrivals import arrive, feed, person

pytestmark = pytest.mark.django_db

ADA = {
    "surname": "Marsh",
    "forename": "Ada",
    "dob": date(2014, 3, 9),
    "address": "1 Fern Row",
    "postcode": "AB1 1AA",
}
START, LATER, END = date(2026, 3, 1), date(2026, 9, 1), date(2026, 11, 10)


def fact(kind="I", code="early_help", key="e1", start_on=START, **more):
    return StagedFact(
        local_id="A", module="m", row_no=1, kind=kind, code=code, key=key, start_on=start_on, **more
    )


def weekly():
    return feed("help", is_full=True)


def sent(*facts, salt="", **fields):
    """One delivery of the weekly file with Ada and these facts."""
    return arrive(weekly(), [person("A", **ADA | {"middle_names": salt} | fields)], facts)["involvements"]


def current():
    return Involvement.objects.filter(recorded_to=None)


def school(urn):
    return Agency.objects.create(code=f"school-{urn}", name=f"School {urn}", kind=Kind.SCHOOL, urn=urn)


def on_roll(urn, start_on=START, category="M", key=None):
    return fact(
        code="school_roll",
        key=key or urn,
        start_on=start_on,
        setting_ref=urn,
        category=category,
        detail={"year_group": "7"},
    )


def test_an_involvement_opens_changes_and_ends_in_versions():
    assert sent(fact()) == {"opened": 1, "changed": 0, "ended": 0, "unchanged": 0}
    assert sent(fact(category="plan"), salt="2") == {"opened": 0, "changed": 1, "ended": 0, "unchanged": 0}
    assert sent(fact(category="plan", end_on=END), salt="3") == {
        "opened": 0,
        "changed": 0,
        "ended": 1,
        "unchanged": 0,
    }
    versions = Involvement.objects.order_by("recorded_from")
    assert [v.end_on for v in versions] == [None, None, END]
    assert [v.recorded_to for v in versions] == [versions[1].recorded_from, versions[2].recorded_from, None]
    assert [v.content.category for v in versions] == ["", "plan", "plan"]


def test_what_is_sent_again_unchanged_is_left_alone():
    sent(fact())
    assert sent(fact(), salt="other middle name") == {"opened": 0, "changed": 0, "ended": 0, "unchanged": 1}


def test_an_involvement_missing_from_a_full_file_ends_on_its_as_of_date():
    sent(fact(), fact(key="e2", start_on=LATER))
    assert sent(fact(), salt="2")["ended"] == 1
    ended = current().get(key="e2")
    assert (ended.end_on, ended.end_inferred) == (date(2026, 11, 16), True)


def test_a_child_missing_from_a_full_file_ends_and_its_agency_no_longer_reaches_it():
    sent(fact())
    agency = weekly().agency_id
    assert Child.objects.get().reach == [agency]
    assert arrive(weekly(), [])["involvements"]["ended"] == 1
    assert Child.objects.get().reach == []


def test_an_ended_involvement_that_comes_back_is_open_again():
    sent(fact())
    arrive(weekly(), [])
    sent(fact(), salt="back")
    assert current().get().end_on is None


def test_a_rejected_row_ends_nothing():
    sent(fact(), fact(key="e2", start_on=LATER))
    half_read = person("A", **ADA, middle_names="x")
    half_read.kept = True
    assert arrive(weekly(), [half_read], [fact()])["involvements"]["ended"] == 0


def test_a_delta_file_ends_only_what_it_says():
    part = feed("part")
    arrive(part, [person("A", **ADA)], [fact(), fact(key="e2")])
    assert (
        arrive(part, [person("A", **ADA, middle_names="x")], [fact(end_on=END)])["involvements"]["ended"] == 1
    )
    assert current().get(key="e2").end_on is None


def test_two_rows_with_one_key_are_one_fact():
    first, second = fact(category="early"), fact(category="late")
    second.row_no = 2
    sent(first, second)
    assert current().get().content.category == "late"


def test_sightings_and_measures_are_added_and_corrected_but_never_dropped():
    sent(
        fact("S", "seen", "s1", text="A. Reader", category="home visit"),
        fact("O", "attendance", "w1", value=88),
    )
    sent(fact("O", "attendance", "w1", value=91), salt="2")
    assert Sighting.objects.get(recorded_to=None).by == "A. Reader"
    assert [o.value for o in Observation.objects.order_by("recorded_from")] == [88, 91]


def test_a_move_takes_reach_from_the_old_school_to_the_new():
    old, new = school("100001"), school("100002")
    sent(on_roll("100001"))
    assert Child.objects.get().setting == old
    sent(on_roll("100001"), on_roll("100002", LATER), salt="2")
    child = Child.objects.get()
    assert child.setting == new
    assert old.pk not in child.reach
    assert new.pk in child.reach


def test_a_subsidiary_registration_is_reached_beside_the_main_one():
    main, unit = school("100001"), school("100003")
    sent(on_roll("100001"), on_roll("100003", LATER, category="S"))
    child = Child.objects.get()
    assert child.setting == main
    assert {main.pk, unit.pk} <= set(child.reach)


def test_a_code_nobody_knows_is_asked_once_and_then_remembered():
    sent(on_roll("SCH7"))
    alias = SettingAlias.objects.get()
    assert (alias.code, alias.setting, Child.objects.get().setting) == ("SCH7", None, None)
    seven = school("100007")
    assert actions.settle_alias(alias=alias, setting=seven) == [Child.objects.get().pk]
    SettingAlias.objects.update(setting=seven)
    sent(on_roll("SCH7", key="again", start_on=LATER), salt="2")
    assert current().get(key="again").setting == seven
    assert SettingAlias.objects.count() == 1


def test_a_setting_or_worker_that_arrives_late_is_joined_to_what_named_it():
    sent(on_roll("100009"), fact(worker_ref="W1"))
    late = school("100009")
    actions.resolve_settings()
    worker = Professional.objects.create(agency=weekly().agency, worker_id="W1", name="A. Reader")
    actions.resolve_workers()
    assert current().get(service="school_roll").setting == late
    assert current().get(service="early_help").content.worker == worker


def test_a_child_whose_facts_moved_is_stale():
    sent(fact())
    assert list(Stale.objects.values_list("child", flat=True)) == [Child.objects.get().pk]


def test_a_source_that_hides_an_address_is_obeyed_and_only_a_person_lifts_it():
    hidden = person("A", **ADA)
    hidden.restricted = True
    arrive(weekly(), [hidden])
    assert Child.objects.get().address_hidden
    sent(salt="no longer marked")
    assert Child.objects.get().address_hidden


def nursery(urn):
    return Agency.objects.create(code=f"nursery-{urn}", name=f"Nursery {urn}", kind=Kind.EARLY_YEARS, urn=urn)


def at_nursery(urn, start_on=START):
    return fact(code="early_years_roll", key=urn, start_on=start_on, setting_ref=urn)


def test_a_child_at_two_nurseries_is_reached_by_both_until_it_starts_school():
    first, second, later = nursery("EY1"), nursery("EY2"), school("100001")
    sent(at_nursery("EY1"), at_nursery("EY2", LATER))
    child = Child.objects.get()
    assert child.setting == second
    assert {first.pk, second.pk} <= set(child.reach)
    sent(at_nursery("EY1"), at_nursery("EY2", LATER), on_roll("100001", END), salt="at school")
    assert Child.objects.get().setting == later
    assert not {first.pk, second.pk} & set(Child.objects.get().reach)


def test_an_enrolment_that_begins_or_ends_with_time_alone_moves_reach_when_the_day_turns():
    old, new = school("100001"), school("100002")
    leaves, starts = today() + timedelta(days=2), today() + timedelta(days=3)
    leaving = on_roll("100001")
    leaving.end_on = leaves
    sent(leaving, on_roll("100002", starts))
    assert Child.objects.get().setting == old
    with behind(-timedelta(days=4)):
        assert turn_the_day() == 1
    child = Child.objects.get()
    assert child.setting == new
    assert old.pk not in child.reach
