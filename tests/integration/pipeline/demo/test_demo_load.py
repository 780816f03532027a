"""A small borough loaded as a council would load it: two weeks, through the pipeline alone."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from apps.access.models import Membership
from apps.access.queries import may
from apps.access.roles import ROLES
from apps.accounts.models import User
from apps.agencies.models import Agency, SettingAlias, SharingAgreement
from apps.children.models import Child
from apps.extracts.catalogue import AGREEMENTS, FEEDS
from apps.extracts.layouts.registry import LAYOUTS
from apps.extracts.models import Extract, Feed, Finding, State
from apps.extracts.reference import install_reference
from apps.involvements.catalogue import SERVICES
from apps.involvements.models import Involvement
from apps.lists.models import WeeklyList
from apps.matching.models import Question
from apps.people.models import Professional
from apps.pipeline.demo.files import Written
from apps.pipeline.demo.load import load_borough
from apps.pipeline.demo.people import PEOPLE, password
from apps.ragp.checking import check
from apps.ragp.models import Assessment
from apps.triage.models import Item

MONDAY = date(2026, 11, 9)
OPEN = {"recorded_to": None, "end_on": None}


@pytest.fixture(scope="module")
def _loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[tuple[Written, list[str]]]:
    said: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        out = tmp_path_factory.mktemp("demo")
        yield load_borough(out=out, monday=MONDAY, children=1_500, seed=5, say=said.append), said
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_loaded: tuple[Written, list[str]], db: None) -> Written:
    return _loaded[0]


def child_of(written: Written, what: str) -> Child:
    n = written.happened[what][0]
    return Child.objects.get(
        nhs_number=next(c.nhs for c in written.borough.children if c.n == n), merged_into=None
    )


def test_every_feed_that_came_was_committed(loaded: Written) -> None:
    states = Counter(Extract.objects.values_list("feed__code", "as_of", "state"))
    for week in loaded.weeks:
        for feed in week.feeds:
            assert states[feed, week.monday, State.COMMITTED] == 1, (feed, week.monday)
    assert not Extract.objects.filter(feed__code="youth_justice", as_of=loaded.weeks[1].monday).exists()


def test_only_what_was_spoiled_is_an_error(loaded: Written) -> None:
    errors = set(Finding.objects.filter(severity="error").values_list("extract__feed__code", "code"))
    assert {feed for feed, _ in errors} <= {"early_help", "young_carers", "camhs"}, errors


def test_nearly_every_child_is_one_child(loaded: Written) -> None:
    children, truth = Child.objects.filter(merged_into=None).count(), len(loaded.borough.children)
    assert truth <= children <= 1.02 * truth
    assert 1 <= Question.objects.filter(closed_at=None).count() <= 0.02 * truth


def test_every_service_is_there(loaded: Written) -> None:
    there = set(Involvement.objects.filter(**OPEN).values_list("service", flat=True))
    assert set(SERVICES) - there <= {"missing", "exclusion", "social_care_referral"}


def test_every_place_found_its_setting_and_every_worker_their_name(loaded: Written) -> None:
    waiting = Involvement.objects.filter(**OPEN, setting=None).exclude(setting_ref="")
    assert set(waiting.values_list("setting_ref", flat=True)) == {"URN to follow"}
    assert SettingAlias.objects.filter(setting=None).count() == 1
    assert (
        not Involvement.objects.filter(**OPEN, content__worker=None).exclude(content__worker_ref="").exists()
    )


def test_ratings_have_the_shape_of_a_borough(loaded: Written) -> None:
    total = Child.objects.filter(merged_into=None).count()
    bands = Counter(Assessment.objects.filter(superseded_at=None).values_list("band", flat=True))
    shares = {band: count / total for band, count in bands.items()}
    assert 0.03 < shares["red"] < 0.11
    assert 0.10 < shares["amber"] < 0.26
    assert 0.25 < shares["green"] < 0.48
    assert shares["purple"] < shares["red"] < shares["amber"] < shares["green"]


def test_the_second_week_changes_ratings_that_somebody_must_look_at(loaded: Written) -> None:
    tamsin = child_of(loaded, "rating rises")
    item = Item.objects.get(child=tamsin, state=Item.State.OPEN)
    assert (item.change.from_band, item.change.to_band) == ("amber", "red")
    assert Item.objects.filter(state=Item.State.OPEN).count() > 5


def test_the_dead_the_gone_and_the_grown_are_on_no_list(loaded: Written) -> None:
    last = WeeklyList.objects.filter(week=loaded.weeks[1].monday)
    assert last.exists()
    for what in ("death", "left the area", "ageing out"):
        assert not last.filter(entries__child=child_of(loaded, what)).exists(), what
    assert child_of(loaded, "death").died_on
    assert child_of(loaded, "left the area").left_area_on


def test_both_weeks_have_lists(loaded: Written) -> None:
    assert set(WeeklyList.objects.values_list("week", flat=True)) == {week.monday for week in loaded.weeks}


def test_addresses_are_hidden_where_the_source_says_and_one_record_whole(loaded: Written) -> None:
    assert Child.objects.filter(restricted=True).count() == 1
    assert Child.objects.filter(address_hidden=True).count() >= 3
    assert child_of(loaded, "rating rises").address_hidden


def test_there_is_somebody_for_every_role(loaded: Written) -> None:
    assert set(Membership.objects.values_list("role", flat=True)) == set(ROLES)
    assert User.objects.count() == len(PEOPLE) + 6
    assert may(User.objects.get(username="rowan.aldous"), "triage.decide")
    assert all(user.check_password(password()) for user in User.objects.filter(username="priya.venn"))


def test_the_social_worker_has_children_of_her_own(loaded: Written) -> None:
    priya = Professional.objects.get(user__username="priya.venn")
    own = Child.objects.filter(
        records__involvement__content__worker=priya, records__involvement__recorded_to=None
    )
    assert 10 <= own.distinct().count() <= 30


def test_schools_have_a_safeguarding_lead_and_services_a_number(loaded: Written) -> None:
    dsl = Membership.objects.filter(role="school_dsl").select_related("agency", "user")
    assert {m.agency.safeguarding_lead for m in dsl} == {m.user.display_name for m in dsl}
    assert Agency.objects.get(code="csc").phone.startswith("01632 960")


def test_the_demo_goes_into_an_empty_instance_alone(loaded: Written) -> None:
    with pytest.raises(CommandError, match="children here already"):
        call_command("load_demo", stderr=StringIO())


def test_a_production_instance_has_no_demo(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PRODUCTION", True)
    for command in ("load_demo", "demo_signins"):
        with pytest.raises(CommandError, match="production"):
            call_command(command, stdout=StringIO(), stderr=StringIO())


def test_signins_are_printed_with_their_password(loaded: Written) -> None:
    out = StringIO()
    call_command("demo_signins", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == len(PEOPLE) + 7
    assert any(line.startswith("priya.venn@") for line in lines)
    assert lines[-1].endswith(password())


def test_a_new_instance_has_its_feeds_and_agreements(db: None) -> None:
    assert set(Feed.objects.values_list("code", flat=True)) >= {spec.code for spec in FEEDS}
    assert SharingAgreement.objects.count() >= sum(len(spec.recipients) for spec in AGREEMENTS)
    assert install_reference(by=None) == {"agencies": 0, "feeds": 0, "agreements": 0}


def test_what_a_council_changed_is_left_alone(db: None) -> None:
    Feed.objects.filter(code="vemt").update(title="Our own title")
    SharingAgreement.objects.all().first().delete()
    assert install_reference(by=None) == {"agencies": 0, "feeds": 0, "agreements": 1}
    assert Feed.objects.get(code="vemt").title == "Our own title"


def test_every_feed_that_brings_children_has_its_layout_and_known_services() -> None:
    for spec in FEEDS:
        assert spec.code in {*LAYOUTS, "gias", "professionals", "wards"}
        assert set(spec.services) <= set(SERVICES)


def test_every_rating_is_worked_out_again_to_the_same_band_and_reasons(loaded: Written) -> None:
    found = check()
    assert found.ok, found
    assert found.assessments > found.standing > 500
    one = Assessment.objects.exclude(band="none").filter(superseded_at=None).latest("pk")
    Assessment.objects.filter(pk=one.pk).update(contributions=[])
    assert (check().wrong_bands, check().wrong_reasons) == (1, 1)
    Assessment.objects.filter(pk=one.pk).update(contributions=one.contributions)
    assert check().ok
