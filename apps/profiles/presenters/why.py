"""Why a rating is what it is: the facts that count, as far as the reader may see them, and the way to the next band."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from apps.core import words
from apps.core.clock import today
from apps.core.presenters import Fact, Freshness, Threshold
from apps.involvements.presenters import Source
from apps.profiles.presenters.header import mark_of
from apps.profiles.presenters.late import Outlook, outlook_of
from apps.profiles.queries.child import Material
from apps.profiles.queries.sight import Sight
from apps.ragp.models import Assessment, Band
from apps.ragp.presenters import Explanation, Reason, explain

STALE = "Not rated: every source behind these facts is too old. That is not Green."


@dataclass
class Shown:
    """The contributions that the reader may see, in the shape an explanation is made of."""

    contributions: list[dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """One contributing fact with the feed it came from."""

    reason: Reason
    source: str
    fresh: Freshness | None = None


@dataclass(frozen=True)
class Why:
    """The whole panel: sentence, facts, thresholds and when it was worked out."""

    lead: str
    lines: list[Line] = field(default_factory=list)
    others: bool = False
    points: int | None = None
    facts: list[Fact] = field(default_factory=list)
    thresholds: list[Threshold] = field(default_factory=list)
    scheme: str = ""
    worked_out: datetime | None = None
    holds_until: date | None = None
    definition: str = ""
    outlook: Outlook = field(default_factory=Outlook)

    @property
    def fresh(self) -> str:
        """When it was worked out, and by which scheme."""
        return f"Worked out {words.moment(self.worked_out)} · scheme {self.scheme}"


def may_see(contribution: Mapping[str, Any], sight: Sight, agencies: Mapping[str, int]) -> bool:
    """Whether a fact behind a rating may be named: a measure is content, that a service is involved is existence."""
    agency, service = agencies.get(contribution.get("feed", ""), 0), contribution["service"]
    if contribution.get("kind") == "O":
        return sight.shares_content(agency, service)
    return sight.shares(agency, service)


def explained(assessment: Assessment, sight: Sight, sources: Sequence[Source]) -> Explanation:
    """The explanation of an assessment for this reader."""
    agencies = {source.code: source.agency for source in sources}
    shown = [each for each in assessment.contributions if may_see(each, sight, agencies)]
    return replace(explain(Shown(shown), "all"), others=len(shown) < len(assessment.contributions))


def why(
    assessment: Assessment | None,
    bands: Sequence[Band],
    sight: Sight,
    sources: Sequence[Source],
    day: date | None = None,
) -> Why:
    """The panel of a rating, or the sentence that stands for one not worked out yet."""
    if not sight.rating:
        return Why("Your agreement does not share ratings.")
    if assessment is None:
        return Why("No rating has been worked out for this child yet.")
    explanation = explained(assessment, sight, sources)
    band = next((each for each in bands if each.code == assessment.band), None)
    starts = [Threshold(mark_of(each.code, bands), each.from_points) for each in bands if each.from_points]
    return Why(
        STALE if assessment.unrated == "stale" else lead_of(explanation, band),
        lines_of(explanation, sources, day or today()),
        explanation.others,
        explanation.points,
        [Fact(reason.label, reason.points) for reason in explanation.reasons] if explanation.whole else [],
        starts if explanation.whole else [],
        assessment.scheme.version,
        assessment.assessed_at,
        assessment.holds_until,
        band.definition if band else "",
    )  # fmt: skip


def why_of(material: Material, rated: bool) -> Why:
    """The panel with what late sources could change; ``rated`` is false for the dead, who left and the grown."""
    last, day = material.assessments[-1] if material.assessments else None, material.moment.day
    panel = why(last, material.bands, material.sight, material.sources, day)
    if not rated or not material.sight.rating or not material.bands:
        return panel
    contributions = last.contributions if last else []
    told = explained(last, material.sight, material.sources) if last else Explanation((), others=False)
    late = outlook_of(
        contributions, told, material.rules, material.bands, material.sources, material.sight, day
    )
    return replace(panel, outlook=late)


def lines_of(explanation: Explanation, sources: Sequence[Source], day: date) -> list[Line]:
    """Each reason with its source, and how old what the source says is."""
    by_code = {source.code: source for source in sources}
    return [
        Line(reason, source.title, source.freshness(day)) if (source := by_code.get(reason.feed)) else Line(reason, reason.source)
        for reason in explanation.reasons
    ]  # fmt: skip


def lead_of(explanation: Explanation, band: Band | None) -> str:
    """ "18 points: Red starts at 15. Five facts count."; without points where other services add to them."""
    if not explanation.reasons and not explanation.others:
        return "Nothing that counts towards a rating is known. That is not Green."
    count = len(explanation.reasons)
    known = f"{words.count(count, 'fact')} that you can see {'counts' if count == 1 else 'count'}"
    if explanation.points is None:
        return f"{known}. Other services count too; which, and how much, is not shared with your agency."
    facts = f"{words.count(count, 'fact')} {'counts' if count == 1 else 'count'}."
    if band is None or band.from_points is None:
        return f"{words.count(explanation.points, 'point')}. {facts}"
    if explanation.points < band.from_points:
        return f"{words.count(explanation.points, 'point')}. {facts} One of them means the rating is never below {band.label}."
    return f"{words.count(explanation.points, 'point')}: {band.label} starts at {band.from_points}. {facts}"
