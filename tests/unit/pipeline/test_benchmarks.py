import csv

import pytest
from stdnum.gb.upn import is_valid

from apps.pipeline.benchmarks import census, match, pages, timing
from apps.pipeline.benchmarks.serving import Seen

CHILDREN = 400


@pytest.fixture(scope="module")
def weeks(tmp_path_factory):
    return census.write_weeks(tmp_path_factory.mktemp("census"), CHILDREN)


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def by_pupil(paths):
    """Every row of every table, by pupil."""
    found = {}
    for path in paths:
        for row in rows(path):
            found.setdefault(row["pupilonrolltableid"], []).append(tuple(row.values()))
    return found


def test_every_pupil_is_in_both_weeks_with_a_upn_of_their_own(weeks):
    upns = [row["upn"] for row in rows(weeks[0][0])]
    assert len(set(upns)) == CHILDREN
    assert all(is_valid(upn) for upn in upns)
    assert [row["upn"] for row in rows(weeks[1][0])] == upns


def test_one_pupil_in_twenty_differs_the_week_after(weeks):
    first, second = by_pupil(weeks[0]), by_pupil(weeks[1])
    changed = sum(first[pupil] != second[pupil] for pupil in first)
    assert CHILDREN * 0.02 < changed < CHILDREN * 0.09


def test_each_pupil_has_four_rows_of_attendance(weeks):
    assert len(rows(weeks[0][1])) == 4 * CHILDREN


def test_p95_is_what_nineteen_of_twenty_stay_under():
    seen = Seen([n / 1000 for n in range(100, 0, -1)], took=5)
    assert (seen.p95_ms, seen.requests_per_second) == (96.0, 20.0)


def test_growth_and_ratio_compare_with_the_smaller_borough_and_the_empty_view():
    small, large, empty = Seen([0.1], 0.1), Seen([0.15], 0.2), Seen([0.01], 0.05)
    assert pages.figures(small, large, empty) == {
        "requests_per_second": 5.0,
        "p95_ms": 150.0,
        "p95_growth": 1.5,
        "ratio_empty_view": 0.25,
        "smaller": {"requests_per_second": 10.0, "p95_ms": 100.0},
    }


def test_both_sites_are_asked_in_turn(monkeypatch):
    asked = []
    monkeypatch.setattr(
        pages, "measure", lambda site, page, seen, first: asked.append((site, page.name, first))
    )
    told = {"pages": [["home", ["/"], []]]}
    pages.in_turn([("one", told), ("two", told)], 0)
    assert [site for site, *_ in asked] == ["one", "two"] * pages.ROUNDS
    assert [first for *_, first in asked[::2]] == [pages.SHARE * turn for turn in range(pages.ROUNDS)]


def test_times_are_parts_of_splinks_where_both_were_measured():
    ours = {"seconds": 3.0, "plan_seconds": 1.5, "lookup_p95_ms": 30.0}
    theirs = {"splink_seconds": 6.0, "splink_linked_seconds": 12.0, "splink_score_pair_p95_ms": 400.0}
    assert match.compared(ours, theirs) == {
        "ratio_splink": 0.5, "ratio_splink_plan": 0.25, "ratio_splink_linked": 0.25, "ratio_splink_lookup": 0.075,
    }  # fmt: skip
    assert set(match.compared(ours, dict.fromkeys(theirs)).values()) == {None}


def test_calls_are_timed_one_by_one_after_a_few_to_warm_up():
    called = []
    said = timing.milliseconds("thing", [lambda n=n: called.append(n) for n in range(5)])
    assert called == [0, 1, 2, 0, 1, 2, 3, 4]
    assert set(said) == {"thing_median_ms", "thing_p95_ms"}
