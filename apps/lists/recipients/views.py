"""Who reads a setting's lists: fetch, call one action, respond."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.access.views import needs
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.core.errors import Refused
from apps.core.words import day
from apps.lists.recipients import actions, pages, queries


@require_GET
@needs("recipient.verify")
def recipients(request: HttpRequest) -> HttpResponse:
    """The readers of each setting the user administers."""
    return render(request, "lists/recipients.html", pages.readers_page(request.user))


@require_POST
@needs("recipient.verify")
def verify(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say that somebody reads the setting's lists this term."""
    setting, user = _found(request, code, pk)
    try:
        made = actions.verify(setting=setting, user=user, by=request.user)
        messages.success(request, f"{user.display_name} reads the lists until {day(made.until)}.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("lists:recipients")


@require_POST
@needs("recipient.verify")
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take the word back."""
    setting, user = _found(request, code, pk)
    try:
        actions.withdraw(setting=setting, user=user, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, f"{user.display_name} no longer opens the lists.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("lists:recipients")


@require_GET
@needs("list.manage")
def waiting(request: HttpRequest) -> HttpResponse:
    """Of all settings: who waits to be verified."""
    return render(request, "lists/waiting.html", pages.waiting_page())


def _found(request: HttpRequest, code: str, pk: int) -> tuple[Agency, User]:
    """A reader of one of the user's own settings; anybody else is nobody."""
    mine = {agency.code: agency for agency in queries.belongs_to(request.user, "recipient.verify")}
    user = queries.reader_at(mine[code], pk) if code in mine else None
    if user is None:
        raise Http404
    return mine[code], user
