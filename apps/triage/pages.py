"""What each page of the queue needs, put together from queries and presenters."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, QueryDict

from apps.access.queries import may
from apps.accounts.models import User
from apps.ragp.queries import current_bands, sight_of
from apps.triage import presenters, queries
from apps.triage.forms import AssignForm, DecisionForm, FilterForm
from apps.triage.models import Item


def rows_of(items: Sequence[Item], user: User, query: str = "") -> list[presenters.Row]:
    """The items as this reader may see them."""
    bands, sight = current_bands(), sight_of(user)
    names = queries.names(item.assigned_to for item in items)
    return [presenters.row(item, bands, names, sight, user.pk, query) for item in items]


def queue_page(request: HttpRequest, user: User) -> dict[str, Any]:
    """The queue: figures, filters, rows, and the panel of the change that is open."""
    bands = current_bands()
    counts, schools = queries.counts()
    filtered = request.GET if request.GET.keys() & FilterForm.base_fields.keys() else None
    filters = FilterForm(filtered, bands=bands.values(), schools=schools)
    wanted = filters.wanted() if filters.is_bound else queries.Wanted()
    page = queries.page_of(user, wanted, request.GET.get("page"), counts.waiting)
    query = kept_query(request.GET)
    rows = rows_of(list(page.object_list), user, query)
    chosen = opened(rows, request, user, query)
    return {
        "filters": filters,
        "page": page,
        "rows": rows,
        "chosen": chosen,
        "items": [
            each.item
            for each in {row.item.pk: row for row in [*rows, *([chosen.row] if chosen else [])]}.values()
        ],
        "query": query,
        "caption": presenters.caption(page.paginator.count, len(rows), wanted.sort),
        "tiles": presenters.tiles(counts),
        "fresh": presenters.freshness(queries.worked_out(), queries.late_feeds()),
        "done": presenters.done(queries.last_decisions(user)),
        "may_decide": may(user, "triage.decide"),
        "form": DecisionForm(),
        "assign": AssignForm(
            officers=queries.officers(user), initial={"to": chosen and chosen.row.item.assigned_to}
        ),
    }


def opened(
    rows: Sequence[presenters.Row], request: HttpRequest, user: User, query: str
) -> presenters.Detail | None:
    """The change asked for, else the first of the page."""
    asked = request.GET.get("child", "")
    shown = next((row for row in rows if row.child == asked), None)
    if shown is None and asked and (item := queries.item_of(user, queries.random_id(asked))):
        shown = rows_of([item], user, query)[0]
    shown = shown or (rows[0] if rows else None)
    return presenters.detail(shown, queries.around(shown.item.child), sight_of(user)) if shown else None


def decide_page(
    items: Sequence[Item], form: DecisionForm, user: User, query: str, error: str = ""
) -> dict[str, Any]:
    """A decision on a page of its own: about several changes, or one that could not be kept."""
    rows = rows_of(items, user)
    return {"rows": rows, "title": presenters.together(rows), "form": form, "query": query, "error": error}


def kept_query(given: QueryDict) -> str:
    """The filters of a queue's address, without the change that was open."""
    kept = given.copy()
    kept.pop("child", None)
    return kept.urlencode()
