"""Pages of cohorts: fetch, call one action, respond."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.triage.cohorts import actions, pages, presenters, queries
from apps.triage.cohorts.forms import ExportForm, WatchForm, conditions
from apps.triage.models import Cohort

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
@needs("cohort.use")
def index(request: HttpRequest) -> HttpResponse:
    """The cohorts there are."""
    return render(request, "cohorts/index.html", pages.index(request.user))


@require_http_methods(["GET", "POST"])
@needs("cohort.use")
def new(request: HttpRequest) -> HttpResponse:
    """Build a cohort: read it back first, then keep it."""
    page = pages.builder(request.POST if request.method == "POST" else None)
    form, chosen = page["form"], page["conditions"]
    if request.method == "POST" and chosen.is_valid() & form.is_valid():
        given = form.cleaned_data
        try:
            asked = conditions(chosen)
            actions.check_conditions(asked)
            page["lines"] = presenters.read_back(asked, given["unseen_days"])
            if "keep" in request.POST:
                return _made(request, actions.make(conditions=asked, by=request.user, **given))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "cohorts/new.html", page, status=422 if form.errors or any(chosen.errors or ()) else 200
    )


@require_GET
@needs("cohort.use")
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in a cohort, of those the reader may be shown, and how many over time."""
    page = pages.page(_found(request, pk), request.user, request.GET.get("page"))
    actions.look(cohort=page["cohort"], stays=page["stays"], by=request.user)
    return render(request, "cohorts/cohort.html", page)


@require_POST
@needs("cohort.use")
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a file, with the reason it leaves."""
    found, form = _found(request, pk), ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say what the file is for: it is kept with the record of this download.")
        return redirect("cohorts:cohort", pk)
    stays = list(queries.inside(request.user, found)[: pages.MOST_EXPORTED])
    actions.export(cohort=found, stays=stays, by=request.user, **form.cleaned_data)
    ending = form.cleaned_data["form"]
    answer = HttpResponse(presenters.file(found, pages.rows(stays), ending), content_type=TYPES[ending])
    answer["Content-Disposition"] = f'attachment; filename="cohort-{pk}.{ending}"'
    return answer


@require_POST
@needs("triage.decide")
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """Let entries open something to decide, or no longer."""
    found, form = _found(request, pk), WatchForm(request.POST)
    if form.is_valid():
        actions.watch(cohort=found, watched="stop" not in request.POST, by=request.user, **form.cleaned_data)
    else:
        messages.error(request, "Say within how many working days, from 1 to 60.")
    return redirect("cohorts:cohort", pk)


@require_POST
@needs("cohort.use")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a cohort of one's own away."""
    try:
        actions.drop(cohort=_found(request, pk), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("cohorts:cohort", pk)
    return redirect("cohorts:index")


def _found(request: HttpRequest, pk: int) -> Cohort:
    found = queries.cohort(request.user, pk)
    if found is None:
        raise Http404
    return found


def _made(request: HttpRequest, made: Cohort) -> HttpResponse:
    messages.success(
        request, f"Cohort “{made.name}” kept. Who is in it is worked out within a minute or two."
    )
    return redirect("cohorts:cohort", made.pk)
