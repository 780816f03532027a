"""The import pages in words: queries and progress in, what a template draws out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.core import words
from apps.core.presenters import Freshness, Step, Tile
from apps.extracts.models import Extract, State
from apps.pipeline.models import Run
from apps.pipeline.progress import Stage
from apps.pipeline.queries import FeedLine, FindingGroup

#: Step name -> (said when done, said while it runs), in the order they come.
STEPS = {
    "stage": ("Read", "reading the file"),
    "validate": ("Checked", "checking each row"),
    "plan": ("Compared with what is known", "matching to children and comparing with what is known"),
    "preview": ("Ratings it would change worked out", "working out which ratings it would change"),
    "undo": ("Put back", "putting back what was before, and applying later files again"),
    "commit": ("Recorded", "recording"),
    "assess": ("Ratings worked out, triage opened", "working out ratings"),
}

NEXT = {
    State.COMMITTED: ("done", "Committed."),
    State.PREVIEWED: ("", "Previewed, nothing saved."),
    State.HELD: ("late", "Held for a person."),
    State.REFUSED: ("stop", "Refused."),
    State.CANCELLED: ("", "Cancelled."),
    State.UNDONE: ("late", "Undone."),
}
STOPPED = (State.REFUSED, State.HELD, State.CANCELLED, State.UNDONE)


@dataclass(frozen=True)
class StageLine:
    """One row of the table of steps."""

    label: str
    state: str
    rows: str
    took: str


@dataclass(frozen=True)
class CountLine:
    """One row of what the file did: None where the column has no meaning for it."""

    what: str
    new: int
    changed: int | None = None
    ended: int | None = None
    same: int | None = None


def freshness(line: FeedLine) -> Freshness:
    """How fresh a feed is, in its agency's name."""
    return Freshness(line.feed.agency.name, line.as_of, line.late)


def feed_tiles(lines: Iterable[FeedLine], to_map: int, questions: int, fields: int = 0) -> list[Tile]:
    """The page's first answer: how many feeds are in time, and what waits for somebody."""
    lines = list(lines)
    late = sum(bool(line.late) for line in lines)
    never = sum(line.as_of is None for line in lines)
    return [
        Tile("Feeds in time", len(lines) - late - never, f"of {len(lines)}"),
        Tile("Late", late, "past the day they are due"),
        Tile("Never came", never, "no file loaded yet"),
        Tile("Held or refused", sum(line.held or line.refused for line in lines), "newest file not in use"),
        Tile("Settings to map", to_map, "codes nobody has named", reverse("pipeline:settings-to-map")),
        Tile("Match questions", questions, "may be the same child", reverse("pipeline:questions")),
        Tile("Fields in question", fields, "agencies disagree", reverse("pipeline:fields")),
    ]


def unfinished(run: Run) -> bool:
    """Whether the page has to go on looking."""
    return run.state in (Run.State.WAITING, Run.State.RUNNING)


def title_of(run: Run) -> str:
    """ "Early help, Mon 16 Nov 2026"."""
    return f"{run.feed.title}, {words.longday(run.extract.as_of)}"


def note_of(run: Run, asked_by: str) -> str:
    """The file's name and size, how it is read, and who sent it when."""
    extract = run.extract
    names = [str(file.get("name", "")) for file in extract.files if isinstance(file, dict)]
    shown = ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
    kind = "full file" if run.extract.is_full else "correction" if run.extract.corrects_id else "changes only"
    return " · ".join(
        part for part in (shown, kind, f"sent {words.moment(extract.received_at)} by {asked_by}") if part
    )


def way(run: Run) -> list[Step]:
    """Received, read, checked, compared, committed: how far this file came."""
    extract = run.extract
    reached = _reached(run)
    rows = f"{extract.rows:,} rows" if extract.rows else ""
    rejected = f"{words.count(extract.rejected, 'row')} rejected" if reached > 2 else ""
    notes = [words.moment(extract.received_at), rows, rejected, "", _ending(run)]
    last = "Committed" if run.commit and run.extract.state != State.PREVIEWED else "Previewed"
    labels = ["Received", "Read", "Checked", "Compared", last]
    return [
        Step(label, _status(index, reached, run), note)
        for index, (label, note) in enumerate(zip(labels, notes, strict=True))
    ]


def _reached(run: Run) -> int:
    state = run.extract.state
    if state in (State.COMMITTED, State.PREVIEWED):
        return 5
    if state == State.HELD:
        return 4
    if state in (State.REFUSED, State.CANCELLED, State.UNDONE):
        return 3 if run.extract.rows else 1
    if run.step in ("commit", "assess"):
        return 4
    return {"stage": 1, "validate": 2}.get(run.step, 3 if run.step else 1)


def _status(index: int, reached: int, run: Run) -> str:
    if index < reached:
        return "done"
    stopped = run.state == Run.State.FAILED or run.extract.state in STOPPED
    return "todo" if index > reached else "stop" if stopped else "now"


def _ending(run: Run) -> str:
    if run.extract.committed_at and run.extract.state == State.COMMITTED:
        return words.moment(run.extract.committed_at)
    ended = {
        State.PREVIEWED: "nothing saved",
        State.HELD: "held",
        State.REFUSED: "nothing changed",
        State.CANCELLED: "cancelled",
        State.UNDONE: "undone",
    }
    return ended.get(State(run.extract.state), "")


def stages(told: Iterable[Stage]) -> list[StageLine]:
    """The table of steps while a run works: those done, the one under way."""
    return [_stage(stage) for stage in told]


def _stage(stage: Stage) -> StageLine:
    over = stage.seconds is not None
    of = f" of about {stage.total:,}" if stage.left else ""
    rows = f"{stage.done:,}{of}" if stage.done else ""
    label = STEPS.get(stage.name, (stage.name.capitalize(), ""))[0]
    return StageLine(
        label,
        "done" if over else "running",
        rows,
        f"{stage.seconds:.1f} s" if stage.seconds is not None else "",
    )


def said(run: Run, told: list[Stage]) -> str:
    """One sentence of where the run is, for the eye and for a screen reader."""
    if run.state == Run.State.WAITING:
        return "Waiting for its turn. You can leave this page."
    now = told[-1].name if told else run.step
    return f"Now {STEPS.get(now, ('', now or 'beginning'))[1]}. You can leave this page."


def outcome(run: Run) -> tuple[str, str, str]:
    """(kind of notice, bold lead, sentence) of a run that is over."""
    kind, lead = NEXT.get(State(run.extract.state), ("stop", "Not loaded."))
    if run.extract.state == State.HELD:
        return kind, lead, "Nothing was changed. Look at it below, then commit it all the same or cancel it."
    told = run.extract.reason if run.extract.state == State.REFUSED else ""
    return kind, lead, run.error or told or _plain(run)


def _plain(run: Run) -> str:
    extract = run.extract
    rows = f"{extract.accepted:,} of {words.count(extract.rows, 'row')}"
    if extract.state == State.COMMITTED:
        return f"{rows} used. This is now what the service knows from {run.feed.agency.name}."
    if extract.state == State.PREVIEWED:
        return f"{rows} could be used. These are the figures a commit would give."
    if extract.state == State.UNDONE:
        return "What this file had brought is as it was before it."
    return "Nothing was changed: the last good file stays in use."


def count_lines(extract: Extract) -> list[CountLine]:
    """What the file did, or would do: children, involvements, sightings, measures."""
    counts = extract.counts or {}
    records, involvements = counts.get("records") or {}, counts.get("involvements") or {}
    if settings := counts.get("settings"):
        return [
            CountLine(
                "Schools and settings",
                settings["new"],
                settings["changed"],
                settings["closed"],
                settings["same"],
            )
        ]
    lines = [
        CountLine("Records of new children", records.get("new", 0)),
        CountLine("Records linked to a known child", records.get("linked", 0)),
        CountLine("Records in question", records.get("question", 0)),
        *(
            [CountLine("Earlier questions that resolve by it", counts["resolved"])]
            if counts.get("resolved")
            else []
        ),
        CountLine(
            "Involvements",
            involvements.get("opened", 0),
            involvements.get("changed", 0),
            involvements.get("ended", 0),
            involvements.get("unchanged", 0),
        ),
        CountLine("Times seen", counts.get("sightings", 0)),
        CountLine("Measures", counts.get("observations", 0)),
    ]
    return lines if "records" in counts else []


def result_tiles(extract: Extract) -> list[Tile]:
    """Rows used and left out, records new and in question, ratings that changed or would."""
    counts = extract.counts or {}
    records = counts.get("records") or {}
    questions = records.get("question", 0)
    return [
        Tile("Rows used", extract.accepted, f"of {extract.rows:,}"),
        Tile("Rows rejected", extract.rejected, "see findings" if extract.rejected else "none"),
        Tile(
            "New records",
            records.get("new", 0) + records.get("linked", 0),
            f"{records.get('linked', 0):,} linked to a known child",
        ),
        Tile(
            "In question",
            questions,
            "may be the same child",
            reverse("pipeline:questions") if questions else "",
        ),
        Tile(
            "Ratings changed" if extract.committed_at else "Ratings would change",
            counts.get("ratings_changed", 0),
            "children",
        ),
    ]


def run_page(
    run: Run, told: list[Stage], findings: list[FindingGroup], before: Extract | None, asked_by: str
) -> dict[str, Any]:
    """Everything the page of one run shows."""
    live = unfinished(run)
    page: dict[str, Any] = {
        "run": run,
        "live": live,
        "title": title_of(run),
        "note": note_of(run, asked_by),
        "way": way(run),
        "said": said(run, told) if live else " ".join(outcome(run)[1:]),
    }
    if live:
        now = told[-1] if told else Stage("")
        cancellable = run.extract.state != State.COMMITTED and not run.cancel_asked
        return page | {
            "cancellable": cancellable,
            "stages": stages(told),
            "now": {"done": now.done, "total": now.total or 0, "left": now.left},
        }
    committed = run.extract.state == State.COMMITTED
    return page | {
        "outcome": outcome(run),
        "tiles": result_tiles(run.extract) if run.extract.rows else [],
        "findings": findings,
        "counts": count_lines(run.extract),
        "counts_title": "What it did" if committed else "What it would do",
        "before": before,
    }
