"""Pages of case reviews: fetch, call one action, respond."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.reviews import actions, forms, pages, queries
from apps.reviews.machine import TRANSITIONS
from apps.reviews.views.found import SignedIn, child_of, or_404, review_of


@require_GET
@needs("review.view")
def queue(request: SignedIn) -> HttpResponse:
    """The reviews under way, the least time left first."""
    page = pages.queue(request.user, request.GET)
    actions.look(children=page["children"], subject="reviews", by=request.user)
    return render(request, "reviews/queue.html", page)


@require_http_methods(["GET", "POST"])
@needs("review.raise")
def raise_review(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Ask for a review of a child."""
    child = child_of(request, public_id)
    page = pages.raising(request.user, child, request.POST or None)
    form = page["form"]
    if form.is_bound and form.is_valid():
        try:
            made = actions.raise_review(child=child, by=request.user, **form.cleaned_data)
            messages.success(request, "The review is raised. Those who run reviews take it up.")
            return redirect("reviews:review", made.public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    actions.look(children=[child.pk], subject="raise", by=request.user)
    return render(request, "reviews/raise.html", page, status=422 if form.errors else 200)


@require_GET
@needs("review.view")
def review(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """One review."""
    found = review_of(request, public_id)
    actions.look(children=[found.child_id], subject=f"review:{found.pk}", by=request.user)
    return render(request, "reviews/review.html", pages.review(request.user, found))


@require_http_methods(["GET", "POST"])
@needs("review.manage")
def move(request: SignedIn, public_id: uuid.UUID, step: str) -> HttpResponse:
    """Make a transition; what it needs is asked on a page of its own."""
    found, made = review_of(request, public_id), or_404(TRANSITIONS.get(step))
    form = forms.MoveForm(request.POST if request.method == "POST" else None, step=made)
    if form.is_bound and form.is_valid():
        try:
            actions.move(review=found, name=step, given=form.cleaned_data, by=request.user)
            return redirect("reviews:review", public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    actions.look(children=[found.child_id], subject=f"review:{found.pk}", by=request.user)
    page = {"review": found, "child": found.child, "step": made, "form": form}
    return render(request, "reviews/move.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs("review.contribute")
def contribute(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Say what one's own agency knows."""
    found = review_of(request, public_id)
    own = or_404(queries.own_contribution(request.user, found, request.GET.get("agency", "")))
    page = pages.contributing(found, own, request.POST if request.method == "POST" else None)
    form, version = page["form"], request.POST.get("version", "")
    if form.is_bound and form.is_valid():
        try:
            seen = int(version) if version.isdecimal() else -1
            actions.contribute(contribution=own, answers=form.answers(), version=seen, by=request.user)
            messages.success(request, "Kept. You can change it until the meeting begins.")
            return redirect("reviews:review", public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    actions.look(children=[found.child_id], subject=f"review:{found.pk}", by=request.user)
    return render(request, "reviews/contribute.html", page, status=422 if form.errors else 200)


@require_POST
@needs("review.manage")
def invite(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Let one more agency take part."""
    found = review_of(request, public_id)
    form = forms.InviteForm(request.POST, agencies=queries.agencies())
    try:
        if form.is_valid():
            actions.invite(review=found, by=request.user, **form.cleaned_data)
        else:
            messages.error(request, "Choose an agency.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reviews:review", public_id)


@require_POST
@needs("review.manage")
def chase(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Ask again those who have said nothing."""
    try:
        actions.chase(review=review_of(request, public_id), by=request.user)
        messages.success(request, "They are asked again, by e-mail.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reviews:review", public_id)


@require_POST
@needs("review.manage")
def add_action(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Write down an action."""
    found = review_of(request, public_id)
    form = forms.ActionForm(request.POST, agencies=queries.agencies())
    if form.is_valid():
        try:
            actions.add_action(review=found, by=request.user, **form.cleaned_data)
            return redirect("reviews:review", public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    actions.look(children=[found.child_id], subject=f"review:{found.pk}", by=request.user)
    page = pages.review(request.user, found) | {"action": form}
    return render(request, "reviews/review.html", page, status=422)
