"""What a child's page shows of reviews, of a child who is known to be within reach: four statements, whatever there is."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, F, Q, QuerySet, Value

from apps.children.models import Child
from apps.reviews.models import Action, CaseReview, Contact, Lead, Member


class Around(NamedTuple):
    """Somebody who leads on a child, is asked to, or is of the team."""

    part: str
    name: str
    job: str
    phone: str
    agency: str
    since: date | None


@dataclass(frozen=True)
class Told:
    """What the reader's agencies may be told: whether they run reviews, their own agencies, those known of, those that share everything."""

    runs: bool
    own: Collection[int]
    known: Collection[int] = field(default_factory=tuple)
    whole: Collection[int] = field(default_factory=tuple)


def on_page(child: Child, told: Told) -> dict[str, Any]:
    """The reviews, who is round the child, open actions, and the last contact."""
    people = [Around(*row) for row in _people(child, told)]
    return {
        "reviews": list(_reviews(child, told)[:20]),
        "named_lead": next((each for each in people if each.part == Lead.State.CURRENT), None),
        "asked_lead": next((each for each in people if each.part == Lead.State.PROPOSED), None),
        "team": sorted(
            (each for each in people if each.part == "team"), key=lambda each: (each.agency, each.name)
        ),
        "child_actions": list(_actions(child, told)[:5]),
        "last_contact": _contacts(child, told).first(),
    }


def _reviews(child: Child, told: Told) -> QuerySet[CaseReview]:
    found = CaseReview.objects.filter(child=child).select_related("type").order_by("-raised_at")
    return found if told.runs else found.filter(agencies__overlap=list(told.own))


def _people(child: Child, told: Told) -> Any:
    """Leads and team in one statement."""
    known = Q() if told.runs else Q(agency__in={*told.own, *told.known}) | Q(by_agency__in=told.own)
    asked = known if told.runs else known | Q(heir__in=told.own)
    shown = ("part", "name", "job", "phone", "agency__name", "from_day")
    leads = Lead.objects.filter(asked, child=child, state__in=(Lead.State.CURRENT, Lead.State.PROPOSED))
    team = Member.objects.filter(known, child=child, ended_at=None)
    return (
        leads.annotate(part=F("state"), from_day=F("since"))
        .values_list(*shown)
        .union(
            team.annotate(
                part=Value("team", CharField()), from_day=Value(None, DateField(null=True))
            ).values_list(*shown),
            all=True,
        )
    )


def _actions(child: Child, told: Told) -> QuerySet[Action]:
    found = (
        Action.objects.filter(child=child, state=Action.State.OPEN)
        .select_related("agency")
        .order_by("due_on", "pk")
    )
    ours = Q(agency__in=told.own) | Q(by_agency__in=told.own) | Q(review__agencies__overlap=list(told.own))
    return found if told.runs else found.filter(ours)


def _contacts(child: Child, told: Told) -> QuerySet[Contact]:
    found = Contact.objects.filter(child=child).order_by("-on", "-pk")
    return found if told.runs else found.filter(agency__in={*told.own, *told.whole})
