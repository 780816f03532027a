"""What rating is measured against: one child after the other through the ORM, the same rules in Python."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import chain

from django.utils import timezone

from apps.children.models import Child
from apps.core.clock import today
from apps.involvements.models import Involvement, Observation
from apps.ragp.models import Assessment, Change, Rule, Scheme
from apps.ragp.rules import band_of

Fact = tuple[str, date | None, date | None, float | None]


def rate(children: Iterable[Child], scheme: Scheme) -> dict[int, str]:
    """Rate each child as one would write it first; returns the bands."""
    rules, bands = list(scheme.rules.all()), list(scheme.bands.all())
    return {child.pk: rate_one(child, scheme, rules, bands) for child in children}


def rate_one(child: Child, scheme: Scheme, rules: list[Rule], bands: list) -> str:
    """Read the child's facts, try every rule, save what differs."""
    facts = facts_of(child)
    held = [rule for rule in rules if holds(rule, facts)]
    band = band_of(sum(rule.points for rule in held), bands, [rule.floor for rule in held if rule.floor])
    before = Assessment.objects.filter(child=child, superseded_at=None).first()
    if before is not None and before.band == band:
        return band
    if before is not None:
        before.superseded_at = timezone.now()
        before.save()
    if before is not None or held:
        save(child, scheme, before, band, held)
    return band


def save(child: Child, scheme: Scheme, before: Assessment | None, band: str, held: list[Rule]) -> None:
    """The assessment and its change."""
    reasons = [{"rule": rule.code, "sentence": rule.sentence, "points": rule.points} for rule in held]
    after = Assessment.objects.create(
        child=child, scheme=scheme, as_of=today(), band=band, points=sum(rule.points for rule in held),
        contributions=reasons, assessed_at=timezone.now(),
    )  # fmt: skip
    was = before.band if before else "none"
    Change.objects.create(
        child=child,
        before=before,
        after=after,
        from_band=was,
        to_band=band,
        nature="real",
        gained=reasons,
        at=timezone.now(),
    )


def facts_of(child: Child) -> list[Fact]:
    """Every current fact of the child."""
    involved = Involvement.objects.filter(record__child=child, recorded_to=None)
    observed = Observation.objects.filter(record__child=child, recorded_to=None)
    return list(
        chain(
            ((each.service, each.start_on, each.end_on, None) for each in involved),
            ((each.measure, each.on, each.until, float(each.value or 0)) for each in observed),
        )
    )


def holds(rule: Rule, facts: list[Fact]) -> bool:
    """Whether one rule counts for these facts today."""
    day, about = (
        today(),
        [fact for fact in facts if fact[0] == rule.subject and (not fact[1] or fact[1] <= today())],
    )
    since = day - timedelta(days=rule.window_days) if rule.window_days else date.min
    if rule.kind == Rule.Kind.OPEN:
        return any((end is None or end > day) and (start or date.max) > since for _, start, end, _ in about)
    if rule.kind == Rule.Kind.COUNT:
        return len({start for _, start, _, _ in about if start and start > since}) >= (rule.at_least or 1)
    newest = max(about, key=lambda fact: fact[2] or fact[1] or date.min, default=None)
    if newest is None or (newest[2] or newest[1] or date.min) <= since:
        return False
    value = newest[3] or 0
    return (rule.below is None or value < rule.below) and (rule.at_least is None or value >= rule.at_least)
