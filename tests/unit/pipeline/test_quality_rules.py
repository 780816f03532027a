"""Shares against the bar, and which records lack what: no database."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.trends import share_bar, share_line
from apps.pipeline.quality.export import LACKS, as_csv, lacking
from apps.pipeline.quality.rules import BAR, Share

ON = date(2026, 11, 30)
WHOLE = {
    "surname_key": "marsh", "forename_key": "ada", "surname": "Marsh", "forename": "Ada", "dob": date(2016, 3, 9), "sex": "F",
    "ethnicity": "WBRI", "hidden": False, "where": "1firststreet", "postcode": "", "nhs_number": "9992041188", "upn": "A123",
    "row_no": 7, "child": 1, "record": SimpleNamespace(local_id="C1"),
}  # fmt: skip


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_nothing_short_of_the_bar_is_shown_as_having_reached_it(part, whole):
    share = Share(min(part, whole), whole)
    assert share.reaches == (share.part * 100 >= BAR * share.whole)
    assert 0 <= share.percent <= 100
    assert share.part + share.lacking == whole


@pytest.mark.parametrize(
    ("share", "text", "verdict"),
    [
        (Share(95, 100), "95 %", "At or over 95 %"),
        (Share(9499, 10000), "94.9 %", "Under 95 %"),
        (Share(0, 40, sent=False), "not sent", "Not sent"),
        (Share(0, 0), "nobody of that age", "Nobody of that age"),
    ],
)
def test_a_share_says_how_it_stands_in_words(share, text, verdict):
    assert share.text == text
    assert share.verdict[0] == verdict


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({}, ""),
        ({"forename_key": ""}, "name"),
        ({"dob": None}, "date of birth"),
        ({"sex": "", "ethnicity": ""}, "sex, ethnicity"),
        ({"where": None}, "address"),
        ({"where": "", "postcode": "ZZ21ZZ"}, ""),
        ({"where": None, "hidden": True}, ""),
        ({"nhs_number": ""}, "NHS number"),
        ({"nhs_number": "", "dob": date(2026, 12, 24)}, ""),
        ({"upn": ""}, "UPN"),
        ({"upn": "", "dob": date(2021, 12, 1)}, ""),
        ({"upn": "", "dob": date(2021, 11, 30)}, "UPN"),
        ({"upn": "", "dob": date(2010, 11, 30)}, ""),
    ],
)
def test_a_record_lacks_what_its_feed_sends_of_others(change, lacks):
    found = lacking([SimpleNamespace(**{**WHOLE, **change})], list(LACKS), ON)
    assert [row[1][-1] for row in found] == ([lacks] if lacks else [])


def test_what_a_feed_never_sends_nobody_lacks():
    assert lacking([SimpleNamespace(**{**WHOLE, "upn": ""})], ["name", "NHS number"], ON) == []


def test_nothing_in_the_file_runs():
    assert b"'=1+1" in as_csv([["=1+1", "", "", "", "1", "UPN"]])


def test_a_low_share_has_a_scale_that_holds_it():
    drawn = share_line([(date(2026, 9, 1), 12.0), (date(2026, 11, 1), 96.0)], 95)
    assert ">0</text>" in drawn and ">100</text>" not in drawn  # too near the bar


def test_a_bar_says_its_per_cent():
    assert "91.2 %" in share_bar(91.2) and "M0 3h91" in share_bar(91.2)
    assert "100 %" in share_bar(100.0)


def test_the_line_holds_every_point_and_the_bar():
    drawn = share_line([(date(2026, 9, 1), 80.0), (date(2026, 10, 1), 90.0), (date(2026, 11, 1), 96.0)], 95)
    assert drawn.count("<circle") == 6  # wide and narrow
    assert drawn.count(">95</text>") == 2
    assert drawn.count(">75</text>") == 2 and ">50</text>" not in drawn
    assert "1 Sep 2026" in drawn and "1 Nov 2026" in drawn
