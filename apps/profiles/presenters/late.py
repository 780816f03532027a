"""What sources that are late could change in a rating, as far as the reader may be told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from apps.core.presenters import Freshness
from apps.involvements.catalogue import MEASURES
from apps.involvements.presenters import Source, senders_of, why_unchecked
from apps.profiles.queries.sight import Sight
from apps.ragp.drafting import name_of
from apps.ragp.models import Band, Rule
from apps.ragp.presenters import Explanation, outlook
from apps.ragp.queries import late_now
from apps.ragp.rules import most_of, span


@dataclass(frozen=True)
class Unchecked:
    """A service or measure that nobody can say is not there."""

    name: str
    why: str
    most: int


@dataclass(frozen=True)
class Outlook:
    """The sentence, what is not checked, and the late sources that reasons shown rest on."""

    sentence: str = ""
    fresh: bool = True
    unchecked: list[Unchecked] = field(default_factory=list)
    stale: list[Freshness] = field(default_factory=list)


MAY_CHANGE = "Sources that count are late: this rating may change when they come."


def outlook_of(
    contributions: Sequence[dict],
    explanation: Explanation,
    rules: Sequence[Rule],
    bands: Sequence[Band],
    sources: Sequence[Source],
    sight: Sight,
    day: date,
) -> Outlook:
    """What could change; with figures only for those who see all that counts, because the rest follows by subtraction."""
    late, subjects = late_now(rules, sources, day)
    could = span(contributions, rules, bands, late, subjects)
    shown = [
        Unchecked(name_of(subject), why_unchecked(senders_of(subject, sources), day), most(subject, rules))
        for subject in sorted(subjects, key=lambda each: (-most(each, rules), each))
        if is_shared(subject, sources, sight)
    ]
    stale = stale_of(explanation, sources, day)
    if explanation.whole:
        sentence = outlook(could, {band.code: band.label for band in bands})
        return Outlook(sentence, could.fresh, shown, stale)
    return Outlook(MAY_CHANGE if shown or stale else "", not (shown or stale), shown, stale)


def most(subject: str, rules: Sequence[Rule]) -> int:
    """The most points that a service or measure could add."""
    return sum(rule.points for rule in most_of(subject, rules))


def is_shared(subject: str, sources: Sequence[Source], sight: Sight) -> bool:
    """Whether the reader may know of a service or measure at all; one that nobody sends is no secret."""
    sends = senders_of(subject, sources)
    measure = MEASURES.get(subject)
    return not sends or any(
        sight.shares_content(source.agency, measure.service)
        if measure
        else sight.shares(source.agency, subject)
        for source in sends
    )


def stale_of(explanation: Explanation, sources: Sequence[Source], day: date) -> list[Freshness]:
    """The late sources behind the reasons that are shown, the latest first."""
    named = {reason.feed for reason in explanation.reasons}
    behind = [source for source in sources if source.code in named and not source.is_fresh(day)]
    return [each.freshness(day) for each in sorted(behind, key=lambda source: source.as_of or date.min)]
