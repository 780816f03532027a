"""The pages of lists: fetch what is the reader's, log it, respond."""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.access.views import needs
from apps.involvements.queries import late_for
from apps.lists import actions, files, presenters, queries
from apps.lists.forms import FilterForm
from apps.lists.models import WeeklyList
from apps.lists.pages import officer_page
from apps.lists.weeks import name_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAKERS = {"xlsx": (files.xlsx_bytes, XLSX), "csv": (files.csv_bytes, "text/csv; charset=utf-8")}
Find = Callable[..., WeeklyList | None]


@require_GET
@needs("list.view")
def mine(request: HttpRequest) -> HttpResponse:
    """The newest list of the user's own setting."""
    settings = queries.own_settings(request.user)
    listed = queries.newest_of(settings)
    if listed is None:
        return render(request, "lists/none.html", {"settings": settings})
    return redirect("lists:list", listed.setting.code, listed.week)


@require_GET
@needs("list.view")
def own(request: HttpRequest, code: str, week: date) -> HttpResponse:
    """One list of the user's own setting."""
    return _page(request, queries.own_list, presenters.OWN, code, week)


@require_GET
@needs("list.view")
def own_file(request: HttpRequest, code: str, week: date, form: str) -> HttpResponse:
    """The same as a file."""
    return _file(request, queries.own_list, code, week, form)


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


@require_GET
@needs("list.manage")
def officer(request: HttpRequest) -> HttpResponse:
    """Every setting's list of a week."""
    weeks = queries.published_weeks()
    form = FilterForm(
        request.GET or None, weeks=weeks, initial={"week": name_of(weeks[0])} if weeks else None
    )
    return render(
        request, "lists/officer.html", officer_page(form, weeks, request.GET.get("page"), request.user)
    )


def _found(request: HttpRequest, find: Find, code: str, week: date) -> WeeklyList:
    listed = find(request.user, code, week)
    if listed is None:
        raise Http404
    return listed


def _page(request: HttpRequest, find: Find, links: presenters.Links, code: str, week: date) -> HttpResponse:
    listed = _found(request, find, code, week)
    asked = queries.read(listed)
    weeks = queries.weeks_of(listed.setting)
    page = presenters.setting_page(asked, request.GET.get("show", ""), links, weeks)
    actions.opened(listed=listed, entries=page["shown"], by=request.user)
    late = late_for(request.user, listed.as_at)
    return render(request, "lists/list.html", page | {"late": late})


def _file(request: HttpRequest, find: Find, code: str, week: date, form: str) -> HttpResponse:
    asked = queries.read(_found(request, find, code, week), known_only=request.GET.get("show") != "all")
    make, kind = MAKERS[form]
    actions.downloaded(listed=asked.listed, entries=asked.entries, by=request.user, form=form)
    name = files.file_name(asked, form)
    return HttpResponse(make(asked), kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
