"""Sealed links: fetch what is visible, call one action, respond."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.queries import may
from apps.access.views import needs
from apps.core.errors import Refused
from apps.matching import sealing
from apps.matching.models import SealedLink
from apps.pipeline import tasks
from apps.pipeline.looks import look_at_sealed
from apps.pipeline.sealed import queries
from apps.pipeline.sealed.forms import SealForm


@require_GET
@needs("sealed.view")
def links(request: HttpRequest) -> HttpResponse:
    """The links one is named on, and, for keepers, those that wait."""
    found = queries.links()
    return render(request, "sealed/links.html", {"links": found, "keeps": may(request.user, "sealed.keep")})


@require_GET
@needs("sealed.view")
def link(request: HttpRequest, link_id: int) -> HttpResponse:
    """One link with both identities; each look is recorded without a name."""
    return _page(request, _found(link_id))


@require_http_methods(["GET", "POST"])
@needs("sealed.keep")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a link for a second keeper to confirm."""
    form = SealForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = sealing.propose(**form.cleaned_data, by=request.user)
            return redirect("sealed:link", made.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "sealed/propose.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@needs("sealed.keep")
def confirm(request: HttpRequest, link_id: int) -> HttpResponse:
    """Confirm another keeper's proposal."""
    found = _found(link_id)
    try:
        sealing.confirm(link=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("sealed:link", link_id)
    # The web names nobody on a link: the pipeline seals what was confirmed
    tasks.seal_link.delay_on_commit(link_id)  # type: ignore[attr-defined]
    messages.success(request, "Confirmed. In a moment only the people named on it see it.")
    return redirect("sealed:links")


def _page(request: HttpRequest, found: SealedLink) -> HttpResponse:
    look_at_sealed(found.pk, by=request.user)
    return render(
        request,
        "sealed/link.html",
        {
            "link": found,
            "sides": queries.identities(found),
            "people": queries.people(found),
            "may_confirm": may(request.user, "sealed.keep")
            and not found.confirmed_by
            and found.proposed_by != request.user.pk,
        },
    )


def _found(link_id: int) -> SealedLink:
    found = queries.link(link_id)
    if found is None:
        raise Http404
    return found
