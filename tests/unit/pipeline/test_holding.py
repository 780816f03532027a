"""When a file is held, what a refusal prints, and what runs by itself."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.pipeline import summaries, tasks, timetable
from apps.pipeline.rules import FEW_ENDINGS, reason_to_hold

# holding


@pytest.mark.parametrize(
    ("ended", "before", "percent", "held"),
    [
        (FEW_ENDINGS, 10, 5, False),
        (FEW_ENDINGS + 1, 10, 5, True),
        (20, 100, 20, False),
        (21, 100, 20, True),
        (100, 100, 100, False),
        (0, 0, 0, False),
        (11, 0, 50, True),
        (11, 1100, 1, False),
        (12, 1100, 1, True),
    ],
)
def test_a_file_that_would_end_too_much_is_held(ended, before, percent, held):
    said = reason_to_hold(ended=ended, open_before=before, max_ended_percent=percent)
    assert bool(said) is held
    if held:
        assert f"end {ended} of {before} open involvements" in said and f"{percent}%" in said
        assert "Nothing was changed" in said


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 100))
def test_more_endings_never_let_a_held_file_through(ended, before, percent):
    if reason_to_hold(ended=ended, open_before=before, max_ended_percent=percent):
        assert reason_to_hold(ended=ended + 1, open_before=before, max_ended_percent=percent)


# commands and the timetable


def test_a_refusal_has_the_shape_of_a_summary():
    told = summaries.refusal("The file is empty.")
    assert (told["state"], told["reason"], told["extract"]) == ("refused", "The file is empty.", None)
    assert set(told) == {
        "state", "reason", "extract", "rows", "accepted", "rejected", "findings", "records", "involvements", "sightings",
        "observations", "ratings_changed", "seconds",
    }  # fmt: skip
    assert told["records"] == {"new": 0, "linked": 0, "question": 0}


@pytest.mark.parametrize("name", sorted(timetable.TIMETABLE))
def test_what_runs_by_itself_exists_and_does_not_pile_up(name):
    entry = timetable.TIMETABLE[name]
    module, _, task = entry["task"].rpartition(".")
    assert module == tasks.__name__ and callable(getattr(tasks, task))
    every = getattr(entry["schedule"], "total_seconds", lambda: 3600)()
    assert entry["options"]["expires"] <= max(every, 6 * 3600 if name == "publish-lists" else every)
