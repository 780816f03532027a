"""Merge, split and move, and whoever looks at them second: fetch, call one action, respond."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.views import needs
from apps.children.models import Child
from apps.core.errors import Refused
from apps.matching.acts import actions as acts
from apps.matching.models import Act
from apps.pipeline import tasks
from apps.pipeline.linkage.forms import ReasonForm
from apps.pipeline.linkage.queries import acts_waiting
from apps.pipeline.linkage.queries import names as names_of
from apps.pipeline.looks import look
from apps.pipeline.placing import pages, queries


@require_http_methods(["GET", "POST"])
@needs("child.merge")
def place(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what is wrong with a child's records, and look at what putting it right would do."""
    child = queries.child(public_id, request.user)
    if child is None:
        return render(request, "profiles/no_record.html", status=404)
    page = pages.place(child, request.user, request.POST)
    if request.method == "POST" and page["form"].is_valid():
        try:
            return _drafted(request, child, page)
        except Refused as refusal:
            page["form"].add_error(None, str(refusal))
    look("child", f"child:{public_id}", page["named"], by=request.user)
    return render(request, "linkage/place.html", page, status=422 if page["form"].errors else 200)


def _drafted(request: HttpRequest, child: Child, page: dict) -> HttpResponse:
    form = page["form"]
    chosen = [each for each in page["records"] if str(each.pk) in form.cleaned_data["records"]]
    act = acts.draft(
        kind=form.cleaned_data["kind"], child=child, target=pages.other_child(form, request.user), records=chosen,
        by=request.user,
    )  # fmt: skip
    tasks.look_ahead.delay_on_commit(act_id=act.pk)  # type: ignore[attr-defined]
    return redirect("pipeline:act", act.pk)


@require_GET
@needs("child.merge_approve")
def approvals(request: HttpRequest) -> HttpResponse:
    """Merges that wait for a second person."""
    waiting = list(acts_waiting())
    names = names_of(act.by for act in waiting)
    look(
        "act",
        "approvals",
        {child for act in waiting for child in (act.child_id, act.target_id) if child},
        by=request.user,
    )
    rows = [(act, names.get(act.by, ""), act.by == request.user.pk) for act in waiting]
    return render(request, "linkage/approvals.html", {"rows": rows})


@require_GET
@needs("child.merge_approve")
def act(request: HttpRequest, act_id: int) -> HttpResponse:
    """What is proposed, as whoever proposed it saw it; or what was done."""
    return _act(request, _found(act_id))


def _act(request: HttpRequest, found: Act, form: ReasonForm | None = None, error: str = "") -> HttpResponse:
    page, children = pages.act(found, request.user, form, error)
    look("act", f"act:{found.pk}", children, by=request.user)
    return render(request, "linkage/act.html", page, status=409 if error else 422 if form else 200)


@require_POST
@needs("child.merge")
def propose(request: HttpRequest, act_id: int) -> HttpResponse:
    """Decide on a draft by the figures shown."""
    found = _found(act_id)
    preview = pages.live(found, request.user)
    return _with_reason(
        request,
        found,
        lambda reason: acts.propose(act=found, reason=reason, preview=preview, by=request.user),
    )


@require_POST
@needs("child.merge_approve")
def approve(request: HttpRequest, act_id: int) -> HttpResponse:
    """Approve a merge as the second person, or refuse it."""
    found = _found(act_id)
    action = acts.refuse if "refuse" in request.POST else acts.approve
    return _with_reason(request, found, lambda reason: action(act=found, reason=reason, by=request.user))


@require_POST
@needs("question.answer")
def undo(request: HttpRequest, act_id: int) -> HttpResponse:
    """Ask for something decided to be undone."""
    found = _found(act_id)
    return _with_reason(
        request, found, lambda reason: acts.ask_undo(act=found, reason=reason, by=request.user)
    )


@require_POST
@needs("child.merge")
def drop(request: HttpRequest, act_id: int) -> HttpResponse:
    """Leave a draft, or take back one's own proposal."""
    found = _found(act_id)
    try:
        acts.drop(act=found, by=request.user)
    except Refused as refusal:
        return _act(request, found, error=str(refusal))
    messages.success(request, "Nothing was changed.")
    return redirect("profiles:child", found.child.public_id)


def _with_reason(request: HttpRequest, found: Act, do: Callable[[str], Act]) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _act(request, found, form)
    try:
        done = do(form.cleaned_data["reason"])
    except Refused as refusal:
        return _act(request, found, form, str(refusal))
    if done.state == Act.State.UNDOING:
        messages.success(request, "It is being undone. What has changed since is left as it is and named.")
    if done.state in (Act.State.APPROVED, Act.State.UNDOING):
        tasks.carry_out.delay_on_commit([done.pk])  # type: ignore[attr-defined]
    return redirect("pipeline:act", found.pk)


def _found(act_id: int) -> Act:
    found = queries.act(act_id)
    if found is None:
        raise Http404
    return found
