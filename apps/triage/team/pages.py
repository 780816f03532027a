"""What the supervisor's pages need, put together."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from apps.accounts.models import User
from apps.core import words
from apps.involvements.queries import late_for
from apps.triage.models import SecondLook
from apps.triage.pages import rows_of
from apps.triage.presenters import Row, freshness
from apps.triage.queries import names, officers, worked_out
from apps.triage.team import queries
from apps.triage.team.forms import AllocationForm, LookForm

A_PAGE = 10


@dataclass(frozen=True)
class Look:
    """One decision to look at again: the row it was about, what was decided, and the form."""

    look: SecondLook
    row: Row
    who: str
    form: LookForm


def team(user: User, given: QueryDict | None) -> dict[str, Any]:
    """Workload, who takes what, and the form for one more."""
    people = officers(user)
    return {
        "loads": queries.workload(people),
        "allocations": queries.allocations(),
        "form": AllocationForm(given, officers=people, settings=queries.settings()),
        "fresh": freshness(worked_out()),
        "late": late_for(user),
    }


def second_looks(user: User, number: str | None) -> dict[str, Any]:
    """Decisions drawn, a page of them, and the figures of agreement."""
    page = Paginator(queries.looks(user), A_PAGE).get_page(number)
    found = list(page.object_list)
    items = [each.decision.item for each in found]
    who = names(each.decision.by for each in found)
    rows = rows_of(items, user)
    drawn = queries.last_draw()
    return {
        "page": page,
        "items": items,
        "looks": [
            Look(each, row, who.get(each.decision.by, ""), LookForm(auto_id=f"look-{each.pk}-%s"))
            for each, row in zip(found, rows, strict=True)
        ],
        "agreement": queries.agreement(),
        "note": f"Last drawn for the week of {words.longday(drawn.week)}, {drawn.percent} of 100 of each officer’s, at least one."
        if drawn
        else "Nothing drawn yet: each Monday, from the week before.",
    }
