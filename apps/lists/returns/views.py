"""Returning a list: fetch, call one action, respond."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.core.words import moment
from apps.lists.actions import opened
from apps.lists.models import WeeklyList
from apps.lists.returns import actions, pages
from apps.lists.returns.forms import UploadForm
from apps.lists.returns.sheets import read_sheet
from apps.lists.views import of_open_list


@require_GET
@needs("list.view")
@of_open_list
def page(request: HttpRequest, listed: WeeklyList) -> HttpResponse:
    """The children asked about, each with what was kept of it."""
    everyone = request.GET.get("show") == "all"
    rows = pages.forms_of(pages.entries_of(listed, everyone))
    opened(listed=listed, entries=[row.entry for row in rows], by=request.user)
    return render(request, "lists/return.html", pages.return_page(listed, rows, everyone, [], UploadForm()))


@require_POST
@needs("list.view")
@of_open_list
def save(request: HttpRequest, listed: WeeklyList) -> HttpResponse:
    """Keep what is filled in; asked by the page itself as one types, the answer is one line."""
    try:
        rows = kept(request, listed)
    except Refused as refusal:
        return refused(request, listed, refusal)
    if request.headers.get("HX-Request"):
        line = {"wrong": pages.wrong(rows), "answered": pages.answered(listed), "at": moment(timezone.now())}
        return render(request, "lists/_saved.html", line | {"seen": pages.seen(rows, request.POST)})
    if pages.wrong(rows):
        return again(request, listed, rows)
    return back(listed)


@require_POST
@needs("list.view")
@of_open_list
def upload(request: HttpRequest, listed: WeeklyList) -> HttpResponse:
    """Keep what a filled-in sheet says; what cannot be kept is shown at its child."""
    form = UploadForm(request.POST, request.FILES)
    entries = pages.entries_of(listed, everyone=True)
    if not form.is_valid():
        return again(request, listed, pages.forms_of(entries), upload=form)
    try:
        sheet = read_sheet(form.cleaned_data["file"], listed, {entry.pk for entry in entries})
        rows = pages.forms_of(entries, sheet=sheet.rows)
        number = actions.save(listed=listed, given=pages.answers(rows), by=request.user)
    except Refused as refusal:
        return refused(request, listed, refusal)
    messages.success(
        request, f"Read {len(sheet.rows)} rows, kept what is new in {number} of them. Now send the return."
    )
    if pages.wrong(rows) or sheet.unmatched:
        return again(request, listed, rows, sheet.unmatched)
    return back(listed)


def kept(request: HttpRequest, listed: WeeklyList) -> list[pages.Row]:
    """Keep what was sent in, and answer with the rows it spoke of."""
    rows = pages.forms_of(pages.entries_of(listed, everyone=True), request.POST)
    # a row that is kept as it is typed is one that somebody is at, also where it is put back to what the page showed
    by_itself = bool(request.headers.get("HX-Request"))
    rows = pages.spoken_of(rows, request.POST) if by_itself else pages.sent_in(rows, request.POST)
    actions.save(listed=listed, given=pages.answers(rows), by=request.user)
    return rows


def again(
    request: HttpRequest,
    listed: WeeklyList,
    rows: list[pages.Row],
    unmatched: list[str] | None = None,
    upload: UploadForm | None = None,
) -> HttpResponse:
    """The page with what could not be kept."""
    opened(listed=listed, entries=[row.entry for row in rows], by=request.user)
    shown = pages.return_page(listed, rows, True, unmatched or [], upload or UploadForm())
    return render(request, "lists/return.html", shown, status=422)


def refused(request: HttpRequest, listed: WeeklyList, refusal: Refused) -> HttpResponse:
    """Back to the return, with the sentence that refused it."""
    messages.error(request, str(refusal))
    return back(listed)


def back(listed: WeeklyList) -> HttpResponse:
    """To the return of a list."""
    return redirect("lists:return", listed.setting.code, listed.week)
