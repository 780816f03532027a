"""The real linker over deliveries, one extract each, and where every record ended."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from apps.agencies.models import Agency, Kind
from apps.children.models import Child, SourceRecord
from apps.core.clock import today
from apps.extracts.models import Extract, Feed, StagedPerson, State
from apps.matching.models import Candidate, Decision
from apps.pipeline import plan
from apps.pipeline.evaluation import records
from apps.pipeline.evaluation.reading import Delivery, Given, deliveries
from apps.pipeline.evaluation.schema import own_schema

BATCH = 2_000
Record = tuple[str, str]


@dataclass(frozen=True)
class Outcome:
    """Where the records of a file ended: the child of each, and the open questions as pairs of record and candidate child."""

    entity: dict[str, int]
    asked: list[tuple[Record, int]]
    child_of: dict[Record, int]
    model: str
    seconds: float


def link(people: Sequence[Given]) -> Outcome:
    """Put people to the real linker in a schema of its own, delivery after delivery, and keep nothing."""
    with own_schema():
        began = time.perf_counter()
        arrive(people)
        return outcome(people, round(time.perf_counter() - began, 3))


def arrive(people: Sequence[Given]) -> None:
    """Every delivery by the real plan, applied; a record that comes again unchanged is not read, as in the service."""
    known: dict[Record, object] = {}
    feeds: dict[str, Feed] = {}
    for delivery in deliveries(people):
        feed = feeds.get(delivery.agency) or feeds.setdefault(
            delivery.agency, _feed(delivery.agency, len(feeds))
        )
        extract = Extract.objects.create(
            feed=feed, as_of=today(), sha256=f"{feed.code}-{delivery.batch}"[:64], state=State.STAGED
        )
        _deliver(delivery, extract, known)


def _feed(agency: str, number: int) -> Feed:
    held = Agency.objects.create(code=f"evaluated-{number}", name=agency[:200], kind=Kind.SERVICE)
    code = f"evaluated-{number}"
    return Feed.objects.create(
        code=code, title=code, agency=held, layout="people", id_scheme=code, is_full=False
    )


def _deliver(delivery: Delivery, extract: Extract, known: dict[Record, object]) -> None:
    people = [
        person
        for person in records.staged(delivery, extract)
        if known.get((delivery.agency, person.local_id)) != person.bundle_hash
    ]
    known.update({(delivery.agency, person.local_id): person.bundle_hash for person in people})
    StagedPerson.objects.bulk_create(people, batch_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into extracts_bundle (extract_id, local_id, bundle_hash)"
            " select extract_id, local_id, bundle_hash from extracts_stagedperson where extract_id = %s",
            [extract.pk],
        )
        # not commit_moment: its lock would keep the service waiting until the evaluation ends
        cursor.execute("select clock_timestamp()")
        [at] = cursor.fetchone()
    counts = plan.write(extract=extract)
    plan.apply(extract=extract, counts=counts, at=at)
    Extract.objects.filter(pk=extract.pk).update(state=State.COMMITTED, committed_at=at, applied_at=at)


def outcome(people: Sequence[Given], seconds: float) -> Outcome:
    """The child each record belongs to at the end, for every version of it, and what a person would be asked."""
    merged = dict(Child.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    names = dict(Feed.objects.values_list("id_scheme", "agency__name"))
    held = SourceRecord.objects.values_list("pk", "id_scheme", "local_id", "child_id")
    by_pk = {pk: (names[scheme], local_id) for pk, scheme, local_id, _ in held}
    child_of = {by_pk[pk]: _standing(child, merged) for pk, _, _, child in held}
    asked = Candidate.objects.filter(question__closed_at=None).values_list("question__record_id", "child_id")
    return Outcome(
        entity={given.record_id: child_of[given.record] for given in people},
        asked=[(by_pk[record], _standing(child, merged)) for record, child in asked],
        child_of=child_of,
        model=Decision.objects.exclude(model="").order_by("-pk").values_list("model", flat=True).first()
        or "",
        seconds=seconds,
    )


def _standing(child: int, merged: dict[int, int]) -> int:
    """The child that stands for this one now."""
    while child in merged:
        child = merged[child]
    return child
