"""What the pages of a run say at every stage of it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from apps.extracts.models import Extract, Feed, State
from apps.pipeline import presenters
from apps.pipeline.life.presenters import movers_said
from apps.pipeline.models import Run
from apps.pipeline.progress import Stage

RECEIVED = datetime(2026, 11, 16, 9, 4, tzinfo=UTC)
COUNTS = {
    "records": {"new": 7, "linked": 1204, "question": 2},
    "involvements": {"opened": 5, "changed": 4, "ended": 3, "unchanged": 2000},
    "sightings": 9, "observations": 8, "ratings_changed": 6,
}  # fmt: skip


def a_run(state=State.RECEIVED, run_state=Run.State.RUNNING, step="", commit=True, full=True, **fields):
    feed = Feed(code="early_help", title="Early help", every_days=7, is_full=full)
    feed._state.fields_cache["agency"] = SimpleNamespace(name="Early help service", pk=None)
    own = {
        "files": [{"name": "eh.csv"}],
        "received_at": RECEIVED,
        "rows": 0,
        "accepted": 0,
        "rejected": 0,
        "counts": {},
    }
    extract = Extract(feed=feed, as_of=date(2026, 11, 16), state=state, **(own | fields))
    return Run(extract=extract, feed=feed, state=run_state, step=step, commit=commit)


# the head of the page


@pytest.mark.parametrize(
    ("names", "full", "said"),
    [
        (["eh.csv"], True, "eh.csv · full file · sent Mon 16 Nov 2026, 09:04 by Noor"),
        (["a.csv", "b.csv"], False, "a.csv, b.csv · changes only · sent Mon 16 Nov 2026, 09:04 by Noor"),
        (["a", "b", "c", "d"], True, "a, b and 2 more · full file · sent Mon 16 Nov 2026, 09:04 by Noor"),
        ([], True, "full file · sent Mon 16 Nov 2026, 09:04 by Noor"),
    ],
)
def test_the_note_says_which_files_came_from_whom(names, full, said):
    assert presenters.note_of(a_run(full=full, files=[{"name": name} for name in names]), "Noor") == said


def test_a_file_without_a_name_does_not_break_the_note():
    assert presenters.note_of(a_run(files=["odd", {}]), "Noor").endswith("by Noor")


def test_a_run_is_titled_by_feed_and_day():
    assert presenters.title_of(a_run()) == "Early help, Mon 16 Nov 2026"


def notes(run):
    return {step.label: step.note for step in presenters.way(run)}


@pytest.mark.parametrize(
    ("rejected", "said"), [(0, "0 rows rejected"), (1, "1 row rejected"), (12, "12 rows rejected")]
)
def test_the_way_counts_what_was_read_and_rejected(rejected, said):
    told = notes(a_run(State.COMMITTED, Run.State.DONE, rows=1204, rejected=rejected, committed_at=RECEIVED))
    assert told == {
        "Received": "Mon 16 Nov 2026, 09:04", "Read": "1,204 rows", "Checked": said, "Compared": "",
        "Committed": "Mon 16 Nov 2026, 09:04",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "label", "said"),
    [
        (State.PREVIEWED, "Previewed", "nothing saved"),
        (State.HELD, "Committed", "held"),
        (State.REFUSED, "Committed", "nothing changed"),
    ],
)
def test_the_end_of_the_way_says_what_became_of_it(state, label, said):
    assert notes(a_run(state, Run.State.DONE, commit=state != State.PREVIEWED))[label] == said


@pytest.mark.parametrize("step", ["", "stage", "validate", "plan", "commit", "assess", "tidy"])
@pytest.mark.parametrize("state", [Run.State.RUNNING, Run.State.FAILED])
def test_exactly_one_step_of_an_unfinished_run_is_the_present_one(step, state):
    statuses = [each.status for each in presenters.way(a_run(run_state=state, step=step))]
    assert statuses.count("now") + statuses.count("stop") == 1
    assert statuses == sorted(statuses, key=["done", "now", "stop", "todo"].index)
    assert ("stop" in statuses) is (state == Run.State.FAILED)


# while it runs


@pytest.mark.parametrize(
    ("stage", "shown"),
    [
        (Stage("stage", 5000, 1204), ("Read", "running", "1,204 of about 5,000", "")),
        (Stage("stage", 1000, 1204), ("Read", "running", "1,204", "")),
        (Stage("stage", None, 1204), ("Read", "running", "1,204", "")),
        (Stage("stage", 5000, 5000, seconds=1.25), ("Read", "done", "5,000", "1.2 s")),
        (Stage("plan"), ("Compared with what is known", "running", "", "")),
        (Stage("tidy", seconds=0.0), ("Tidy", "done", "", "0.0 s")),
    ],
)
def test_a_step_in_the_table(stage, shown):
    [line] = presenters.stages([stage])
    assert (line.label, line.state, line.rows, line.took) == shown


@pytest.mark.parametrize(
    ("told", "step", "said"),
    [
        ([Stage("stage"), Stage("validate")], "stage", "Now checking each row."),
        ([], "commit", "Now recording."),
        ([], "", "Now beginning."),
        ([], "tidy", "Now tidy."),
    ],
)
def test_one_sentence_says_where_the_run_is(told, step, said):
    assert presenters.said(a_run(step=step), told) == f"{said} You can leave this page."


def test_a_waiting_run_says_so_whatever_was_told():
    assert presenters.said(a_run(run_state=Run.State.WAITING), [Stage("stage")]).startswith(
        "Waiting for its turn."
    )


# when it is over


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"rows": 10, "accepted": 9},
            "9 of 10 rows used. This is now what the service knows from Early help service.",
        ),
        (
            {"rows": 1, "accepted": 1},
            "1 of 1 row used. This is now what the service knows from Early help service.",
        ),
    ],
)
def test_the_outcome_has_the_reason_or_the_figures(fields, said):
    assert presenters.outcome(a_run(State.COMMITTED, Run.State.DONE, **fields)) == (
        "done",
        "Committed.",
        said,
    )


def test_a_preview_says_that_nothing_was_saved():
    kind, lead, said = presenters.outcome(a_run(State.PREVIEWED, Run.State.DONE, rows=10, accepted=9))
    assert (kind, lead) == ("", "Previewed, nothing saved.")
    assert said == "9 of 10 rows could be used. These are the figures a commit would give."


def lines(extract):
    return {
        line.what: (line.new, line.changed, line.ended, line.same) for line in presenters.count_lines(extract)
    }


def test_what_a_file_did_is_counted_line_by_line():
    assert lines(Extract(counts=COUNTS)) == {
        "Records of new children": (7, None, None, None),
        "Records linked to a known child": (1204, None, None, None),
        "Records in question": (2, None, None, None),
        "Involvements": (5, 4, 3, 2000),
        "Times seen": (9, None, None, None),
        "Measures": (8, None, None, None),
    }


@pytest.mark.parametrize("counts", [{}, None, {"sightings": 3}])
def test_a_file_that_never_came_to_a_plan_has_no_counts(counts):
    assert presenters.count_lines(Extract(counts=counts)) == []


def tiles(**fields):
    own = {"rows": 10, "accepted": 9, "rejected": 1, "counts": COUNTS}
    return {tile.label: tile for tile in presenters.result_tiles(Extract(**(own | fields)))}


def test_a_preview_says_what_would_change_and_a_commit_what_has():
    assert "Ratings would change" in tiles()
    assert "Ratings changed" in tiles(committed_at=RECEIVED)


def test_the_figures_of_a_result_and_where_they_lead():
    shown = tiles(committed_at=RECEIVED)
    assert {label: tile.figure for label, tile in shown.items()} == {
        "Rows used": 9, "Rows rejected": 1, "New records": 1211, "In question": 2, "Ratings changed": 6,
    }  # fmt: skip
    assert (shown["New records"].note, shown["Rows rejected"].note) == (
        "1,204 linked to a known child",
        "see findings",
    )
    assert shown["In question"].href and not tiles(counts={})["In question"].href
    assert tiles(rejected=0)["Rows rejected"].note == "none"


@pytest.mark.parametrize(
    ("state", "run_state", "live", "title"),
    [
        (State.RECEIVED, Run.State.RUNNING, True, None),
        (State.COMMITTED, Run.State.DONE, False, "What it did"),
        (State.PREVIEWED, Run.State.DONE, False, "What it would do"),
    ],
)
def test_the_page_shows_steps_while_it_runs_and_counts_after(state, run_state, live, title):
    page = presenters.run_page(
        a_run(state, run_state, rows=3, counts=COUNTS), [Stage("stage", 9, 4)], [], None, "Noor"
    )
    assert (page["live"], page.get("counts_title")) == (live, title)
    assert ("stages" in page, "tiles" in page) == (live, not live)
    assert page.get("now") == (
        {"done": 4, "total": 9, "left": "less than a minute left of this step"} if live else None
    )


@pytest.mark.parametrize(
    ("shown", "total", "words"),
    [
        (40, 40, "40 children whose rating would change"),
        (1, 1, "1 child whose rating would change"),
        (40, 41, "40 of the 41 children whose rating would change"),
        (200, 1200, "200 of the 1,200 children whose rating would change"),
    ],
)
def test_a_list_of_some_does_not_say_it_is_all(shown, total, words):
    assert movers_said(shown, total) == words
