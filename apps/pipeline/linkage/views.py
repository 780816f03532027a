"""The queue and the page of one question: fetch, call one action, respond. What needs carrying out is the pipeline's."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.matching.acts import actions as acts
from apps.matching.acts import sampling
from apps.matching.models import Act, Question
from apps.pipeline import tasks
from apps.pipeline.linkage import alike as faults
from apps.pipeline.linkage import answering, pages, queries
from apps.pipeline.linkage.forms import AnswerForm, ReasonForm
from apps.pipeline.looks import look, look_at_questions


@require_GET
@needs("question.view")
def queue(request: HttpRequest) -> HttpResponse:
    """Records that may be the same child as another, what most hangs on first."""
    page = pages.queue(request.user, request.GET)
    look_at_questions(page["sheets"], by=request.user)
    return render(request, "linkage/queue.html", page)


@require_POST
@needs("question.answer")
def take(request: HttpRequest) -> HttpResponse:
    """Hold the next question nobody else holds, and open it."""
    return _next(request)


@require_GET
@needs("question.view")
def question(request: HttpRequest, question_id: int) -> HttpResponse:
    """One question: both records side by side, and what each answer would do."""
    return _question(request, _found(question_id))


def _question(
    request: HttpRequest, asked: Question, form: AnswerForm | None = None, error: str = ""
) -> HttpResponse:
    given = request.GET if request.method == "GET" else {"beside": request.POST.get("candidate")}
    page, children = pages.question(asked, request.user, given, form, error)
    look("question", f"question:{asked.pk}", children, by=request.user)
    _look_ahead(request, asked, page)
    status = 409 if error else 422 if form else 200
    return render(request, "linkage/question.html", page, status=status)


def _look_ahead(request: HttpRequest, asked: Question, page: dict) -> None:
    """Let a worker find out what the answers would do to ratings, here and where the next questions wait."""
    this = [asked.pk] if page["candidate"] and not page["candidate"].outlook else []
    if wanted := this + queries.soon(request.user, asked.pk):
        tasks.look_ahead.delay_on_commit(wanted)  # type: ignore[attr-defined]


@require_POST
@needs("question.answer")
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """Keep an answer and open the next question."""
    asked, form = queries.question(question_id), AnswerForm(request.POST)
    if asked is None:
        messages.error(request, "This question has been answered, or a later file has settled it.")
        return redirect("pipeline:questions")
    if not form.is_valid():
        return _question(request, asked, form)
    try:
        act = answering.answer(
            question=asked, kind=form.cleaned_data["answer"], candidate=form.cleaned_data["candidate"],
            reason=form.cleaned_data["reason"], by=request.user,
        )  # fmt: skip
    except Refused as refusal:
        return _question(request, asked, form, str(refusal))
    return _next(request, act, besides=asked.pk)


def _next(request: HttpRequest, act: Act | None = None, besides: int | None = None) -> HttpResponse:
    if act:
        tasks.carry_out.delay_on_commit([act.pk])  # type: ignore[attr-defined]
    # of several children one was ruled out: the question goes on with the next of them
    again = besides if act and act.kind == Act.Kind.DIFFERENT and queries.question(besides or 0) else None
    found = queries.question(again) if again else answering.take_next(by=request.user, besides=besides)
    address = reverse("pipeline:question", args=[found.pk]) if found else reverse("pipeline:questions")
    return redirect(address + ("?" + urlencode({"done": act.pk}) if act else ""))


@require_POST
@needs("question.answer")
def release(request: HttpRequest, question_id: int) -> HttpResponse:
    """Let go of a question."""
    acts.release(question=_found(question_id), by=request.user)
    return redirect("pipeline:questions")


def _found(question_id: int) -> Question:
    asked = queries.question(question_id)
    if asked is None:
        raise Http404
    return asked


@require_GET
@needs("question.answer")
def alike(request: HttpRequest) -> HttpResponse:
    """Faults that come again and again, with their first cases."""
    return _alike(request)


def _alike(
    request: HttpRequest, form: ReasonForm | None = None, key: str = "", error: str = ""
) -> HttpResponse:
    found = faults.groups(request.user)
    shown = {case.sheet.question.child_id for group in found for case in group.cases[:3]}
    shown |= {case.comparison.child.pk for group in found for case in group.cases[:3]}
    look("question", "questions alike", shown, by=request.user)
    page = {"groups": found, "form": form or ReasonForm(), "key": key, "error": error}
    return render(request, "linkage/alike.html", page, status=409 if error else 422 if form else 200)


@require_POST
@needs("question.answer")
def answer_alike(request: HttpRequest, key: str) -> HttpResponse:
    """Give every case of one fault the same answer."""
    form, kind = ReasonForm(request.POST), request.POST.get("answer", "")
    if not form.is_valid() or kind not in ("same", "different"):
        return _alike(request, form, key)
    try:
        done = answering.answer_alike(
            key=key,
            kind=kind,
            seen=request.POST.get("seen", ""),
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except Refused as refusal:
        return _alike(request, form, key, str(refusal))
    tasks.carry_out.delay_on_commit([act.pk for act in done])  # type: ignore[attr-defined]
    messages.success(request, f"{len(done)} questions were answered. Each can be undone by itself.")
    return redirect("pipeline:alike")


@require_http_methods(["GET", "POST"])
@needs("question.answer")
def second_look(request: HttpRequest) -> HttpResponse:
    """The next pair of the week's sample, without what was decided about it."""
    if request.method == "POST":
        return _second_look_answered(request)
    found = queries.second_look(request.user)
    if found:
        look(
            "question",
            f"secondlook:{found.pk}",
            sorted({found.child_id, found.record.child_id}),
            by=request.user,
        )
    lines = queries.pair(found) if found else []
    page = {"look": found, "lines": lines, "left": queries.second_looks_left()}
    return render(request, "linkage/second_look.html", page)


def _second_look_answered(request: HttpRequest) -> HttpResponse:
    found, answer = queries.second_look_named(request.POST.get("look", "")), request.POST.get("answer")
    if found is None or answer not in ("same", "different"):
        messages.error(request, "Choose same child or different children.")
        return redirect("pipeline:second-look")
    try:
        sampling.answer_second_look(look=found, same=answer == "same", by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("pipeline:second-look")
