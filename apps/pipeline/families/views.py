"""Putting family links right: fetch what is visible, call one action, respond."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.access.views import needs
from apps.children import stating
from apps.children.models import Child
from apps.core.errors import Refused
from apps.pipeline import tasks
from apps.pipeline.families.forms import FamilyForm, UnrelatedForm
from apps.pipeline.looks import look_at_family
from apps.profiles.presenters.family import family
from apps.profiles.queries.child import Moment, visible_child
from apps.profiles.queries.family import family_of
from apps.profiles.queries.sight import sight_of


@require_http_methods(["GET", "POST"])
@needs("family.write")
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A child's family links, and saying that another child belongs to them."""
    child = visible_child(public_id, request.user)
    if child is None:
        return render(request, "profiles/no_record.html", status=404)
    form = FamilyForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return _said(request, child, _relate(child, form.cleaned_data, request.user), "Kept.")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "family/edit.html",
        _page(request, child) | {"form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@needs("family.write")
def unrelate(request: HttpRequest, public_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Say that two children are not related."""
    child, other = visible_child(public_id, request.user), visible_child(other_id, request.user)
    if child is None or other is None or child == other:
        return render(request, "profiles/no_record.html", status=404)
    form = UnrelatedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        stating.unrelate(child=child, other=other, reason=form.cleaned_data["reason"], by=request.user)
        return _said(request, child, other, "The link is taken away.")
    look_at_family([child.pk, other.pk], by=request.user)
    context = {"form": form, "child": child, "other": other}
    return render(request, "family/unrelate.html", context, status=422 if form.errors else 200)


def _relate(child: Child, given: dict[str, Any], by: Any) -> Child:
    other, kind = given["number"], given["kind"]
    # what is said is what the first is to the second: of a parent the order tells who
    first, second = (other, child) if kind == "parent" else (child, other)
    stating.relate(
        child=first, other=second, kind="parent" if kind == "child" else kind, reason=given["reason"], by=by
    )
    return other


def _said(request: HttpRequest, child: Child, other: Child, words: str) -> HttpResponse:
    # The web may not write links: the pipeline works them out from what was said
    tasks.refresh_family.delay_on_commit([child.pk, other.pk])  # type: ignore[attr-defined]
    messages.success(request, f"{words} It shows on both pages in a moment.")
    return redirect("family:edit", child.public_id)


def _page(request: HttpRequest, child: Child) -> dict[str, Any]:
    moment, sight = Moment.of(None), sight_of(request.user)
    kin = family_of(child, moment, sight)
    look_at_family([child.pk, *(each.child.pk for each in kin)], by=request.user)
    return {"child": child, "family": family(child, kin, [], False, moment.day)}
