"""Facts of records as known at a moment, in the number of statements it takes and no more."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from apps.access.queries import access_of, shares_of
from apps.accounts.models import User
from apps.core.clock import today
from apps.core.presenters import Freshness
from apps.extracts.models import Extract, Feed, State
from apps.involvements.catalogue import ENROLMENTS
from apps.involvements.categories import worded
from apps.involvements.models import Involvement, Observation, Sighting
from apps.involvements.presenters import Contact, Known, Shares, Source, late_of, senders_of


def known_at(moment: datetime | None) -> Q:
    """Versions that stood at ``moment``; the current ones when there is none."""
    if moment is None:
        return Q(recorded_to__isnull=True)
    return Q(recorded_from__lte=moment) & (Q(recorded_to__isnull=True) | Q(recorded_to__gt=moment))


def involvements_of(records: Collection[int], moment: datetime | None = None) -> list[Involvement]:
    """Every involvement of some records, oldest first, with its content where the reader may see it."""
    found = Involvement.objects.filter(known_at(moment), record__in=records)
    joined = found.select_related("content__worker", "agency", "setting", "feed")
    return list(joined.order_by("start_on", "pk"))


def sightings_of(records: Collection[int], moment: datetime | None = None) -> list[Sighting]:
    """Every sighting of some records, newest first."""
    found = Sighting.objects.filter(known_at(moment), record__in=records).select_related("agency", "feed")
    return list(found.order_by("-seen_on", "-pk"))


def observations_of(records: Collection[int], moment: datetime | None = None) -> list[Observation]:
    """Every measure taken of some records, newest first."""
    found = Observation.objects.filter(known_at(moment), record__in=records).select_related("agency", "feed")
    return sorted(
        found, key=lambda each: (each.until or each.on or each.recorded_from.date(), each.pk), reverse=True
    )


def sources(moment: datetime | None = None) -> list[Source]:
    """Every active feed with the last extract committed by ``moment``, in one statement."""
    return [source(feed, feed.last_as_of, feed.last_at) for feed in _feeds(moment)]  # type: ignore[attr-defined]


def sources_told(user: User, moment: datetime | None = None) -> tuple[list[Source], Shares]:
    """The same with which agency's services the person may know of: still one statement, for pages of many children."""
    shared = RawSQL("(select vcdb_shared_of(%s, 'existence'))", [access_of(user).user_id])
    feeds = list(_feeds(moment).annotate(shared=shared))
    told = shares_of(user, feeds[0].shared if feeds else [])
    every = [source(feed, feed.last_as_of, feed.last_at) for feed in feeds]  # type: ignore[attr-defined]
    return every, lambda agency, service: service in ENROLMENTS or told(agency, service)


def late_for(
    user: User, moment: datetime | None = None, about: Collection[str] | None = None
) -> list[Freshness]:
    """The sources whose lateness weakens what a page of many children tells this person, now or as it was at a moment.

    Where the page is ``about`` some services and measures alone, only those that send them.
    """
    every, shares = sources_told(user, moment)
    if about is not None:
        sends = {each for subject in about for each in senders_of(subject, every)}
        every = [each for each in every if each in sends]
    return late_of(every, shares, localdate(moment) if moment else today())


def late_anywhere() -> list[Freshness]:
    """Every late source, for figures of the whole borough."""
    return late_of(sources(), lambda agency, service: True, today())


def _feeds(moment: datetime | None) -> QuerySet[Feed]:
    newest = Extract.objects.filter(feed=OuterRef("pk"), state=State.COMMITTED).order_by("-committed_at")
    if moment is not None:
        newest = newest.filter(committed_at__lte=moment)
    feeds = Feed.objects.filter(active=True).select_related("agency")
    return feeds.annotate(
        last_as_of=Subquery(newest.values("as_of")[:1]), last_at=Subquery(newest.values("committed_at")[:1])
    )


def source(feed: Feed, as_of: date | None, committed_at: datetime | None) -> Source:
    """A feed as a source of facts."""
    return Source(
        feed.code, feed.title, feed.agency_id, feed.agency.name, feed.agency.phone, frozenset(feed.services),
        feed.every_days, feed.pk, as_of, committed_at,
    )  # fmt: skip


def known(involvement: Involvement) -> Known:
    """An involvement as the pages read it."""
    content = getattr(involvement, "content", None)
    worker = content.worker if content else None
    return Known(
        involvement.service, involvement.start_on, involvement.end_on,
        category=worded(involvement.service, content.category) if content else "",
        worker=Contact(worker.name, worker.job_title or worker.team, worker.phone) if worker else None,
        agency_name=involvement.agency.name,
        feed=involvement.feed.code,
        setting_name=involvement.setting.name if involvement.setting else "",
        end_inferred=involvement.end_inferred,
    )  # fmt: skip


def facts(involvements: Sequence[Involvement]) -> list[Known]:
    """Every involvement as the pages read it."""
    return [known(each) for each in involvements]
