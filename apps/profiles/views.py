"""The first page of each role, search and the child's page."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.queries import may
from apps.access.views import needs
from apps.accounts.models import User
from apps.core.errors import Refused
from apps.core.words import longday
from apps.involvements.queries import late_anywhere
from apps.profiles import actions
from apps.profiles.forms import AsAtForm, OverrideForm, SearchForm, TakeBackForm
from apps.profiles.presenters import fairness as unequal
from apps.profiles.presenters import homes, page
from apps.profiles.presenters import results as found
from apps.profiles.presenters.reviewed import reviewed
from apps.profiles.presenters.since import since
from apps.profiles.queries.child import Moment, read, standing_child, visible_child
from apps.profiles.queries.homes import fairness_figures
from apps.profiles.queries.sight import sight_of
from apps.ragp import overriding
from apps.ragp.queries import current_bands


class SignedIn(HttpRequest):
    """A request that the gate has let in: there is a user."""

    user: User


@require_GET
@needs("home.view")
def home(request: SignedIn) -> HttpResponse:
    """The first page after sign-in: what the person's role has to know first."""
    since = actions.arrive(user=request.user, session=request.session)
    shown = homes.home_of(request.user, since)
    actions.look_home(children=shown.children, by=request.user)
    return render(request, shown.template, shown.context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("search.run")
def search(request: SignedIn) -> HttpResponse:
    """The search form; a search is sent by POST and answered with the address of its kept result."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "profiles/search.html", {"form": form})
    kept = actions.run_search(
        terms=form.terms(), typed=form.typed(), session=request.session, by=request.user
    )
    return redirect("profiles:results", result=kept)


@require_GET
@needs("search.run")
def results(request: SignedIn, result: uuid.UUID) -> HttpResponse:
    """A kept result, read again as it is now; another session's answers like one no longer kept."""
    kept = request.session.get(actions.KEPT, {}).get(str(result))
    if kept is None:
        return render(request, "profiles/search.html", {"form": SearchForm(), "forgotten": True}, status=404)
    shown = found.results(kept, request.user)
    return render(
        request, "profiles/search.html", {"form": SearchForm(initial=kept["typed"]), "results": shown}
    )


@require_GET
@needs("child.view")
def child(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A child's page, today's or as known on an earlier day. A child out of reach and a missing one get the same answer."""
    form = AsAtForm(request.GET)
    moment = Moment.of(form.day())
    sight = sight_of(request.user)
    looked_at = visible_child(public_id, request.user, sight)
    if looked_at is None and (stands := standing_child(public_id, request.user)):
        return redirect("profiles:child", stands.public_id)
    material = read(looked_at, sight, moment) if looked_at else None
    beside = material.beside if material else []
    actions.look(asked=public_id, child=looked_at, beside=beside, by=request.user, as_at=moment)
    if material is None:
        return render(request, "profiles/no_record.html", status=404)
    before = actions.visit(child=material.child, by=request.user, as_at=moment)
    shown = page.page(material, request.GET.get("show", ""), "all" in request.GET)
    more = {
        "may_relate": may(request.user, "family.write"),
        "may_place": may(request.user, "child.merge"),
        "may_override": may(request.user, "rating.override"),
        "since": since(material, before),
        **reviewed(request.user, material),
    }
    return render(request, "profiles/child.html", {"page": shown, "form": form} | more)


@require_GET
@needs("report.view")
def fairness(request: SignedIn) -> HttpResponse:
    """Whether ratings and their changes fall differently on groups of children; no child is named."""
    return render(
        request, "profiles/fairness.html", unequal.page(*fairness_figures()) | {"late": late_anywhere()}
    )


@require_http_methods(["GET", "POST"])
@needs("rating.override")
def override(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Set a band for a child. A child out of reach and a missing one get the same answer."""
    shown = _looked_at(request, public_id)
    if shown is None:
        return render(request, "profiles/no_record.html", status=404)
    bands = [(code, band.label) for code, band in current_bands().items() if band.from_points is not None]
    form = OverrideForm(request.POST or None, bands=bands)
    if request.method == "POST" and form.is_valid():
        try:
            seen = request.POST.get("seen", "")
            made = overriding.override(child=shown["child"], by=request.user, seen=seen, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The rating you set stands until {longday(made.expires_on)}.")
            return redirect("profiles:child", public_id)
    return _form(request, shown | {"form": form, "title": "Set the rating", "button": "Set this rating"})


@require_http_methods(["GET", "POST"])
@needs("rating.override")
def take_back(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Let the band that is worked out count again."""
    shown = _looked_at(request, public_id)
    if shown is None:
        return render(request, "profiles/no_record.html", status=404)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seen = request.POST.get("seen", "")
            overriding.take_back(child=shown["child"], by=request.user, seen=seen, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The rating that is worked out counts again.")
            return redirect("profiles:child", public_id)
    return _form(request, shown | {"form": form, "title": "End the rating that was set", "button": "End it"})


def _looked_at(request: SignedIn, public_id: uuid.UUID) -> dict[str, Any] | None:
    """The child and its page, the look logged; None where there is none within reach, or the reader sees no ratings."""
    child, sight, now = visible_child(public_id, request.user), sight_of(request.user), Moment.of(None)
    found = child if sight.rating else None
    actions.look(asked=public_id, child=found, by=request.user, as_at=now)
    if found is None:
        return None
    # before the page is read, so that what it shows is at least as new
    seen = overriding.mark(found.pk)
    return {"child": found, "seen": seen, "page": page.page(read(found, sight, now))}


def _form(request: SignedIn, shown: dict[str, Any]) -> HttpResponse:
    return render(request, "profiles/rating.html", shown, status=422 if shown["form"].errors else 200)
