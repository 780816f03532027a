"""What a week is to a report: from when until when, and up to what it knows. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

WEEK, YEAR = timedelta(days=7), timedelta(days=364)
YESTERDAY = timedelta(days=1)


def midnight(day: date) -> datetime:
    """The moment a day begins, here."""
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True)
class Span:
    """A week and the moment its figures know up to: its end, or earlier where somebody would not wait for it."""

    week: date
    known: datetime

    @classmethod
    def of(cls, week: date, now: datetime) -> "Span":
        """As much of the week as is over."""
        return cls(week, min(midnight(week + WEEK), now))

    @property
    def over(self) -> bool:
        """Whether the whole week is in it."""
        return self.known >= midnight(self.week + WEEK)

    @property
    def day(self) -> date:
        """The last day in it."""
        return self.week + WEEK - YESTERDAY if self.over else timezone.localdate(self.known)

    @property
    def begin(self) -> datetime:
        """The moment it began."""
        return midnight(self.week)

    @property
    def begin_day(self) -> date:
        """The last day before it."""
        return self.week - YESTERDAY


def term_of(day: date) -> tuple[str, date]:
    """The school term a day falls into, by its months, and the first of them: whatever days a school has, its year has three."""
    if day.month >= 9:
        return f"Autumn term {day.year}", date(day.year, 9, 1)
    return (
        (f"Summer term {day.year}", date(day.year, 4, 1))
        if day.month >= 4
        else (f"Spring term {day.year}", date(day.year, 1, 1))
    )
