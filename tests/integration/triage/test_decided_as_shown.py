"""Nobody decides about what was not shown: a page that was opened before the rating changed again, or before a concern came, is told so."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.involvements.models import Observation
from apps.ragp.actions import assess
from apps.ragp.models import Scheme
from apps.triage import actions
from apps.triage.models import Decision, Item
from apps.triage.raising import raise_worries
from tests.integration.ragp.facts import days_ago, involve, observe

pytestmark = pytest.mark.django_db

KEPT = {"outcome": "no_action", "reason": "Known to the school"}


@pytest.fixture
def moved(world):
    """A child whose change of rating waits."""
    Scheme.objects.update(watched_from=timezone.now())
    return worse(world.child("ada"), "child_protection")


@pytest.fixture
def officer(client, world):
    client.force_login(world.user("early_help_officer"))
    return client


def worse(child, service):
    involve(child, service, days_ago(1))
    assess(by=None)
    actions.open_items(by=None)
    return child


def open_page(officer, child, by_itself):
    """What the form of the queue's panel, or of the page of one decision, would send."""
    if by_itself:
        page = officer.post(reverse("triage:decide"), {"item": str(child.public_id), "choose": ""})
    else:
        page = officer.get(reverse("triage:queue"), {"child": str(child.public_id)})
    seen = re.findall(r'name="seen" value="([^"]+)"', page.content.decode())
    assert len(seen) == 1
    return KEPT | {"item": str(child.public_id), "seen": seen}


@pytest.mark.parametrize("by_itself", [True, False])
def test_what_was_shown_is_decided(officer, moved, by_itself):
    assert officer.post(reverse("triage:decide"), open_page(officer, moved, by_itself)).status_code == 302
    assert Decision.objects.get().item.child == moved


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_rating_that_has_changed_again_is_not_decided_unseen(officer, moved, by_itself):
    form = open_page(officer, moved, by_itself)
    worse(moved, "vemt")
    answer = officer.post(reverse("triage:decide"), form)
    assert answer.status_code == 409
    assert "has changed since you opened it" in answer.content.decode()
    assert not Decision.objects.exists()
    assert Item.objects.get(child=moved, state="open").mark in answer.content.decode()


def test_a_concern_that_came_meanwhile_is_not_decided_unseen(officer, moved):
    form = open_page(officer, moved, False)
    worry = observe(moved, "school_concern", days_ago(0))
    Observation.objects.filter(pk=worry.pk).update(text="Serious concern")
    assert raise_worries(children=[moved.pk], by=None) == 1
    assert officer.post(reverse("triage:decide"), form).status_code == 409
    assert not Decision.objects.exists()


def test_a_decision_that_does_not_say_what_it_saw_is_not_kept(officer, moved):
    answer = officer.post(reverse("triage:decide"), KEPT | {"item": str(moved.public_id)})
    assert answer.status_code == 409
    assert not Decision.objects.exists()
