"""The pages of a feed of any shape: its first file, then its columns; fetch, call one action, respond."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.access.views import needs
from apps.core.errors import Refused
from apps.extracts.actions import add_feed
from apps.extracts.models import Extract, Feed
from apps.pipeline import tasks
from apps.pipeline.mapping import actions, queries
from apps.pipeline.mapping.forms import MapForm
from apps.pipeline.mapping.starting import StartForm


@require_http_methods(["GET", "POST"])
@needs("import.run")
def start(request: HttpRequest) -> HttpResponse:
    """Send a file of a feed whose columns are mapped here, or of a new one."""
    form = StartForm(request.POST or None, request.FILES or None, initial={"feed": request.GET.get("feed")})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("pipeline:map", _received(request, form).pk)
        except Refused as refusal:
            form.add_error("files", str(refusal))
    context = {"form": form, "waiting": queries.all_waiting()}
    return render(request, "pipeline/mapping_start.html", context, status=422 if form.errors else 200)


def _received(request: HttpRequest, form: StartForm) -> Extract:
    given = form.cleaned_data
    files = [(file.name or "", file.file) for file in given["files"]]
    feed = given["feed"] or _new_feed(request, form)
    form.keep(feed)
    return actions.receive(feed=feed, files=files, as_of=given["as_of"], by=request.user)


def _new_feed(request: HttpRequest, form: StartForm) -> Feed:
    given = form.cleaned_data
    return add_feed(title=given["title"], agency=given["agency"], by=request.user, **form.options())


@require_http_methods(["GET", "POST"])
@needs("import.run")
def columns(request: HttpRequest, extract_id: int) -> HttpResponse:
    """Say what the columns and values of a waiting file mean; saved as the feed's next version."""
    extract = queries.waiting(extract_id)
    if extract is None:
        raise Http404
    try:
        look = actions.look(extract=extract, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("pipeline:map-start")
    form = MapForm(request.POST or None, extract=extract, look=look)
    wanted = request.POST.get("do") == "save"
    if wanted and form.is_valid():
        run = actions.save(extract=extract, **form.spec(), by=request.user)
        tasks.run_extract.delay_on_commit(run.pk)  # type: ignore[attr-defined]
        return redirect("pipeline:run", run.pk)
    context = {"form": form, "extract": extract, "tell": wanted}
    return render(request, "pipeline/mapping.html", context, status=422 if wanted else 200)
