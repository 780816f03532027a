from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.core import values


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("27/03/2008", date(2008, 3, 27)),
        ("2008-03-27", date(2008, 3, 27)),
        ("20080327", date(2008, 3, 27)),
        ("27-03-2008", date(2008, 3, 27)),
        ("27.03.2008", date(2008, 3, 27)),
        ("2025-Feb-16 00:00:00", date(2025, 2, 16)),
        ("16-Feb-2025", date(2025, 2, 16)),
        ("16 February 2025", date(2025, 2, 16)),
        ("2022-10-15 00:00:00", date(2022, 10, 15)),
        ("2023-05-23T11:14:05", date(2023, 5, 23)),
        ("2022-07-21T10:12:28Z", date(2022, 7, 21)),
        ("2/3/2020", date(2020, 3, 2)),
    ],
)
def test_every_date_form_agencies_send_is_read_day_first(text, day):
    assert values.parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/2020",
        "13/13/2013",
        "2020-Foo-01",
        "01/02/20",
        "45123",
        "tomorrow",
        "2020-00-10",
        "0000-01-01",
    ],
)
def test_a_text_that_names_no_day_is_none(text):
    assert values.parse_date(text) is None


@given(st.dates())
def test_dates_round_trip(day):
    assert values.parse_date(day.isoformat()) == day
    assert values.parse_date(f"{day.day:02}/{day.month:02}/{day.year:04}") == day
    month = list(values.MONTHS)[day.month - 1].title()
    assert values.parse_date(f"{day.year:04}-{month}-{day.day:02} 00:00:00") == day


@pytest.mark.parametrize("number", ["9434765919", "943 476 5919", "943-476-5919", "9434765919.0"])
def test_an_nhs_number_is_read_with_its_spaces(number):
    assert values.nhs_number_valid(values.nhs_number(number))


@pytest.mark.parametrize(
    "number",
    [
        "9434765918",
        "0000000000",
        "1234567890",
        "9999999999",
        "943476591",
        "94347659190",
        "ABCDEFGHIJ",
        "",
        "९४३४७६५९१९",
    ],
)
def test_a_wrong_or_placeholder_nhs_number_fails(number):
    assert not values.nhs_number_valid(values.nhs_number(number))


@given(st.integers(0, 10**10 - 1), st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_never_passes(number, place, digit):
    digits = f"{number:010}"
    changed = digits[:place] + str(digit) + digits[place + 1 :]
    if changed != digits:
        assert not (values.nhs_number_valid(digits) and values.nhs_number_valid(changed))


@pytest.mark.parametrize("text", ["H801200001001", "A801200001000"])
def test_only_one_letter_fits_a_upn(text):
    rest = text[1:]
    assert sum(values.upn_valid(letter + rest) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 1


def test_a_temporary_upn_ends_in_a_letter():
    assert sum(values.upn_valid(letter + "80120000100B") for letter in values.UPN_LETTERS) == 1


@pytest.mark.parametrize("text", ["", "21db2df8-fa0", "I801200001001", "A80120000100"])
def test_what_is_not_a_upn_fails(text):
    assert not values.upn_valid(text)


def test_a_upn_is_read_in_capitals_without_spaces():
    assert values.upn(" a801 200001000 ") == "A801200001000"


@pytest.mark.parametrize(
    ("text", "code"),
    [("ts181ab", "TS18 1AB"), ("TS18  1AB", "TS18 1AB"), ("sw1a 1aa", "SW1A 1AA"), ("TS18", ""), ("", "")],
)
def test_a_postcode_has_one_space_or_is_nothing(text, code):
    assert values.postcode(text) == code


def test_the_postcode_at_the_end_of_an_address_is_found():
    assert values.postcode_of("Flat 78m\nSally mall\nDaviesmouth\nG6T 3BF") == "G6T 3BF"
    assert values.postcode_of("12 High Street, Norton") == ""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("Okafor-Bright", "okafor bright"),
        ("  ZOË ", "zoe"),
        ("Łukasz", "lukasz"),
        ("Strauß", "strauss"),
        ("St. John", "st john"),
        ("Baby", ""),
        ("UNBORN", ""),
        ("Infant", ""),
        ("Not Known", ""),
        ("???", ""),
        ("", ""),
    ],
)
def test_names_are_compared_by_a_plain_key(name, key):
    assert values.name_key(name) == key


@given(st.text())
@example("𝑨")
def test_a_key_is_its_own_key(name):
    key = values.name_key(name)
    assert values.name_key(key) == key


def test_addresses_that_differ_in_punctuation_have_one_key():
    assert values.address_key("12, High St.\nNorton\nTS20 1AA") == values.address_key(
        "12 high st, norton ts20 1aa"
    )


@pytest.mark.parametrize("text", ["", "#N/A", "NULL", "  ", "\ufeff", "\x00", "\u00a0"])
def test_what_spreadsheets_write_for_nothing_is_empty(text):
    assert values.clean(text) == ""


def test_cleaning_keeps_lines_and_drops_what_a_database_cannot_hold():
    assert values.clean("1 High\u00a0 St\x00\r\n Norton ") == "1 High St\nNorton"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = values.clean(text)
    assert values.clean(once) == once
    once.encode()


@pytest.mark.parametrize(
    ("text", "number"), [("135.0", "135"), ("92.55%", "92.55"), ("1,234", "1234"), ("-3", "-3")]
)
def test_numbers_are_read_as_spreadsheets_write_them(text, number):
    assert values.parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "abc", "NaN", "Infinity", "1e999", "12345678901", "1/2"])
def test_what_is_not_a_number_is_none(text):
    assert values.parse_number(text) is None


@pytest.mark.parametrize(("text", "found"), [("12345.0", "12345"), (" A 1 ", "A 1"), ("E10.0", "E10.0")])
def test_ids_lose_what_a_spreadsheet_adds(text, found):
    assert values.ident(text) == found


def test_yes_is_read_in_every_spelling():
    assert all(values.is_yes(text) for text in ("1", "Yes", "TRUE", "y"))
    assert not any(values.is_yes(text) for text in ("0", "No", "", "false"))
