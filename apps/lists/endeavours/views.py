"""What a setting says of one child: fetch, log the look, respond. Keeping it starts a worker, so that is above."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.views import needs
from apps.lists.actions import opened
from apps.lists.endeavours import pages, queries
from apps.lists.endeavours.forms import DatedForm
from apps.lists.models import Entry, WeeklyList
from apps.lists.views import of_open_list


@require_GET
@needs("list.view")
@of_open_list
def child(request: HttpRequest, listed: WeeklyList, pk: int) -> HttpResponse:
    """The child's risk assessment, whether it is expected, and attempts to reach somebody."""
    return shown(request, listed, entry_of(listed, pk))


def entry_of(listed: WeeklyList, pk: int) -> Entry:
    """A child of the list."""
    entry = queries.entry_on(listed, pk)
    if entry is None:
        raise Http404
    return entry


def shown(
    request: HttpRequest, listed: WeeklyList, entry: Entry, bound: dict[str, DatedForm] | None = None
) -> HttpResponse:
    """The page, also with what could not be kept."""
    opened(listed=listed, entries=[entry], by=request.user)
    page = pages.child_page(listed, entry, bound)
    return render(request, "lists/child.html", page, status=422 if bound else 200)
