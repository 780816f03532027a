"""The lead professional and the team round a child: fetch, call one action, respond."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.access.views import needs
from apps.children.models import Child
from apps.core.errors import Refused
from apps.reviews.actions import look
from apps.reviews.leading import actions, forms, pages, queries
from apps.reviews.views.found import SignedIn, child_of, or_404


@require_GET
@needs("lead.view")
def lead(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Who leads, who led, and who is round the child."""
    return _page(request, child_of(request, public_id))


@require_POST
@needs("lead.write")
def name_lead(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Name who leads, or ask another agency to take over."""
    child = child_of(request, public_id)
    form = pages.lead_form(request.user, queries.current(child), request.POST)
    if form.is_valid():
        try:
            actions.name_lead(child=child, by=request.user, **form.cleaned_data)
            return redirect("reviews:lead", public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, child, lead_form=form)


@require_POST
@needs("lead.write")
def answer_lead(request: SignedIn, pk: int) -> HttpResponse:
    """Take over, or say why not."""
    found, form = or_404(queries.lead(request.user, pk)), forms.AnswerForm(request.POST, auto_id="answer_%s")
    if form.is_valid():
        try:
            actions.answer_lead(
                lead=found, accepted="accept" in request.POST, by=request.user, **form.cleaned_data
            )
            return redirect("reviews:lead", found.child.public_id)
        except Refused as refusal:
            form.add_error("reason", str(refusal))
    return _page(request, found.child, answer_form=form)


@require_POST
@needs("lead.write")
def end_lead(request: SignedIn, pk: int) -> HttpResponse:
    """Let nobody lead from now on."""
    found, form = or_404(queries.lead(request.user, pk)), forms.WhyForm(request.POST, auto_id="end_%s")
    if form.is_valid():
        try:
            actions.end_lead(lead=found, by=request.user, **form.cleaned_data)
            return redirect("reviews:lead", found.child.public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, found.child, end_form=form)


@require_POST
@needs("lead.write")
def join_team(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Let somebody be of the team."""
    child, form = child_of(request, public_id), pages.team_form(request.POST)
    if not form.is_valid():
        return _page(request, child, team_form=form)
    actions.join_team(child=child, by=request.user, **form.cleaned_data)
    return redirect("reviews:lead", public_id)


@require_POST
@needs("lead.write")
def leave_team(request: SignedIn, pk: int) -> HttpResponse:
    """Let somebody be of the team no longer."""
    found = or_404(queries.member(request.user, pk))
    try:
        actions.leave_team(member=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reviews:lead", found.child.public_id)


def _page(request: SignedIn, child: Child, **bound: Any) -> HttpResponse:
    look(children=[child.pk], subject="lead", by=request.user)
    page = pages.page(request.user, child, **bound)
    return render(request, "reviews/lead.html", page, status=422 if bound else 200)
