"""Dates, ages and spans in the words the pages use; never the American way round."""

from datetime import date, datetime

from django.utils import timezone

from apps.core.clock import today


def local(value: date | datetime) -> date | datetime:
    """The value in the service's time zone, when it carries one."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day(value: date | datetime | None) -> str:
    """ "9 Nov 2026"."""
    if value is None:
        return ""
    shown = local(value)
    return f"{shown.day} {shown:%b %Y}"


def longday(value: date | datetime | None) -> str:
    """ "Mon 9 Nov 2026"."""
    return "" if value is None else f"{local(value):%a} {day(value)}"


def moment(value: date | datetime | None) -> str:
    """ "Mon 9 Nov 2026, 06:10"; a date without a time stays a day."""
    if not isinstance(value, datetime):
        return longday(value)
    return f"{longday(value)}, {local(value):%H:%M}"


def months_between(start: date, end: date) -> int:
    """Whole months from one day to another."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def age(born: date | None, on: date | None = None) -> str:
    """ "13 years 8 months"; under two the months alone, under one month the weeks."""
    if born is None:
        return "age not known"
    on = on or today()
    months = months_between(born, on)
    if months < 0:
        return "not born yet"
    if months < 1:
        return count((on - born).days // 7, "week")
    if months < 24:
        return count(months, "month")
    years, rest = divmod(months, 12)
    return count(years, "year") + (f" {count(rest, 'month')}" if rest else "")


def years(born: date | None, on: date | None = None) -> str:
    """The age in years alone, for rows of a table."""
    return "" if born is None else str(max(months_between(born, on or today()), 0) // 12)


def short_age(born: date | None, on: date | None = None) -> str:
    """The age as a row shows it: years, under two the months or weeks."""
    if born is None:
        return ""
    return years(born, on) if months_between(born, on or today()) >= 24 else age(born, on)


def ago(value: date | datetime | None, on: date | None = None) -> str:
    """ "today", "yesterday", "4 days ago", "3 weeks ago", "5 months ago"."""
    if value is None:
        return "never"
    shown = local(value)
    days = ((on or today()) - (shown.date() if isinstance(shown, datetime) else shown)).days
    if days <= 0:
        return "today" if days == 0 else f"in {span(-days)}"
    return "yesterday" if days == 1 else f"{span(days)} ago"


def span(days: int) -> str:
    """A number of days in the largest unit that still says something."""
    if days < 14:
        return count(days, "day")
    if days < 63:
        return count(days // 7, "week")
    return count(days // 30, "month") if days < 730 else count(days // 365, "year")


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 child", "2 children" (give the plural where -s will not do)."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def number(value: float | None) -> str:
    """ "8,412"; nothing for None."""
    return "" if value is None else f"{value:,}"


def nhs(value: str | None) -> str:
    """An NHS number in its 3-3-4 groups."""
    digits = "".join(str(value or "").split())
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 and digits.isdigit() else digits


def phone(value: str) -> str:
    """A telephone number in groups, where it came without any."""
    if not (value.isdigit() and len(value) == 11):
        return value
    return (
        f"{value[:3]} {value[3:7]} {value[7:]}"
        if value[1] == "2"
        else f"{value[:5]} {value[5:8]} {value[8:]}"
    )


def list_name(surname: str, forenames: str = "") -> str:
    """ "OKAFOR-BRIGHT, Tamsin": how a child's name stands in every list."""
    return ", ".join(part for part in ((surname or "").upper(), forenames or "") if part) or "Name not known"


def school_year(code: str) -> str:
    """A year group as schools say it."""
    named = {
        "R": "Reception",
        "N1": "Nursery",
        "N2": "Nursery",
        "E1": "Early years",
        "E2": "Early years",
        "X": "",
        "M": "Mixed year",
    }
    code = code.strip().upper()
    return named.get(code, f"Year {code.removesuffix('.0')}" if code else "")


def welcome(name: str) -> str:
    """ "Good morning, Priya", by the hour here."""
    hour = timezone.localtime().hour
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return f"Good {part}, {name}" if name else f"Good {part}"


def signed_in(last: datetime | None) -> str:
    """ "You last signed in Fri 13 Nov 2026, 16:48"."""
    if not last:
        return "Your first time here: changed means in the last seven days"
    return f"You last signed in {moment(last)}"


def changed_since(number: int | None, last: datetime | None) -> str:
    """ "6 changed since Fri 13 Nov 2026, 16:48"."""
    since = f" since {moment(last)}" if last else ""
    return f"{number or 'None'} changed{since}"


def difference(now: int | None, before: int | None) -> str:
    """ "+3", "−2" or "0"; nothing where either figure is withheld."""
    if now is None or before is None or 0 < now < 5 or 0 < before < 5:
        return ""
    return f"+{now - before:,}" if now > before else f"−{before - now:,}" if before > now else "0"
