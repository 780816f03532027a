"""Shares of records and the bar they are held against: no database, no clock."""

from dataclasses import dataclass

#: What the child protection information service asks of NHS numbers before a council goes live.
BAR = 95
#: Figures of fewer records say something of single children.
LEAST = 5


@dataclass(frozen=True)
class Share:
    """How many of how many, and what a page says of it."""

    part: int
    whole: int
    sent: bool = True

    @property
    def percent(self) -> float | None:
        """In per cent, cut to one decimal, so that 94.96 is not shown as having reached 95; None of nothing."""
        return self.part * 1000 // self.whole / 10 if self.whole and self.sent else None

    @property
    def text(self) -> str:
        """ "97.2 %", "not sent", or that there is nobody to ask it of."""
        if self.percent is None:
            return "not sent" if self.whole else "nobody of that age"
        return f"{self.percent:g} %"

    @property
    def lacking(self) -> int:
        """Of how many it is not known."""
        return self.whole - self.part

    @property
    def reaches(self) -> bool:
        """Whether it is at the bar or over it."""
        return self.percent is not None and self.percent >= BAR

    @property
    def verdict(self) -> tuple[str, str, str]:
        """(words, kind of badge, icon) against the bar."""
        if self.percent is None:
            return self.text.capitalize(), "artefact", "minus"
        return (f"At or over {BAR} %", "", "tick") if self.reaches else (f"Under {BAR} %", "late", "late")
