from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.ssda903 import interpret

HEADER = RawRow("header", 2, {"sex": "2", "dob": "27/03/2012", "ethnicity": "WBRI"})


def episode(number, start, end="", status="C2", reason="X1", **more):
    data = {
        "DECOM": start,
        "DEC": end,
        "LS": status,
        "CIN": "N1",
        "PLACE": "U4",
        "PLACE_PROVIDER": "PR1",
        "REC": reason,
        **more,
    }
    return RawRow("episodes", number, {name: value for name, value in data.items() if value})


def read(*rows):
    return interpret(Bundle("C1", [HEADER, *rows]))


def care(result):
    found = [fact for fact in result.facts if fact.code == "looked_after"]
    return [
        (f.start_on.isoformat(), f.end_on and f.end_on.isoformat(), f.category)
        for f in sorted(found, key=lambda f: f.start_on)
    ]


def codes(result):
    """Without the department's own rules, see test_dfe_rules."""
    return [problem.code for problem in result.problems if not problem.code.startswith("DFE_")]


def test_episodes_that_follow_on_are_one_period_of_care():
    result = read(episode(2, "01/02/2024", "01/06/2024", "C1"), episode(3, "01/06/2024"))
    assert care(result) == [("2024-02-01", None, "C2")]
    assert codes(result) == []


def test_a_gap_of_a_day_begins_another_period():
    result = read(episode(2, "01/02/2024", "01/06/2024", "C1", "E4A"), episode(3, "02/06/2024"))
    assert care(result) == [("2024-02-01", "2024-06-01", "C1"), ("2024-06-02", None, "C2")]


def test_an_overlap_is_one_period_and_a_warning():
    result = read(episode(2, "01/02/2024", "01/06/2024"), episode(3, "15/05/2024", "20/05/2024"))
    assert care(result) == [("2024-02-01", "2024-06-01", "C2")]
    assert codes(result) == ["EPISODES_OVERLAP"]


def test_two_open_episodes_are_one_open_period():
    result = read(episode(2, "01/02/2024"), episode(3, "15/05/2024"))
    assert care(result) == [("2024-02-01", None, "C2")]


@pytest.mark.parametrize("status", ["V3", "V4", "v4"])
def test_short_breaks_are_placements_but_no_care(status):
    result = read(episode(2, "01/02/2024", status=status))
    assert care(result) == []
    assert [fact.code for fact in result.facts] == ["placement"]
    assert codes(result) == []


def test_short_breaks_between_two_periods_of_care_belong_to_neither():
    result = read(
        episode(2, "01/02/2024", "01/06/2024", "C1"),
        episode(3, "01/06/2024", "03/06/2024", "V4"),
        episode(4, "03/06/2024"),
    )
    assert care(result) == [("2024-02-01", "2024-06-01", "C1"), ("2024-06-03", None, "C2")]


def test_the_day_a_child_died_in_care_is_the_end_of_that_episode():
    result = read(episode(2, "01/02/2024", "01/06/2024", reason="E2"))
    assert result.person["died_on"].isoformat() == "2024-06-01"


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [("", "", "VALUE_MISSING"), ("x", "", "DATE_WRONG"), ("02/01/2024", "01/01/2024", "END_BEFORE_START")],
)
def test_an_episode_with_impossible_dates_is_left_out(start, end, code):
    result = read(episode(2, start, end), episode(3, "01/06/2024"))
    assert codes(result) == [code]
    assert care(result) == [("2024-06-01", None, "C2")]


def test_an_unknown_code_is_kept_with_a_warning():
    result = read(episode(2, "01/02/2024", PLACE="QQ"))
    assert "DFE_146" in [problem.code for problem in result.problems]
    assert [fact.text for fact in result.facts if fact.code == "placement"] == ["QQ"]


def test_a_birth_date_that_differs_from_the_header_is_a_warning():
    result = read(RawRow("reviews", 2, {"dob": "28/03/2012", "REVIEW": "01/02/2024"}))
    assert codes(result) == ["DUPLICATE_IN_FILE"]
    assert result.person["dob"].isoformat() == "2012-03-27"


def test_a_child_who_came_alone_to_seek_asylum_says_so_in_the_period_of_care():
    result = read(episode(2, "01/02/2024"), RawRow("uasc", 2, {"DUC": "27/03/2030"}))
    [period] = [fact for fact in result.facts if fact.code == "looked_after"]
    assert period.detail["unaccompanied_asylum_seeker_until"] == "27/03/2030"


@given(st.lists(st.tuples(st.dates(), st.integers(0, 400), st.booleans()), max_size=8))
def test_periods_of_care_never_touch_and_cover_every_episode(spans):
    rows = []
    for number, (start, days, is_open) in enumerate(spans, 2):
        end = "" if is_open else date_after(start, days)
        rows.append(episode(number, start.isoformat(), end))
    result = read(*rows)
    periods = sorted((f for f in result.facts if f.code == "looked_after"), key=lambda f: f.start_on)
    assert all(
        before.end_on is not None and before.end_on < after.start_on for before, after in pairwise(periods)
    )
    for fact in result.facts:
        if fact.code == "placement":
            assert any(
                p.start_on <= fact.start_on and (p.end_on is None or fact.end_on and fact.end_on <= p.end_on)
                for p in periods
            )


def date_after(start, days):
    try:
        return start.fromordinal(start.toordinal() + days).isoformat()
    except ValueError:
        return ""
