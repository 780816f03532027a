"""Sealed links: proposed, confirmed by a second person, sealed. No event of theirs names a child: two names in one event are the link."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import BigIntegerField, F, Func

from apps.access import grants
from apps.access.queries import may
from apps.accounts.models import User
from apps.audit.actions import record as audit
from apps.children import actions as children
from apps.children.models import Child, SourceRecord
from apps.core import clock, sql
from apps.core.errors import Refused
from apps.matching.models import SealedLink

#: Of records that a sealed link keeps apart. It says no more than it must to whoever did not know.
NOT_JOINED = "These records are kept apart and cannot be brought together here. Nothing was changed."


@transaction.atomic
def propose(
    *, former: Child, present: Child, kind: str, named: Collection[User], reason: str, by: User
) -> SealedLink:
    """Propose to seal the link between an old identity and a new one; raise Refused where it cannot be one."""
    check_can_propose(former, present, kind, named, reason)
    link = SealedLink.objects.create(
        former=former, present=present, kind=kind, reason=reason.strip(), named=sorted(user.pk for user in named),
        proposed_by=by.pk, proposed_at=clock.commit_moment(),
    )  # fmt: skip
    audit("sealed.propose", by=by, subject=f"sealedlink:{link.pk}", detail={"named": link.named})
    return link


def check_can_propose(former: Child, present: Child, kind: str, named: Collection[User], reason: str) -> None:
    """Refuse with the sentence a keeper reads."""
    if former.pk == present.pk:
        raise Refused("The old and the new identity are the same record.")
    if kind not in SealedLink.Kind.values:
        raise Refused("Choose whether it is an adoption or a protection.")
    if not reason.strip():
        raise Refused("Say why the link is kept and on whose order.")
    if not named:
        raise Refused("Name at least one person who will see the link.")
    if unfit := [user.display_name for user in named if not may(user, "sealed.view")]:
        raise Refused(f"These people have no role that opens sealed links: {', '.join(unfit)}.")


@transaction.atomic
def confirm(*, link: SealedLink, by: User) -> None:
    """Confirm somebody else's proposal; the pipeline then seals it. Raise Refused for one's own, or one confirmed before."""
    if link.proposed_by == by.pk:
        raise Refused("A second person has to confirm: it is your own proposal.")
    if are_one(link):
        raise Refused(
            "The two records have been made one child since it was proposed. Have that undone first."
        )
    waiting = SealedLink.objects.filter(pk=link.pk, confirmed_by=None)
    if not waiting.update(confirmed_by=by.pk, confirmed_at=clock.commit_moment()):
        raise Refused("This link has already been confirmed.")
    audit("sealed.confirm", by=by, subject=f"sealedlink:{link.pk}")


@transaction.atomic
def seal(*, link: SealedLink) -> None:
    """Give a confirmed link to those named on it and set the two apart for every pass; done once, however often it is asked."""
    link = SealedLink.objects.select_for_update().get(pk=link.pk)
    if link.confirmed_by is None or link.sealed_at is not None:
        return
    for user in User.objects.filter(pk__in=link.named):
        grants.give_sealed(user, link)
    at = clock.commit_moment()
    sql.run("matching", "set_apart", link=link.pk, at=at)
    sql.run("matching", "seal_questions", link=link.pk, at=at, by=link.confirmed_by)
    SealedLink.objects.filter(pk=link.pk).update(sealed_at=at)
    # a link of family or address between the two would tell as much
    children.forget_relations(one=link.former, other=link.present, at=at)
    audit("sealed.seal", by=link.confirmed_by, subject=f"sealedlink:{link.pk}", detail={"named": link.named})


def are_one(link: SealedLink) -> bool:
    """Whether both identities lead to one child by now."""
    former, present = (
        Func(side, function="vcdb_standing", output_field=BigIntegerField())
        for side in ("former_id", "present_id")
    )
    stands = SealedLink.objects.filter(pk=link.pk).annotate(former_stands=former, present_stands=present)
    return stands.filter(former_stands=F("present_stands")).exists()


def pairs(children: Collection[int]) -> set[tuple[int, int]]:
    """Records of these children that a sealed link keeps apart, the lower id first."""
    return set(sql.rows("matching", "sealed_pairs", {"children": list(children)}))


def check_apart(kept: Collection[tuple[int, int]]) -> None:
    """Raise Refused where records that a sealed link keeps apart have come to one child."""
    of = dict(
        SourceRecord.objects.filter(pk__in={each for pair in kept for each in pair}).values_list(
            "pk", "child"
        )
    )
    if any(of[one] == of[other] for one, other in kept):
        raise Refused(NOT_JOINED)


@transaction.atomic
def set_apart_again() -> int:
    """Set apart what has come to either identity since it was sealed; return how many pairs of records that were."""
    return sql.run("matching", "set_apart", link=None, at=clock.commit_moment())
