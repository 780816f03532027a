"""What a person may be told of a rating: their own services by name, the rest as one line without points."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from apps.core.presenters import Cause
from apps.core.words import count, day
from apps.involvements.catalogue import GROUPS, SERVICES
from apps.ragp.rules import Span

OTHER_SERVICES = "Other services"


@dataclass(frozen=True)
class Reason:
    """One contributing fact that the person may see."""

    label: str
    points: int
    service: str
    source: str
    feed: str
    since: date | None
    lapses: date | None


@dataclass(frozen=True)
class Explanation:
    """Why a rating is what it is: the reasons shown, and whether other services add to it."""

    reasons: tuple[Reason, ...]
    others: bool

    @property
    def whole(self) -> bool:
        """Whether every reason is shown, so that the points may be shown too."""
        return not self.others

    @property
    def points(self) -> int | None:
        """The sum, only where all of it is shown: otherwise the rest could be worked out by subtraction."""
        return sum(reason.points for reason in self.reasons) if self.whole else None

    @property
    def lines(self) -> list[str]:
        """The reasons as words, the rest last."""
        return [reason.label for reason in self.reasons] + ([OTHER_SERVICES] if self.others else [])


class Assessed(Protocol):
    """What an explanation needs of an assessment."""

    @property
    def contributions(self) -> list[dict[str, Any]]: ...


#: "all", the codes of the services seen, or a function that says it of one contribution.
Seen = Collection[str] | Callable[[Mapping[str, Any]], bool]


def sees(seen: Seen, contribution: Mapping[str, Any]) -> bool:
    """Whether a contribution may be named."""
    if callable(seen):
        return seen(contribution)
    return seen == "all" or contribution["service"] in seen


def explain(assessment: Assessed | None, seen: Seen) -> Explanation:
    """The reasons of an assessment for someone who sees these services."""
    given = assessment.contributions if assessment else []
    shown = [each for each in given if sees(seen, each)]
    return Explanation(tuple(reason_of(each) for each in shown), others=len(shown) < len(given))


def reason_of(contribution: Mapping[str, Any]) -> Reason:
    """A stored contribution as a page shows it."""
    return Reason(
        label=worded(contribution),
        points=int(contribution["points"]),
        service=contribution["service"],
        source=source_of(contribution["service"]),
        feed=contribution.get("feed", ""),
        since=_date(contribution.get("since")),
        lapses=_date(contribution.get("lapses")),
    )


def worded(contribution: Mapping[str, Any]) -> str:
    """The rule's sentence, with the number behind it: "Attendance below 80% (74%)"."""
    value, sentence, times = (
        contribution.get("value"),
        str(contribution["sentence"]),
        contribution.get("times"),
    )
    if times is not None:
        return f"{sentence} ({times:g} times)" if times > 1 else sentence
    return sentence if value is None else f"{sentence} ({value:g}{'%' if '%' in sentence else ''})"


def source_of(service: str) -> str:
    """The name of the group a service belongs to, in small letters after a reason."""
    known = SERVICES.get(service)
    return GROUPS[known.group] if known else service


def causes(gained: Iterable[Mapping[str, Any]], lost: Iterable[Mapping[str, Any]], seen: Seen) -> list[Cause]:
    """What moved a rating, gained before lost; services not seen make one line."""
    signed = [("+", each) for each in gained] + [("-", each) for each in lost]
    shown = [_cause(sign, each) for sign, each in signed if sees(seen, each)]
    return shown + ([Cause("?", OTHER_SERVICES)] if len(shown) < len(signed) else [])


def _cause(sign: str, contribution: Mapping[str, Any]) -> Cause:
    since = _date(contribution.get("since")) if sign == "+" else None
    source = source_of(contribution["service"])
    return Cause(sign, worded(contribution), f"{source}, {day(since)}" if since else source)


def outlook(span: Span, labels: Mapping[str, str]) -> str:
    """ "18 points known, up to 4 not checked; stays Red either way": what sources that are late could change."""
    if span.fresh:
        return "Every source that counts is up to date."
    said = [f"{count(span.known, 'point')} known"]
    if span.doubted:
        said.append(f"{span.doubted} of them from sources that are late")
    if span.unchecked:
        said.append(f"up to {span.unchecked}{' more' if span.doubted else ''} not checked")
    low, high = labels.get(span.lowest, span.lowest), labels.get(span.highest, span.highest)
    end = f"stays {high} either way" if span.sure else f"between {low} and {high} once they have come"
    return f"{', '.join(said)}; {end}."


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
