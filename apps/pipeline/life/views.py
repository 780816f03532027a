"""What a person decides about a file: fetch the extract, call one action, respond."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.extracts.models import Extract, State
from apps.pipeline import actions, tasks
from apps.pipeline.life import presenters, queries
from apps.pipeline.life.forms import ReasonForm
from apps.pipeline.models import Run

A_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
@needs("import.run")
def commit(request: HttpRequest, extract_id: int) -> HttpResponse:
    """Go on to the commit of a file that was looked at."""
    return _asked(request, extract_id, lambda extract: actions.release(extract=extract, by=request.user))


@require_POST
@needs("import.run")
def cancel(request: HttpRequest, extract_id: int) -> HttpResponse:
    """Drop a file before its commit."""
    return _asked(request, extract_id, lambda extract: actions.cancel(extract=extract, by=request.user))


@require_http_methods(["GET", "POST"])
@needs("import.release")
def release(request: HttpRequest, extract_id: int) -> HttpResponse:
    """Commit a held file all the same: what is accepted, and why."""
    return _with_reason(request, extract_id, "release", actions.release)


@require_http_methods(["GET", "POST"])
@needs("import.release")
def undo(request: HttpRequest, extract_id: int) -> HttpResponse:
    """Take back what a file did: what goes, what is applied again, what stays, and why."""
    return _with_reason(request, extract_id, "undo", actions.undo)


@require_http_methods(["GET", "POST"])
@needs("import.release")
def redo(request: HttpRequest, extract_id: int) -> HttpResponse:
    """Commit again, in its old place, a file that was undone."""
    return _with_reason(request, extract_id, "redo", actions.redo)


@require_GET
@needs("import.view")
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Every file of a feed, newest first, and what became of it."""
    feed = queries.feed(code)
    if feed is None:
        raise Http404
    page = Paginator(queries.history(feed), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pipeline/history.html", {"feed": feed, "page": page})


@require_GET
@needs("import.run")
def rejected(request: HttpRequest, extract_id: int) -> HttpResponse:
    """The rejected rows of a committed file, to be corrected and sent again."""
    extract = _found(extract_id)
    if extract.state != State.COMMITTED:
        raise Http404
    try:
        book = actions.take_rejected(extract=extract, by=request.user)
    except Refused as refusal:
        page = presenters.refused(extract, str(refusal), queries.newest_run(extract))
        return render(request, "pipeline/refused.html", page, status=409)
    answer = HttpResponse(book, content_type=XLSX)
    answer["Content-Disposition"] = (
        f'attachment; filename="rejected-{extract.feed.code}-{extract.as_of}.xlsx"'
    )
    return answer


def _with_reason(
    request: HttpRequest, extract_id: int, what: str, action: Callable[..., Run]
) -> HttpResponse:
    extract = _found(extract_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _asked(request, extract_id, lambda each: action(extract=each, reason=reason, by=request.user))
    page = presenters.decision(what, extract, queries.facts(extract)) | {"form": form}
    return render(request, "pipeline/decision.html", page, status=422 if form.errors else 200)


def _asked(request: HttpRequest, extract_id: int, ask: Callable[[Extract], Run | None]) -> HttpResponse:
    """Do what was asked and show the work; a refusal is a sentence on a page of its own."""
    extract = _found(extract_id)
    try:
        run = ask(extract)
    except Refused as refusal:
        page = presenters.refused(extract, str(refusal), queries.newest_run(extract))
        return render(request, "pipeline/refused.html", page, status=409)
    if run:
        tasks.run_extract.delay_on_commit(run.pk)  # type: ignore[attr-defined]
    return redirect("pipeline:run", run.pk if run else queries.newest_run(extract))


def _found(extract_id: int) -> Extract:
    extract = queries.extract(extract_id)
    if extract is None:
        raise Http404
    return extract
