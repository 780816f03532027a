"""Asking for lists to be drafted or released: a worker does it."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.access.views import needs
from apps.core.errors import Refused
from apps.core.words import count
from apps.lists import releasing
from apps.lists.endeavours import actions as endeavours
from apps.lists.endeavours import views as child
from apps.lists.endeavours.forms import FORMS
from apps.lists.endeavours.queries import said_with
from apps.lists.models import WeeklyList
from apps.lists.officer import queries as officer
from apps.lists.officer.views import to_week
from apps.lists.returns import actions, pages
from apps.lists.returns import views as returns
from apps.lists.views import of_open_list
from apps.pipeline import tasks


@require_POST
@needs("list.manage")
def draft(request: HttpRequest, week: date) -> HttpResponse:
    """Draft the week's lists again, from what is known now."""
    try:
        job = releasing.ask_draft(week=week, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.do_list_job.delay_on_commit(job.pk)  # type: ignore[attr-defined]
        messages.success(request, "The lists are being drafted from what is known now.")
    return to_week(week)


@require_POST
@needs("list.release")
def release(request: HttpRequest, week: date) -> HttpResponse:
    """Release the lists chosen, or every one of the week that somebody else has checked."""
    chosen = None if "all" in request.POST else officer.lists_with(request.POST.getlist("list"))
    try:
        job = releasing.ask_release(week=week, lists=chosen, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.do_list_job.delay_on_commit(job.pk)  # type: ignore[attr-defined]
        messages.success(request, f"{count(len(job.lists), 'list')} being released.")
    return to_week(week)


@require_POST
@needs("list.view")
@of_open_list
def send(request: HttpRequest, listed: WeeklyList) -> HttpResponse:
    """Keep what is filled in and send it as the setting's return; a worker makes facts of it."""
    try:
        rows = returns.kept(request, listed)
        if pages.wrong(rows):
            return returns.again(request, listed, rows)
        made = actions.send(listed=listed, by=request.user)
    except Refused as refusal:
        return returns.refused(request, listed, refusal)
    tasks.take_return.delay_on_commit(made.pk)  # type: ignore[attr-defined]
    messages.success(request, f"The return is sent: {count(made.answers, 'child', 'children')}. Thank you.")
    return returns.back(listed)


@require_POST
@needs("list.view")
@of_open_list
def endeavour(request: HttpRequest, listed: WeeklyList, pk: int, kind: str) -> HttpResponse:
    """Keep what a setting says of one child; a worker makes a fact of it."""
    if kind not in FORMS:
        raise Http404
    entry, form = child.entry_of(listed, pk), FORMS[kind](request.POST, prefix=kind)
    if not form.is_valid():
        return child.shown(request, listed, entry, {kind: form})
    try:
        endeavours.keep(entry=entry, listed=listed, kind=kind, given=form.cleaned_data, by=request.user)
    except Refused as refusal:
        return returns.refused(request, listed, refusal)
    tasks.take_endeavours.delay_on_commit()  # type: ignore[attr-defined]
    messages.success(request, "Kept.")
    return redirect("lists:child", listed.setting.code, listed.week, pk)


@require_POST
@needs("list.view")
@of_open_list
def withdraw(request: HttpRequest, listed: WeeklyList, pk: int, said: int) -> HttpResponse:
    """Take back what was entered by mistake."""
    entry, kept = child.entry_of(listed, pk), said_with(listed, said)
    if kept is None:
        raise Http404
    try:
        endeavours.withdraw(endeavour=kept, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.take_endeavours.delay_on_commit()  # type: ignore[attr-defined]
        messages.success(request, "Taken back.")
    return redirect("lists:child", listed.setting.code, listed.week, entry.pk)
