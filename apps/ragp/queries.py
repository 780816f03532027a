"""Reading schemes, bands and ratings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from apps.access.queries import agencies_of, sharing_of
from apps.accounts.models import User
from apps.core.clock import today
from apps.core.errors import Refused
from apps.involvements.presenters import Source, unchecked
from apps.involvements.queries import sources
from apps.ragp.models import Assessment, Band, Change, Override, Rule, Scheme
from apps.ragp.rules import Span, span


def current_scheme(on: date | None = None) -> Scheme:
    """The scheme that is live; raise Refused when none has been installed."""
    scheme = (
        Scheme.objects.filter(state=Scheme.State.APPROVED, live_from__lte=on or today())
        .order_by("-live_from", "-pk")
        .first()
    )
    if scheme is None:
        raise Refused("No rating scheme is live. Run manage.py migrate, which installs the shipped one.")
    return scheme


def current_bands(scheme: Scheme | None = None) -> dict[str, Band]:
    """The bands by code, highest first."""
    scheme = scheme or current_scheme()
    return {band.code: band for band in scheme.bands.order_by("-rank")}


def current_assessments(children: Iterable[int]) -> dict[int, Assessment]:
    """The standing assessment of each child that has one, by child id."""
    standing = Assessment.objects.filter(child__in=list(children), superseded_at__isnull=True)
    return {each.child_id: each for each in standing}


def assessment_at(child_id: int, known_at: datetime | None = None) -> Assessment | None:
    """A child's assessment now, or as it stood at an earlier moment."""
    found = Assessment.objects.filter(child=child_id)
    if known_at is None:
        return found.filter(superseded_at__isnull=True).first()
    standing = Q(superseded_at__isnull=True) | Q(superseded_at__gt=known_at)
    return found.filter(standing, assessed_at__lte=known_at).order_by("-assessed_at").first()


def late_now(rules: Iterable[Rule], sources: Sequence[Source], day: date) -> tuple[set[str], set[str]]:
    """Codes of the feeds that are late, and the services and measures of the rules that no fresh feed sends."""
    late = {source.code for source in sources if not source.is_fresh(day)}
    return late, {subject for subject in {rule.subject for rule in rules} if unchecked(subject, sources, day)}


def spans(children: Iterable[int]) -> dict[int, Span]:
    """What late sources could change in each standing rating, by child; five statements, however many children."""
    standing = list(current_assessments(children).values())
    sent, found = sources(), {}
    for scheme in {each.scheme_id for each in standing}:
        rules, bands = list(Rule.objects.filter(scheme=scheme)), list(Band.objects.filter(scheme=scheme))
        late, subjects = late_now(rules, sent, today())
        for each in standing:
            if each.scheme_id == scheme:
                found[each.child_id] = span(each.contributions, rules, bands, late, subjects)
    return found


def standing_bands(children: Iterable[int]) -> dict[int, str]:
    """The band that counts for each rated child: as worked out, or as a professional set it."""
    with connection.cursor() as cursor:
        cursor.execute("select child_id, band from ragp_standing where child_id = any(%s)", [list(children)])
        return dict(cursor.fetchall())


def override_of(child_id: int) -> Override | None:
    """The band somebody set for a child, while it counts."""
    return Override.objects.filter(child=child_id, ended_at=None, expires_on__gte=today()).first()


def overrides_to_raise(lost: Q | None = None) -> list[Override]:
    """What triage has to be told of: ended by itself, or due for review while it stands; oldest first.

    ``lost`` says of those ended which triage has been told of in vain. ``child.merged_into`` is where the work belongs when the record
    was joined to another child's.
    """
    untold = Q(expiry_raised_at=None) | (lost or Q())
    ended = Q(ended_why__in=(Override.Ended.EXPIRED, Override.Ended.MERGED)) & untold
    due = Q(ended_at=None, review_on__lte=today(), review_raised_at=None)
    return list(Override.objects.filter(ended | due).select_related("child").order_by("set_at"))


def changes_of(child_id: int, since: datetime, until: datetime | None = None) -> QuerySet[Change]:
    """A child's changes of band in a span of time, newest first."""
    found = Change.objects.filter(child=child_id, at__gte=since)
    return (found.filter(at__lte=until) if until else found).order_by("-at")


def sight_of(user: User) -> Callable[[Mapping[str, Any]], bool]:
    """Says of a contribution whether the user may be told it: a measure or figure is content, that a service is involved is existence."""
    own = {agency.pk for agency in agencies_of(user)}
    existence, content, _ = sharing_of(user)

    def sees(contribution: Mapping[str, Any]) -> bool:
        agency, service = contribution.get("agency"), contribution["service"]
        is_content = contribution.get("value") is not None or contribution.get("kind") == "O"
        shared = content if is_content else existence
        return agency in own or not shared.isdisjoint({(agency, service), (agency, "*")})

    return sees
