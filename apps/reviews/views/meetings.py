"""Meetings: fetch, call one action, respond."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.reviews import queries as reviews
from apps.reviews.actions import look
from apps.reviews.meetings import actions, calendar, forms, pack, pages, queries
from apps.reviews.models import Meeting, Series
from apps.reviews.views.found import SignedIn, or_404


@require_GET
@needs("review.view")
def index(request: SignedIn) -> HttpResponse:
    """Every meeting."""
    return render(request, "reviews/meetings.html", pages.index(request.user, request.GET.get("page")))


@require_http_methods(["GET", "POST"])
@needs("review.configure")
def new_series(request: SignedIn) -> HttpResponse:
    """One more weekly meeting."""
    return _series(request, None)


@require_http_methods(["GET", "POST"])
@needs("review.configure")
def edit_series(request: SignedIn, pk: int) -> HttpResponse:
    """Change one."""
    return _series(request, or_404(queries.one_series(pk)))


@require_POST
@needs("review.manage")
def plan(request: SignedIn, pk: int) -> HttpResponse:
    """Plan a meeting of a series."""
    series, form = or_404(queries.one_series(pk)), forms.PlanForm(request.POST)
    try:
        if form.is_valid():
            made = actions.plan(series=series, by=request.user, **form.cleaned_data)
            return redirect("reviews:meeting", made.public_id)
        messages.error(request, "Enter the day of the meeting.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reviews:meetings")


@require_GET
@needs("review.manage")
def meeting(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The agenda, and the child that is being talked about."""
    return _meeting(request, _found(public_id), request.GET.get("item", ""))


@require_POST
@needs("review.manage")
def do(request: SignedIn, public_id: uuid.UUID, deed: str) -> HttpResponse:
    """Draw the agenda, begin or end."""
    found, deeds = _found(public_id), {"draw": actions.draw, "begin": actions.begin, "end": actions.end}
    try:
        or_404(deeds.get(deed))(meeting=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reviews:meeting", public_id)


@require_POST
@needs("review.manage")
def add_moved(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Put a child whose rating moved on the agenda."""
    found, wanted = _found(public_id), request.POST.get("item", "")
    item = or_404(next((each for each in queries.moved(request.user) if str(each.pk) == wanted), None))
    try:
        actions.add_moved(meeting=found, item=item, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reviews:meeting", public_id)


@require_POST
@needs("review.manage")
def attend(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Who is there."""
    found = _found(public_id)
    form = forms.AttendanceForm(request.POST, people=queries.attendees(found))
    if form.is_valid():
        actions.attend(meeting=found, here=form.here(), by=request.user)
    return redirect("reviews:meeting", public_id)


@require_POST
@needs("review.manage")
def ask_to(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Ask one more person."""
    found, form = _found(public_id), forms.AskForm(request.POST, agencies=reviews.agencies())
    try:
        if form.is_valid():
            actions.ask_to(meeting=found, by=request.user, **form.cleaned_data)
        else:
            messages.error(request, "Enter a name and choose an agency.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("reviews:meeting", public_id)


@require_GET
@needs("review.view")
def read_pack(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The pack, as the reader may see it."""
    found = _found(public_id)
    sheets = pack.sheets(request.user, found)
    look(children=[each.item.review.child_id for each in sheets], subject=f"pack:{found.pk}", by=request.user)
    return render(request, "reviews/pack.html", {"meeting": found, "sheets": sheets})


@require_GET
@needs("review.view")
def pack_pdf(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """The same as a PDF."""
    found = _found(public_id)
    sheets = pack.sheets(request.user, found)
    look(
        children=[each.item.review.child_id for each in sheets],
        subject=f"pack.pdf:{found.pk}",
        by=request.user,
    )
    body = pack.paper(found, sheets, request.user.display_name)
    headers = {"Content-Disposition": f'attachment; filename="pack-{found.on:%Y-%m-%d}.pdf"'}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


@require_GET
@needs("review.view")
def calendar_file(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """When and where, for a calendar; nothing of any child."""
    found = _found(public_id)
    address = settings.VCDB_URL.rstrip("/") + reverse("reviews:pack", args=[public_id])
    body = calendar.ics(
        uid=str(public_id), name=found.series.name, place=found.place, begins=pages.begins(found), minutes=found.minutes, address=address
    )  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="meeting-{found.on:%Y-%m-%d}.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _series(request: SignedIn, series: Series | None) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    form = forms.SeriesForm(given, initial=forms.of_series(series), types=reviews.active_types())
    if form.is_bound and form.is_valid():
        try:
            actions.save_series(series=series, by=request.user, **form.cleaned_data)
            return redirect("reviews:meetings")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    page = {"series": series, "form": form}
    return render(request, "reviews/series.html", page, status=422 if form.errors else 200)


def _meeting(request: SignedIn, found: Meeting, chosen: str) -> HttpResponse:
    page = pages.meeting(request.user, found, chosen)
    look(children=page["children"], subject=f"meeting:{found.pk}", by=request.user)
    return render(request, "reviews/meeting.html", page)


def _found(public_id: uuid.UUID) -> Meeting:
    return or_404(queries.meeting(public_id))
