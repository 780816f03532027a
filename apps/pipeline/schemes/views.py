"""The pages of rating schemes: fetch, call one action, respond."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.queries import may
from apps.access.views import needs, refuse
from apps.core.errors import Refused
from apps.core.words import longday, moment
from apps.pipeline import tasks
from apps.pipeline.looks import look_at_what_if
from apps.pipeline.schemes import atrs, presenters, queries
from apps.pipeline.schemes.forms import ApprovalForm
from apps.ragp import actions, install
from apps.ragp.drafting import want_of_sources
from apps.ragp.presenters import explain
from apps.ragp.queries import current_scheme, sight_of

A_PAGE = 50


@require_GET
@needs("scheme.view")
def index(request: HttpRequest) -> HttpResponse:
    """Every scheme, and what became of it."""
    live = current_scheme()
    rows = [(each, presenters.state_of(each, live)) for each in queries.schemes()]
    return render(
        request, "schemes/index.html", {"rows": rows, "may_write": may(request.user, "scheme.write")}
    )


@require_GET
@needs("scheme.view")
def scheme(request: HttpRequest, version: str) -> HttpResponse:
    """A scheme read back, and what it would do to everybody."""
    sheet = _found(version)
    data = install.exported(sheet.scheme)
    named = may(request.user, "child.view")
    page = {
        "sheet": sheet,
        "state": presenters.state_of(sheet.scheme, sheet.live),
        "lines": presenters.lines(data),
        "want": want_of_sources(data, {band.code: band.label for band in sheet.bands}),
        "is_draft": sheet.is_draft,
        "may_write": sheet.is_draft and may(request.user, "scheme.write"),
        "may_approve": sheet.is_draft and may(request.user, "scheme.approve"),
        "own": request.user.pk in (sheet.scheme.written_by, *sheet.scheme.authors),
        "tried": sheet.is_draft and install.tried(sheet.scheme),
        "named": named,
        "bands": [(each, presenters.mark(each)) for each in sheet.bands],
    }
    return render(request, "schemes/scheme.html", page | presenters.tried(sheet, named))


@require_POST
@needs("scheme.write")
def try_it(request: HttpRequest, version: str) -> HttpResponse:
    """Try a draft on everybody; a worker does it."""
    sheet = _found(version)
    try:
        asked = actions.ask_what_if(scheme=sheet.scheme, by=request.user)
        tasks.what_if.delay_on_commit(asked.pk)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("schemes:scheme", version)


@require_GET
@needs("scheme.view")
def moves(request: HttpRequest, version: str) -> HttpResponse:
    """The children a scheme would move, of those the reader may see."""
    sheet = _found(version)
    if not may(request.user, "child.view"):
        refuse(request, "child.view")
    if sheet.asked is None:
        raise Http404
    page = Paginator(queries.moves(sheet.asked, request.user), A_PAGE).get_page(request.GET.get("page"))
    look_at_what_if(sheet.scheme.version, [each.child_id for each in page], by=request.user)
    was, now = presenters.marks(sheet.live_bands), presenters.marks(sheet.bands)
    sight = sight_of(request.user)
    rows = [
        (
            each.child,
            was[each.from_band],
            now[each.to_band],
            ", ".join(explain(each, sight).lines) or "nothing that counts",
        )
        for each in page
    ]
    shown = {"sheet": sheet, "page": page, "rows": rows, "worked_out": moment(sheet.asked.done_at)}
    return render(request, "schemes/moves.html", shown)


@require_http_methods(["GET", "POST"])
@needs("scheme.approve")
def approve(request: HttpRequest, version: str) -> HttpResponse:
    """Let somebody else's draft go live from a day on."""
    sheet = _or_404(queries.draft(version))
    form = ApprovalForm(request.POST or None, initial={"seen": install.mark(sheet.scheme)})
    if request.method == "POST" and form.is_valid():
        try:
            found = install.approve(scheme=sheet.scheme, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            tasks.assess_due.delay_on_commit()  # type: ignore[attr-defined]
            messages.success(request, f"Approved: live from {longday(found.live_from)}.")
            return redirect("schemes:scheme", version)
    page = {"form": form, "title": f"Approve scheme {version}", "button": "Approve it", "sheet": sheet}
    return render(request, "schemes/form.html", page, status=422 if form.errors else 200)


@require_POST
@needs("scheme.write")
def drop(request: HttpRequest, version: str) -> HttpResponse:
    """Put a draft away."""
    sheet = _found(version)
    try:
        install.drop(scheme=sheet.scheme, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("schemes:index")


@require_GET
@needs("scheme.view")
def export(request: HttpRequest, version: str) -> HttpResponse:
    """The scheme as the one file it travels in."""
    answer = JsonResponse(
        install.exported(_found(version).scheme), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    answer["Content-Disposition"] = f'attachment; filename="rating-scheme-{version}.json"'
    return answer


@require_GET
@needs("scheme.view")
def notice(request: HttpRequest, version: str) -> HttpResponse:
    """What the public is told, made from the scheme itself."""
    sheet, sections = _record(version)
    return render(request, "schemes/notice.html", {"sheet": sheet, "parts": atrs.notice(sections)})


@require_GET
@needs("scheme.view")
def record(request: HttpRequest, version: str) -> HttpResponse:
    """The algorithmic transparency record, with the fields that the authority has still to fill in."""
    sheet, sections = _record(version)
    return render(
        request,
        "schemes/record.html",
        {"sheet": sheet, "sections": sections, "missing": atrs.missing(sections)},
    )


def _record(version: str) -> tuple[queries.Sheet, list[atrs.Section]]:
    sheet = _found(version)
    known = atrs.Known(
        sheet.scheme,
        install.exported(sheet.scheme),
        presenters.state_of(sheet.scheme, sheet.live),
        settings.COUNCIL_NAME,
        queries.sources_of(sheet.scheme),
        queries.agreements_in_force(),
        sheet.asked,
    )
    return sheet, atrs.record(known, settings.VCDB_TRANSPARENCY)


def _found(version: str) -> queries.Sheet:
    return _or_404(queries.sheet(version))


def _or_404(sheet: queries.Sheet | None) -> queries.Sheet:
    if sheet is None:
        raise Http404
    return sheet
