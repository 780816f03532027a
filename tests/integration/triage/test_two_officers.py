"""Two officers decide one change at the same moment, on two real connections."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.core.errors import Refused
from apps.extracts.models import Extract, Feed
from apps.ragp.actions import assess
from apps.ragp.models import Scheme
from apps.triage import actions
from apps.triage.models import Decision, Item
from tests.integration.ragp.facts import child, days_ago, involve


@pytest.fixture
def waiting(committed):
    """A change that waits, committed for every connection to see; what reference tables it needed goes with it."""
    Scheme.objects.update(watched_from=timezone.now())
    involve(child(), "early_help", days_ago(3))
    assess(by=None)
    actions.open_items(by=None)
    yield Item.objects.get()
    Scheme.objects.update(watched_from=None)
    with connection.cursor() as cursor:
        cursor.execute("truncate children_sourcerecord, triage_item cascade")
    Extract.objects.filter(feed__code="facts").delete()
    Feed.objects.filter(code="facts").delete()
    Agency.objects.filter(code="facts-agency").delete()


def test_two_officers_at_the_same_moment_make_one_decision(waiting):
    officers = [User.objects.create(username=name, email=f"{name}@example.org") for name in ("one", "two")]
    start, told = threading.Barrier(2), []

    def decides(officer):
        start.wait(5)
        try:
            actions.decide(items=[waiting], outcome="ask", reason="x", by=officer)
            told.append("kept")
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=decides, args=[officer]) for officer in officers]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert told.count("kept") == 1
    assert any("was quicker" in each for each in told)
    assert Decision.objects.count() == 1
