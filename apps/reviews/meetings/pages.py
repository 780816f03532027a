"""What the pages of meetings need, put together."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from apps.access.queries import may
from apps.accounts.models import User
from apps.core.clock import today
from apps.core.words import moment
from apps.ragp.overriding import mark
from apps.ragp.queries import current_bands
from apps.reviews import presenters, queries
from apps.reviews.leading import queries as leading
from apps.reviews.meetings import forms
from apps.reviews.meetings import queries as meetings
from apps.reviews.meetings.actions import Kept
from apps.reviews.models import AgendaItem, Draft, Meeting, Minutes, Series
from apps.reviews.pages import bands_for

Words = Mapping[str, str]


def index(user: User, number: str | None) -> dict[str, Any]:
    """Every meeting, and for who runs reviews the series with the form to plan the next."""
    runs = may(user, "review.manage")
    series = [
        (each, forms.PlanForm(initial={"on": next_day(each)}, auto_id=f"s{each.pk}_%s"))
        for each in meetings.series()
    ]
    return {
        "runs": runs,
        "page": Paginator(meetings.meetings(), 20).get_page(number),
        "series": series if runs else [],
    }


def next_day(series: Series) -> Any:
    """The next day of its weekday, today included."""
    return today() + timedelta(days=(series.weekday - today().weekday()) % 7)


def begins(of: Meeting) -> datetime:
    """The moment it begins."""
    return timezone.make_aware(datetime.combine(of.on, of.starts))


def meeting(user: User, of: Meeting, chosen: str = "", **bound: Any) -> dict[str, Any]:
    """A meeting for who runs it: its agenda and people, and while it is held the child that is being talked about."""
    items, people = meetings.items(user, of), meetings.attendees(of)
    bands = bands_for(user, [each.review.child_id for each in items])
    waiting = [each for each in items if each.state == AgendaItem.State.WAITING]
    now = next((each for each in items if str(each.pk) == chosen), waiting[0] if waiting else None)
    page: dict[str, Any] = {
        "meeting": of,
        "rows": [(each, bands.get(each.review.child_id)) for each in items],
        "agreed": sum(each.state == AgendaItem.State.DONE for each in items),
        "people": people,
        "people_title": "Who was there" if of.state == Meeting.State.ENDED else "Who is asked",
        "here": sum(each.here == "here" for each in people),
        "attendance": forms.AttendanceForm(people=people),
        "ask": forms.AskForm(agencies=queries.agencies()),
        "children": [each.review.child_id for each in items],
        "minutes": meetings.minutes_of(user, of),
        "begins": begins(of),
        "early": of.state == Meeting.State.PLANNED and of.on > today(),
    }
    if of.state == Meeting.State.PLANNED:
        moved, again = meetings.moved(user), meetings.again(user)
        page |= {"moved": moved, "again": again, "named": current_bands()}
        page["children"] += [each.child_id for each in moved] + [each.child_id for each in again]
    if of.state == Meeting.State.HELD and now:
        page |= child(user, now)
    return page | bound


def child(user: User, item: AgendaItem) -> dict[str, Any]:
    """One child of the agenda: what agencies said, what is typed so far, and the actions."""
    review, draft = item.review, meetings.draft(item)
    said = queries.contributions(user, review)
    words = shown_words(draft)
    who = queries.names([draft.saved_by, *(each.by for each in said)])
    # before the rating is read, so that what the page shows is at least as new
    seen = mark(review.child_id)
    return {
        "seen": seen,
        "item": item,
        "review": review,
        "child": review.child,
        "note": presenters.note(review.child),
        "band": bands_for(user, [review.child_id]).get(review.child_id),
        "lead": leading.current(review.child),
        "said": [presenters.said(each, who) for each in said],
        "causes": queries.causes(user, review),
        "actions": queries.actions_of(review),
        "form": agree_form(words),
        "was": words,
        "draft": draft,
        "saved_by": who.get(draft.saved_by or 0, ""),
        "action_form": forms.ActionForm(agencies=queries.agencies()),
    }


def shown_words(draft: Draft) -> dict[str, str]:
    """What stands in each field, and nothing where nobody has typed."""
    return {name: draft.words.get(name, "") for name in forms.AgreeForm.base_fields}


def agree_form(initial: Words, given: Any = None) -> forms.AgreeForm:
    """The form with what is typed."""
    bands = {code: band.label for code, band in current_bands().items() if band.from_points is not None}
    return forms.AgreeForm(given, initial=initial, bands=bands, agencies=queries.agencies())


def said_of(kept: Kept) -> dict[str, Any]:
    """What a save is answered with: when, and what somebody else wrote meanwhile."""
    fields = forms.AgreeForm.base_fields
    conflicts = [(name, str(fields[name].label), text) for name, text in kept.conflicts.items()]
    return {"conflicts": conflicts, "at": moment(timezone.now())}


def seen_words(kept: Kept, given: Words, was: Words) -> dict[str, str]:
    """What a page that stays open has seen by now: what stands, only where its own field shows it."""
    stands = shown_words(kept.draft)
    return {name: text if given.get(name, "") == text else was.get(name, "") for name, text in stands.items()}


def drawn_again(kept: Kept, given: Words, was: Words) -> dict[str, Any]:
    """A page drawn again after a conflict: fields that its reader has not touched show what stands, the others what was typed."""
    stands = shown_words(kept.draft)
    touched = {name: given[name] for name in given if given[name] != was.get(name, "")}
    unseen = {name: was.get(name, "") for name in kept.conflicts}
    return {"form": agree_form(stands | touched), "was": stands | unseen}


def minutes(user: User, of: Meeting, one: Minutes) -> dict[str, Any]:
    """One version of the minutes."""
    runs, lines = may(user, "review.manage"), meetings.lines(user, one)
    children = [each.review.child_id for each in lines]
    named, leads = current_bands() if bands_for(user, children) else {}, leading.told_words(user, children)
    who = queries.names([one.by, one.approved_by])
    versions = meetings.minutes_of(user, of)
    return {
        "meeting": of,
        "one": one,
        # who leads tells that an agency is involved: minutes tell it to whom the pack would
        "lines": [(each, named.get(each.band), (each.review.child_id, each.lead) in leads) for each in lines],
        "versions": versions,
        "newest": bool(versions) and versions[0].pk == one.pk,
        "by": who.get(one.by, ""),
        "approved_by": who.get(one.approved_by or 0, ""),
        "runs": runs,
        "children": children,
        "correct": forms.CorrectForm(lines=lines) if runs else None,
    }
