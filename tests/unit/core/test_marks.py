"""Marks say in words what they say in colour and shape, and never let markup through."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.safestring import mark_safe

from apps.core import blocks, marks
from apps.core.presenters import Band, Cause, Clock, Freshness, State, Step, Tile

RED = Band("Red", "red", "R")
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def clock(left: float, of: float = 24) -> Clock:
    due = NOON + timedelta(hours=left)
    return Clock(due - timedelta(hours=of), due, NOON)


@pytest.mark.parametrize("band", [RED, {"label": "Red", "colour": "RED"}])
def test_a_rating_is_word_colour_and_shape(band):
    drawn = marks.rating(band)
    assert "vcdb-rating--red" in drawn and "#r-red" in drawn and drawn.endswith("Red</span>")


def test_no_rating_is_not_green():
    assert marks.rating(None) == marks.rating(Band("Not rated", "none"))
    assert "green" not in marks.rating(None)


def test_an_unknown_colour_is_drawn_as_none_with_its_own_word():
    drawn = marks.rating(Band("Teal", "#088"))
    assert "vcdb-rating--none" in drawn and "Teal" in drawn


def test_a_move_is_read_with_its_direction():
    assert '<span class="vcdb-hide">to</span>' in marks.move(None, RED)
    assert marks.move(None, RED).index("Not rated") < marks.move(None, RED).index("Red</span>")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.known(date(2026, 11, 9)), "Known since 9 Nov 2026"),
        (State.known(), "Known"),
        (State.ended(date(2026, 11, 9), date(2026, 9, 9)), "Ended 9 Nov 2026, from 9 Sep 2026"),
        (State.ended(None), "Ended"),
        (State.clear(), "Checked, not known"),
        (State.unchecked("outside your reach"), "<b>Not checked</b> (outside your reach)"),
        (State.held(), "Not shared with your agency"),
    ],
)
def test_an_involvement_is_never_blank(state, said):
    assert f"<span>{said}</span>" in marks.state(state)


def test_held_back_reads_alike_whether_there_is_a_record_or_not():
    assert marks.state(State.held()) == marks.state(State("held", date(2026, 1, 1), date(2026, 2, 1), "x"))


def test_freshness():
    came = datetime(2026, 11, 16, 6, 10, tzinfo=UTC)
    assert Freshness("Social care", came).text == "Social care, as at Mon 16 Nov 2026, 06:10"
    late = Freshness("Youth justice", came, "4 weeks late")
    assert late.text == "Youth justice 4 weeks late: as at Mon 16 Nov 2026, 06:10"
    assert "vcdb-fresh--late" in marks.fresh(late)
    assert "vcdb-fresh--none" in marks.fresh(Freshness("Housing", None))
    assert "no file has ever come" in marks.fresh(Freshness("Housing", None))


@pytest.mark.parametrize(
    ("left", "of", "kind", "said"),
    [
        (14, 24, "", "14 h left"),
        (3, 24, "soon", "3 h left"),
        (-5, 24, "over", "5 h over"),
        (60, 96, "", "2 days left"),
    ],
)
def test_a_clock_says_the_time_left_or_over(left, of, kind, said):
    assert (clock(left, of).kind, clock(left, of).left) == (kind, said)
    assert f"<b>{said}</b>" in marks.clock(clock(left, of))


def test_a_clock_without_length_is_over():
    assert Clock(NOON, NOON, NOON + timedelta(hours=1)).part == 1


def test_causes_are_read_as_gained_and_lost():
    drawn = marks.causes([Cause("+", "Plan"), Cause("-", "Attendance"), Cause("?", "Merge")])
    assert [word in drawn for word in ("gained", "lost", "unsure")] == [True] * 3


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0"), (1, "under 5"), (4, "under 5"), (5, "5"), (1200, "1,200"), (None, "withheld")],
)
def test_small_numbers_are_suppressed(number, said):
    assert said in marks.few(number)


EVIL = "<script>x</script>"


@pytest.mark.parametrize(
    "drawn",
    [
        marks.rating(Band(EVIL, "red")),
        marks.badge(EVIL),
        marks.fresh(EVIL),
        marks.held(EVIL, EVIL),
        marks.causes([Cause("+", EVIL, EVIL)]),
        marks.tel(EVIL),
        blocks.panel(EVIL, title=EVIL, id="x"),
        blocks.notice(EVIL, title=EVIL),
        blocks.tiles([Tile(EVIL, EVIL, EVIL, "#")]),
        blocks.steps([Step(EVIL, "now", EVIL)]),
        blocks.empty(EVIL, EVIL),
        blocks.empty(EVIL, EVIL, bad=True),
        blocks.pick("item", EVIL, EVIL),
    ],
)
def test_markup_in_data_is_escaped(drawn):
    assert "<script>" not in drawn and "&lt;script&gt;" in drawn


def test_a_panel_is_named_by_its_heading():
    drawn = blocks.panel(mark_safe("<p>x</p>"), title="Why", id="why")
    assert 'id="why" aria-labelledby="why-title"' in drawn and '<h2 id="why-title">Why</h2>' in drawn


def test_progress_of_unknown_length_has_no_value():
    assert "value" not in blocks.progress(0, 0, "Counting")
    assert 'value="62" max="100"' in blocks.progress(62, 100, "Rows")


def test_freshness_without_its_source_keeps_its_names_capitals():
    late = Freshness("Youth justice", date(2026, 11, 16), "6 days late")
    assert "6 days late: as at Mon 16 Nov 2026" in marks.fresh(late, short=True)
    assert "As at Mon 16 Nov 2026" in marks.fresh(Freshness("x", date(2026, 11, 16)), short=True)
    assert "No file has ever come" in marks.fresh(Freshness("x", None), short=True)


def test_late_sources_are_told_in_one_notice():
    day = date(2026, 10, 19)
    late, never, fine = (
        Freshness("Youth", day, "4 weeks late"),
        Freshness("Housing", None),
        Freshness("Health", day),
    )
    drawn = blocks.late([late, never, fine])
    assert "2 sources are late." in drawn and drawn.count("vcdb-notice--late") == 1
    assert "<li>Youth: not checked since 19 Oct 2026, 4 weeks late</li>" in drawn
    assert "<li>Housing: no file has ever come</li>" in drawn
    assert "Health" not in drawn
    assert blocks.late([fine]) == ""


def test_a_single_late_source_says_since_when_and_whom_to_ask():
    drawn = blocks.late([Freshness("Youth", date(2026, 10, 19), "4 weeks late", "01632 960150")])
    assert "A source is late.</b> Youth: not checked since 19 Oct 2026, 4 weeks late; ask them: <a" in drawn
    assert 'href="tel:01632960150"' in drawn
    assert "tel:" not in blocks.late([Freshness("Youth", date(2026, 10, 19), "4 weeks late")])
