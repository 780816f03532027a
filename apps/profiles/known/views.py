"""Is this child known? By POST, so that no name is in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from apps.access.views import needs
from apps.involvements.queries import late_for
from apps.profiles.known.actions import ask
from apps.profiles.known.forms import KnownForm
from apps.profiles.presenters.home import note_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs("known.ask")
def known(request: HttpRequest) -> HttpResponse:
    """The form, and beside it whom the person may be."""
    form = KnownForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "profiles/known.html", {"form": form}, status=422 if form.errors else 200)
    found = ask(person=form.person(), typed=form.typed(), by=request.user)
    rows = [(each, note_of(each.child)) for each in found]
    late = late_for(request.user)
    return render(request, "profiles/known.html", {"form": form, "asked": True, "rows": rows, "late": late})
