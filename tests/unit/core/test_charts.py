"""The drawings of a rating stand on their numbers and carry no inline style."""

import re
from datetime import date

import pytest

from apps.core import charts
from apps.core.presenters import NOT_RATED, Band, Change, Fact, Threshold

GREEN, AMBER, RED = Band("Green", "green"), Band("Amber", "amber"), Band("Red", "red")
STARTS = [Threshold(RED, 15), Threshold(GREEN, 1), Threshold(AMBER, 7)]
FACTS = [Fact("Plan", 8), Fact("Missing", 4), Fact("Youth justice", 4, unsure=True), Fact("Ended", 0)]
UNTIL = date(2026, 11, 16)
CHANGES = [Change(date(2026, 9, 9), RED), Change(date(2026, 1, 12), GREEN)]


def wide(drawing: str) -> str:
    return drawing.split("</svg>")[0]


def test_a_drawing_comes_wide_and_narrow_without_style():
    drawn = charts.points_bar(FACTS, STARTS)
    assert drawn.count("<svg") == 2 and "style" not in drawn
    assert "vcdb-only-wide" in drawn and "vcdb-only-narrow" in drawn


def test_points_add_up_and_what_is_unsure_stands_apart():
    drawn = wide(charts.points_bar(FACTS, STARTS))
    assert "12 points known" in drawn and "up to 4 not checked" in drawn
    assert drawn.count('fill="url(#hatch)"') == 1


def test_blocks_are_as_wide_as_their_points():
    widths = [
        float(found)
        for found in re.findall(
            r'width="([\d.]+)" height="22" class="p', wide(charts.points_bar(FACTS, STARTS))
        )
    ]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)


def test_bands_begin_in_order_whatever_order_they_came_in():
    drawn = wide(charts.points_bar(FACTS, STARTS))
    assert drawn.index("Green from 1") < drawn.index("Amber from 7") < drawn.index("Red from 15")


def test_no_facts_draw_an_empty_bar():
    assert "0 points known" in charts.points_bar([], STARTS)
    assert "0 points known" in charts.points_bar([], [])


def test_a_line_steps_at_each_change():
    drawn = wide(charts.rating_line(CHANGES, [RED, AMBER, GREEN, NOT_RATED], UNTIL))
    path = re.search(r'd="(M[^"]+)" class="line"', drawn)
    assert path and re.fullmatch(r"M[\d.]+ 78H[\d.]+V18H[\d.]+", path[1])


def test_what_held_before_the_twelve_months_begins_the_line():
    old = [Change(date(2024, 1, 1), RED), Change(date(2025, 1, 1), GREEN)]
    drawn = wide(charts.rating_line(old, [RED, AMBER, GREEN], UNTIL))
    assert re.search(r'd="M96(\.0)? 78H', drawn)


def test_a_child_never_rated_has_no_line():
    assert 'class="line"' not in charts.rating_line([], [RED, GREEN], UNTIL)


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2028, 2, 29), date(2026, 12, 1)])
def test_every_month_is_named_once(day):
    drawn = wide(charts.rating_line(CHANGES, [RED, GREEN], day))
    months = re.findall(r'class="soft" text-anchor="middle">(\w+)<', drawn)
    assert 11 <= len(months) <= 13 and len(set(months[:12])) == len(months[:12])


def test_words_of_bands_that_begin_close_together_stand_in_rows_of_their_own():
    close = [Threshold(GREEN, 1), Threshold(AMBER, 2), Threshold(RED, 3)]
    narrow = charts.points_bar([Fact("Plan", 30)], close).split("</svg>")[1]
    places = re.findall(r'y="([\d.]+)" class="" text-anchor="\w+">(?:Green|Amber|Red)', narrow)
    assert len(places) == len(set(places)) == 3


def test_words_that_have_room_stand_in_one_row():
    drawn = wide(charts.points_bar(FACTS, STARTS))
    places = re.findall(r'y="([\d.]+)" class="" text-anchor="\w+">(?:Green|Amber|Red)', drawn)
    assert len(places) == 3 and len(set(places)) == 1


def test_words_at_the_end_stand_before_their_line():
    narrow = charts.points_bar([], [Threshold(RED, 15)]).split("</svg>")[1]
    assert re.search(r'text-anchor="end">Red 15', narrow)
