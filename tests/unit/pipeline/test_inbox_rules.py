"""What names in the watched folder say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.pipeline.inbox.rules import day_in, ending_of, is_passed_over


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("roll_2026-11-16.csv", date(2026, 11, 16)),
        ("roll20261116.xlsx", date(2026, 11, 16)),
        ("20261116_093000_roll.csv", date(2026, 11, 16)),
        ("roll_2026-10-01_2026-10-31.zip", date(2026, 10, 31)),
        ("roll_2026-02-30.csv", None),
        ("roll_2026-02-30_2026-02-01.csv", date(2026, 2, 1)),
        ("roll_2026-1116.csv", None),
        ("id1202611160.csv", None),
        ("19991231.csv", None),
        ("roll.csv", None),
    ],
)
def test_a_date_in_a_name_is_the_day_the_data_is_as_of(name, day):
    assert day_in(name) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y%m%d"]))
def test_every_day_that_is_written_is_read(day, form):
    assert day_in(f"roll_{day.strftime(form)}.csv") == day


@given(st.text())
def test_any_name_has_a_day_or_none_and_an_ending_that_is_safe(name):
    assert day_in(name) is None or day_in(name).year >= 2000
    assert set(ending_of(name)) <= set(".abcdefghijklmnopqrstuvwxyz0123456789")


@pytest.mark.parametrize(
    ("name", "passed"),
    [
        ("roll.csv", False), ("claimed", True), ("Archive", True), ("refused", True), (".roll.csv", True), ("~$roll.xlsx", True),
        ("roll.csv.part", True), ("roll.FILEPART", True), ("Thumbs.db", True), ("claimed.csv", False), ("part.csv", False),
    ],
)  # fmt: skip
def test_what_is_no_file_of_the_senders_is_passed_over(name, passed):
    assert is_passed_over(name) is passed
