"""What changed on a child's page since its reader last looked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.core.clock import today
from apps.profiles.models import LastLook
from tests.integration.profiles.test_child_page import CAMHS_ADA, CAMHS_BEN
from tests.world import bring

NEW = {**CAMHS_ADA, "Referral Received": (today() - timedelta(days=2)).strftime("%d/%m/%Y")}


@pytest.fixture
def look(client, world):
    def opened(who="social_worker", child="ada", **query):
        client.force_login(world.user(who))
        return client.get(reverse("profiles:child", args=[world.child(child).public_id]), query).context[
            "since"
        ]

    return opened


def a_while_ago(**since):
    LastLook.objects.update(at=timezone.now() - timedelta(**since))


def test_a_first_look_has_nothing_before_it(look):
    assert look().looked is None
    assert LastLook.objects.count() == 1


def test_what_became_known_since_is_told(look):
    look()
    a_while_ago(hours=3)
    bring("camhs", CAMHS_BEN, NEW)
    LastLook.objects.update(at=timezone.now() - timedelta(hours=2))
    told = look()
    assert told.looked is not None
    assert any(line.startswith("CAMHS began") for line in told.lines)
    # looked at again within the hour it is told still, and the next day no more
    assert look().lines == told.lines
    a_while_ago(minutes=61)
    from apps.involvements.models import Involvement, Sighting
    from apps.ragp.models import Assessment

    long_ago = timezone.now() - timedelta(days=2)
    Involvement.objects.update(recorded_from=long_ago)
    Sighting.objects.update(recorded_from=long_ago)
    Assessment.objects.update(assessed_at=long_ago)
    assert look().lines == ()


def test_what_is_not_shared_is_not_told(look):
    look("dsl")
    a_while_ago(hours=3)
    bring("camhs", CAMHS_BEN, NEW)
    assert not any("CAMHS" in line for line in look("dsl").lines)


def test_the_page_of_an_earlier_day_is_no_visit(look):
    look(as_at=(today() - timedelta(days=1)).strftime("%d/%m/%Y"))
    assert not LastLook.objects.exists()


def test_each_person_has_a_last_look_of_their_own(look):
    look()
    a_while_ago(hours=3)
    assert look("early_help_officer").looked is None
