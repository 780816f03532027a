"""The pages of those who prepare the lists: fetch, call one action, respond."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.core.words import count
from apps.lists import queries, releasing
from apps.lists.forms import FilterForm, NoteForm
from apps.lists.models import WeeklyList
from apps.lists.officer import queries as officer
from apps.lists.pages import incident_page, officer_page
from apps.lists.presenters import ALL
from apps.lists.weeks import name_of


@require_GET
@needs("list.manage")
def week(request: HttpRequest) -> HttpResponse:
    """Every setting's list of a week."""
    weeks = queries.published_weeks()
    form = FilterForm(
        request.GET or None, weeks=weeks, initial={"week": name_of(weeks[0])} if weeks else None
    )
    page = officer_page(form, weeks, request.GET.get("page"), request.user)
    response = render(request, "lists/officer.html", page)
    if request.headers.get("HX-Target") == "job" and not (page["job"] and page["job"].live):
        response.headers["HX-Refresh"] = "true"  # what the job was about stands below it on the page
    return response


@require_POST
@needs("list.manage")
def check(request: HttpRequest, week: date) -> HttpResponse:
    """Say that the lists chosen, or every draft of the week, have been looked at."""
    wanted = (
        officer.drafts_of(week) if "all" in request.POST else officer.lists_with(request.POST.getlist("list"))
    )
    try:
        done = releasing.check(lists=wanted, by=request.user)
        messages.success(request, f"{count(done, 'list')} checked. A second person can release now.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return to_week(week)


@require_POST
@needs("list.manage")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept what speaks against a list."""
    snag = officer.snag_with(pk)
    if snag is None:
        raise Http404
    try:
        releasing.settle(snag=snag, note=request.POST.get("note", ""), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(ALL.to("list", snag.list))


@require_POST
@needs("list.release")
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a list back at once."""
    listed: WeeklyList | None = officer.list_with(pk)
    if listed is None:
        raise Http404
    try:
        note = releasing.recall(listed=listed, reason=request.POST.get("reason", ""), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(ALL.to("list", listed))
    return redirect("lists:incident", note.pk)


@require_http_methods(["GET", "POST"])
@needs("list.manage")
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """The note of a recall: who had opened the list, and what was done about it."""
    found = officer.incident_with(pk)
    if found is None:
        raise Http404
    form = NoteForm(request.POST or None, initial={"note": found.note})
    if request.method == "POST" and form.is_valid():
        releasing.write_note(incident=found, note=form.cleaned_data["note"], by=request.user)
        messages.success(request, "The note is kept.")
        return redirect("lists:incident", pk)
    return render(
        request, "lists/incident.html", incident_page(found, form), status=422 if form.errors else 200
    )


def to_week(week: date) -> HttpResponse:
    """Back to the week's page."""
    response = redirect("lists:officer")
    response["Location"] += f"?week={name_of(week)}"
    return response
