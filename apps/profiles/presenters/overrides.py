"""The bands that named professionals set beside the one worked out: the one that counts, and every one before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from apps.core.presenters import Band as BandMark
from apps.profiles.presenters.header import mark_of
from apps.profiles.queries.sight import Sight
from apps.ragp.models import Band, Override
from apps.ragp.rules import NOT_RATED, effective


@dataclass(frozen=True)
class Judged:
    """One band set by hand as a page shows it; the reason is content of the agency whose professional gave it."""

    band: BandMark
    against: BandMark
    by: str
    agency: str
    set_on: date
    until: date
    review_on: date
    reason: str
    shared: bool
    stands: bool
    review_due: bool
    ended_on: date | None
    ended_why: str
    ended_reason: str


@dataclass(frozen=True)
class Judgement:
    """The band that counts and how it came about; ``standing`` is None where the one worked out counts alone."""

    band: BandMark
    standing: Judged | None
    outdone: bool
    earlier: list[Judged]


def judged(override: Override, bands: Sequence[Band], sight: Sight, day: date) -> Judged:
    """An override for this reader on this day."""
    shared = sight.shares_content(override.agency_id, "*")
    over = override.ended_at is None and override.expires_on < day  # the sweep has not come by yet
    return Judged(
        mark_of(override.band, bands),
        mark_of(override.against, bands),
        override.by_name,
        override.agency.name,
        timezone.localdate(override.set_at),
        override.expires_on,
        override.review_on,
        override.reason if shared else "",
        shared,
        override.ended_at is None and not over,
        override.ended_at is None and not over and override.review_on <= day,
        timezone.localdate(override.ended_at) if override.ended_at else None,
        "Its time was over"
        if over
        else Override.Ended(override.ended_why).label
        if override.ended_why
        else "",
        override.ended_reason if shared else "",
    )


def judgement(
    overrides: Sequence[Override], computed: str, bands: Sequence[Band], sight: Sight, day: date
) -> Judgement:
    """What counts now, and what was set before."""
    shown = [(each, judged(each, bands, sight, day)) for each in overrides]
    found = next(((each, told) for each, told in shown if told.stands), None)
    earlier = [told for _, told in shown if not told.stands]
    if found is None:
        return Judgement(mark_of(computed, bands), None, False, earlier)
    override, standing = found
    counts = effective(computed or NOT_RATED, override.band, override.against, bands)
    return Judgement(mark_of(counts, bands), standing, counts != override.band, earlier)
