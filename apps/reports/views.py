"""Pages of reports: fetch, call one action, respond."""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.views import needs
from apps.involvements.queries import late_anywhere
from apps.reports import actions, files, pages, queries
from apps.reports.figures import FIGURES, About
from apps.reports.models import Report
from apps.reports.reading import Reading

MAKERS: dict[str, tuple[Callable[[Reading], bytes], str]] = {
    "pdf": (files.pdf_bytes, "application/pdf"),
    "xlsx": (files.xlsx_bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_GET
@needs("report.view")
def newest(request: HttpRequest) -> HttpResponse:
    """The newest week that is frozen."""
    report = queries.newest()
    if report is None:
        return render(request, "reports/none.html", {"late": late_anywhere()})
    return render(request, "reports/week.html", pages.week(report, request.user))


@require_GET
@needs("report.view")
def week(request: HttpRequest, week: date) -> HttpResponse:
    """One frozen week."""
    return render(request, "reports/week.html", pages.week(_found(week), request.user))


@require_GET
@needs("report.view")
def file(request: HttpRequest, week: date, form: str) -> HttpResponse:
    """The same as a file, small numbers as the reader is told them."""
    return _sent(request, pages.reading_of(_found(week), request.user), form)


@require_GET
@needs("report.rows")
def rows(request: HttpRequest, week: date, figure: str) -> HttpResponse:
    """What is behind one number, as far as the reader's reach and the agreements let them see it."""
    report, key = _found(week), request.GET.get("key", "")
    asked = FIGURES.get(figure)
    told = pages.reading_of(report, request.user)
    if asked is None or asked.about == About.FEEDS or key not in told.of(report, figure):
        raise Http404
    page = pages.rows(report, asked, key, request.user, request.GET.get("page"))
    actions.look(report=report, figure=figure, key=key, children=page.get("shown", []), by=request.user)
    return render(request, "reports/rows.html", page)


@require_GET
@needs("report.view")
def resources(request: HttpRequest) -> HttpResponse:
    """What teams can do beside what is needed, and ratings before and after a service began."""
    report = queries.newest()
    if report is None:
        return render(request, "reports/none.html", {"late": late_anywhere()})
    return render(request, "reports/resources.html", pages.resources(report, request.user))


@require_GET
@needs("report.partner")
def term(request: HttpRequest) -> HttpResponse:
    """The term so far, for schools and partners."""
    report = queries.newest()
    if report is None:
        return render(request, "reports/none.html", {"late": []})
    return render(request, "reports/term.html", pages.term(report))


@require_GET
@needs("report.partner")
def term_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a file."""
    report = queries.newest()
    if report is None:
        raise Http404
    _, reading = pages.termly(report)
    return _sent(request, reading, form)


def _found(week: date) -> Report:
    report = queries.report_of(week)
    if report is None:
        raise Http404
    return report


def _sent(request: HttpRequest, reading: Reading, form: str) -> HttpResponse:
    make, kind = MAKERS[form]
    actions.downloaded(report=reading.report, form=form, suppressed=not reading.whole, by=request.user)
    name = files.file_name(reading, form)
    return HttpResponse(
        make(reading), kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
