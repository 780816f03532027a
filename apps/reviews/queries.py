"""Case reviews as they are read: those of children the person reaches, to which their agency is invited."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from apps.access.models import Membership
from apps.access.queries import agencies_of, may, shared_with
from apps.access.roles import ROLES
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.children.models import Child
from apps.children.policy import ChildPolicy
from apps.core.clock import today
from apps.reviews.machine import BEFORE, LIVE, OVER, State
from apps.reviews.models import Action, CaseReview, Cause, Contribution, Move, Outcome, ReviewType
from apps.triage.models import Cohort

A_PAGE = 25


def lock(child: int) -> None:
    """Let one at a time write about a child; the web may not lock the child's own row."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(7082004, %s)", [child % 2**31])


def first_in() -> bool:
    """Whether nobody else sweeps at this moment; until the transaction ends nobody else will.

    A sweep never waits for the lock under which files are committed: a long load would hold up a worker each minute.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(7082005)")
        return bool(cursor.fetchone()[0])


def own(user: User) -> list[int]:
    """Ids of the person's agencies."""
    return [agency.pk for agency in agencies_of(user)]


def visible(user: User) -> QuerySet[CaseReview]:
    """Reviews of children within reach: every one for who runs reviews, else those to which the person's agency is invited."""
    reached = CaseReview.objects.filter(ChildPolicy.visible(user, of="child__"))
    return reached if may(user, "review.manage") else reached.filter(agencies__overlap=own(user))


def queue(user: User, state: str = "", over: bool = False) -> QuerySet[CaseReview]:
    """Those to look at, the least time left first."""
    states = [state] if state in list(State) else OVER if over else LIVE
    found = visible(user).filter(state__in=states).select_related("child__setting", "type")
    return found.order_by("due_at", "pk")


def review(user: User, public_id: uuid.UUID) -> CaseReview | None:
    """One of them."""
    return visible(user).select_related("child__setting", "type").filter(public_id=public_id).first()


def child(user: User, public_id: uuid.UUID) -> Child | None:
    """A child within reach."""
    return Child.objects.visible_to(user).filter(public_id=public_id, merged_into=None).first()


def live(user: User, of: Child) -> QuerySet[CaseReview]:
    """A child's reviews that are under way."""
    return visible(user).filter(child=of, state__in=LIVE)


def doubles(user: User, of: Collection[CaseReview]) -> dict[int, CaseReview]:
    """By review: one of the same type of the same child that was under way before it, for who runs reviews alone.

    An agency that is not invited to a review may not know of it, so it can raise a second one; whoever may know of both looks at them.
    """
    under_way = [each for each in of if not each.over]
    if not under_way or not may(user, "review.manage"):
        return {}
    live = (
        visible(user).filter(state__in=LIVE, child__in={each.child_id for each in under_way}).order_by("-pk")
    )
    first = {(each.child_id, each.type_id): each for each in live}
    found = {each.pk: first[each.child_id, each.type_id] for each in under_way}
    return {pk: other for pk, other in found.items() if other.pk != pk}


def causes(user: User, of: CaseReview) -> list[Cause]:
    """Why it was raised: in full for who runs reviews and the agency that raised it; that is the policy's rule too."""
    found = of.causes.select_related("agency").order_by("at", "pk")
    return list(found if may(user, "review.manage") else found.filter(agency__in=own(user)))


def moves(of: CaseReview) -> list[Move]:
    """What happened, the newest first."""
    return list(of.moves.order_by("-at", "-pk"))


def contributions(user: User, of: CaseReview) -> list[Contribution]:
    """What agencies said in this round: all for who runs reviews, else one's own, and of those whose agreement shares all in content."""
    found = of.contributions.filter(round=of.round).select_related("agency").order_by("agency__name")
    if may(user, "review.manage"):
        return list(found)
    shared = {agency for agency, service in shared_with(user, "content") if service == "*"}
    return list(found.filter(agency__in={*own(user), *shared}))


def own_contribution(user: User, of: CaseReview, agency: str = "") -> Contribution | None:
    """What the person's own agency is asked; where they have several, the one named."""
    mine = of.contributions.filter(round=of.round, agency__in=own(user)).select_related("agency", "review")
    named = mine.filter(agency=int(agency)) if agency.isdecimal() else mine
    return named.order_by("agency__name").first()


def awaited(user: User) -> dict[str, Any]:
    """How many reviews wait for what the person's agencies know (``number``), and the day of the first (``first``)."""
    asked = Contribution.objects.filter(
        agency__in=own(user), given_at=None, frozen_at=None, round=F("review__round")
    )
    waits = asked.filter(review__in=visible(user), review__state__in=BEFORE)
    return waits.aggregate(number=Count("pk"), first=Min("due_on"))


def answered(of: Iterable[CaseReview]) -> dict[int, tuple[int, int]]:
    """By review: how many agencies have answered in this round, and how many were asked, of those the person may know of."""
    asked = Contribution.objects.filter(review__in=[each.pk for each in of])
    found: dict[int, tuple[int, int]] = {}
    for review_id, given_at, round_, now in asked.values_list(
        "review_id", "given_at", "round", "review__round"
    ):
        if round_ == now:
            there, number = found.get(review_id, (0, 0))
            found[review_id] = (there + (given_at is not None), number + 1)
    return found


def outcome(of: CaseReview) -> Outcome | None:
    """What this round decided."""
    return of.outcomes.filter(round=of.round).first()


def outcomes(of: CaseReview) -> list[Outcome]:
    """What every round decided, the newest first."""
    return list(of.outcomes.order_by("-round"))


def actions_of(of: CaseReview) -> QuerySet[Action]:
    """Actions of a review, open ones first."""
    return of.actions.select_related("agency").order_by("-state", "due_on", "pk")


def open_actions(of: CaseReview) -> int:
    """How many are open."""
    return of.actions.filter(state=Action.State.OPEN).count()


def taken_back() -> list[CaseReview]:
    """Reviews nobody has taken up whose every cause is a decision in triage that was undone."""
    raised = CaseReview.objects.filter(state=State.RAISED, causes__decision__undone_at__isnull=False)
    stands = Cause.objects.filter(Q(decision=None) | Q(decision__undone_at=None)).values("review")
    return list(raised.exclude(pk__in=stands).distinct())


def counts(user: User) -> dict[str, int]:
    """How many are in each state, and how many are over their time."""
    found = visible(user).filter(state__in=LIVE)
    by_state = dict(found.order_by().values_list("state").annotate(Count("pk")))
    return by_state | {"late": found.filter(due_at__lt=timezone.now()).count()}


def types() -> list[ReviewType]:
    """Every type, those in use first."""
    return list(
        ReviewType.objects.order_by("-active", "name").prefetch_related("agencies").select_related("cohort")
    )


def type_of(pk: int) -> ReviewType | None:
    """One of them."""
    return ReviewType.objects.filter(pk=pk).first()


def active_types() -> QuerySet[ReviewType]:
    """Those that may be raised."""
    return ReviewType.objects.filter(active=True)


def agencies() -> QuerySet[Agency]:
    """Those that can be invited: every agency with somebody who may contribute today."""
    able = [code for code, role in ROLES.items() if "review.contribute" in role.permissions]
    held = Membership.objects.filter(role__in=able, user__is_active=True).filter(
        Q(valid_until=None) | Q(valid_until__gte=today())
    )
    return Agency.objects.filter(pk__in=held.values("agency")).order_by("name")


def watched_cohorts() -> QuerySet[Cohort]:
    """Cohorts whose entries somebody watches."""
    return Cohort.objects.filter(dropped_at=None, watched_from__isnull=False)


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """Display names of users by id."""
    return {user.pk: user.display_name for user in User.objects.filter(pk__in={each for each in ids if each})}


def agency_names(ids: Iterable[int]) -> list[str]:
    """Names of agencies in order."""
    return list(Agency.objects.filter(pk__in=ids).values_list("name", flat=True))
