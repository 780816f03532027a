"""Which day's knowledge is shown."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from apps.core.clock import today


@dataclass(frozen=True)
class Moment:
    """Which day's knowledge a page shows: today's, or what stood at the end of an earlier day."""

    day: date
    at: datetime | None = None

    @classmethod
    def of(cls, day: date | None) -> "Moment":
        """The moment of an as-at day; none, today or a day to come is now."""
        if day is None or day >= today():
            return cls(today())
        return cls(day, timezone.make_aware(datetime.combine(day, time.max)))
