"""The week's lists: who is on whose, what it may say, what is marked, and what a school is never told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.agencies.models import Agency, SharingAgreement
from apps.audit.models import Event
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.core.errors import Refused
from apps.involvements.models import Sighting
from apps.lists import actions
from apps.lists.actions import publish
from apps.lists.models import Departure, Entry, WeeklyList
from apps.lists.queries import read
from apps.people.models import Professional
from apps.ragp.actions import assess
from apps.ragp.models import Scheme
from tests.integration.ragp.facts import child, days_ago, extract, feed, involve, mark, record

pytestmark = pytest.mark.django_db

WEEK = week_of(today())
NEXT = WEEK + timedelta(days=7)


@pytest.fixture(autouse=True)
def no_agreements():
    """What is shared is what a test says."""
    SharingAgreement.objects.all().delete()


def school(name="Elm"):
    return Agency.objects.get_or_create(code=name.lower(), defaults={"name": name, "kind": "school"})[0]


def enrol(of, at, start=None, category="C", end=None):
    return involve(
        of,
        "school_roll",
        start or days_ago(100),
        end,
        setting=at,
        category=category,
        detail={"year_group": "9"},
    )


def share(services=("*",), level="content", rating=True, source="facts", until=None):
    return SharingAgreement.objects.create(
        provider=feed(source).agency, recipient_kind="school", services=list(services), level=level, shows_rating=rating,
        valid_from=days_ago(30), valid_until=until,
    )  # fmt: skip


def published(week=WEEK):
    assess(by=None)
    return publish(week=week, by=None)


def on(at, week=WEEK):
    """Forenames on a setting's newest list of a week."""
    listed = WeeklyList.objects.filter(setting=at, week=week).latest("version")
    return set(listed.entries.values_list("forename", flat=True))


def entry(of, week=WEEK):
    return Entry.objects.filter(child=of, list__week=week).latest("list__version")


def test_every_child_on_roll_is_on_one_list_with_its_year():
    ann, elm = child(forename="Ann"), school()
    enrol(ann, elm)
    assert published() | {"seconds": 0} == {"lists": 1, "entries": 1, "seconds": 0}
    assert (entry(ann).list.setting, entry(ann).year_group, entry(ann).subsidiary) == (elm, "9", False)


def test_after_a_move_only_the_new_setting_has_the_child():
    ann, elm, oak = child(forename="Ann"), school("Elm"), school("Oak")
    enrol(ann, elm, days_ago(100))
    published()
    enrol(ann, oak, days_ago(2))
    published(NEXT)
    assert on(oak, NEXT) == {"Ann"}
    assert on(elm, NEXT) == set()
    assert Departure.objects.get(list__setting=elm).get_why_display() == "No longer on your roll"


def test_a_subsidiary_registration_is_a_marked_entry_beside_the_main_one():
    ann, elm, unit = child(forename="Ann"), school("Elm"), school("Unit")
    enrol(ann, elm, days_ago(100))
    enrol(ann, unit, days_ago(2), category="S")
    published()
    assert {(e.list.setting.name, e.subsidiary) for e in Entry.objects.all()} == {
        ("Elm", False),
        ("Unit", True),
    }


@pytest.mark.parametrize("told", ["died_on", "left_area_on"])
def test_the_dead_and_those_who_left_are_on_none_and_no_school_is_told_why(told):
    ann, ben, elm = child(forename="Ann"), child(forename="Ben"), school()
    enrol(ann, elm), enrol(ben, elm)
    published()
    Child.objects.filter(pk=ann.pk).update(**{told: today()})
    listed = WeeklyList.objects.get()
    assert [each.forename for each in read(listed).entries] == ["Ben"]
    published(NEXT)
    assert on(elm, NEXT) == {"Ben"}
    departure = Departure.objects.get()
    assert departure.get_why_display() == "No longer on the list"
    assert "died" not in str(vars(departure)).lower()


def test_over_age_and_merged_children_are_on_none():
    elm = school()
    enrol(child(forename="Old", dob=today().replace(year=today().year - 26, day=1)), elm)
    enrol(child(forename="Gone", merged_into=child()), elm)
    enrol(child(forename="Ann"), elm)
    published()
    assert on(elm) == {"Ann"}


def test_twins_of_the_same_name_are_two_entries():
    elm, twins = school(), [child(surname="Pell", forename="Sam") for _ in range(2)]
    for each in twins:
        enrol(each, elm)
    published()
    assert Entry.objects.filter(surname="Pell", forename="Sam").count() == 2


def test_a_child_enrolled_twice_at_one_setting_is_one_entry():
    ann, elm = child(forename="Ann"), school()
    enrol(ann, elm, days_ago(90)), enrol(ann, elm, days_ago(20), category="S")
    published()
    assert [each.subsidiary for each in Entry.objects.all()] == [False]


def test_content_names_the_worker_and_existence_the_service_only():
    ann, ben, elm = child(forename="Ann"), child(forename="Ben"), school()
    share(["early_help"]), share(["camhs"], "existence")
    worker = Professional.objects.create(
        agency=feed().agency, worker_id="W", name="Sol Whitlow", phone="01632 960207"
    )
    (
        involve(ann, "early_help", days_ago(30), worker=worker),
        involve(ben, "camhs", days_ago(30), worker=worker),
    )
    enrol(ann, elm), enrol(ben, elm)
    published()
    assert entry(ann).services[0] | {"since": 0} == {
        "service": "early_help", "name": "Early help", "since": 0, "who": "Sol Whitlow", "phone": "01632 960207",
    }  # fmt: skip
    assert (entry(ann).lead, entry(ann).lead_phone) == ("Sol Whitlow", "01632 960207")
    assert entry(ben).services[0]["who"] == "facts agency"
    assert entry(ben).lead == ""


def test_what_no_agreement_shares_is_not_there_and_adds_only_other_services():
    ann, elm = child(forename="Ann"), school()
    share(["early_help"])
    for service in ("early_help", "child_protection", "vemt"):
        involve(ann, service, days_ago(3))
    enrol(ann, elm)
    published()
    assert [each["service"] for each in entry(ann).services] == ["early_help"]
    assert entry(ann).why == ["Early help", "Other services"]
    assert "rotection" not in str(Entry.objects.values().get())


@pytest.mark.parametrize(("rating", "band", "why"), [(True, "green", ["Early help"]), (False, "", [])])
def test_the_rating_is_there_only_where_the_agreement_says_so(rating, band, why):
    ann, elm = child(), school()
    share(["early_help"], rating=rating)
    involve(ann, "early_help", days_ago(3)), enrol(ann, elm)
    published()
    assert (entry(ann).band, entry(ann).why) == (band, why)


def test_an_agreement_that_ended_yesterday_shares_nothing():
    ann, elm = child(), school()
    share(until=days_ago(1))
    involve(ann, "early_help", days_ago(3)), enrol(ann, elm)
    published()
    assert (entry(ann).services, entry(ann).band) == ([], "")


def test_marks_compare_with_the_week_before():
    share()
    elm, names = school(), ("same", "up", "down", "changed")
    each = {name: child(forename=name) for name in names}
    for name in names:
        enrol(each[name], elm), involve(each[name], "early_help", days_ago(30))
    ends = involve(each["down"], "child_protection", days_ago(30))
    published()
    assert {e.mark for e in Entry.objects.all()} == {"same"}
    involve(each["up"], "child_protection", days_ago(1)), involve(each["changed"], "young_carer", days_ago(1))
    type(ends).objects.filter(pk=ends.pk).update(end_on=today())
    mark(each["down"])
    enrol(child(forename="joined"), elm)
    published(NEXT)
    found = {e.forename: e.mark for e in Entry.objects.filter(list__week=NEXT)}
    assert found == {name: name for name in (*names, "joined")}
    assert entry(each["up"], NEXT).previous_band == "green"
    listed = WeeklyList.objects.get(week=NEXT)
    assert (listed.joined_count, listed.changed_count, listed.left_count, listed.entry_count) == (1, 3, 0, 5)


def test_publishing_again_makes_a_version_only_where_something_differs():
    ann, ben, elm, oak = child(forename="Ann"), child(forename="Ben"), school("Elm"), school("Oak")
    enrol(ann, elm), enrol(ben, oak)
    published()
    assert published()["lists"] == 0
    Child.objects.filter(pk=ann.pk).update(surname="Corrected")
    assert published()["lists"] == 1
    assert list(
        WeeklyList.objects.filter(setting=elm).values_list("version", flat=True).order_by("version")
    ) == [1, 2]
    assert Entry.objects.get(list__setting=elm, list__version=1).surname == "Test"


def test_no_address_is_ever_on_a_list():
    assert not [
        field.name
        for field in Entry._meta.get_fields()
        if "address" in field.name or "postcode" in field.name
    ]


def test_the_first_lists_start_the_watch_and_later_ones_leave_it():
    enrol(child(), school())
    published()
    began = Scheme.objects.get().watched_from
    assert began == WeeklyList.objects.get().as_at
    published(NEXT)
    assert Scheme.objects.get().watched_from == began


def test_an_earlier_week_and_a_week_that_is_no_monday_are_refused():
    enrol(child(), school())
    published(NEXT)
    with pytest.raises(Refused, match="earlier week"):
        publish(week=WEEK, by=None)
    with pytest.raises(Refused, match="Monday"):
        publish(week=NEXT + timedelta(days=1), by=None)


def test_publishing_is_one_event_and_fails_with_it(monkeypatch):
    enrol(child(), school())
    published()
    assert Event.objects.get(kind="list.publish").detail == {"lists": 1, "entries": 1}

    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(week=NEXT, by=None)


def test_last_seen_is_the_newest_sighting_of_somebody_who_shares_content():
    ann, elm = child(), school()
    share(["early_help"])
    enrol(ann, elm)
    for source, days in (("facts", 9), ("secret", 1)):
        on_record = record(ann, feed(source))
        Sighting.objects.create(
            record=on_record, feed=feed(source), agency=feed(source).agency, key=source, row_no=2, extract_id=extract(feed(source)).pk,
            recorded_from=timezone.now(), seen_on=days_ago(days), by=f"by {source}",
        )  # fmt: skip
    published()
    assert (entry(ann).last_seen_on, entry(ann).last_seen_by) == (days_ago(9), "by facts")
