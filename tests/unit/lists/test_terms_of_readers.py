"""How long a setting's word about its readers holds, by the terms that are kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.lists.recipients.rules import AHEAD, next_term, verified_until

#: A school year in six pieces, as councils publish it.
YEAR = [
    (date(2026, 9, 1), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
    (date(2027, 2, 22), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 5, 28)),
    (date(2027, 6, 7), date(2027, 7, 21)),
]


@pytest.mark.parametrize(
    ("said", "until"),
    [
        (date(2026, 9, 3), date(2027, 1, 3)),  # a half term is no end
        (date(2026, 11, 30), date(2027, 1, 3)),
        (date(2026, 12, 21), date(2027, 4, 11)),  # a fortnight before the next term: already for that
        (date(2027, 1, 3), date(2027, 4, 11)),
        (date(2027, 1, 4), date(2027, 4, 11)),
        (date(2027, 4, 12), date(2027, 8, 31)),  # no later term is kept: the usual beginning
        (date(2027, 8, 25), date(2027, 12, 31)),
    ],
)
def test_a_word_holds_until_the_term_is_over(said, until):
    assert verified_until(said, YEAR) == until


@pytest.mark.parametrize(
    ("said", "until"),
    [(date(2026, 11, 30), date(2026, 12, 31)), (date(2026, 12, 20), date(2027, 3, 31)), (date(2027, 6, 1), date(2027, 8, 31))],
)  # fmt: skip
def test_where_no_terms_are_kept_the_usual_ones_count(said, until):
    assert verified_until(said, []) == until


days = st.dates(date(2025, 1, 1), date(2030, 1, 1))
spans = st.lists(
    st.tuples(days, st.integers(0, 80)).map(lambda s: (s[0], s[0] + timedelta(days=s[1]))), max_size=8
)


@given(days, spans)
def test_a_word_always_holds_for_more_than_the_days_of_reminding(day, kept):
    until = verified_until(day, kept)
    assert until >= day + AHEAD
    assert next_term(day, kept) > day


@given(days, days, spans)
def test_a_later_word_never_holds_for_less(day, other, kept):
    early, late = sorted((day, other))
    assert verified_until(early, kept) <= verified_until(late, kept)
