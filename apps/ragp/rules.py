"""The arithmetic of a rating, pure: what the SQL does for all children, said once more for one."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

#: From this birthday on a child is no longer rated: plans under the SEND code of practice run to the day before it.
OVER_AGE = 26
#: The band of a child about whom nothing that counts is known; it is not green.
NOT_RATED = "none"


class BandLike(Protocol):
    """What the arithmetic needs of a band."""

    code: str
    rank: int
    from_points: int | None


def total(contributions: Iterable[Mapping[str, Any]]) -> int:
    """Points are added, nothing else."""
    return sum(int(each["points"]) for each in contributions)


def band_of(points: int, bands: Iterable[BandLike], floors: Iterable[str] = ()) -> str:
    """The highest band whose points are reached, or the highest floor where that is higher."""
    known, floored = sorted(bands, key=lambda band: -band.rank), set(floors)
    least = max((band.rank for band in known if band.code in floored), default=0)
    for band in known:
        if band.from_points is None or band.from_points <= points or band.rank <= least:
            return band.code
    raise ValueError("A scheme needs a band without points, for children not rated")


def recompute(
    contributions: Sequence[Mapping[str, Any]],
    bands: Iterable[BandLike],
    floors: Mapping[str, str],
    unrated: str = "",
) -> str:
    """The band an assessment's own contributions lead to; ``floors`` gives a rule's floor band by its code."""
    if unrated:
        return NOT_RATED
    holding = [floors[each["rule"]] for each in contributions if floors.get(each["rule"])]
    return band_of(total(contributions), bands, holding)


#: How long a professional's band may stand before it has to be given again.
LONGEST_OVERRIDE = timedelta(days=92)


def check_override(
    band: str, computed: str, bands: Iterable[BandLike], review_on: date, expires_on: date, today: date
) -> str:
    """What is wrong with setting a band by hand, in one sentence; empty where nothing is."""
    if band not in {each.code for each in bands if each.from_points is not None}:
        return "Choose one of the bands of the scheme."
    if band == computed:
        return "This is the band that is worked out already: there is nothing to set."
    if expires_on <= today:
        return "It has to stand until a day to come."
    if expires_on > today + LONGEST_OVERRIDE:
        return f"It can stand for {LONGEST_OVERRIDE.days} days at most. Then somebody gives a reason anew."
    if not today < review_on <= expires_on:
        return "The review has to be on a day to come, and no later than the last day it stands."
    return ""


def effective(computed: str, band: str, against: str, bands: Iterable[BandLike]) -> str:
    """The band that counts while one set by hand stands: that one, unless the one worked out has since risen above both."""
    rank = {each.code: each.rank for each in bands}
    if band not in rank:  # of an older scheme
        return computed
    worse = rank.get(computed, 0) > rank.get(against, 0)
    return computed if worse and rank.get(computed, 0) > rank[band] else band


class RuleLike(Protocol):
    """What the arithmetic needs of a rule; a mapping of a scheme's file is not one."""

    code: str
    kind: str
    subject: str
    categories: list[str]
    below: Any
    at_least: Any
    points: int
    floor: str


@dataclass(frozen=True)
class Span:
    """Between which points and bands a rating could lie, were the sources that are late to come now."""

    known: int
    least: int
    most: int
    lowest: str
    highest: str

    @property
    def doubted(self) -> int:
        """Points that rest on sources that are late: what they said may have ended."""
        return self.known - self.least

    @property
    def unchecked(self) -> int:
        """Points that sources that are late could still add."""
        return self.most - self.known

    @property
    def sure(self) -> bool:
        """Whether the band stays the same either way."""
        return self.lowest == self.highest

    @property
    def fresh(self) -> bool:
        """Whether nothing that is late could change anything."""
        return self.sure and not self.doubted and not self.unchecked


def span(
    contributions: Sequence[Mapping[str, Any]],
    rules: Sequence[RuleLike],
    bands: Sequence[BandLike],
    late: Collection[str],
    unchecked: Collection[str],
) -> Span:
    """What late sources could change: what a late feed said may have ended, and of what no fresh feed sends more may have begun."""
    floors = {rule.code: rule.floor for rule in rules if rule.floor}
    sure = [each for each in contributions if each.get("feed") not in late]
    could = [rule for subject in sorted(unchecked) for rule in most_of(subject, rules)]
    # what is known stays known in the upper bound, whether its own rule could be added once more or not
    adding = {rule.code for rule in could}
    kept = [each for each in contributions if each["rule"] not in adding and not _outdone(each, rules, could)]
    most = max(total(kept) + sum(rule.points for rule in could), total(contributions))
    held = [floors[each["rule"]] for each in sure if each["rule"] in floors]
    hoped = [floors[each["rule"]] for each in contributions if each["rule"] in floors]
    # any of the rules may hold, also one that does not hold with the most points: its floor counts too
    hoped += [rule.floor for rule in rules if rule.subject in unchecked and rule.floor]
    return Span(
        total(contributions),
        total(sure),
        most,
        band_of(total(sure), bands, held),
        band_of(most, bands, hoped),
    )


def most_of(subject: str, rules: Sequence[RuleLike]) -> list[RuleLike]:
    """The rules about a subject that can hold together with the most points: a measure has one newest value."""
    of = [rule for rule in rules if rule.subject == subject]
    measured = [rule for rule in of if rule.kind == "measure"]
    # every rule holds from its least value on, so that no value between two of them holds more
    values = {float(rule.at_least) for rule in measured if rule.at_least is not None} | {-math.inf}
    categories = {category for rule in measured for category in rule.categories} | {""}
    held = [
        [rule for rule in measured if _holds(rule, value, category)]
        for value in sorted(values)
        for category in sorted(categories)
    ]
    best = max(held, key=lambda each: sum(rule.points for rule in each), default=[])
    return [rule for rule in of if rule.kind != "measure"] + best


def _outdone(contribution: Mapping[str, Any], rules: Sequence[RuleLike], could: Sequence[RuleLike]) -> bool:
    """Whether a measure's reason would give way to a newer value of the same measure."""
    subjects = {rule.subject for rule in could if rule.kind == "measure"}
    return any(
        rule.code == contribution["rule"] and rule.kind == "measure" and rule.subject in subjects
        for rule in rules
    )


def _holds(rule: RuleLike, value: float, category: str) -> bool:
    return (
        (rule.at_least is None or value >= rule.at_least)
        and (rule.below is None or value < rule.below)
        and (not rule.categories or category in rule.categories)
    )
