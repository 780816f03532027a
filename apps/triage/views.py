"""The queue's pages: fetch, call one action, respond."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.triage import actions, queries
from apps.triage.forms import AssignForm, DecisionForm
from apps.triage.pages import decide_page, queue_page


@require_GET
@needs("triage.view")
def queue(request: HttpRequest) -> HttpResponse:
    """The changes that wait, and the panel of one of them."""
    page = queue_page(request, request.user)
    actions.look(items=page["items"], by=request.user)
    return render(request, "triage/queue.html", page)


@require_POST
@needs("triage.decide")
def decide(request: HttpRequest) -> HttpResponse:
    """Keep a decision; without an outcome yet, or when it cannot be kept, show it on a page of its own."""
    items, query = _items(request), request.POST.get("query", "")
    form = DecisionForm(None if "choose" in request.POST else request.POST)
    error = "" if items else "Choose at least one change that waits."
    if form.is_valid() and items:
        try:
            actions.decide(
                items=items, seen=request.POST.getlist("seen"), by=request.user, **form.cleaned_data
            )
            return _to_queue(query)
        except Refused as refusal:
            error = str(refusal)
    if items:
        actions.look(items=items, by=request.user)
    page = decide_page(items, form, request.user, query, error)
    return render(request, "triage/decide.html", page, status=409 if error else 422 if form.errors else 200)


@require_POST
@needs("triage.decide")
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what the officer decided a moment ago."""
    ids = [int(each) for each in request.POST.getlist("decision") if each.isdecimal()]
    try:
        actions.undo(decisions=queries.decisions_with(request.user, ids), by=request.user)
    except Refused as refusal:
        return render(request, "triage/refused.html", {"error": str(refusal)}, status=409)
    return _to_queue(request.POST.get("query", ""))


@require_POST
@needs("triage.decide")
def assign(request: HttpRequest) -> HttpResponse:
    """Give changes to somebody."""
    form = AssignForm(request.POST, officers=queries.officers(request.user))
    if not form.is_valid():
        return render(
            request, "triage/refused.html", {"error": "Choose one of the people offered."}, status=422
        )
    try:
        actions.assign(items=_items(request), to=form.cleaned_data["to"], by=request.user)
    except Refused as refusal:
        return render(request, "triage/refused.html", {"error": str(refusal)}, status=409)
    return _to_queue(request.POST.get("query", ""))


def _items(request: HttpRequest) -> list:
    ids = [found for each in request.POST.getlist("item") if (found := queries.random_id(each))]
    return queries.items_of(request.user, ids) if ids else []


def _to_queue(query: str) -> HttpResponse:
    kept = QueryDict(query).urlencode()
    return redirect(reverse("triage:queue") + (f"?{kept}" if kept else ""))
