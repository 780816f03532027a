"""The edges of what agencies type, and what holds for anything they could."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import values

NOTHING = ["#N/A", "NULL", "null", "#n/a", "N/A", "#REF!", "#VALUE!", "#NAME?", "NaN", "nan", "None"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29/02/2024", date(2024, 2, 29)),
        ("29/02/2023", None),
        ("31/04/2024", None),
        ("1/2/2024", date(2024, 2, 1)),
        ("2024/2/1", date(2024, 2, 1)),
        ("2024-2-1", date(2024, 2, 1)),
        ("1 Sept 2024", date(2024, 9, 1)),
        ("1-SEP-2024", date(2024, 9, 1)),
        ("2024-sep-1", date(2024, 9, 1)),
        ("01/02/2024 9:30", date(2024, 2, 1)),
        ("01/02/2024 09:30:15.123", date(2024, 2, 1)),
        ("2024-02-01T09:30:15+01:00", date(2024, 2, 1)),
        ("2024-02-01T23:59Z", date(2024, 2, 1)),
        ("2024-02-01 at noon", None),
        ("2024-02-01T", None),
        ("02/13/2024", None),
        ("12/13/2024", None),
        ("1/2/24", None),
        ("٠١/٠٢/٢٠٢٤", None),
        ("20240231", None),
        ("2024-13-01", None),
        ("1 May", None),
        ("May 2024", None),
        (" 01/02/2024 ", date(2024, 2, 1)),
    ],
)
def test_days_at_the_edge(text, day):
    assert values.parse_date(text) == day


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_none(text):
    found = values.parse_date(text)
    assert found is None or (type(found) is date and str(found.year) in text)


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(["/", "-", "."]), st.booleans())
def test_a_british_date_is_read_with_or_without_noughts(day, sign, padded):
    parts = (
        f"{day:%d}{sign}{day:%m}{sign}{day.year}" if padded else f"{day.day}{sign}{day.month}{sign}{day.year}"
    )
    assert values.parse_date(parts) == day


@given(st.dates(min_value=date(1900, 1, 1)), st.times())
def test_a_time_of_day_never_changes_the_day(day, time):
    assert values.parse_date(f"{day.isoformat()} {time:%H:%M:%S}") == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("999999999.999", "999999999.999"),
        ("1000000000", None),
        ("-999999999", "-999999999"),
        ("-1000000000", None),
        ("0.0005", "0.000"),
        ("0.0006", "0.001"),
        ("1e3", "1000"),
        ("1,234,567", "1234567"),
        ("12 %", "12"),
        ("%", None),
        ("12%%", "12"),
        ("--1", None),
        ("£5", None),
        (" 7 ", "7"),
        ("sNaN", None),
        ("-Infinity", None),
    ],
)
def test_numbers_at_the_edge(text, number):
    assert values.parse_number(text) == (None if number is None else Decimal(number))


@given(st.text(max_size=20))
def test_any_text_is_a_number_of_three_places_or_none(text):
    found = values.parse_number(text)
    assert found is None or (abs(found) < 1_000_000_001 and found.as_tuple().exponent == -3)


@given(st.decimals(-999_999_999, 999_999_999, places=3))
def test_a_number_comes_back_as_it_was_written(number):
    assert values.parse_number(str(number)) == number
    assert values.parse_number(f"{number:,}") == number


# cells


@pytest.mark.parametrize("text", NOTHING)
def test_every_way_a_spreadsheet_writes_nothing(text):
    assert values.clean(f"  {text}\t") == ""


@pytest.mark.parametrize("text", ["N/A.", "null and void", "Nan Marsh", "Noneth", "#N/A#"])
def test_words_that_begin_like_nothing_are_kept(text):
    assert values.clean(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a  b", "a b"),
        ("a\u3000b", "a b"),
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("a\u202eb", "ab"),
        ("\u200bMarsh\u200f", "Marsh"),
        ("a\x85b", "ab"),
        ("a\tb", "a b"),
        ("\ud800x", "x"),
        ("\n\na\n", "a"),
    ],
)
def test_what_is_cleaned_out_of_a_cell(text, kept):
    assert values.clean(text) == kept


@given(st.text())
def test_a_clean_text_holds_no_control_characters_and_no_double_space(text):
    found = values.clean(text)
    assert not values.CONTROL.search(found.replace("\n", ""))
    assert "  " not in found and found == found.strip()
    assert found not in values.BLANKS or not found


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("1.0", "1"),
        ("1.00", "1.00"),
        (".0", ".0"),
        ("-1.0", "-1.0"),
        ("A\nB  C", "A B C"),
        ("12.0.0", "12.0.0"),
        ("", ""),
    ],
)
def test_only_the_nought_of_a_whole_number_goes(text, own):
    assert values.ident(text) == own
