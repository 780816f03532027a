"""How complete the agencies' files are: fetch, call one action, respond."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.access.queries import may
from apps.access.views import needs
from apps.core.errors import Refused
from apps.pipeline.quality import actions, presenters, queries

TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}


@require_GET
@needs("quality.view")
def quality(request: HttpRequest) -> HttpResponse:
    """Every feed: how old, how complete, what was found, what waits."""
    page = presenters.index(queries.lines(), may(request.user, "child.view"))
    return render(request, "pipeline/quality.html", page)


@require_GET
@needs("quality.view")
def feed_quality(request: HttpRequest, code: str) -> HttpResponse:
    """One feed, field by field and file by file."""
    found = queries.lines(code)
    if not found:
        raise Http404
    page = presenters.one(found[0], queries.over_time(code), may(request.user, "child.view"))
    return render(
        request, "pipeline/feed_quality.html", page | {"may_export": may(request.user, "quality.export")}
    )


@require_GET
@needs("quality.export")
def lacking(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A file of what a feed's records lack, for the agency that sends it."""
    feed = queries.feed(code)
    if feed is None or kind not in actions.KINDS:
        raise Http404
    try:
        content = actions.take_lacking(feed=feed, kind=kind, by=request.user)
    except Refused as refusal:
        raise Http404 from refusal
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="lacking-{feed.code}.{kind}"'
    return answer
