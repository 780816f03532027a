"""The import pages: fetch, call one action, respond."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.queries import may
from apps.access.views import needs
from apps.agencies.models import SettingAlias
from apps.children import queries as children
from apps.core.errors import Refused
from apps.extracts.models import State
from apps.matching import queries as matching
from apps.pipeline import actions, presenters, progress, queries, tasks
from apps.pipeline.forms import MappingForm, UploadForm
from apps.pipeline.life import presenters as said
from apps.pipeline.life import queries as life
from apps.pipeline.looks import look_at_moves
from apps.pipeline.models import Run
from apps.profiles.presenters.home import bands as marks

ALIASES_A_PAGE = 25
#: States in which a file has been worked out and waits for a person.
LOOKED_AT = (State.PREVIEWED, State.HELD)


@require_GET
@needs("import.view")
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed: fresh, late or never, what is held, and the newest runs."""
    lines = queries.feed_lines()
    to_map, asked = len(queries.settings_to_map()), matching.open_count()
    disagreed = children.open_fields().count()
    return render(request, "pipeline/feeds.html", {
        "tiles": presenters.feed_tiles(lines, to_map, asked, disagreed),
        "lines": [(line, presenters.freshness(line)) for line in lines],
        "runs": queries.recent_runs(),
        "may_run": may(request.user, "import.run"),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("import.run")
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a feed and its files; the run starts once they are received."""
    form = UploadForm(request.POST or None, request.FILES or None, initial={"feed": request.GET.get("feed")})
    if request.method == "POST" and form.is_valid():
        try:
            return _started(request, _received(request, form))
        except Refused as refusal:
            form.add_error("files", str(refusal))
    return render(request, "pipeline/upload.html", {"form": form}, status=422 if form.errors else 200)


def _received(request: HttpRequest, form: UploadForm) -> Run:
    given = form.cleaned_data
    files = [(file.name or "", file.file) for file in given["files"]]
    return actions.request(
        feed=given["feed"], files=files, as_of=given["as_of"], by=request.user, commit=not given["preview"]
    )


def _started(request: HttpRequest, run: Run) -> HttpResponse:
    tasks.run_extract.delay_on_commit(run.pk)  # type: ignore[attr-defined]
    return redirect("pipeline:run", run.pk)


@require_GET
@needs("import.view")
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """One run: how far it is, then what it did and found."""
    shown = queries.run_to_show(run_id)
    if shown is None:
        raise Http404
    findings, before = queries.findings_by_code(shown.extract), queries.commit_before(shown)
    page = presenters.run_page(
        shown, progress.so_far(run_id), findings, before, queries.name_of(shown.requested_by)
    )
    if not page["live"]:
        page |= _life(request, shown)
    return render(request, "pipeline/run.html", page)


def _life(request: HttpRequest, run: Run) -> dict[str, Any]:
    """What a file that nobody works on would move, what was done with it, and what can be done next."""
    extract, bands = run.extract, marks()
    waits = extract.state in LOOKED_AT
    moves = queries.children_who_move(extract, request.user) if waits else []
    look_at_moves(extract, [child.pk for child, _, _ in moves], by=request.user)
    matrix = said.matrix(queries.rating_moves(extract), bands) if waits else None
    return {
        "extract": extract,
        "reasons": extract.reason.splitlines() if waits else [],
        "why": "Why it is held" if extract.state == State.HELD else "What speaks against it",
        "offer": queries.undo_offer(extract),
        "may_run": may(request.user, "import.run"),
        "correctable": may(request.user, "import.run")
        and extract.rejected
        and extract.state == State.COMMITTED,
        "may_release": may(request.user, "import.release"),
        "releasers": life.may_release() if waits and extract.reason else [],
        "matrix": matrix,
        "movers": said.movers(moves, bands),
        "movers_said": said.movers_said(len(moves), matrix["total"]) if matrix else "",
        "works": said.works(life.works(extract)),
        "kept": extract.counts.get("kept", []) if extract.state == State.UNDONE else [],
    }


@require_GET
@needs("setting.map")
def settings_to_map(request: HttpRequest) -> HttpResponse:
    """Codes of schools nobody has named yet."""
    return _settings_page(request, Paginator(queries.settings_to_map(), ALIASES_A_PAGE))


def _settings_page(request: HttpRequest, pages: Paginator, failed: MappingForm | None = None) -> HttpResponse:
    choices = [(str(pk), name) for pk, name in queries.settings_open().values_list("pk", "name")]
    page = pages.get_page(request.GET.get("page"))
    rows = [(asked, _mapping_form(asked.alias, choices, failed)) for asked in page]
    context = {"page": page, "rows": rows, "failed": failed, "known": len(choices)}
    return render(request, "pipeline/settings_to_map.html", context, status=422 if failed else 200)


def _mapping_form(
    alias: SettingAlias, choices: list[tuple[str, str]], failed: MappingForm | None
) -> MappingForm:
    return failed if failed and failed.alias == alias else MappingForm(alias=alias, settings=choices)


@require_POST
@needs("setting.map")
def map_setting(request: HttpRequest, alias_id: int) -> HttpResponse:
    """Say which setting a code means; asked once, remembered."""
    alias = queries.alias_to_map(alias_id)
    if alias is None:
        raise Http404
    form = MappingForm(request.POST, alias=alias)
    if not form.is_valid():
        return _settings_page(request, Paginator(queries.settings_to_map(), ALIASES_A_PAGE), failed=form)
    setting = form.cleaned_data["setting"]
    # The web may not write involvements: the pipeline settles the rows that waited
    tasks.map_setting.delay_on_commit(alias.pk, setting.pk, request.user.pk)  # type: ignore[attr-defined]
    messages.success(request, f"{alias.code} is {setting.name}. Its children join that setting's roll now.")
    return redirect("pipeline:settings-to-map")


@require_GET
@needs("setting.map")
def settings_answered(request: HttpRequest) -> HttpResponse:
    """What codes were said to mean, so that a wrong answer can be taken back."""
    page = Paginator(queries.settings_answered(), ALIASES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pipeline/settings_answered.html", {"page": page})


@require_POST
@needs("setting.map")
def ask_setting_again(request: HttpRequest, alias_id: int) -> HttpResponse:
    """Take back what a code was said to mean: another setting sees its children until then."""
    alias = queries.alias_answered(alias_id)
    if alias is None:
        raise Http404
    tasks.take_back_setting.delay_on_commit(alias.pk, alias.setting_id, request.user.pk)  # type: ignore[attr-defined]
    messages.success(request, f"{alias.code} is asked again. Its children leave that setting's roll now.")
    return redirect("pipeline:settings-to-map")
