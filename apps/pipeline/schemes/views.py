"""The pages of rating schemes: fetch, call one action, respond."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.queries import may
from apps.access.views import needs, refuse
from apps.children import ethnicities
from apps.core.errors import Refused
from apps.core.words import longday, moment
from apps.involvements.catalogue import SERVICES
from apps.pipeline import tasks
from apps.pipeline.looks import look_at_what_if
from apps.pipeline.schemes import atrs, presenters, queries
from apps.pipeline.schemes.forms import ApprovalForm, BandForm, DraftForm, RuleForm, SourcesForm
from apps.ragp import actions, install
from apps.ragp.drafting import ranked, want_of_sources
from apps.ragp.models import Scheme
from apps.ragp.presenters import explain
from apps.ragp.queries import current_scheme, sight_of

A_PAGE = 50
NOUNS = {
    "Service": {service.code: service.name for service in SERVICES.values()},
    "Age": {f"{year:02}": str(year) for year in range(27)},
    "Ethnicity": ethnicities.NAMES,
    "Sex": {"F": "Female", "M": "Male", "I": "Indeterminate", "U": "Not known"},
}


@require_GET
@needs("scheme.view")
def index(request: HttpRequest) -> HttpResponse:
    """Every scheme, and what became of it."""
    live = current_scheme()
    rows = [(each, presenters.state_of(each, live)) for each in queries.schemes()]
    return render(
        request, "schemes/index.html", {"rows": rows, "may_write": may(request.user, "scheme.write")}
    )


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
    page = {"form": form, "title": "Draft a scheme", "button": "Begin the draft", "multipart": True}
    return render(request, "schemes/form.html", page, status=422 if form.errors else 200)


@require_GET
@needs("scheme.view")
def scheme(request: HttpRequest, version: str) -> HttpResponse:
    """A scheme read back, and what it would do to everybody."""
    sheet = _found(version)
    data = install.exported(sheet.scheme)
    is_draft = sheet.scheme.state == Scheme.State.DRAFT
    named = may(request.user, "child.view")
    asked = sheet.asked
    page: dict[str, Any] = {
        "sheet": sheet,
        "state": presenters.state_of(sheet.scheme, sheet.live),
        "lines": presenters.lines(data),
        "want": want_of_sources(data, {band.code: band.label for band in sheet.bands}),
        "is_draft": is_draft,
        "may_write": is_draft and may(request.user, "scheme.write"),
        "may_approve": is_draft and may(request.user, "scheme.approve"),
        "own": request.user.pk in (sheet.scheme.written_by, *sheet.scheme.authors),
        "tried": is_draft and install.tried(sheet.scheme),
        "waiting": asked is not None and asked.done_at is None,
        "named": named,
        "bands": [(each, presenters.mark(each)) for each in sheet.bands],
    }
    if asked and asked.done_at:
        page["asked"] = asked
        page["matrix"] = presenters.matrix(asked, sheet.bands, sheet.live_bands, named)
        page["groups"] = presenters.groups(asked, named, NOUNS)
        page["weeks"] = [
            (date.fromisoformat(on), *(presenters.figure(n, named) for n in numbers))
            for on, *numbers in asked.weeks
        ]
    return render(request, "schemes/scheme.html", page)


@require_http_methods(["GET", "POST"])
@needs("scheme.write")
def rule(request: HttpRequest, version: str, code: str = "") -> HttpResponse:
    """Write, change or take out one rule of a draft."""
    sheet = _draft(version)
    data = install.exported(sheet.scheme)
    there = next((each for each in data["rules"] if each["code"] == code), None)
    if code and there is None:
        raise Http404
    bands = [(band.code, band.label) for band in sheet.bands if band.from_points is not None]
    before = dict(there or {}) | {"categories": ", ".join((there or {}).get("categories", []))}
    form = RuleForm(request.POST or None, initial=before, bands=bands)
    others = [each for each in data["rules"] if each is not there]
    if request.method == "POST" and "remove" in request.POST and there:
        return _changed(request, sheet, data | {"rules": others}, form, "Rule")
    if request.method == "POST" and form.is_valid():
        given = {k: v for k, v in form.cleaned_data.items() if v not in (None, "", [])}
        mine = given | {"code": code or _free(slugify(given["sentence"]), others)}
        return _changed(request, sheet, data | {"rules": [*others, mine]}, form, "Rule")
    page = _form_page(sheet, form, there["sentence"] if there else "A new rule") | {"removable": bool(there)}
    return render(request, "schemes/form.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs("scheme.write")
def band(request: HttpRequest, version: str, code: str = "") -> HttpResponse:
    """Write, change or take out one band of a draft; its place follows from its points."""
    sheet = _draft(version)
    data = install.exported(sheet.scheme)
    there = next((each for each in data["bands"] if each["code"] == code), None)
    if code and there is None:
        raise Http404
    form = BandForm(request.POST or None, initial=there)
    others = [each for each in data["bands"] if each is not there]
    removable = bool(there and there["from_points"] is not None)
    if request.method == "POST" and "remove" in request.POST and removable:
        return _changed(request, sheet, data | {"bands": ranked(others)}, form, "Band")
    if request.method == "POST" and form.is_valid():
        mine = form.cleaned_data | {"code": code or _free(slugify(form.cleaned_data["label"])[:16], others)}
        return _changed(request, sheet, data | {"bands": ranked([*others, mine])}, form, "Band")
    page = _form_page(sheet, form, there["label"] if there else "A new band") | {
        "removable": removable,
        "what": "band",
    }
    return render(request, "schemes/form.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs("scheme.write")
def sources(request: HttpRequest, version: str) -> HttpResponse:
    """Say when a rating of a draft is not given for want of a fresh source."""
    sheet = _draft(version)
    data = install.exported(sheet.scheme)
    bands = [(band.code, band.label) for band in sheet.bands if band.from_points is not None]
    form = SourcesForm(request.POST or None, initial=data, bands=bands)
    if request.method == "POST" and form.is_valid():
        return _changed(request, sheet, data | form.cleaned_data, form, "Condition")
    page = _form_page(sheet, form, "Not rated for want of a fresh source")
    return render(request, "schemes/form.html", page, status=422 if form.errors else 200)


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
    sheet = _draft(version)
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
    page = _form_page(sheet, form, f"Approve scheme {version}", "Approve it")
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
    sheet = queries.sheet(version)
    if sheet is None:
        raise Http404
    return sheet


def _draft(version: str) -> queries.Sheet:
    """A scheme that can still be changed."""
    sheet = _found(version)
    if sheet.scheme.state != Scheme.State.DRAFT:
        raise Http404
    return sheet


def _changed(
    request: HttpRequest, sheet: queries.Sheet, data: dict[str, Any], form: forms.Form, what: str
) -> HttpResponse:
    try:
        install.change(scheme=sheet.scheme, data=data, by=request.user)
    except Refused as refusal:
        form.is_valid()
        form.add_error(None, str(refusal))
        page = _form_page(sheet, form, what)
        return render(request, "schemes/form.html", page, status=422)
    messages.success(request, f"{what} kept. Try the draft on everybody before it is approved.")
    return redirect("schemes:scheme", sheet.scheme.version)


def _form_page(sheet: queries.Sheet, form: forms.Form, title: str, button: str = "Keep it") -> dict[str, Any]:
    return {"form": form, "title": title, "button": button, "sheet": sheet}


def _free(code: str, others: list[dict[str, Any]]) -> str:
    """A code for a new rule that no other has."""
    taken, base, number = {each["code"] for each in others}, code[:36] or "rule", 2
    code = base
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code
