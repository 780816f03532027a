"""What late sources could change, for a page of children at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.core.clock import today
from apps.extracts.models import Extract, Feed
from apps.ragp.actions import assess
from apps.ragp.queries import spans
from tests.integration.ragp.facts import child, days_ago, extract, feed, involve, observe

pytestmark = pytest.mark.django_db


def committed(as_of):
    """Every file is of one day, and its commit known."""
    Extract.objects.update(as_of=as_of, committed_at=timezone.now())


def cost(children):
    with CaptureQueriesContext(connection) as asked:
        found = spans([each.pk for each in children])
    return len(asked), found


def test_a_page_of_children_costs_no_more_than_one():
    people = [child() for _ in range(5)]
    for each in people:
        involve(each, "early_help", days_ago(3), source=feed("eh", services=["early_help"]))
    assess(by=None)
    few, _ = cost(people[:1])
    many, found = cost(people)
    assert few == many <= 4
    assert {each.known for each in found.values()} == {3} and len(found) == 5


def test_a_late_feed_takes_away_and_adds():
    one = child()
    source = feed("camhs-late", services=["camhs"])
    involve(one, "camhs", days_ago(50), source=source)
    assess(by=None)
    committed(today())
    before = spans([one.pk])[one.pk]
    assert (before.known, before.least) == (3, 3)
    committed(days_ago(11))
    after = spans([one.pk])[one.pk]
    # it may have ended, and may go on: nothing is added twice
    assert (after.known, after.least, after.most) == (3, 0, before.most)


def test_a_measure_is_checked_by_the_feed_that_brings_it_not_by_its_service():
    one = child()
    roll = feed("a-roll", services=["school_roll"])
    involve(one, "school_roll", days_ago(9), source=roll)
    observe(one, "attendance", days_ago(5), 70)
    assess(by=None)
    committed(today())
    unchecked = spans([one.pk])[one.pk].most
    extract(Feed.objects.get(code="attendance"))
    committed(today())
    assert spans([one.pk])[one.pk].most == unchecked - 3  # from 70 it could have been below 50
