"""Writes about children: what an extract plans and applies to records, the fields chosen from them, and restrictions."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.audit.actions import record as audit
from apps.children.families import Relationship
from apps.children.models import Child, FieldQuestion, PlannedRecord, Restriction
from apps.children.survivorship import ASKED
from apps.core import clock, sql
from apps.core.errors import Refused
from apps.extracts.models import Extract, Feed

#: More surnames or more children at one address are a home or a house of flats, no household; and an age gap of a generation makes
#: nobody a sibling.
HOUSEHOLD = {"surnames": 3, "children": 12, "generation": 14 * 365}


def plan_records(*, extract: Extract) -> int:
    """Write which records the extract would add, change or find gone; a run that is repeated starts its plan afresh."""
    PlannedRecord.objects.filter(extract_id=extract.pk).delete()
    params = {"extract": extract.pk, "feed": extract.feed_id, "scheme": extract.feed.id_scheme}
    planned = sql.run("children", "plan_records", **params)
    if extract.is_full:
        planned += sql.run("children", "plan_gone", extract=extract.pk, feed=extract.feed_id)
    return planned


def apply_records(*, extract: Extract, at: datetime) -> None:
    """Carry out the record part of a plan, stamped ``at``."""
    params = {"extract": extract.pk, "feed": extract.feed_id, "at": at}
    sql.run(
        "children", "apply_records", **params, scheme=extract.feed.id_scheme, agency=extract.feed.agency_id
    )
    sql.run("children", "apply_addresses", **params)
    sql.run("children", "apply_restrictions", **params)


def restore_records(*, feed: Feed, before: datetime, at: datetime, by: int | None) -> None:
    """Put what a feed said of its records back to how it stood just before a moment; name the records in ``restored``."""
    sql.run("children", "restore_records", feed=feed.pk, before=before, at=at, by=by)


def withdraw_touched() -> None:
    """Mark the touched children that no record belongs to any more, and those that one has come back to."""
    sql.run("children", "withdraw")


def touch(children: Iterable[int]) -> None:
    """Name the children a step has touched, for the refreshing statements of this transaction."""
    sql.run("children", "touch", children=list(children))


def touch_all() -> None:
    """Name every child, for a step of this transaction that looks at all of them."""
    sql.run("children", "touch_all")


def touch_planned(*, extract: Extract) -> None:
    """Name the children an extract's plan touches, and which of them it makes provisional or not."""
    sql.run("children", "touch_planned", extract=extract.pk)


def refresh_touched(*, at: datetime) -> None:
    """Write the touched children with their fields chosen anew and the ``reached`` gathered above, and mark their ratings stale."""
    sql.run("children", "tell")
    sql.run("children", "settle_fields", asked=list(ASKED))
    sql.run("children", "refresh")
    sql.run("children", "apply_settled")
    sql.run("children", "ask_fields", at=at)
    sql.run("children", "mark_stale", at=at)
    sql.run("children", "remember_surnames")
    sql.run("children", "relate", at=at, **HOUSEHOLD)


def relate_families(*, of: Iterable[int], at: datetime) -> None:
    """Work out the family links of these children anew, and of whoever lives where they do."""
    touch(of)
    sql.run("children", "relate", at=at, **HOUSEHOLD)


def forget_relations(*, one: Child, other: Child, at: datetime) -> None:
    """Let no link between two children stand, not even as it was known before: of an old identity and a new one it would tell."""
    pair = [one.pk, other.pk]
    Relationship.objects.filter(child__in=pair, other__in=pair).delete()
    relate_families(of=pair, at=at)


@transaction.atomic
def restrict(*, child: Child, hides: str, reason: str, by: User | None) -> Restriction:
    """Hide a child (or only the addresses) from now on, with the pages that became the child's and the records that may be; raise Refused
    without a reason."""
    if not reason.strip():
        raise Refused("Say why the record must be hidden.")
    placed = {"hides": hides, "placed_by": by.pk if by else None, "placed_at": clock.commit_moment()}
    restriction = Restriction.objects.create(child=child, reason=reason, **placed)
    beside = [pk for (pk,) in sql.rows("children", "restrict_beside", {"child": child.pk, **placed})]
    for each in (child, *Child.objects.filter(pk__in=beside)):
        _cache_restrictions(each)
    relate_families(of=[child.pk, *beside], at=restriction.placed_at)
    audit(
        "child.restrict",
        by=by,
        children=[child.pk, *beside],
        subject=f"restriction:{restriction.pk}",
        detail={"hides": hides},
    )
    return restriction


@transaction.atomic
def lift(*, restriction: Restriction, reason: str, by: User) -> None:
    """Lift a restriction that still stands; raise Refused without a reason, or when somebody already did."""
    if not reason.strip():
        raise Refused("Say why the child need no longer be hidden.")
    at = clock.commit_moment()
    standing = Restriction.objects.filter(pk=restriction.pk, lifted_at=None)
    lifted = standing.update(lifted_at=at, lifted_by=by.pk)
    if not lifted:
        raise Refused("This restriction has already been lifted.")
    _cache_restrictions(restriction.child)
    relate_families(of=[restriction.child_id], at=at)
    audit(
        "child.lift",
        by=by,
        children=[restriction.child_id],
        subject=f"restriction:{restriction.pk}",
        detail={"reason": reason.strip()},
    )


@transaction.atomic
def answer_field(*, question: FieldQuestion, take: bool, by: User) -> None:
    """Answer which of two agencies' words stands; it holds while both still say the same. The child is to be refreshed after it."""
    answer = FieldQuestion.Answer.TAKE if take else FieldQuestion.Answer.KEEP
    open_still = FieldQuestion.objects.filter(pk=question.pk, closed_at=None)
    if not open_still.update(closed_at=clock.commit_moment(), answer=answer, answered_by=by.pk):
        raise Refused("This question has already been answered, or the agencies now agree.")
    audit(
        "child.answer_field",
        by=by,
        children=[question.child_id],
        subject=f"fieldquestion:{question.pk}",
        detail={"field": question.field, "answer": str(answer)},
    )


def _cache_restrictions(child: Child) -> None:
    standing = set(Restriction.objects.filter(child=child, lifted_at=None).values_list("hides", flat=True))
    Child.objects.filter(pk=child.pk).update(
        address_hidden=bool(standing), restricted=Restriction.Hides.CHILD in standing
    )
