"""What a week is to a report, over a change of the clocks too."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from apps.reports.moments import Span, term_of


def test_a_week_that_is_over_ends_at_midnight_here():
    span = Span.of(date(2026, 10, 19), datetime(2026, 11, 2, tzinfo=UTC))
    assert (span.over, span.day, span.begin_day) == (True, date(2026, 10, 25), date(2026, 10, 18))
    assert timezone.localtime(span.known).isoformat() == "2026-10-26T00:00:00+00:00"
    assert timezone.localtime(span.begin).isoformat() == "2026-10-19T00:00:00+01:00"


def test_a_week_that_is_not_over_knows_up_to_now():
    now = datetime(2026, 11, 18, 9, tzinfo=UTC)
    span = Span.of(date(2026, 11, 16), now)
    assert (span.over, span.known, span.day) == (False, now, date(2026, 11, 18))


@pytest.mark.parametrize(
    ("day", "name", "first"),
    [
        (date(2026, 9, 1), "Autumn term 2026", date(2026, 9, 1)), (date(2026, 12, 31), "Autumn term 2026", date(2026, 9, 1)),
        (date(2027, 1, 1), "Spring term 2027", date(2027, 1, 1)), (date(2027, 4, 1), "Summer term 2027", date(2027, 4, 1)),
    ],
)  # fmt: skip
def test_every_day_falls_into_a_term(day, name, first):
    assert term_of(day) == (name, first)
