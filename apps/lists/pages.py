"""What the page of all lists needs, put together from queries and presenters."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from apps.accounts.models import User
from apps.core.words import count, longday, moment
from apps.involvements.queries import late_for
from apps.lists import presenters, queries
from apps.lists.forms import FilterForm
from apps.lists.weeks import week_named


def officer_page(form: FilterForm, weeks: Sequence[date], number: str | None, user: User) -> dict[str, Any]:
    """The week asked for, else the newest; only the form where nothing is published yet."""
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    week = week_named(given["week"]) if given.get("week") else weeks[0] if weeks else None
    if week is None:
        return {"form": form}
    page = queries.page_of(week, given.get("kind", ""), bool(given.get("changed")), number)
    published = queries.published_at(week)
    leads = queries.lead_people([listed.setting_id for listed in page.object_list])
    return {
        "form": form,
        "week": week,
        "title": f"Weekly lists: week of {longday(week)}",
        "fresh": f"Published {moment(published)}",
        "late": late_for(user, published),
        "page": page,
        "rows": [presenters.row(listed, leads) for listed in page.object_list],
        "caption": f"{count(page.paginator.count, 'setting')}, by name.",
        "unread": queries.nobody_opens(week),
        "tiles": presenters.tiles(queries.figures(week), queries.without_list(week)),
    }
