"""How long a setting's word about its readers holds: pure, by the terms that are kept."""

from collections.abc import Sequence
from datetime import date, timedelta

Span = tuple[date, date]

#: A gap between days of school longer than this is the holiday between two terms; a shorter one is a half term.
HALF_TERM = timedelta(days=12)
#: From so long before a term's word is over people are reminded, and a new word is already one for the next term.
AHEAD = timedelta(days=14)
#: When terms begin where none are kept, or no later one: as the terms of early education are counted.
USUAL = ((1, 1), (4, 1), (9, 1))


def next_term(day: date, spans: Sequence[Span]) -> date:
    """The first day of the term after the one, or the holiday, that a day is in."""
    known = sorted(spans)
    for number, (first, _) in enumerate(known):
        before = max((last for _, last in known[:number]), default=None)
        if first > day and (before is None or first - before > HALF_TERM):
            return first
    after = max([day, *(last for first, last in known if first <= day)])
    years = (after.year, after.year + 1)
    return min(start for year in years for month, on in USUAL if (start := date(year, month, on)) > after)


def verified_until(day: date, spans: Sequence[Span]) -> date:
    """The last day of a word given on a day: the day before the next term, or, shortly before it, the day before the one after."""
    begins = next_term(day, spans)
    if begins - day <= AHEAD:
        begins = next_term(begins, spans)
    return begins - timedelta(days=1)
