"""When a file is held, what a refusal prints, and what runs by itself."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.pipeline import summaries, tasks, timetable
from apps.pipeline.rules import FEW_ENDINGS, FEW_ROWS, Arrival, reasons_to_hold, reasons_unseen

# holding

USUAL = Arrival(
    rows=100,
    rows_before=100,
    as_of=date(2026, 11, 16),
    as_of_before=date(2026, 11, 9),
    same_as=None,
    is_full=True,
    agreement_ended=None,
    ended=0,
    open_before=100,
    max_ended_percent=20,
    max_fewer_percent=20,
)
MANY = FEW_ROWS + 1


def held(**other):
    return reasons_to_hold(replace(USUAL, **other))


def test_what_was_shown_and_accepted_is_not_asked_again_but_what_came_since_is():
    older = replace(USUAL, as_of=date(2026, 11, 2), ended=50)
    shown = reasons_to_hold(older)
    assert len(shown) == 2
    assert reasons_unseen(older, shown) == []
    assert reasons_unseen(older, []) == shown[1:]  # how much it ends is compared by number
    ended = replace(older, agreement_ended=date(2026, 11, 1))
    assert len(reasons_unseen(ended, shown)) == 1


def test_the_usual_file_is_not_held():
    assert held() == []


@pytest.mark.parametrize(
    ("ended", "before", "percent", "is_held"),
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
def test_a_file_that_would_end_too_much_is_held(ended, before, percent, is_held):
    said = held(ended=ended, open_before=before, max_ended_percent=percent)
    assert bool(said) is is_held
    if is_held:
        assert f"end {ended} of {before} open involvements" in said[0] and f"{percent}%" in said[0]
        assert "Nothing was changed" in said[0]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"rows": 79}, "79 rows and the last one had 100: more than 20% fewer"),
        ({"rows": 80}, None),
        ({"rows": 79, "is_full": False}, None),
        ({"rows": 50 - FEW_ROWS, "rows_before": 50, "max_fewer_percent": 1}, None),
        ({"rows": 50 - MANY, "rows_before": 50, "max_fewer_percent": 1}, "more than 1% fewer"),
        ({"rows": 3, "rows_before": None}, None),
        ({"rows": 0}, "headings but no rows"),
        ({"rows": 0, "rows_before": None}, "headings but no rows"),
        ({"as_of_before": None}, None),
        ({"as_of_before": date(2026, 11, 16)}, "already has an extract as of 16 Nov 2026. Commit this one only if it corrects"),
        ({"as_of_before": date(2026, 11, 16), "is_full": False}, None),
        ({"as_of_before": date(2026, 11, 17)}, "17 Nov 2026, which is newer than this one of 16 Nov 2026"),
        ({"as_of_before": date(2026, 11, 17), "is_full": False}, "older facts in the place of newer ones"),
        ({"same_as": date(2026, 11, 9)}, "the very file that was loaded as of 9 Nov 2026"),
        ({"agreement_ended": date(2026, 11, 1)}, "ended on 1 Nov 2026"),
    ],
)  # fmt: skip
def test_a_file_is_held_for_what_a_person_should_look_at(other, said):
    sentences = held(**other)
    assert len(sentences) == (said is not None)
    assert said is None or said in sentences[0]


def test_every_reason_is_told_not_only_the_first():
    assert (
        len(
            held(
                rows=0,
                as_of_before=date(2026, 12, 1),
                same_as=date(2026, 11, 9),
                agreement_ended=date(2026, 11, 1),
            )
        )
        == 4
    )


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 100))
def test_more_endings_never_let_a_held_file_through(ended, before, percent):
    if held(ended=ended, open_before=before, max_ended_percent=percent):
        assert held(ended=ended + 1, open_before=before, max_ended_percent=percent)


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 100))
def test_fewer_rows_never_let_a_held_file_through(rows, before, percent):
    if held(rows=rows, rows_before=before, max_fewer_percent=percent):
        assert held(rows=rows - 1, rows_before=before, max_fewer_percent=percent)


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
    # what runs at an hour of the day may wait some hours for a worker, and no more
    every = getattr(entry["schedule"], "total_seconds", lambda: 6 * 3600)()
    assert entry["options"]["expires"] <= every
