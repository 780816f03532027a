"""The lead professional and the team round a child: one at a time, handed over with acceptance, told to those who may know."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.access.reach import reach_of
from apps.audit.models import Event
from apps.children.models import Child
from apps.core.clock import today
from apps.core.errors import Refused
from apps.reviews import actions as reviews
from apps.reviews.leading import actions, queries
from apps.reviews.models import Lead, Member
from tests.integration.reviews.reviewing import agency, moved, raised, the_type

pytestmark = pytest.mark.django_db


def named(world, code, by="social_worker", child="ada", name="Sol Worker", **more):
    given = {"name": name, "job": "Social worker", "phone": "01632 960001", "agency": agency(code)} | more
    return actions.name_lead(child=world.child(child), by=world.user(by), **given)


def signed_in(world, name):
    client = Client()
    client.force_login(world.user(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def current(world, child="ada"):
    return queries.current(world.child(child))


def test_of_the_own_agency_it_holds_at_once_and_of_another_once_accepted(world):
    first = named(world, "csc")
    assert (first.state, first.since) == ("current", today())
    asked = named(world, "urn-900001", name="Dee Essel", reason="She is at school now")
    assert (asked.state, current(world).pk) == ("proposed", first.pk)
    taken = actions.answer_lead(lead=asked, accepted=True, reason="", by=world.user("dsl"))
    assert (taken.state, current(world).name) == ("current", "Dee Essel")
    first.refresh_from_db()
    assert (first.state, first.ended_by) == ("ended", world.users["dsl"].pk)
    assert [each.state for each in queries.leads(world.user("review_admin"), world.child("ada"))] == [
        "current",
        "ended",
    ]


def test_who_is_asked_may_say_no_with_a_reason(world):
    first, asked = named(world, "csc"), named(world, "urn-900001", reason="At school now")
    with pytest.raises(Refused, match="Say why"):
        actions.answer_lead(lead=asked, accepted=False, reason=" ", by=world.user("dsl"))
    actions.answer_lead(lead=asked, accepted=False, reason="Full", by=world.user("dsl"))
    assert current(world).pk == first.pk
    with pytest.raises(Refused, match="already"):
        actions.answer_lead(lead=asked, accepted=True, reason="", by=world.user("dsl"))


@pytest.mark.parametrize("somebody", [True, False])
def test_after_a_refusal_every_page_says_who_leads_and_that_it_was_not_accepted(world, somebody):
    review = moved(world, raised(world), "accept")
    if somebody:
        named(world, "csc", name="Sol Worker")
    asked = named(world, "urn-900001", name="Dee Essel", reason="At school now")
    actions.answer_lead(lead=asked, accepted=False, reason="Her hours are full", by=world.user("dsl"))
    worker, ada = signed_in(world, "social_worker"), world.child("ada")
    child = worker.get(reverse("profiles:child", args=[ada.public_id])).content.decode()
    header = child[child.index("<dt>Lead professional") : child.index("<dt>Last seen")]
    assert ("<strong>Sol Worker</strong>" in header) is somebody
    assert "<strong>Dee Essel</strong>" not in header and ("Nobody leads" in header) is not somebody
    assert "Dee Essel was asked to lead and did not accept" in child
    of_review = worker.get(reverse("reviews:review", args=[review.public_id])).content.decode()
    leading = worker.get(reverse("reviews:lead", args=[ada.public_id])).content.decode()
    for page in (of_review, leading):
        assert "Dee Essel, Elm Primary School, was asked" in page and "Her hours are full" in page
        assert ("Sol Worker" in page) is somebody
    assert "Handover waits" not in child + of_review


def test_a_refusal_is_told_of_until_somebody_else_is_asked_or_named(world):
    asked = named(world, "urn-900001", name="Dee Essel")
    actions.answer_lead(lead=asked, accepted=False, reason="Full", by=world.user("dsl"))
    named(world, "csc", name="Sol Worker")
    worker, ada = signed_in(world, "social_worker"), world.child("ada")
    said = worker.get(reverse("profiles:child", args=[ada.public_id])).content.decode()
    assert "did not accept" not in said and "<strong>Sol Worker</strong>" in said
    page = worker.get(reverse("reviews:lead", args=[ada.public_id])).content.decode()
    assert "The handover was not accepted" not in page and "Was not accepted" in page


def test_a_refusal_is_told_to_nobody_who_may_not_know_of_the_agency(world):
    asked = named(world, "vemt", name="Vee Emt", by="review_admin")
    actions.answer_lead(lead=asked, accepted=False, reason="Not ours", by=world.user("review_admin"))
    for who, told in (("dsl", False), ("review_admin", True)):
        page = signed_in(world, who).get(reverse("profiles:child", args=[world.child("ada").public_id]))
        assert ("Vee Emt" in page.content.decode()) is told


@pytest.mark.parametrize("who", ["social_worker", "other_dsl", "early_help_officer"])
def test_nobody_else_answers(world, who):
    asked = named(world, "urn-900001")
    with pytest.raises(Refused, match="Only the agency that is asked"):
        actions.answer_lead(lead=asked, accepted=True, reason="", by=world.user(who))


def test_only_the_agency_that_leads_or_who_runs_reviews_hands_over_or_ends(world):
    first = named(world, "csc")
    with pytest.raises(Refused, match="Only the agency that leads"):
        named(world, "urn-900001", by="dsl")
    with pytest.raises(Refused, match="Only the agency that leads"):
        actions.end_lead(lead=first, reason="Over", by=world.user("dsl"))
    taken = named(world, "early-help", by="review_admin", reason="Agreed in the meeting", agreed=True)
    assert current(world).pk == taken.pk
    actions.end_lead(lead=taken, reason="Closed", by=world.user("early_help_officer"))
    assert current(world) is None


def test_agreed_is_for_who_runs_reviews_alone(world):
    assert named(world, "early-help", agreed=True).state == "proposed"


def test_one_waits_at_a_time(world):
    named(world, "urn-900001")
    with pytest.raises(Refused, match="asked to lead already"):
        named(world, "early-help")


def test_one_leads_at_a_time_in_the_database_too(world):
    first = named(world, "csc")
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.create(
            child=first.child,
            state="current",
            name="X",
            agency=agency("vemt"),
            by_agency=agency("vemt"),
            by=1,
            at=timezone.now(),
        )


def test_one_that_the_person_may_not_know_of_refuses_without_naming_it(world):
    """CAMHS is not told that the exploitation team leads."""
    Lead.objects.create(
        child=world.child("ben"), state="current", name="Vee", agency=agency("vemt"), by_agency=agency("vemt"), by=1,
        at=timezone.now(), since=today(),
    )  # fmt: skip
    with reach_of(world.user("health")), pytest.raises(Refused, match="Somebody leads already") as refusal:
        named(world, "health-camhs", by="health", child="ben")
    assert "Vee" not in str(refusal.value)


def test_a_handover_runs_under_row_level_security(world):
    with reach_of(world.user("social_worker")):
        named(world, "csc")
        asked = named(world, "urn-900001", reason="At school")
    with reach_of(world.user("dsl")):
        actions.answer_lead(
            lead=Lead.objects.get(pk=asked.pk), accepted=True, reason="", by=world.user("dsl")
        )
    assert current(world).agency == agency("urn-900001")


@pytest.mark.parametrize(("code", "who", "knows"), [
    ("csc", "dsl", True), ("vemt", "dsl", False), ("health-camhs", "dsl", False), ("health-camhs", "social_worker", True),
    ("vemt", "review_admin", True), ("csc", "other_dsl", False),
])  # fmt: skip
def test_it_is_told_to_whom_the_agreement_lets_know_and_python_says_what_the_database_says(
    world, code, who, knows
):
    user = world.user(who)
    for model, more in ((Lead, {"state": "current", "since": today()}), (Member, {})):
        model.objects.create(
            child=world.child("ada"),
            name="X",
            agency=agency(code),
            by_agency=agency(code),
            by=1,
            at=timezone.now(),
            **more,
        )
    with reach_of(user):
        assert Lead.objects.exists() is Member.objects.exists() is knows
    reached = Child.objects.visible_to(user).filter(pk=world.children["ada"].pk).exists()
    assert bool(queries.leads(user, world.child("ada")) and reached) is knows
    assert bool(queries.team(user, world.child("ada")) and reached) is knows


def test_a_team_is_joined_and_left(world):
    by = world.user("social_worker")
    made = actions.join_team(
        child=world.child("ada"), name="Gran", agency=agency("csc"), phone="01632 960002", by=by
    )
    actions.leave_team(member=made, by=by)
    with pytest.raises(Refused):
        actions.leave_team(member=made, by=by)
    assert not queries.team(by, world.child("ada"))


def test_a_type_may_require_a_lead_before_a_decision(world):
    the_type(required=["lead"])
    review = moved(world, raised(world), "accept", "schedule", "begin")
    with pytest.raises(Refused, match="a lead professional"):
        moved(world, review, "decide")
    named(world, "csc")
    assert moved(world, review, "decide").state == "decided"


def test_joined_records_keep_one_lead(world):
    mine, other = named(world, "csc"), named(world, "csc", child="eve", name="Eva Other")
    Child.objects.filter(pk=world.children["eve"].pk).update(merged_into=world.child("ada"))
    assert reviews.follow(by=None) == 1
    other.refresh_from_db()
    assert (other.child_id, other.state) == (world.children["ada"].pk, "ended")
    assert current(world).pk == mine.pk


def test_by_the_pages(world):
    ada = world.child("ada")
    worker, school = signed_in(world, "social_worker"), signed_in(world, "dsl")
    page = reverse("reviews:lead", args=[ada.public_id])
    assert worker.get(page).status_code == 200
    given = {"name": "Sol Worker", "job": "", "phone": "01632 960001", "agency": agency("csc").pk}
    assert worker.post(reverse("reviews:name-lead", args=[ada.public_id]), {"name": "Sol"}).status_code == 422
    assert worker.post(reverse("reviews:name-lead", args=[ada.public_id]), given).status_code == 302
    assert "01632 960001" in worker.get(reverse("profiles:child", args=[ada.public_id])).content.decode()
    over = given | {"name": "Dee Essel", "agency": agency("urn-900001").pk}
    assert worker.post(reverse("reviews:name-lead", args=[ada.public_id]), over).status_code == 422
    assert (
        worker.post(
            reverse("reviews:name-lead", args=[ada.public_id]), over | {"reason": "School"}
        ).status_code
        == 302
    )
    asked = Lead.objects.get(state="proposed")
    assert "takes over" not in worker.get(page).content.decode()
    assert "Dee Essel takes over" in school.get(page).content.decode()
    assert (
        school.post(reverse("reviews:answer-lead", args=[asked.pk]), {"accept": "", "reason": ""}).status_code
        == 302
    )
    assert worker.post(reverse("reviews:end-lead", args=[asked.pk]), {"reason": "Over"}).status_code == 422
    assert school.post(reverse("reviews:end-lead", args=[asked.pk]), {"reason": "Over"}).status_code == 302
    assert worker.post(reverse("reviews:join-team", args=[ada.public_id]), given).status_code == 302
    assert worker.post(reverse("reviews:leave-team", args=[Member.objects.get().pk])).status_code == 302
    assert Event.objects.filter(kind="review.look", subject="lead", children=[ada.pk]).exists()


def test_of_a_child_out_of_reach_there_is_no_page(world):
    client = signed_in(world, "health")
    assert client.get(reverse("reviews:lead", args=[world.child("ada").public_id])).status_code == 404
    lead = named(world, "csc")
    assert client.post(reverse("reviews:end-lead", args=[lead.pk]), {"reason": "x"}).status_code == 404
