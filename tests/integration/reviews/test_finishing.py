"""A meeting that is ended by somebody who does not reach every child on its agenda: the child waits for the next one, unseen."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from apps.access.actions import grant_child
from apps.access.reach import reach_of
from apps.audit.models import Event
from apps.children.actions import restrict
from apps.core.clock import today
from apps.pipeline.tasks import sweep_reviews
from apps.reviews.meetings import actions, agreeing, finishing, minutes, queries
from apps.reviews.models import AgendaItem, CaseReview, Draft, Minutes
from tests.integration.reviews.reviewing import DAY, moved, raised, the_type

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def planned(world, series, admin):
    """Ada's and Eve's reviews are on the agenda of today's meeting; then Eve is restricted."""
    the_type("csc", "urn-900001")
    for name in ("ada", "eve"):
        moved(world, raised(world, name), "accept")
    made = actions.plan(series=series, on=today(), by=admin)
    actions.draw(meeting=made, by=admin)
    return made


def hidden(world):
    restrict(child=world.child("eve"), hides="child", reason="Order", by=None)


def of_eve(world):
    return CaseReview.objects.get(child=world.child("eve"))


def ended_unseen(world, planned, admin):
    hidden(world)
    with reach_of(admin):
        held = actions.begin(meeting=planned, by=admin)
        actions.end(meeting=held, by=admin)


def test_it_is_carried_over_undiscussed_and_the_meeting_is_over(world, planned, admin):
    ended_unseen(world, planned, admin)
    sweep_reviews()
    review = of_eve(world)
    assert (review.state, review.meets_on) == ("scheduled", today() + WEEK)
    assert not review.outcomes.exists()
    assert {each.state for each in planned.items.all()} == {"carried"}
    assert finishing.finish(by=None) == 0


def test_it_comes_with_what_is_typed_to_the_next_meeting_that_is_planned_whoever_draws_it(
    world, series, planned, admin
):
    item = AgendaItem.objects.get(meeting=planned, review=of_eve(world))
    actions.keep(item=item, given={"summary": "So far"}, was={}, by=admin)
    coming = actions.plan(series=series, on=today() + 3 * DAY, by=admin)
    ended_unseen(world, planned, admin)
    finishing.finish(by=None)
    [there] = coming.items.all()
    assert (there.review, there.state, of_eve(world).meets_on) == (of_eve(world), "waiting", coming.on)
    assert Draft.objects.get(item=there).words == {"summary": "So far"}


def test_what_was_agreed_by_somebody_else_is_closed_and_minuted(world, planned, admin):
    held = actions.begin(meeting=planned, by=admin)
    item = AgendaItem.objects.get(meeting=planned, review=of_eve(world))
    agreeing.agree(item=item, summary="EVE IS SAFE", next_review_on=today() + 28 * DAY, by=admin)
    hidden(world)
    with reach_of(admin):
        actions.end(meeting=held, by=admin)
    assert finishing.finish(by=None) == 1
    assert of_eve(world).state == "closed"
    grant_child(user=admin, child=world.child("eve"), reason="Chairs the conference", by=None)
    lines = queries.lines(admin, queries.minutes(admin, planned))
    assert {line.review.child.forename: line.summary for line in lines}["Eve"] == "EVE IS SAFE"


def test_a_review_decided_later_on_its_own_page_is_left_alone(world, planned, admin):
    held = actions.begin(meeting=planned, by=admin)
    item = AgendaItem.objects.get(meeting=planned, review=of_eve(world))
    agreeing.agree(item=item, summary="So", next_review_on=today() + 28 * DAY, by=admin)
    actions.end(meeting=held, by=admin)
    moved(world, of_eve(world), "reopen", "schedule", "begin", "decide")
    assert (finishing.finish(by=None), of_eve(world).state) == (0, "decided")


def test_who_ended_it_is_shown_nothing_of_the_child_before_or_after(world, planned, admin):
    ended_unseen(world, planned, admin)
    client = Client()
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    names = ("reviews:meeting", "reviews:minutes", "reviews:pack")
    addresses = [reverse(name, args=[planned.public_id]) for name in names]
    addresses += [reverse("reviews:queue"), reverse("reviews:meetings")]

    def shown():
        return [strip(client.get(address).content.decode()) for address in addresses]

    before = shown()
    finishing.finish(by=None)
    after = shown()
    assert before == after
    assert "EVERETT" not in "".join(after)
    minutes.approve(minutes=Minutes.objects.get(), by=admin)
    assert "EVERETT" not in "".join(shown())


def strip(page):
    """A page without what changes with every answer."""
    return "".join(line for line in page.splitlines() if "csrf" not in line.lower())


def test_it_leaves_its_event_and_without_it_nothing_is_done(world, planned, admin, monkeypatch):
    ended_unseen(world, planned, admin)

    def fails(*args, **kwargs):
        raise ConnectionError("the audit record is full")

    with monkeypatch.context() as patch:
        patch.setattr(finishing, "record", fails)
        with pytest.raises(ConnectionError), transaction.atomic():
            finishing.finish(by=None)
    assert AgendaItem.objects.get(review=of_eve(world)).state == "waiting"
    finishing.finish(by=None)
    event = Event.objects.get(kind="meeting.finish")
    assert (event.by, event.children) == (None, [world.child("eve").pk])
