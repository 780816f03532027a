"""Drawings show the cells of their tables, and nothing that these withhold."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.presenters import Band
from apps.core.vega import NARROW, WIDE, svg
from apps.reports.charts.of_section import drawing
from apps.reports.charts.of_weeks import Weeks
from apps.reports.charts.weekly import LEAST, spread
from apps.reports.figures import FIGURES, Drawn
from apps.reports.models import Report
from apps.reports.reading import Reading
from apps.reports.sections import section

BANDS = {code: Band(code.title(), code, code) for code in ("purple", "red", "amber", "green")}
WEEK = date(2026, 11, 16)
NOW = {
    "bands": {"purple": 3, "red": 147, "amber": 455, "green": 587, "none": 142},
    "movement": {"green/amber": 22, "amber/red": 9, "amber/green": 2, "green/red": 31},
    "services": {"camhs": 140, "ehcp": 2},
    "turnover": {"camhs/new": 14, "camhs/ended": 2, "ehcp/new": 5},
    "unseen": {"red/within": 119, "red/longer": 23, "red/never": 5, "amber/within": 9, "amber/longer": 1},
    "schools": {"one/all": 60, "one/high": 12, "two/all": 40, "two/high": 3},
    "areas": {"TS1 1/all": 60, "TS1 1/high": 12},
    "placements": {"U4/under_3m": 9, "U4/from_2y": 12},
    "attendance": {"looked_after/from_90": 12, "looked_after/under_90": 7},
    "after": {"camhs/lower": 11, "camhs/same": 40},
}

#: A number under five wherever a drawing writes a number: by itself, as part of another, as a line's whole.
SMALL = re.compile(r"^[1-4]$|^[1-4] of | of [1-4]$|\([1-4]\)$")


def report(week=WEEK, **changed):
    figures = {code: {} for code in FIGURES} | NOW | changed
    basis = {"begun": True, "scheme": "1", "standards": {"red": 28}, "feeds": {}, "people": None}
    return Report(week=week, as_at=datetime(2026, 11, 23, tzinfo=UTC), basis=basis, figures=figures)


def reading(whole=True, before=None, past=(), **changed):
    made = Reading(report(**changed), whole, before, past=past)
    made.__dict__ |= {"bands": BANDS, "feeds": {}, "schools": {"one": "St Mary’s", "two": "St Mary’s"}}
    return made


def draw(code, width=WIDE, **given):
    return svg(drawing(section(reading(**given), FIGURES[code])).spec(width))


def texts(drawn):
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawn)


DRAWN = sorted(code for code in NOW if FIGURES[code].drawn != Drawn.NOT)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("code", DRAWN)
def test_every_figure_is_drawn_as_wide_as_asked_with_its_lines_by_name(code, width):
    drawn = draw(code, width)
    assert re.search(rf'width="{width}"', drawn)
    labels = [row.label for row in section(reading(), FIGURES[code]).rows]
    assert all(any(label[:12] in said for said in texts(drawn)) for label in labels if label != "Purple")


def test_bars_carry_the_tables_numbers_and_what_they_were_before():
    drawn = draw("bands", before=report(WEEK - timedelta(7), bands={"red": 120, "green": 600}))
    assert {"147", "455", "587", "Mark across a bar: week before"} <= set(texts(drawn))
    assert "#a81020" in drawn and "#ffc14a" in drawn


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("code", DRAWN)
def test_no_small_number_is_in_a_drawing_for_who_sees_no_children(code, width):
    made = drawing(section(reading(whole=False), FIGURES[code]))
    if made is None:
        return
    spec = json.dumps(made.spec(width)["data"], default=dict)
    told = [int(each) for each in re.findall(r'"(?:number|now|before|end|place)": (-?\d+)', spec)]
    assert told and not any(0 < abs(number) < 5 for number in told)
    assert not [said for said in texts(svg(made.spec(width))) if SMALL.search(said)]
    assert not re.search(r" [1-4][,.]", made.says.replace("no. 2", ""))


def test_a_line_with_a_part_withheld_is_not_drawn_as_if_it_were_whole():
    drawn = draw("unseen", whole=False)
    assert "withheld in part" in texts(drawn) and "Red (147)" in texts(drawn)
    assert not any(said.startswith("Amber (") for said in texts(drawn))


def test_two_schools_of_one_name_are_two_lines():
    assert {"St Mary’s", "St Mary’s, no. 2", "12 of 60", "3 of 40"} <= set(texts(draw("schools")))


def test_what_is_nothing_is_not_drawn():
    nothing = reading(missing={}, services={"camhs": 0})
    assert drawing(section(nothing, FIGURES["services"])) is None
    assert drawing(section(nothing, FIGURES["missing"])) is None
    assert drawing(section(reading(freshness={"late/x": 1}), FIGURES["freshness"])) is None


def weeks(whole, *bands):
    past = [report(WEEK + timedelta(7 * (at - len(bands) + 1)), bands=each) for at, each in enumerate(bands)]
    return Weeks(reading(whole=whole, past=past))


def test_ratings_over_time_stand_upon_each_other_with_their_newest_numbers():
    made = weeks(True, {"red": 100, "green": 500, "none": 9}, {"red": 147, "green": 587, "none": 12})
    assert {"Red 147", "Green 587", "Not rated 12", "Purple 0"} <= set(texts(svg(made.drawing.spec(WIDE))))
    assert "Red from 100 to 147" in made.drawing.says and "all 609 to 746" in made.drawing.says
    assert svg(made.lines[1].drawing.spec(NARROW)).startswith("<svg")


def test_ratings_withheld_in_any_week_stand_together_in_every_week():
    told, small = (
        {"red": 100, "amber": 60, "green": 500, "purple": 8},
        {"red": 101, "amber": 40, "green": 500, "purple": 3},
    )
    made = weeks(False, told, small)
    said = texts(svg(made.drawing.spec(WIDE)))
    apart = {line.band.label for line in made.lines if line.whole}
    assert "Purple" not in apart and "Purple" not in made.drawing.says
    assert [each for each in said if each.startswith("Withheld")] == ["Withheld 43"]
    assert not any(each.startswith(("Purple", "Amber")) for each in said)


def test_one_week_is_not_drawn_over_time():
    made = weeks(True, {"red": 5})
    assert made.lines == [] and made.drawing is None


@given(st.lists(st.floats(0, 1000), max_size=8))
def test_names_keep_their_order_and_their_distance(places):
    moved = spread(sorted(places), 1000)
    assert all(after - before >= 1000 * LEAST * 0.999 for before, after in pairwise(moved))
    assert all(new >= old for new, old in zip(moved, sorted(places), strict=True))
