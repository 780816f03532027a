"""Pages of the types of review: fetch, call one action, respond."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.views import needs
from apps.core.errors import Refused
from apps.reviews import actions, machine, pages, queries
from apps.reviews.models import ReviewType
from apps.reviews.views.found import SignedIn, or_404


@require_GET
@needs("review.configure")
def types(request: SignedIn) -> HttpResponse:
    """The types there are."""
    page = {"types": queries.types(), "required": machine.REQUIRED}
    return render(request, "reviews/types.html", page)


@require_http_methods(["GET", "POST"])
@needs("review.configure")
def new_type(request: SignedIn) -> HttpResponse:
    """One more."""
    return _kept(request, None)


@require_http_methods(["GET", "POST"])
@needs("review.configure")
def edit_type(request: SignedIn, pk: int) -> HttpResponse:
    """Change one."""
    return _kept(request, or_404(queries.type_of(pk)))


def _kept(request: SignedIn, type: ReviewType | None) -> HttpResponse:
    page = pages.type_page(type, request.POST if request.method == "POST" else None)
    form = page["form"]
    if form.is_bound and form.is_valid():
        try:
            kept = actions.save_type(type=type, by=request.user, **form.cleaned_data)
            messages.success(request, f"“{kept.name}” is kept. What is under way keeps what it was asked.")
            return redirect("reviews:types")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "reviews/type.html", page, status=422 if form.errors else 200)
