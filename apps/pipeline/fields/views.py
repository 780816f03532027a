"""The page of fields that two agencies say differently: fetch, call one action, respond."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.access.views import needs
from apps.children import actions as children
from apps.children import queries
from apps.core.errors import Refused
from apps.pipeline import tasks
from apps.pipeline.looks import look_at_fields

A_PAGE = 10


@require_GET
@needs("question.view")
def fields(request: HttpRequest) -> HttpResponse:
    """Which agency says what of a child's birth date or number, side by side."""
    page = Paginator(queries.open_fields(), A_PAGE).get_page(request.GET.get("page"))
    sheets = queries.field_sheets(list(page))
    look_at_fields(sheets, by=request.user)
    return render(request, "pipeline/fields.html", {"page": page, "sheets": sheets})


@require_POST
@needs("question.view")
def answer_field(request: HttpRequest, question_id: int) -> HttpResponse:
    """Keep what stands, or take what is offered."""
    sheets = queries.field_sheets(list(queries.open_fields().filter(pk=question_id)))
    if not sheets or not sheets[0].answerable or request.POST.get("answer") not in ("keep", "take"):
        raise Http404
    try:
        _answered(request, sheets[0])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("pipeline:fields")


def _answered(request: HttpRequest, sheet: queries.FieldSheet) -> None:
    take = request.POST["answer"] == "take"
    children.answer_field(question=sheet.question, take=take, by=request.user)
    # The web may not write children: the pipeline chooses the fields anew
    tasks.refresh_child.delay_on_commit(sheet.question.child_id)  # type: ignore[attr-defined]
    standing = sheet.offered if take else sheet.kept
    messages.success(
        request, f"{sheet.label}: {standing.agency if standing else ''} is believed from now on."
    )
