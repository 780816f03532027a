"""What the pages of cohorts need, put together."""

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from apps.access.queries import may
from apps.accounts.models import User
from apps.core import words
from apps.involvements.queries import late_for
from apps.ragp.queries import current_assessments, current_bands
from apps.triage.cohorts import presenters, queries
from apps.triage.cohorts.forms import CohortForm, ConditionSet, ExportForm, WatchForm
from apps.triage.models import Cohort, CohortStay
from apps.triage.queries import names

A_PAGE = 25
#: More than this many children are no list that somebody works through.
MOST_EXPORTED = 20_000


def index(user: User) -> dict[str, Any]:
    """The cohorts there are, each with its newest count."""
    found = list(queries.cohorts(user))
    counts, who = queries.newest(found), names(each.owner for each in found)
    return {
        "rows": [
            (each, counts.get(each.pk), who.get(each.owner, ""), presenters.lines(each)) for each in found
        ]
    }


def rows(stays: list[CohortStay]) -> list[presenters.Row]:
    """The children of some stays as the page and the file have them."""
    bands = current_bands()
    standing = {child: each.band for child, each in current_assessments([s.child_id for s in stays]).items()}
    return [presenters.row(stay, bands, standing) for stay in stays]


def page(cohort: Cohort, user: User, number: str | None) -> dict[str, Any]:
    """Who is in a cohort, how many over time, and what can be done with it."""
    shown = Paginator(queries.inside(user, cohort), A_PAGE).get_page(number)
    stays = list(shown.object_list)
    counts = queries.counts(cohort)
    return {
        "cohort": cohort,
        "page": shown,
        "stays": stays,
        "rows": rows(stays),
        "lines": presenters.lines(cohort),
        "counts": counts[:14],
        "most": presenters.most(counts[:14]),
        "own": cohort.owner == user.pk,
        "worked_out": words.moment(cohort.worked_out_at),
        "late": late_for(user, about=None if cohort.unseen_days else subjects(cohort)),
        "who": names([cohort.owner]).get(cohort.owner, ""),
        "may_watch": may(user, "triage.decide"),
        "watch": WatchForm(initial={"respond_in_days": cohort.respond_in_days}),
        "export": ExportForm(),
    }


def subjects(cohort: Cohort) -> set[str]:
    """The services and measures the conditions speak of."""
    return {each["subject"] for each in cohort.conditions}


def builder(given: QueryDict | None) -> dict[str, Any]:
    """The form of a new cohort."""
    return {"form": CohortForm(given), "conditions": ConditionSet(given, prefix="c")}
