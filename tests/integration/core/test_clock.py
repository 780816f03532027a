from datetime import timedelta

import pytest
from django.utils import timezone

from apps.core import clock

pytestmark = pytest.mark.django_db


def test_the_moment_of_a_commit_is_the_databases_wall_clock_not_the_transactions_start():
    first, second = clock.commit_moment(), clock.commit_moment()
    assert first < second <= timezone.now() + timedelta(seconds=5)


def test_the_demo_borough_can_have_a_past_and_the_clock_goes_right_again_afterwards():
    with clock.behind(timedelta(days=7)):
        assert clock.commit_moment() <= timezone.now() - timedelta(days=7)
        assert clock.today() == timezone.localdate() - timedelta(days=7)
    assert timezone.now() - clock.commit_moment() < timedelta(minutes=1)
    assert clock.today() == timezone.localdate()


def test_a_day_of_the_past_that_was_asked_for_does_not_stay():
    """Files of two weeks are read within one minute: a birth of the second must not be in the future."""
    days = []
    for back in (63, 0, 7):
        with clock.behind(timedelta(days=back)):
            days.append(timezone.localdate() - clock.today())
    assert days == [timedelta(days=63), timedelta(0), timedelta(days=7)]
