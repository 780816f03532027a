"""What each page of the queue needs, put together from queries and presenters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from apps.access.queries import may
from apps.accounts.models import User
from apps.involvements.queries import late_for
from apps.ragp.models import Band
from apps.ragp.queries import current_bands, sight_of
from apps.triage import presenters, queries
from apps.triage.forms import KEYS, ORDER, AssignForm, DecisionForm, FilterForm, kept
from apps.triage.models import Item
from apps.triage.team import queries as team
from apps.triage.team.forms import SaveViewForm


@dataclass(frozen=True)
class Reader:
    """What the rows of one page share: the bands, what the reader may be told, and names known already."""

    bands: dict[str, Band]
    sight: presenters.Sight
    names: dict[int, str]

    @classmethod
    def of(cls, user: User, known: Sequence[User] = ()) -> "Reader":
        """Read it once for the page."""
        return cls(current_bands(), sight_of(user), {each.pk: each.display_name for each in known})


def rows_of(
    items: Sequence[Item], user: User, query: str = "", reader: Reader | None = None
) -> list[presenters.Row]:
    """The items as this reader may see them."""
    reader, beside = reader or Reader.of(user), queries.beside(items)
    people = [item.assigned_to for item in items] + [each.by for each in beside.earlier.values()]
    names = reader.names | queries.names(set(people) - reader.names.keys())
    return [presenters.row(item, reader.bands, names, reader.sight, user.pk, query, beside) for item in items]


def queue_page(request: HttpRequest, user: User) -> dict[str, Any]:
    """The queue: figures, filters, rows, and the panel of the change that is open."""
    officers = queries.officers(user)
    reader = Reader.of(user, officers)
    counts, schools = queries.counts()
    views = team.views_of(user)
    filters = filters_of(request, user, reader, schools, officers)
    wanted = filters.wanted() if filters.is_bound else queries.Wanted()
    page = queries.page_of(user, wanted, request.GET.get("page"), counts.waiting)
    query = kept_query(request.GET)
    rows = rows_of(list(page.object_list), user, query, reader)
    chosen = opened(rows, request, user, query, reader)
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
        "fresh": presenters.freshness(queries.worked_out()),
        "late": late_for(user),
        "done": presenters.done(queries.last_decisions(user)),
        "may_decide": may(user, "triage.decide"),
        "may_supervise": may(user, "triage.supervise"),
        "form": DecisionForm(),
        "assign": AssignForm(officers=officers, initial={"to": chosen and chosen.row.item.assigned_to}),
        "officers": officers,
        "asked": kept(query),
        "views": views,
        "own_views": [view for view in views if view.owner == user.pk],
        "digest": team.wants_digest(user),
        "save": SaveViewForm(),
        "letters": [(KEYS[each].upper(), each.label) for each in ORDER],
    }


def filters_of(
    request: HttpRequest,
    user: User,
    reader: Reader,
    schools: Sequence[queries.School],
    officers: Sequence[User],
) -> FilterForm:
    """The filters, bound where the address holds any."""
    filtered = request.GET if request.GET.keys() & FilterForm.base_fields.keys() else None
    services = queries.services_told(user)
    return FilterForm(
        filtered, bands=reader.bands.values(), schools=schools, officers=officers, services=services
    )


def opened(
    rows: Sequence[presenters.Row], request: HttpRequest, user: User, query: str, reader: Reader
) -> presenters.Detail | None:
    """The change asked for, else the first of the page."""
    asked = request.GET.get("child", "")
    shown = next((row for row in rows if row.child == asked), None)
    if shown is None and asked and (item := queries.item_of(user, queries.random_id(asked))):
        shown = rows_of([item], user, query, reader)[0]
    shown = shown or (rows[0] if rows else None)
    if shown is None:
        return None
    beside = queries.beside([shown.item])
    return presenters.detail(shown, queries.around(shown.item.child), reader.sight, beside)


def decide_page(
    items: Sequence[Item], form: DecisionForm, user: User, query: str, error: str = ""
) -> dict[str, Any]:
    """A decision on a page of its own: about several changes, or one that could not be kept."""
    rows = rows_of(items, user)
    return {
        "rows": rows,
        "title": presenters.together(rows),
        "late": late_for(user),
        "form": form,
        "query": query,
        "error": error,
    }


def kept_query(given: QueryDict) -> str:
    """The filters of a queue's address, without the change that was open."""
    kept = given.copy()
    kept.pop("child", None)
    return kept.urlencode()
