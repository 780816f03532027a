"""The action log and contacts: fetch, call one action, respond."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.reviews.actions import end_action, look
from apps.reviews.forms import EndForm
from apps.reviews.log import actions, forms, pages, queries
from apps.reviews.models import Action
from apps.reviews.queries import agencies
from apps.reviews.views.found import SignedIn, child_of, or_404


@require_GET
@needs("action.view")
def log(request: SignedIn) -> HttpResponse:
    """What is to be done and was done today; an earlier day as it was frozen."""
    kept = forms.without_name(request.GET)
    if kept is not None:
        messages.warning(request, forms.NO_NAMES)
        return redirect(f"{reverse('reviews:log')}{'?' if kept else ''}{kept.urlencode()}")
    page = pages.log(request.user, request.GET)
    look(children=page["children"], subject="actions", by=request.user)
    return render(request, "reviews/log.html", page)


@require_GET
@needs("action.view")
def action(request: SignedIn, pk: int) -> HttpResponse:
    """One action."""
    return _action(request, or_404(queries.action(request.user, pk)))


@require_POST
@needs("action.write")
def end(request: SignedIn, pk: int) -> HttpResponse:
    """Say what came of it."""
    found, form = _own(request, pk), EndForm(request.POST, auto_id="end_%s")
    if form.is_valid():
        try:
            end_action(action=found, by=request.user, **form.cleaned_data)
            return redirect("reviews:action", pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _action(request, found, end_form=form)


@require_POST
@needs("action.write")
def hand_on(request: SignedIn, pk: int) -> HttpResponse:
    """Give it to somebody else."""
    found, form = _own(request, pk), forms.HandOnForm(request.POST, agencies=agencies())
    if form.is_valid():
        try:
            actions.hand_on(action=found, by=request.user, **form.cleaned_data)
            return redirect("reviews:log")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _action(request, found, hand_form=form)


@require_GET
@needs("action.view")
def of_child(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A child's actions and contacts."""
    return _child(request, public_id)


@require_POST
@needs("action.write")
def add(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Write down an action about a child."""
    child, form = child_of(request, public_id), forms.ActionForm(request.POST, agencies=agencies())
    if not form.is_valid():
        return _child(request, public_id, action_form=form)
    actions.add(child=child, by=request.user, **form.cleaned_data)
    return redirect("reviews:of-child", public_id)


@require_POST
@needs("contact.write")
def keep_contact(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Keep a contact, or an attempt at one."""
    child, form = child_of(request, public_id), forms.ContactForm(request.POST, auto_id="contact_%s")
    if form.is_valid():
        try:
            actions.keep_contact(child=child, by=request.user, **form.cleaned_data)
            return redirect("reviews:of-child", public_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _child(request, public_id, contact_form=form)


def _own(request: SignedIn, pk: int) -> Action:
    found = or_404(queries.action(request.user, pk))
    return or_404(found if queries.may_end(request.user, found) else None)


def _action(request: SignedIn, found: Action, **bound: Any) -> HttpResponse:
    look(children=[found.child_id], subject=f"action:{found.pk}", by=request.user)
    page = pages.action(request.user, found, **bound)
    return render(request, "reviews/action.html", page, status=422 if bound else 200)


def _child(request: SignedIn, public_id: uuid.UUID, **bound: Any) -> HttpResponse:
    child = child_of(request, public_id)
    look(children=[child.pk], subject="actions", by=request.user)
    page = pages.child(request.user, child, **bound)
    return render(request, "reviews/of_child.html", page, status=422 if bound else 200)
