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
        messages.error(request, str(refusal))
        return _back(item)
    form = pages.agree_form(given)
    line = pages.kept_words(form, kept, was)
    if request.headers.get("HX-Request"):
        return render(request, "reviews/_saved.html", line | {"item": item, "by_itself": True})
    return _again(request, item, form, 409, **line) if kept.conflicts else _back(item)


@require_POST
@needs("review.manage")
def agree(request: SignedIn, pk: int) -> HttpResponse:
    """Keep what is typed, let it count, and open the next child."""
    item, given, was = _item(request, pk), forms.typed(request.POST), forms.typed(request.POST, "was_")
    form, line = pages.agree_form(given, request.POST), {"was": was}
    try:
        kept = actions.keep(item=item, given=given, was=was, by=request.user)
        line = pages.kept_words(form, kept, was)
        if kept.conflicts:
            return _again(request, item, pages.agree_form(given), 409, **line)
        if form.is_valid():
            agreeing.agree(item=item, by=request.user, **form.cleaned_data)
            return redirect("reviews:meeting", item.meeting.public_id)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return _again(request, item, form, 422, **line)


@require_POST
@needs("review.manage")
def carry_over(request: SignedIn, pk: int) -> HttpResponse:
    """Let it come to the meeting in a week."""
    item = _item(request, pk)
    try:
        actions.carry_over(item=item, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
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
    return _again(request, item, None, 422, action_form=form)


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


def _back(item: AgendaItem) -> HttpResponse:
    return redirect(reverse("reviews:meeting", args=[item.meeting.public_id]) + f"?item={item.pk}")


def _again(request: SignedIn, item: AgendaItem, form: Any, status: int, **bound: Any) -> HttpResponse:
    bound |= {"form": form} if form else {}
    page = pages.meeting(request.user, item.meeting, str(item.pk), **bound)
    look(children=page["children"], subject=f"meeting:{item.meeting_id}", by=request.user)
    return render(request, "reviews/meeting.html", page, status=status)


def _minutes(request: SignedIn, meeting: Meeting, one: Minutes, **bound: Any) -> HttpResponse:
    page = pages.minutes(request.user, meeting, one) | bound
    look(children=page["children"], subject=f"minutes:{one.pk}", by=request.user)
    return render(request, "reviews/minutes.html", page, status=422 if bound else 200)
