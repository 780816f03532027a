"""The pages of lists: fetch what is the reader's, log it, respond."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.involvements.queries import late_for
from apps.lists import actions, agreements, files, paper, presenters, queries, receipts
from apps.lists.models import WeeklyList
from apps.lists.pages import managed_page
from apps.lists.recipients import pages as recipients
from apps.lists.recipients.queries import waiting_of
from apps.lists.recipients.queries import waits as waiting_at

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAKERS = {
    "xlsx": (files.xlsx_bytes, XLSX),
    "csv": (files.csv_bytes, "text/csv; charset=utf-8"),
    "pdf": (paper.pdf_bytes, "application/pdf"),
}
#: Shorter ones are guessed.
PASSWORD_FROM = 12
Makers = Mapping[str, tuple[Callable[[queries.Asked], bytes], str]]
Find = Callable[..., WeeklyList | None]


@require_GET
@needs("list.view")
def mine(request: HttpRequest) -> HttpResponse:
    """The newest list of the user's own setting."""
    settings = queries.own_settings(request.user)
    listed = queries.newest_of(settings)
    if listed is None:
        waits = recipients.unverified_page(waiting_at(request.user))
        return render(request, "lists/none.html", {"settings": settings, **waits})
    return redirect("lists:list", listed.setting.code, listed.week)


@require_GET
@needs("list.view")
def own(request: HttpRequest, code: str, week: date) -> HttpResponse:
    """One list of the user's own setting."""
    if code in {agency.code for agency in waiting_at(request.user)}:
        return redirect("lists:mine")  # where it says whom to ask
    return _page(request, queries.own_list, presenters.OWN, code, week)


@require_GET
@needs("list.view")
def own_file(request: HttpRequest, code: str, week: date, form: str) -> HttpResponse:
    """The same as a file."""
    return _file(request, queries.own_list, code, week, form)


@require_POST
@needs("list.view")
def locked(request: HttpRequest, code: str, week: date) -> HttpResponse:
    """The workbook with a password of the reader's own, which is kept nowhere."""
    password = request.POST.get("password", "")
    if len(password) < PASSWORD_FROM:
        messages.error(request, f"Choose a password of at least {PASSWORD_FROM} characters.")
        return redirect("lists:list", code, week)
    makers = {"xlsx": (lambda asked: files.locked_bytes(asked, password), XLSX)}
    return _file(request, queries.own_list, code, week, "xlsx", makers, request.POST.get("show") != "all")


@require_POST
@needs("list.view")
def acknowledge(request: HttpRequest, code: str, week: date) -> HttpResponse:
    """Say that the list has been read."""
    listed = _found(request, queries.own_list, code, week)
    try:
        receipts.acknowledge(listed=listed, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("lists:list", code, week)


@require_GET
@needs("list.manage")
def any_setting(request: HttpRequest, code: str, week: date) -> HttpResponse:
    """Any setting's list, as the setting sees it."""
    return _page(request, queries.any_list, presenters.ALL, code, week)


@require_GET
@needs("list.manage")
def any_file(request: HttpRequest, code: str, week: date, form: str) -> HttpResponse:
    """The same as a file."""
    return _file(request, queries.any_list, code, week, form)


def _found(request: HttpRequest, find: Find, code: str, week: date) -> WeeklyList:
    listed = find(request.user, code, week)
    if listed is None:
        raise Http404
    return listed


def _page(request: HttpRequest, find: Find, links: presenters.Links, code: str, week: date) -> HttpResponse:
    listed = _found(request, find, code, week)
    if links is presenters.OWN and (instead := closed(request, listed)):
        return instead
    asked = queries.read(listed)
    weeks = queries.weeks_of(listed.setting)
    page = presenters.setting_page(asked, request.GET.get("show", ""), links, weeks)
    if page["managed"]:
        page |= managed_page(listed, request.user)
    else:
        page |= {"acknowledged": receipts.acknowledged(listed), "waiting": waiting_of(listed.setting)}
        page["others"] = queries.others_of(request.user, listed)
    # everybody the page names: also who joined, left or changed, whichever part of the list is shown
    seen = [
        *page["shown"],
        *presenters.named(page["changes"]),
        *(entry for entry, _ in page.get("answers", [])),
    ]
    actions.opened(listed=listed, entries=seen, by=request.user)
    late = late_for(request.user, listed.as_at)
    return render(request, "lists/list.html", page | {"late": late})


def _file(
    request: HttpRequest,
    find: Find,
    code: str,
    week: date,
    form: str,
    makers: Makers = MAKERS,
    known_only: bool | None = None,
) -> HttpResponse:
    listed = _found(request, find, code, week)
    if find is queries.own_list and (instead := closed(request, listed)):
        return instead
    asked = queries.read(
        listed, known_only=request.GET.get("show") != "all" if known_only is None else known_only
    )
    make, kind = makers[form]
    actions.downloaded(listed=asked.listed, entries=asked.entries, by=request.user, form=form)
    name = files.file_name(asked, form)
    return HttpResponse(make(asked), kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def of_open_list(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that belongs to a list of the user's own setting: given the list, and asked only where that is open."""

    @wraps(view)
    def asked(request: HttpRequest, code: str, week: date, **more: Any) -> HttpResponse:
        listed = _found(request, queries.own_list, code, week)
        return closed(request, listed) or view(request, listed, **more)

    return asked


def closed(request: HttpRequest, listed: WeeklyList) -> HttpResponse | None:
    """What stands in place of a list that was there: said to its own people alone, and that they asked is kept."""
    if listed.state == WeeklyList.State.RECALLED:
        actions.refused(listed=listed, by=request.user)
        return render(request, "lists/recalled.html", {"listed": listed}, status=410)
    if agreements.has_ended(listed):
        actions.closed(listed=listed, by=request.user)
        return render(request, "lists/closed.html", {"listed": listed}, status=403)
    return None
