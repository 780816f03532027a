"""Pages of how the queue is shared out: fetch, call one action, respond."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.triage.actions import look as look_at_queue
from apps.triage.forms import kept
from apps.triage.team import actions, digests, pages, queries
from apps.triage.team.forms import LookForm, SaveViewForm


@require_POST
@needs("triage.view")
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the part of the queue that is shown under a name."""
    form, query = SaveViewForm(request.POST), kept(request.POST.get("query", ""))
    if form.is_valid():
        actions.save_view(query=query, by=request.user, **form.cleaned_data)
        messages.success(request, f"View “{form.cleaned_data['name']}” kept.")
    else:
        messages.error(request, "Give the view a name.")
    return redirect(reverse("triage:queue") + (f"?{query}" if query else ""))


@require_POST
@needs("triage.view")
def drop_view(request: HttpRequest) -> HttpResponse:
    """Delete a view of one's own."""
    view = queries.view(request.user, request.POST.get("view", ""))
    try:
        if view:
            actions.drop_view(view=view, by=request.user)
            messages.success(request, f"View “{view.name}” deleted.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("triage:queue")


@require_POST
@needs("triage.view")
def digest(request: HttpRequest) -> HttpResponse:
    """Let the daily e-mail come, or stop it."""
    wanted = request.POST.get("wanted") == "yes"
    digests.choose(user=request.user, wanted=wanted, by=request.user)
    messages.success(
        request, "The daily e-mail will come on working days." if wanted else "The daily e-mail is stopped."
    )
    return redirect("triage:queue")


@require_http_methods(["GET", "POST"])
@needs("triage.supervise")
def team(request: HttpRequest) -> HttpResponse:
    """Who has how much, and who takes which schools and areas; by POST, one more of those."""
    page = pages.team(request.user, request.POST if request.method == "POST" else None)
    form = page["form"]
    if form.is_bound and form.is_valid():
        try:
            actions.allocate(by=request.user, **form.cleaned_data)
            messages.success(request, f"{form.cleaned_data['officer'].display_name} takes it from now on.")
            return redirect("triage:team")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "triage/team.html", page, status=422 if form.errors else 200)


@require_POST
@needs("triage.supervise")
def end_allocation(request: HttpRequest) -> HttpResponse:
    """Take a school or an area away from an officer."""
    allocation = queries.allocation(request.POST.get("allocation", ""))
    if allocation:
        actions.end_allocation(allocation=allocation, by=request.user)
    return redirect("triage:team")


@require_GET
@needs("triage.supervise")
def second_looks(request: HttpRequest) -> HttpResponse:
    """Decisions drawn for a second look, and how often those were found right."""
    page = pages.second_looks(request.user, request.GET.get("page"))
    look_at_queue(items=page["items"], by=request.user)
    return render(request, "triage/second_looks.html", page)


@require_POST
@needs("triage.supervise")
def look_again(request: HttpRequest) -> HttpResponse:
    """Say whether a decision was right."""
    form, look = LookForm(request.POST), queries.look(request.user, request.POST.get("look", ""))
    if look is None or not form.is_valid():
        messages.error(request, "Say whether the decision was right.")
        return redirect("triage:second-looks")
    try:
        actions.look_again(look=look, by=request.user, **form.cleaned_data)
        messages.success(request, "Kept.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("triage:second-looks")
