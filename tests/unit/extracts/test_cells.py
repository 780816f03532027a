"""One cell at a time: what is read, what is noted, and that nothing is raised or repeated."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.layouts.base import RawRow
from apps.extracts.layouts.cells import Cells
from apps.extracts.rules import RULES

LABELS = {"start": "Start Date", "end": "End Date", "score": "Score"}
ANY = st.text(max_size=80) | st.sampled_from(["#", "1e400", "-0", "99/99/9999", "٣", "0x10", "\x00", "1_0"])


def cells(**data):
    return Cells(RawRow("help", 7, data), LABELS)


def codes(row):
    return [problem.code for problem in row.problems]


@pytest.mark.parametrize(
    ("length", "read", "noted"), [(499, 499, []), (500, 500, []), (501, 0, ["VALUE_LONG"])]
)
def test_a_text_may_have_five_hundred_characters(length, read, noted):
    row = cells(note="x" * length)
    assert (len(row.text("note")), codes(row)) == (read, noted)


@pytest.mark.parametrize(
    ("length", "read", "noted"), [(200, 200, []), (201, 0, ["VALUE_LONG"])], ids=["at", "above"]
)
def test_an_id_may_have_two_hundred_characters(length, read, noted):
    row = cells(id="x" * length)
    assert (len(row.ident("id")), codes(row)) == (read, noted)


def test_lines_of_a_cell_become_one_line_and_empty_ones_go():
    assert cells(note="1 High St\n\nNorton").text("note") == "1 High St, Norton"


def test_a_problem_names_the_column_as_the_file_does_and_the_row():
    row = cells(start="soon")
    assert row.day("start") is None
    [problem] = row.problems
    assert (problem.module, problem.row_no, problem.field) == ("help", 7, "Start Date")
    assert problem.message == RULES["DATE_WRONG"].message


def test_a_field_without_a_heading_is_named_as_it_is():
    row = cells(when="soon")
    row.day("when")
    assert row.problems[0].field == "when"


@pytest.mark.parametrize(("code", "rejected"), [("DATE_WRONG", True), ("DATE_CHECK", False)])
def test_only_an_error_rejects_the_row(code, rejected):
    row = cells(start="soon")
    row.day("start", code)
    assert (codes(row), row.rejected) == ([code], rejected)


def test_a_warning_after_an_error_does_not_take_the_row_back():
    row = cells(start="soon", score="many")
    row.day("start")
    row.number("score")
    assert (codes(row), row.rejected) == (["DATE_WRONG", "NUMBER_WRONG"], True)


@pytest.mark.parametrize("field", ["missing", "blank"])
def test_a_day_that_may_be_missing_may_be_blank(field):
    row = cells(blank="")
    assert (row.day(field), codes(row)) == (None, [])


@pytest.mark.parametrize(
    ("given", "day", "noted"),
    [("", None, ["VALUE_MISSING"]), ("soon", None, ["DATE_WRONG"]), ("01/02/2024", date(2024, 2, 1), [])],
)
def test_a_day_that_has_to_be_there(given, day, noted):
    row = cells(start=given)
    assert (row.needed_day("start"), codes(row)) == (day, noted)


def test_a_date_with_a_novel_behind_it_is_no_date():
    row = cells(start="01/02/2024" + " " * 60)
    assert (row.day("start"), codes(row)) == (None, ["DATE_WRONG"])


@pytest.mark.parametrize(
    ("given", "number", "noted"),
    [
        ("0", "0", []),
        ("40", "40", []),
        ("40.001", None, ["NUMBER_RANGE"]),
        ("-0.001", None, ["NUMBER_RANGE"]),
        ("forty", None, ["NUMBER_WRONG"]),
        ("4" * 41, None, ["NUMBER_WRONG"]),
        ("", None, []),
    ],
)
def test_a_number_between_nought_and_forty(given, number, noted):
    row = cells(score=given)
    found = row.number("score", Decimal(0), Decimal(40))
    assert (found, codes(row)) == (number and Decimal(number), noted)
    assert not row.rejected


def test_without_bounds_any_number_will_do():
    assert cells(score="-12345").number("score") == -12345


@pytest.mark.parametrize(
    ("given", "code", "noted"),
    [
        ("n1", "N1", []),
        (" N1 ", "N1", []),
        ("10.0", "10", []),
        ("QQ", "QQ", ["CODE_UNKNOWN"]),
        ("", "", []),
    ],
)
def test_a_code_is_read_in_capitals_and_kept_when_unknown(given, code, noted):
    row = cells(need=given)
    assert (row.code("need", {"N1", "10"}), codes(row)) == (code, noted)


@pytest.mark.parametrize(
    ("start", "end", "noted"),
    [
        ("02/01/2024", "01/01/2024", ["END_BEFORE_START"]),
        ("02/01/2024", "02/01/2024", []),
        ("02/01/2024", "03/01/2024", []),
        ("02/01/2024", "", []),
        ("", "01/01/2024", []),
    ],
)
def test_an_end_may_not_be_before_its_start(start, end, noted):
    row = cells(start=start, end=end)
    row.span("start", "end")
    assert codes(row) == noted
    assert [problem.field for problem in row.problems] == ["End Date"] * len(noted)


def test_details_leave_out_what_is_empty():
    row = cells(reason="Asked", level="")
    assert row.details({"Reason": "reason", "Level": "level", "Team": "team"}) == {"Reason": "Asked"}


@given(ANY, st.sampled_from(["text", "ident", "day", "needed_day", "number"]))
def test_whatever_a_cell_holds_is_read_or_noted_and_never_repeated(value, how):
    row = cells(start=value)
    getattr(row, how)("start")
    for problem in row.problems:
        assert problem.code in RULES
        assert problem.message == RULES[problem.code].message
    assert row.rejected is any(problem.severity == "error" for problem in row.problems)


@given(st.dates(), st.dates())
def test_a_span_is_refused_exactly_where_it_ends_before_it_starts(start, end):
    row = cells(start=start.isoformat(), end=end.isoformat())
    assert row.span("start", "end") == (start, end)
    assert row.rejected is (end < start)
