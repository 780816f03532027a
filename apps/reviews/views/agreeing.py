"""One child of a meeting: what is typed is kept, agreed or carried over; and the minutes."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.reviews import queries as reviews
from apps.reviews.actions import add_action, look
from apps.reviews.meetings import actions, agreeing, forms, minutes, pages, queries
from apps.reviews.models import AgendaItem, Meeting, Minutes
from apps.reviews.views.found import SignedIn, or_404


@require_POST
@needs("review.manage")
def save(request: SignedIn, pk: int) -> HttpResponse:
    """Keep what is typed; asked by the page itself as one types, the answer is one line and what the fields stand at."""
    item, given, was = _item(request, pk), forms.typed(request.POST), forms.typed(request.POST, "was_")
    try:
        kept = actions.keep(
            item=item, given=given, was=was, mine=request.POST.getlist("mine"), by=request.user
        )
    except Refused as refusal:
        return _not_kept(request, item, given, was, str(refusal))
    line = pages.said_of(kept)
    if request.headers.get("HX-Request"):
        seen = {"item": item, "was": pages.seen_words(kept, given, was), "by_itself": True}
        return render(request, "reviews/_saved.html", line | seen)
    return (
        _again(request, item, 409, **line, **pages.drawn_again(kept, given, was))
        if kept.conflicts
        else _back(item)
    )


@require_POST
@needs("review.manage")
def agree(request: SignedIn, pk: int) -> HttpResponse:
    """Keep what is typed, let what stands count, whoever typed it, and open the next child."""
    item, given, was = _item(request, pk), forms.typed(request.POST), forms.typed(request.POST, "was_")
    form, words = pages.agree_form(given, request.POST), was
    try:
        kept = actions.keep(item=item, given=given, was=was, by=request.user)
        if kept.conflicts:
            return _again(request, item, 409, **pages.said_of(kept), **pages.drawn_again(kept, given, was))
        words = pages.shown_words(kept.draft)
        form = pages.agree_form(words, words)
        if form.is_valid():
            seen = request.POST.get("seen", "")
            agreeing.agree(item=item, seen=seen, by=request.user, **form.cleaned_data)
            return redirect("reviews:meeting", item.meeting.public_id)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return _again(request, item, 422, form=form, was=words)


@require_POST
@needs("review.manage")
def carry_over(request: SignedIn, pk: int) -> HttpResponse:
    """Keep what is typed, and let it come to the meeting in a week with the review."""
    item, given, was = _item(request, pk), forms.typed(request.POST), forms.typed(request.POST, "was_")
    try:
        kept = actions.keep(item=item, given=given, was=was, by=request.user)
        if kept.conflicts:
            return _again(request, item, 409, **pages.said_of(kept), **pages.drawn_again(kept, given, was))
        actions.carry_over(item=item, by=request.user)
    except Refused as refusal:
        return _not_kept(request, item, given, was, str(refusal))
    return redirect("reviews:meeting", item.meeting.public_id)


@require_POST
@needs("review.manage")
def add(request: SignedIn, pk: int) -> HttpResponse:
    """Write down an action."""
    item = _item(request, pk)
    form = forms.ActionForm(request.POST, agencies=reviews.agencies())
    if form.is_valid():
        try:
            add_action(review=item.review, by=request.user, **form.cleaned_data)
            return _back(item)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _again(request, item, 422, action_form=form)


@require_GET
@needs("review.view")
def read_minutes(request: SignedIn, public_id: uuid.UUID, version: int | None = None) -> HttpResponse:
    """The minutes: for who runs reviews every version, for those invited the newest that is approved."""
    meeting = or_404(queries.meeting(public_id))
    return _minutes(request, meeting, or_404(queries.minutes(request.user, meeting, version)))


@require_POST
@needs("review.manage")
def approve(request: SignedIn, public_id: uuid.UUID, version: int) -> HttpResponse:
    """Approve a version."""
    meeting = or_404(queries.meeting(public_id))
    try:
        minutes.approve(minutes=or_404(queries.minutes(request.user, meeting, version)), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reviews:minutes", public_id)


@require_POST
@needs("review.manage")
def correct(request: SignedIn, public_id: uuid.UUID, version: int) -> HttpResponse:
    """Write a new version."""
    meeting = or_404(queries.meeting(public_id))
    one = or_404(queries.minutes(request.user, meeting, version))
    form = forms.CorrectForm(request.POST, lines=queries.lines(request.user, one))
    if form.is_valid():
        try:
            given = {"correction": form.cleaned_data["correction"], "summaries": form.summaries()}
            minutes.correct(minutes=one, by=request.user, **given)
            return redirect("reviews:minutes", public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _minutes(request, meeting, one, correct=form)


def _item(request: SignedIn, pk: int) -> AgendaItem:
    return or_404(queries.item(request.user, pk))


def _not_kept(
    request: SignedIn, item: AgendaItem, given: dict[str, str], was: dict[str, str], why: str
) -> HttpResponse:
    """What could not be kept stays on the page of who typed it."""
    if request.headers.get("HX-Request"):
        return render(request, "reviews/_saved.html", {"refused": why})
    form = pages.agree_form(given, request.POST)
    form.add_error(None, why)
    return _again(request, item, 422, form=form, was=was)


def _back(item: AgendaItem) -> HttpResponse:
    return redirect(reverse("reviews:meeting", args=[item.meeting.public_id]) + f"?item={item.pk}")


def _again(request: SignedIn, item: AgendaItem, status: int, **bound: Any) -> HttpResponse:
    page = pages.meeting(request.user, item.meeting, str(item.pk), **bound)
    look(children=page["children"], subject=f"meeting:{item.meeting_id}", by=request.user)
    return render(request, "reviews/meeting.html", page, status=status)


def _minutes(request: SignedIn, meeting: Meeting, one: Minutes, **bound: Any) -> HttpResponse:
    page = pages.minutes(request.user, meeting, one) | bound
    look(children=page["children"], subject=f"minutes:{one.pk}", by=request.user)
    return render(request, "reviews/minutes.html", page, status=422 if bound else 200)
