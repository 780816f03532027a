"""How search words are read and how near a child's name comes to them: pure functions."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from rapidfuzz.distance import JaroWinkler

from apps.children.nicknames import forms_of
from apps.core import values

AGES = re.compile(r"(\d{1,2})(?:\s*(?:-|–|to)\s*(\d{1,2}))?")
YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*(?:-|–|to)\s*((?:19|20)\d\d))?")
OLDEST = 30


class Grade(IntEnum):
    """How near a result comes to what was asked; lower is nearer."""

    EXACT = 0
    ALIKE = 1
    STARTS = 2
    KNOWN_AS = 3
    PART = 4
    NEAR = 5


SAID = {
    Grade.EXACT: "Exact",
    Grade.ALIKE: "Exact but for accents and hyphens",
    Grade.STARTS: "Starts with",
    Grade.KNOWN_AS: "Short or familiar form",
    Grade.PART: "Part of the surname",
    Grade.NEAR: "Near spelling or sound",
}


@dataclass(frozen=True)
class Terms:
    """What somebody asked for; empty fields were not asked."""

    surname: str = ""
    forename: str = ""
    born_from: date | None = None
    born_to: date | None = None
    postcode: str = ""
    school: str = ""
    identifier: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether there is anything to search by."""
        return any((self.surname, self.forename, self.born_from, self.postcode, self.school, self.identifier))

    @property
    def asked(self) -> list[str]:
        """Which fields were filled in, for the audit; never what was typed."""
        return sorted(name for name, value in vars(self).items() if value and name != "others")


def read_name(text: str) -> list[tuple[str, str]]:
    """Surname and forename as typed: parted by a comma, else the first word is the surname; then other ways to read the same words."""
    if "," in text:
        surname, _, forename = text.partition(",")
        return [(surname.strip(), forename.strip())]
    words = text.split()
    if len(words) < 2:
        return [(text.strip(), "")]
    whole = " ".join(words)
    return [
        (words[0], " ".join(words[1:])),
        (whole, ""),
        (words[-1], " ".join(words[:-1])),
        (" ".join(words[:-1]), words[-1]),
    ]


def read_quick(text: str) -> dict[str, str]:
    """One line of search as fields: a postcode, an identifier when it holds a figure, else a name."""
    text = " ".join(text.split())
    if found := values.postcode(text):
        return {"postcode": found}
    return {"identifier": text} if any(char.isdigit() for char in text) else {"name": text}


def read_born(text: str, today: date) -> tuple[date | None, date | None]:
    """First and last day of birth meant by a date, a year, an age, or a range of years or ages; ValueError for anything else."""
    text = text.strip()
    if not text:
        return None, None
    if exact := values.parse_date(text):
        return exact, exact
    if found := YEARS.fullmatch(text):
        first, last = sorted((int(found[1]), int(found[2] or found[1])))
        return date(first, 1, 1), date(last, 12, 31)
    if found := AGES.fullmatch(text):
        low, high = sorted((int(found[1]), int(found[2] or found[1])))
        if high <= OLDEST:
            return day_after(years_before(today, high + 1)), years_before(today, low)
    raise ValueError(text)


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; 28 February for a leap day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def day_after(day: date) -> date:
    """The next day."""
    return date.fromordinal(day.toordinal() + 1)


def pattern_key(text: str) -> str:
    """A name's key that keeps its asterisks."""
    return (
        "*".join(values.part_key(part) for part in text.split("*")) if "*" in text else values.name_key(text)
    )


def fits(text: str) -> Callable[[str], bool]:
    """Whether a key fits a pattern in which * stands for any letters."""
    whole = re.compile(".*".join(re.escape(part) for part in pattern_key(text).split("*")))
    return lambda key: whole.fullmatch(key) is not None


def grade_surname(asked: str, surname: str, key: str) -> Grade | None:
    """How near a child's surname comes to the one asked for; None when it does not fit a pattern."""
    if "*" in asked:
        return Grade.STARTS if fits(asked)(key) else None
    wanted = values.name_key(asked)
    if key == wanted:
        return Grade.EXACT if surname.casefold() == asked.casefold() else Grade.ALIKE
    if key.startswith(wanted):
        return Grade.STARTS
    return Grade.PART if wanted in key.split() else Grade.NEAR


def grade_forename(asked: str, key: str, known_as: str = "") -> Grade | None:
    """How near a child's forename comes; None when it is somebody else's."""
    wanted = pattern_key(asked)
    if "*" in wanted:
        return Grade.STARTS if fits(asked)(key) else None
    if not wanted or key == wanted or key.split(" ")[0] == wanted:
        return Grade.EXACT
    called = values.name_key(known_as)
    if called == wanted or (key and forms_of(wanted) & {key, key.split(" ")[0], called}):
        return Grade.KNOWN_AS
    if len(wanted) > 1 and key.startswith(wanted):
        return Grade.STARTS
    return Grade.NEAR if key and JaroWinkler.similarity(wanted, key) >= 0.87 else None


def grade(terms: Terms, surname: str, surname_key: str, forename_key: str, known_as: str) -> Grade | None:
    """How near a child comes to the whole of a search by name: as near as the worse of its two names."""
    first = grade_surname(terms.surname, surname, surname_key) if terms.surname else Grade.EXACT
    second = grade_forename(terms.forename, forename_key, known_as) if terms.forename else Grade.EXACT
    return None if first is None or second is None else max(first, second)
