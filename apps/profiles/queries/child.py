"""Everything a child's page rests on, read in a fixed number of statements, as known now or at an earlier moment."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from apps.accounts.models import User
from apps.children.models import Child, FieldQuestion, RecordAddress, RecordVersion, SourceRecord
from apps.children.queries import fields_in_question
from apps.involvements.models import Involvement, Observation, Sighting
from apps.involvements.presenters import Source
from apps.involvements.queries import involvements_of, known_at, observations_of, sightings_of, sources
from apps.matching.models import LinkVersion, Question
from apps.matching.queries import candidates_of
from apps.profiles.queries.family import Kin, family_of, sealed_of
from apps.profiles.queries.moment import Moment as Moment
from apps.profiles.queries.sight import Sight
from apps.ragp.models import Assessment, Band, Override, Rule
from apps.ragp.queries import current_bands


@dataclass
class Material:
    """What was read of one child, before anything is worked out from it."""

    child: Child
    moment: Moment
    sight: Sight
    links: list[LinkVersion] = field(default_factory=list)
    versions: list[RecordVersion] = field(default_factory=list)
    addresses: list[RecordAddress] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    alike: list[Child] = field(default_factory=list)
    in_question: list[FieldQuestion] = field(default_factory=list)
    family: list[Kin] = field(default_factory=list)
    sealed: list[int] = field(default_factory=list)

    @property
    def beside(self) -> list[int]:
        """Other children whom the page names: family, and who may be the same child."""
        return list(
            dict.fromkeys([*(kin.child.pk for kin in self.family), *(each.pk for each in self.alike)])
        )


def visible_child(public_id: uuid.UUID, user: User, sight: Sight | None = None) -> Child | None:
    """The child, or None: a hidden one and a missing one alike. Who knows already what the reader sees need not ask again whom."""
    return (
        (sight.children() if sight else Child.objects.visible_to(user))
        .select_related("setting")
        .filter(public_id=public_id, merged_into=None)
        .first()
    )


def standing_child(public_id: uuid.UUID, user: User) -> Child | None:
    """Whom the old address of a child that was made one with another leads to, where the person may see that one."""
    with connection.cursor() as cursor:
        cursor.execute("select vcdb_standing_of(%s)", [public_id])
        (stands,) = cursor.fetchone()
    return Child.objects.visible_to(user).filter(pk=stands, merged_into=None).first() if stands else None


def read(child: Child, sight: Sight, moment: Moment) -> Material:
    """Everything the reader may see of a child as known at a moment."""
    links = links_of(child, moment)
    records = [link.record_id for link in links]
    assessments = list(history(child, moment)) if sight.rating else []
    bands = (
        list(Band.objects.filter(scheme=assessments[-1].scheme_id)) if assessments else latest_bands(sight)
    )
    return Material(
        child, moment, sight, links,
        versions=versions_of(records, moment, sight),
        addresses=[] if child.address_hidden else addresses_of(records, moment, sight),
        involvements=[each for each in involvements_of(records, moment.at) if sight.shares(each.agency_id, each.service)],
        sightings=[each for each in sightings_of(records, moment.at) if sight.content_of_feed(each.feed, each.agency_id)],
        observations=[each for each in observations_of(records, moment.at) if sight.of_measure(each.agency_id, each.measure)],
        assessments=assessments,
        bands=bands,
        rules=list(Rule.objects.filter(scheme=bands[0].scheme_id)) if bands else [],
        overrides=overrides_of(child, moment) if sight.rating else [],
        sources=sources(moment.at),
        alike=maybe_the_same(child, sight),
        in_question=fields_in_question(child, moment.at),
        family=family_of(child, moment, sight),
        sealed=sealed_of(child, sight),
    )  # fmt: skip


def links_of(child: Child, moment: Moment) -> list[LinkVersion]:
    """The records that belonged to the child, and by which decision."""
    found = LinkVersion.objects.filter(known_at(moment.at), child=child)
    return list(found.select_related("record__agency", "decision").order_by("pk"))


def versions_of(records: Collection[int], moment: Moment, sight: Sight) -> list[RecordVersion]:
    """Each agency's words about the child, the most trusted feed first, as far as its services are shared with the reader."""
    found = RecordVersion.objects.filter(known_at(moment.at), record__in=records)
    ordered = found.select_related("record__agency", "feed__agency").order_by(
        "feed__priority", "-extract_id", "-row_no", "-pk"
    )
    return [version for version in ordered if sight.of_feed(version.feed)]


def addresses_of(records: Collection[int], moment: Moment, sight: Sight) -> list[RecordAddress]:
    """Each agency's address of the child, the most trusted feed first."""
    found = RecordAddress.objects.filter(known_at(moment.at), record__in=records)
    ordered = found.select_related("feed__agency").order_by("feed__priority", "-extract_id", "-row_no", "-pk")
    return [address for address in ordered if sight.of_feed(address.feed)]


def history(child: Child, moment: Moment) -> QuerySet[Assessment]:
    """The child's assessments up to the moment, oldest first."""
    found = Assessment.objects.filter(child=child).select_related("scheme").order_by("assessed_at", "pk")
    return found if moment.at is None else found.filter(assessed_at__lte=moment.at)


def overrides_of(child: Child, moment: Moment) -> list[Override]:
    """Every band somebody set for the child up to the moment, newest first, each as it stood then."""
    found = list(Override.objects.filter(child=child).select_related("agency").order_by("-set_at", "-pk"))
    if moment.at is None:
        return found
    known = [each for each in found if each.set_at <= moment.at]
    for each in known:
        if each.ended_at and each.ended_at > moment.at:
            each.ended_at, each.ended_why, each.ended_reason = None, "", ""
    return known


def latest_bands(sight: Sight) -> list[Band]:
    """The bands of the live scheme, for a child not yet rated."""
    if not sight.rating:
        return []
    return list(current_bands().values())


def maybe_the_same(child: Child, sight: Sight) -> list[Child]:
    """Children that an open question says may be the same as this one, as far as the reader may see them."""
    open_ones = Question.objects.filter(closed_at=None)
    named = candidates_of(open_ones.filter(child=child)).order_by().values_list("stands", flat=True)  # type: ignore[misc]
    asking = open_ones.filter(candidates__child=child, candidates__ruled_out=None).values_list(
        "child", flat=True
    )
    others = set(named.union(asking)) - {None, child.pk}
    return (
        list(
            sight.children()
            .filter(pk__in=others, merged_into=None)
            .order_by("surname_key", "forename_key", "pk")
        )
        if others
        else []
    )


def find(text: str) -> Child | None:
    """A child by public id, or by any number an agency knows it by; None where none or several answer."""
    from apps.profiles.queries.search import by_identifier

    try:
        return Child.objects.select_related("setting").filter(public_id=uuid.UUID(text)).first()
    except ValueError:
        ids = by_identifier(text, Child.objects.all())
    return Child.objects.select_related("setting").get(pk=ids[0]) if len(ids) == 1 else None


def records_of(child: Child) -> list[SourceRecord]:
    """The records that belong to a child now."""
    return list(SourceRecord.objects.filter(child=child).select_related("agency"))
