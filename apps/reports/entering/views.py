"""Capacities of teams: looked at, downloaded, uploaded."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.access.queries import may
from apps.access.views import needs
from apps.core.errors import Refused
from apps.core.words import count
from apps.reports import queries
from apps.reports.entering.actions import take
from apps.reports.entering.files import FORMS, as_file
from apps.reports.entering.forms import UploadForm
from apps.reports.entering.plan import Plan


@require_GET
@needs("capacity.enter")
def page(request: HttpRequest) -> HttpResponse:
    """What was entered, and how to change it."""
    return render(request, "reports/capacity.html", _shown(request, UploadForm()))


@require_GET
@needs("capacity.enter")
def file(request: HttpRequest, form: str) -> HttpResponse:
    """What was entered as a file."""
    name = f'attachment; filename="capacity-of-teams.{form}"'
    made = as_file(queries.capacities(), form)
    return HttpResponse(made, FORMS[form], headers={"Content-Disposition": name})


@require_POST
@needs("capacity.enter")
def upload(request: HttpRequest) -> HttpResponse:
    """Take the file; what is wrong with it is said, and then nothing of it is taken."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "reports/capacity.html", _shown(request, form), status=422)
    try:
        plan = take(file=form.cleaned_data["file"], by=request.user)
    except Refused as refusal:
        return render(request, "reports/capacity.html", _shown(request, UploadForm(), refusal), status=422)
    messages.success(request, _said(plan))
    return redirect("reports:capacity")


def _said(plan: Plan) -> str:
    if plan.does_nothing:
        return "The file says what stands already: nothing was changed."
    return f"{count(len(plan.new), 'row was', 'rows were')} added, {len(plan.changed):,} changed, {plan.same:,} left as they stand."


def _shown(request: HttpRequest, form: UploadForm, refusal: Refused | None = None) -> dict[str, object]:
    return {
        "upload": form,
        "refusal": refusal,
        "held": queries.capacities(),
        "reader": may(request.user, "report.view"),
    }
