"""Where a child with a hidden address is, and that a restricted child is known, in every place that could give it away."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.access.reach import reach_of
from apps.agencies.actions import agree
from apps.agencies.models import Agency
from apps.children.actions import restrict
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.lists.export import write_files
from apps.lists.models import Departure
from apps.lists.weeks import name_of
from apps.matching.acts import actions as acts
from apps.matching.models import Question
from apps.pipeline import plan
from apps.pipeline.linkage.actions import carry_out
from apps.ragp.actions import assess
from apps.ragp.models import Assessment, Scheme
from apps.reviews.leading.actions import join_team, name_lead
from apps.triage.actions import open_items
from apps.triage.queries import Wanted, wanted_items
from tests.integration.ragp.facts import days_ago, involve
from tests.world import OTHER_SCHOOL_URN, SCHOOL_URN, bring

SCHOOL = b"Elm Primary School"
BORN = "04/05/2022"


@pytest.fixture
def ada(world):
    """On the roll of the school, known to social care, and now with a hidden address."""
    restrict(child=world.child("ada"), hides="address", reason="Refuge", by=None)
    return world.child("ada")


@pytest.fixture
def queue(world):
    """A queue with every rated child in it."""
    Scheme.objects.update(watched_from=timezone.now() - timedelta(days=1))
    assess(by=None)
    open_items(by=None)


def get(client, world, who, address, **query):
    client.force_login(world.user(who))
    return client.get(address, query)


def page(client, world, who, child, **query):
    return get(client, world, who, reverse("profiles:child", args=[child.public_id]), **query)


@pytest.mark.parametrize("who", ["early_help_officer", "review_admin", "data_officer"])
@pytest.mark.parametrize("query", [{}, {"show": "school", "all": ""}])
def test_the_childs_page_does_not_name_the_school_of_a_hidden_address(client, world, ada, who, query):
    shown = page(client, world, who, ada, **query)
    assert shown.status_code == 200
    assert b"ASHBY" in shown.content
    assert SCHOOL not in shown.content


def test_a_lead_of_the_school_does_not_tell_where_a_hidden_child_goes(client, world):
    """The school shares that it is involved; who leads was written down before the child went into hiding."""
    elm, child = Agency.objects.get(code=f"urn-{SCHOOL_URN}"), world.child("ada")
    for recipient in ("early-help", "csc"):
        agree(
            provider=elm,
            services=["*"],
            level="existence",
            recipient=Agency.objects.get(code=recipient),
            by=None,
        )
    named = {"child": child, "agency": elm, "by": world.user("dsl")}
    name_lead(name="Dee Essel", **named)
    join_team(name="Tia Temm", **named)

    def told(who):
        shown = [
            page(client, world, who, child),
            get(client, world, who, reverse("reviews:lead", args=[child.public_id])),
        ]
        return [name in each.content for each in shown for name in (b"Dee Essel", b"Tia Temm")]

    assert all(told("early_help_officer"))
    restrict(child=child, hides="address", reason="Refuge", by=None)
    assert not any(told("early_help_officer"))
    assert SCHOOL not in page(client, world, "early_help_officer", child).content
    for beside in ("social_worker", "dsl", "review_admin"):
        assert all(told(beside)), beside


@pytest.mark.parametrize(
    "who, own, other",
    [("dsl", b"Elm Primary", b"Oak Primary"), ("other_dsl", b"Oak Primary", b"Elm Primary")],
)
def test_the_school_the_child_has_left_is_not_told_of_the_one_where_it_is(
    client, world, ada, who, own, other
):
    """In a refuge the child goes to another nursery, and the roll of the one before has not ended yet: both reach the child."""
    on = ada.records.get(id_scheme="early_years_roll")
    involve(on, "early_years_roll", days_ago(3), setting=Agency.objects.get(code=f"urn-{OTHER_SCHOOL_URN}"))
    plan.refresh([ada.pk])
    client.force_login(world.user(who))
    found = client.post(reverse("profiles:search"), {"name": "Ashby Ada"}, follow=True)
    for shown in (page(client, world, who, ada), get(client, world, who, reverse("home")), found):
        body = shown.content.split(b"<main")[1]
        assert shown.status_code == 200 and other not in body
    assert own in page(client, world, who, ada).content


def test_those_who_stand_beside_the_child_see_the_school(client, world, ada):
    assert SCHOOL in page(client, world, "social_worker", ada).content
    assert SCHOOL in page(client, world, "dsl", ada).content


def test_the_queue_neither_names_the_school_nor_finds_the_child_by_it(client, world, ada, queue):
    shown = get(client, world, "early_help_officer", reverse("triage:queue"), child=str(ada.public_id))
    rows = [row for row in shown.context["rows"] if row.item.child_id == ada.pk]
    assert rows, "Ada's change waits"
    assert not any("Elm" in row.note for row in rows)
    assert "Elm" not in shown.context["chosen"].row.note
    by_school = wanted_items(world.user("early_help_officer"), Wanted(school=str(ada.setting_id)))
    assert ada.pk not in {item.child_id for item in by_school}
    assert str(ada.setting_id) not in {key for key, _ in shown.context["filters"].fields["school"].choices}


def test_the_queue_by_school_does_not_place_the_child_beside_its_school(client, world, ada, queue):
    in_order = wanted_items(world.user("early_help_officer"), Wanted(sort="school"))
    placed = [bool(item.child.setting) and not item.child.address_hidden for item in in_order]
    assert placed == sorted(placed, reverse=True) and len(set(placed)) == 2


def test_a_decision_about_the_child_does_not_name_the_school(client, world, ada, queue):
    client.force_login(world.user("early_help_officer"))
    shown = client.post(reverse("triage:decide"), {"item": str(ada.public_id), "choose": ""})
    assert b"ASHBY" in shown.content
    assert SCHOOL not in shown.content


def test_an_officer_does_not_find_the_child_on_the_schools_list(client, world, ada):
    publish(week=week_of(today()), by=None)
    address = f"urn-{SCHOOL_URN}/{name_of(week_of(today()))}"
    for ending in ("/", ".csv"):
        shown = get(client, world, "early_help_officer", f"/lists/all/{address}{ending}", show="all")
        assert shown.status_code == 200
        assert b"Ashby" not in shown.content and b"ASHBY" not in shown.content
        own = get(client, world, "dsl", f"/lists/mine/{address}{ending}", show="all")
        assert b"ashby" in own.content.lower()


def test_the_school_left_is_not_told_that_the_child_is_at_another_one(world, ada):
    week = week_of(today())
    before = week.fromordinal(week.toordinal() - 7)
    publish(week=before, by=None)
    bring("early_years_roll", *(
        {"Child Ref": ref, "Forename": forename, "Surname": surname, "Date of Birth": BORN, "Postcode": "ZZ2 1ZZ",
         "Setting URN": urn, "Start Date": "01/09/2026"}
        for ref, surname, forename, urn in (
            ("Y1", "Ashby", "Ada", OTHER_SCHOOL_URN), ("Y3", "Cole", "Cleo", SCHOOL_URN), ("Y4", "Dunne", "Dan", OTHER_SCHOOL_URN))
    ))  # fmt: skip
    publish(week=week, by=None)
    why = dict(Departure.objects.filter(list__week=week).values_list("child", "why"))
    assert why[ada.pk] == why[world.child("dan").pk] == "left"
    assert why[world.child("cleo").pk] == "moved"


DAN = {
    "Local Patient ID": "P9", "Family Name": "Dunne", "Given Name": "Dan", "Birth Date": BORN, "Address": "9 Ninth Street",
    "Postcode": "ZZ9 9ZZ", "Referral ID": "R9", "Referral Received": "01/09/2026", "Pathway": "Anxiety",
}  # fmt: skip
BEN = {
    "Local Patient ID": "P2", "Family Name": "Bright", "Given Name": "Ben", "Birth Date": BORN, "Referral ID": "R2",
    "Referral Received": "01/09/2026", "Pathway": "Anxiety",
}  # fmt: skip


def test_a_record_that_may_be_a_restricted_childs_is_as_hidden_as_the_child(client, world):
    """Else the whole borough would read the name and the address from the record beside it."""
    bring("camhs", BEN, DAN)
    beside = Child.objects.get(surname="Dunne", forename="Dan", provisional=True)
    assert Question.objects.filter(child=beside, closed_at=None).exists()
    assert (beside.restricted, beside.address_hidden) == (True, True)
    for who in ("early_help_officer", "data_officer", "review_admin", "social_worker"):
        assert page(client, world, who, beside).status_code == 404
    shown = get(client, world, "data_officer", reverse("pipeline:questions"))
    assert b"Dunne" not in shown.content and b"DUNNE" not in shown.content
    # who sent the record knows it anyway
    assert page(client, world, "health", beside).status_code == 200


def test_a_record_that_may_be_a_child_with_a_hidden_address_hides_its_own(client, world):
    bring("camhs", BEN, DAN | {"Family Name": "Everett", "Given Name": "Eve"})
    beside = Child.objects.get(surname="Everett", provisional=True)
    assert (beside.restricted, beside.address_hidden) == (False, True)
    assert b"9 Ninth Street" not in page(client, world, "data_officer", beside).content


@pytest.mark.parametrize("hides, expected", [("child", (True, True)), ("address", (False, True))])
def test_hiding_a_child_hides_the_record_in_question_beside_it(client, world, hides, expected):
    bring("camhs", BEN, DAN | {"Family Name": "Ashby", "Given Name": "Ada"})
    beside = Child.objects.get(surname="Ashby", provisional=True)
    assert not beside.address_hidden
    restrict(child=world.child("ada"), hides=hides, reason="Refuge", by=None)
    beside.refresh_from_db()
    assert (beside.restricted, beside.address_hidden) == expected
    assert b"9 Ninth Street" not in page(client, world, "data_officer", beside).content
    bring("camhs", BEN, DAN | {"Family Name": "Ashby", "Given Name": "Ada", "Address": "10 Tenth Street"})
    beside.refresh_from_db()
    assert (beside.restricted, beside.address_hidden) == expected, "the next file changes nothing about it"


def test_hiding_a_child_hides_the_page_that_was_made_one_with_it(world):
    """What was decided of it before, with its reasons, lies there still."""
    by = world.user("data_officer")
    act = acts.draft(kind="merge", child=world.child("ada"), target=world.child("cleo"), by=by)
    acts.approve(act=acts.propose(act=act, reason="One", preview={}, by=by), by=world.user("review_admin"))
    carry_out(act=act)
    act.refresh_from_db()
    assert Assessment.objects.filter(child=act.child).exists()
    officer = world.user("early_help_officer")

    def told():
        with reach_of(officer):
            return Assessment.objects.filter(child=act.child).exists()

    assert told()
    restrict(child=act.target, hides="child", reason="Court order", by=None)
    assert not told()
    # and so it stays where the two are parted again: only a person lifts it
    acts.ask_undo(act=act, reason="Two after all", by=by)
    carry_out(act=act)
    assert Child.objects.get(pk=act.child_id).restricted


def test_lists_written_to_a_folder_are_for_their_owner_alone(world, tmp_path):
    publish(week=week_of(today()), by=None)
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    assert write_files(week=week_of(today()), folder=folder, by="test")
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
