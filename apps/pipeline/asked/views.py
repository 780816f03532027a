"""What only the sending agency can tell: its own records, as a list to send it. And the figures of matching."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.views import needs
from apps.core.clock import today
from apps.pipeline.asked import export
from apps.pipeline.linkage import quality, queries
from apps.pipeline.looks import take_export

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
@needs("question.answer")
def asked(request: HttpRequest) -> HttpResponse:
    """The agencies that are asked, and how much."""
    return render(request, "linkage/asked.html", {"agencies": queries.agencies_asked()})


@require_GET
@needs("question.answer")
def asked_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One agency's own records in question, for that agency."""
    rows = queries.sent_by(code)
    if not rows or kind not in KINDS:
        raise Http404
    take_export(code, {row["question"].child_id for row in rows}, by=request.user)
    answer = HttpResponse(export.as_file(rows, kind), content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="please-check-{code}-{today()}.{kind}"'
    return answer


@require_GET
@needs("question.quality")
def figures(request: HttpRequest) -> HttpResponse:
    """How well records are matched, in figures."""
    return render(request, "linkage/quality.html", quality.page())
