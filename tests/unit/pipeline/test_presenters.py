from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from apps.core.clock import today
from apps.extracts.models import Extract, Feed, Severity, State
from apps.pipeline import presenters
from apps.pipeline.models import Run
from apps.pipeline.progress import Stage
from apps.pipeline.queries import FeedLine, FindingGroup, places


def a_feed(**fields):
    feed = Feed(code="early_help", title="Early help", every_days=7, **fields)
    feed._state.fields_cache["agency"] = SimpleNamespace(name="Early Help", pk=None)
    return feed


def a_run(state=State.RECEIVED, run_state=Run.State.RUNNING, step="", **fields):
    extract = Extract(
        feed=a_feed(), as_of=date(2026, 11, 16), state=state, files=[{"name": "eh.csv"}],
        received_at=datetime(2026, 11, 16, 9, 4, tzinfo=UTC), **fields,
    )  # fmt: skip
    return Run(extract=extract, feed=extract.feed, state=run_state, step=step)


def line(as_of, **fields):
    return FeedLine(a_feed(), as_of, None, 0, fields.get("newest"), None)


@pytest.mark.parametrize(
    ("days", "late"), [(0, ""), (7, ""), (8, "1 day late"), (12, "5 days late"), (28, "3 weeks late")]
)
def test_a_feed_is_late_from_the_day_after_it_was_due(days, late):
    assert line(today() - timedelta(days=days)).late == late


def test_a_feed_that_never_came_is_not_late_but_says_so():
    never = line(None)
    assert never.late == ""
    assert presenters.freshness(never).text == "Early Help: no file has ever come"


def test_the_figures_add_up_to_all_feeds(monkeypatch):
    monkeypatch.setattr(presenters, "reverse", lambda name: f"/{name}/")
    lines = [line(today()), line(today() - timedelta(days=30)), line(None)]
    tiles = presenters.feed_tiles(lines, to_map=8, questions=3)[:3]
    assert [tile.figure for tile in tiles] == [1, 1, 1]


def test_a_held_file_counts_as_waiting_for_somebody(monkeypatch):
    monkeypatch.setattr(presenters, "reverse", lambda name: f"/{name}/")
    held = line(today(), newest=Extract(state=State.HELD))
    tiles = {tile.label: tile.figure for tile in presenters.feed_tiles([held], 0, 0)}
    assert tiles["Held or refused"] == 1


@pytest.mark.parametrize(
    ("state", "step", "statuses"),
    [
        (State.RECEIVED, "stage", ["done", "now", "todo", "todo", "todo"]),
        (State.STAGED, "validate", ["done", "done", "now", "todo", "todo"]),
        (State.STAGED, "plan", ["done", "done", "done", "now", "todo"]),
        (State.STAGED, "commit", ["done", "done", "done", "done", "now"]),
        (State.COMMITTED, "done", ["done"] * 5),
        (State.HELD, "done", ["done", "done", "done", "done", "stop"]),
        (State.REFUSED, "done", ["done", "stop", "todo", "todo", "todo"]),
    ],
)
def test_the_way_shows_how_far_the_file_came(state, step, statuses):
    assert [stop.status for stop in presenters.way(a_run(state, step=step))] == statuses


def test_a_running_page_goes_on_looking_and_a_finished_one_does_not():
    live = presenters.run_page(a_run(step="stage"), [Stage("stage", 10, 4)], [], None, "the service")
    done = presenters.run_page(a_run(State.COMMITTED, Run.State.DONE), [], [], None, "the service")
    assert live["live"] and live["now"] == {
        "done": 4,
        "total": 10,
        "left": "less than a minute left of this step",
    }
    assert not done["live"] and "stages" not in done


def test_what_is_read_aloud_names_the_step_and_no_figures_that_change():
    said = presenters.said(a_run(step="stage"), [Stage("stage", 10, 4)])
    assert said == "Now reading the file. You can leave this page."


def test_a_step_nobody_has_named_is_still_shown():
    (row,) = presenters.stages([Stage("polish", done=3)])
    assert (row.label, row.state, row.rows) == ("Polish", "running", "3")


@pytest.mark.parametrize(
    ("state", "lead", "sentence"),
    [
        (State.HELD, "Held for a person.", "Nothing was changed. Look at it below, then commit it all the same or cancel it."),
        (State.REFUSED, "Refused.", "The file has no rows."),
        (State.PREVIEWED, "Previewed, nothing saved.", "0 of 0 rows could be used. These are the figures a commit would give."),
        (State.UNDONE, "Undone.", "What this file had brought is as it was before it."),
        (State.CANCELLED, "Cancelled.", "Nothing was changed: the last good file stays in use."),
    ],
)  # fmt: skip
def test_an_outcome_carries_its_own_sentence(state, lead, sentence):
    run = a_run(state, Run.State.DONE, reason="The file has no rows.", rows=0, accepted=0)
    assert presenters.outcome(run)[1:] == (lead, sentence)


def test_a_run_that_was_given_up_says_that_nothing_changed():
    run = a_run(State.RECEIVED, Run.State.FAILED)
    assert presenters.outcome(run) == (
        "stop", "Not loaded.", "Nothing was changed: the last good file stays in use.",
    )  # fmt: skip


def test_counts_follow_what_the_extract_recorded():
    counts = {"involvements": {"opened": 4, "changed": 3, "ended": 2, "unchanged": 1}, "records": {"new": 9}}
    rows = {row.what: row for row in presenters.count_lines(Extract(counts=counts))}
    involvements = rows["Involvements"]
    assert (involvements.new, involvements.changed, involvements.ended, involvements.same) == (4, 3, 2, 1)
    assert rows["Records of new children"].new == 9
    assert presenters.count_lines(Extract(counts={})) == []


def test_a_finding_tells_left_out_rows_from_doubtful_ones():
    assert FindingGroup("dob", Severity.ERROR, "DOB", "Write it as dd/mm/yyyy.", 1, ()).is_error
    assert not FindingGroup("upn", Severity.WARNING, "UPN", "Check it.", 1, ()).is_error


@pytest.mark.parametrize(
    ("modules", "numbers", "said"),
    [
        (["senneeds", "senneeds"], [3, 1214], ("senneeds rows 3, 1,214",)),
        (["pupil", "senneeds"], [2, 3], ("pupil row 2", "senneeds row 3")),
        (["", ""], [2, 3], ("rows 2, 3",)),
        ([""], [None], ()),
    ],
)
def test_first_rows_are_named_by_table_as_the_spreadsheet_numbers_them(modules, numbers, said):
    assert places(modules, numbers) == said
