"""Settings' word on their rolls: fetch, call one action, respond."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.lists.rolls import actions, queries


@require_GET
@needs("question.view")
def rolls(request: HttpRequest) -> HttpResponse:
    """Children whom a setting says it does not have, by the agency to ask."""
    page = queries.page_of(request.GET.get("page"))
    actions.look(questions=list(page.object_list), by=request.user)
    return render(request, "lists/rolls.html", {"page": page, "title": "Settings’ word on their rolls"})


@require_POST
@needs("question.answer")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the source answered."""
    question = queries.question_with(pk)
    if question is None:
        raise Http404
    outcome, note = request.POST.get("outcome", ""), request.POST.get("note", "")
    try:
        actions.settle(question=question, outcome=outcome, note=note, by=request.user)
        messages.success(request, "The answer is kept.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("lists:rolls")
