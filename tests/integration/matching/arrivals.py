"""Lets records of two agencies arrive by the real plan and commit, without a file."""

import itertools
import uuid
from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from apps.agencies.models import Agency, Kind
from apps.core import clock
from apps.core.values import address_key, name_key, postcode
from apps.extracts.models import Extract, Feed, StagedFact, StagedPerson
from apps.pipeline import plan

_numbers = itertools.count(1)


def feed(code: str, *, scheme: str = "", is_full: bool = False, priority: int = 50) -> Feed:
    """A feed of an agency of its own."""
    agency, _ = Agency.objects.get_or_create(
        code=f"a-{code}", defaults={"name": code.title(), "kind": Kind.SERVICE}
    )
    return Feed.objects.get_or_create(
        code=code,
        defaults={
            "title": code, "agency": agency, "layout": code, "id_scheme": scheme or code, "is_full": is_full, "priority": priority,
        },
    )[0]  # fmt: skip


def person(local_id: str, **fields: object) -> StagedPerson:
    """An interpreted person; keys are worked out as the reader does."""
    words = {"surname": "", "forename": "", "address": "", "postcode": "", **fields}
    return StagedPerson(
        local_id=local_id,
        bundle_hash=uuid.uuid5(uuid.NAMESPACE_OID, repr(sorted(fields.items(), key=str))),
        module="m",
        row_no=next(_numbers),
        surname_key=name_key(str(words["surname"])),
        forename_key=name_key(str(words["forename"])),
        address_key=address_key(str(words["address"])),
        postcode_key=postcode(str(words["postcode"])).replace(" ", ""),
        **words,
    )


@transaction.atomic
def arrive(
    source: Feed,
    people: Iterable[StagedPerson],
    facts: Iterable[StagedFact] = (),
    as_of: date = date(2026, 11, 16),
) -> plan.Counts:
    """Stage, plan and commit one extract; answer the plan's counts."""
    people = list(people)
    extract = Extract.objects.create(feed=source, as_of=as_of, sha256=uuid.uuid4().hex * 2)
    for row in (*people, *(facts := list(facts))):
        row.extract = extract
    StagedPerson.objects.bulk_create(people)
    StagedFact.objects.bulk_create(facts)
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into extracts_bundle (extract_id, local_id, bundle_hash) values (%s, %s, %s)",
            [(extract.pk, p.local_id, p.bundle_hash) for p in people],
        )
    at = clock.commit_moment()
    counts = plan.write(extract=extract)
    plan.apply(extract=extract, counts=counts, at=at)
    Extract.objects.filter(pk=extract.pk).update(state="committed", committed_at=at)
    return counts
