"""ISO weeks as people and addresses write them: 2026-W47."""

from datetime import date

from apps.core.errors import Refused


def week_named(text: str) -> date:
    """The Monday of "2026-W47"; raise Refused for anything else."""
    year, _mark, number = text.upper().partition("-W")
    try:
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        raise Refused("Write the week like this: 2026-W47.") from None


def name_of(week: date) -> str:
    """ "2026-W47"."""
    year, number, _ = week.isocalendar()
    return f"{year}-W{number:02}"


class WeekConverter:
    """A week in an address."""

    regex = r"\d{4}-W\d{2}"

    def to_python(self, value: str) -> date:
        """The Monday; ValueError makes the address unknown."""
        try:
            return week_named(value)
        except Refused as refusal:
            raise ValueError from refusal

    def to_url(self, value: date | str) -> str:
        """As it stands in the address."""
        return value if isinstance(value, str) else name_of(value)
