"""The pages of a draft: fetch it, put the changed part in, respond."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.access.views import needs
from apps.core.errors import Refused
from apps.pipeline.schemes import queries
from apps.pipeline.schemes.drafting.forms import BandForm, DraftForm, PartForm, RuleForm, SourcesForm
from apps.ragp import install
from apps.ragp.drafting import with_part
from apps.ragp.queries import current_scheme


@require_http_methods(["GET", "POST"])
@needs("scheme.write")
def draft(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    form = DraftForm(request.POST or None, request.FILES or None, initial={"basis": current_scheme().version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            data = install.checked(given["data"]) if "data" in given else install.exported(given["basis"])
            found = install.draft(data=data | {"title": given["title"]}, by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("schemes:scheme", found.version)
    return _page(request, form, title="Draft a scheme", button="Begin the draft", multipart=True)


@require_http_methods(["GET", "POST"])
@needs("scheme.write")
def rule(request: HttpRequest, version: str, code: str = "") -> HttpResponse:
    """Write, change or take out one rule of a draft."""
    return _part(request, version, code, RuleForm)


@require_http_methods(["GET", "POST"])
@needs("scheme.write")
def band(request: HttpRequest, version: str, code: str = "") -> HttpResponse:
    """Write, change or take out one band of a draft; its place follows from its points."""
    return _part(request, version, code, BandForm)


@require_http_methods(["GET", "POST"])
@needs("scheme.write")
def sources(request: HttpRequest, version: str) -> HttpResponse:
    """Say when a rating of a draft is not given for want of a fresh source."""
    sheet, data = _draft(version)
    form = SourcesForm(request.POST or None, initial=data, bands=sheet.reached)
    if request.method == "POST" and form.is_valid() and _kept(request, sheet, data | form.cleaned_data, form):
        return _done(request, sheet, "Condition")
    return _page(request, form, sheet=sheet, title="Not rated for want of a fresh source")


def _part(request: HttpRequest, version: str, code: str, form_of: type[PartForm]) -> HttpResponse:
    sheet, data = _draft(version)
    there = next((each for each in data[form_of.among] if each["code"] == code), None)
    if code and there is None:
        raise Http404
    form = form_of(request.POST or None, there=there, bands=sheet.reached)
    removed = "remove" in request.POST and form.removable
    if removed or request.method == "POST" and form.is_valid():
        taken = {each["code"] for each in data[form_of.among]}
        part = None if removed else form.written(taken)
        if _kept(request, sheet, with_part(data, form_of.among, code, part), form):
            return _done(request, sheet, form_of.noun.capitalize())
    return _page(request, form, sheet=sheet, title=form.title, removable=form.removable, what=form_of.noun)


def _draft(version: str) -> tuple[queries.Sheet, dict[str, Any]]:
    """A scheme that can still be changed, and what is in it."""
    sheet = queries.draft(version)
    if sheet is None:
        raise Http404
    return sheet, install.exported(sheet.scheme)


def _kept(request: HttpRequest, sheet: queries.Sheet, data: dict[str, Any], form: forms.Form) -> bool:
    """Whether the draft was changed; else the form says why not."""
    try:
        install.change(scheme=sheet.scheme, data=data, by=request.user)
    except Refused as refusal:
        form.is_valid()
        form.add_error(None, str(refusal))
        return False
    return True


def _done(request: HttpRequest, sheet: queries.Sheet, what: str) -> HttpResponse:
    messages.success(request, f"{what} kept. Try the draft on everybody before it is approved.")
    return redirect("schemes:scheme", sheet.scheme.version)


def _page(request: HttpRequest, form: forms.Form, **shown: Any) -> HttpResponse:
    page = {"button": "Keep it", **shown, "form": form}
    return render(request, "schemes/form.html", page, status=422 if form.errors else 200)
