"""What the pages of the log need, put together."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from apps.access.queries import may
from apps.accounts.models import User
from apps.children.models import Child
from apps.core.clock import today
from apps.core.presenters import Tile
from apps.core.words import moment
from apps.reviews.forms import EndForm
from apps.reviews.log import queries
from apps.reviews.log.forms import ActionForm, ContactForm, HandOnForm, LogForm
from apps.reviews.models import Action
from apps.reviews.pages import bands_for
from apps.reviews.presenters import note
from apps.reviews.queries import agencies, names

A_PAGE = 50


def log(user: User, given: QueryDict) -> dict[str, Any]:
    """The day's log, or an earlier day's as it was frozen."""
    form = LogForm(
        given if given.keys() & LogForm.base_fields.keys() else None,
        agencies=queries.agencies(user),
        people=queries.whose(user),
    )
    day = form.day_asked()
    if day:
        return earlier(user, form, day)
    page = Paginator(queries.actions(user, form.asked()), A_PAGE).get_page(given.get("page"))
    rows = [
        (each, note(each.child), each.due_on < today() and each.state == "open") for each in page.object_list
    ]
    return {
        "filters": form,
        "page": page,
        "rows": rows,
        "tiles": tiles(queries.counts(user)),
        "list_work": queries.list_work(user, today()),
        "children": [each.child_id for each, _, _ in rows],
        "fresh": f"As it stands {moment(today())}",
    }


def earlier(user: User, form: LogForm, day: date) -> dict[str, Any]:
    """A frozen day."""
    frozen, lines = queries.frozen(user, day)
    return {
        "filters": form,
        "day": day,
        "frozen": frozen,
        "lines": [(each, each.due_on < day and each.state == "open") for each in lines],
        "children": [each.action.child_id for each in lines],
        "fresh": f"Frozen {moment(frozen.frozen_at)}" if frozen else "No log was frozen on that day",
    }


def tiles(counts: dict[str, int]) -> list[Tile]:
    """Figures above the log."""
    shown = (("late", "Over their day"), ("today", "Due today"), ("open", "Open"), ("done", "Ended today"))
    return [Tile(said, counts[key], href=f"?show={key}") for key, said in shown]


def action(user: User, of: Action, **bound: Any) -> dict[str, Any]:
    """One action: what it is, what came of it, whose it was."""
    handings = list(of.handings.select_related("agency").order_by("-at"))
    who = names([of.by, of.ended_by, *(each.by for each in handings)])
    start = {"agency": of.agency_id, "team": of.team, "owner": of.owner, "due_on": of.due_on}
    return {
        "action": of,
        "child": of.child,
        "note": note(of.child),
        "band": bands_for(user, [of.child_id]).get(of.child_id),
        "may_end": of.state == Action.State.OPEN and queries.may_end(user, of),
        "by": who.get(of.by or 0, "The service"),
        "ended_by": who.get(of.ended_by or 0, "The service"),
        "handings": [(each, who.get(each.by, "")) for each in handings],
        "end_form": EndForm(auto_id="end_%s"),
        "hand_form": HandOnForm(initial=start, agencies=agencies()),
    } | bound


def child(user: User, of: Child, **bound: Any) -> dict[str, Any]:
    """A child's actions and contacts, with the forms for more."""
    contacts = list(queries.contacts(user, of)[:50])
    who = names([each.by for each in contacts])
    return {
        "child": of,
        "note": note(of),
        "band": bands_for(user, [of.pk]).get(of.pk),
        "actions": queries.of_child(user, of),
        "contacts": [(each, who.get(each.by, "")) for each in contacts],
        "may_keep": may(user, "contact.write"),
        "action_form": ActionForm(agencies=agencies()),
        "contact_form": ContactForm(auto_id="contact_%s"),
    } | bound
