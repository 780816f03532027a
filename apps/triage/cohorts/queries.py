"""Which cohorts there are, and whom of them a person may be shown."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from apps.access.queries import agencies_of
from apps.accounts.models import User
from apps.children.policy import ChildPolicy
from apps.core.clock import today
from apps.triage.models import Cohort, CohortCount, CohortStay


def cohorts(user: User) -> QuerySet[Cohort]:
    """The person's own, and those shared in their team."""
    shared = Q(team__in=[agency.pk for agency in agencies_of(user)])
    return Cohort.objects.filter(shared | Q(owner=user.pk), dropped_at=None).order_by("name", "pk")


def cohort(user: User, pk: int) -> Cohort | None:
    """One of them."""
    return cohorts(user).filter(pk=pk).first()


def newest(found: list[Cohort]) -> dict[int, CohortCount]:
    """The newest count of each."""
    counts = CohortCount.objects.filter(cohort__in=found).order_by("cohort_id", "-on").distinct("cohort_id")
    return {each.cohort_id: each for each in counts}


def counts(cohort: Cohort, days: int = 90) -> list[CohortCount]:
    """The counts of the last days, newest first."""
    return list(cohort.counts.filter(on__gt=today() - timedelta(days=days)).order_by("-on"))


def inside(user: User, cohort: Cohort) -> QuerySet[CohortStay]:
    """Who fits now, of the children the person reaches; row-level security leaves out those whose facts the person may not see."""
    found = cohort.stays.filter(ChildPolicy.visible(user, of="child__"), left_at=None)
    return found.select_related("child__setting").order_by("child__surname", "child__forename", "pk")
