"""Numbers with check digits, postcodes, and the keys names are compared by: what holds for any of them."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import values

# numbers of people


def nhs(body):
    check = 11 - sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
    return None if check == 10 else body + str(check % 11)


@given(st.integers(100_000_000, 999_999_999))
def test_exactly_one_last_digit_or_none_makes_an_nhs_number(body):
    valid = [digit for digit in "0123456789" if values.nhs_number_valid(f"{body}{digit}")]
    made = nhs(str(body))
    if made in values.NHS_PLACEHOLDERS or (made and len(set(made)) == 1):
        made = None
    assert valid == ([made[-1]] if made else [])


@pytest.mark.parametrize("digits", sorted(values.NHS_PLACEHOLDERS) + [digit * 10 for digit in "0123456789"])
def test_placeholders_are_nobodys_number(digits):
    assert not values.nhs_number_valid(digits)


@given(st.integers(100_000_000, 999_999_999), st.integers(0, 8))
def test_two_neighbouring_digits_changed_round_are_noticed(body, place):
    number = nhs(str(body))
    if number and number[place] != number[place + 1] and values.nhs_number_valid(number):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert not values.nhs_number_valid(swapped)


@given(st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True))
def test_exactly_one_letter_fits_any_upn(rest):
    assert sum(values.upn_valid(letter + rest) for letter in values.UPN_LETTERS) == 1


@pytest.mark.parametrize("letter", "IOS")
def test_letters_that_look_like_figures_are_in_no_upn(letter):
    assert letter not in values.UPN_LETTERS
    assert not values.upn_valid(f"{letter}80120000100{letter}")


# places and names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("m11aa", "M1 1AA"),
        ("M60 1NW", "M60 1NW"),
        ("CR2 6XH", "CR2 6XH"),
        ("DN55 1PT", "DN55 1PT"),
        ("W1A 1HQ", "W1A 1HQ"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("ABC1 1AA", ""),
        ("M1 AA1", ""),
        ("TS20 1AA x", ""),
        ("TS20-1AA", ""),
    ],
)
def test_every_shape_of_postcode(text, code):
    assert values.postcode(text) == code


@given(
    st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]?", fullmatch=True),
    st.from_regex(r"[0-9][A-Z]{2}", fullmatch=True),
)
def test_a_postcode_is_read_alike_with_and_without_its_space(outward, inward):
    assert (
        values.postcode(outward + inward)
        == values.postcode(f"{outward.lower()}   {inward}")
        == f"{outward} {inward}"
    )
    assert values.postcode_of(f"1 High Street, {outward}{inward}") == f"{outward} {inward}"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Müller", "MULLER"),
        ("Ødegård", "odegard"),
        ("D’Souza", "DSOUZA"),
        ("Ng_Li", "ng li"),
        ("Anne-Marie", "Anne  Marie"),
        ("Þór", "Thor"),
        ("Œuvray", "oeuvray"),
        ("Işık", "ISIK"),
    ],
)
def test_names_written_in_two_ways_have_one_key(one, two):
    assert values.name_key(one) == values.name_key(two) != ""


@pytest.mark.parametrize("name", sorted(values.NO_NAME))
def test_no_word_for_a_child_without_a_name_is_a_key(name):
    assert values.name_key(name.upper()) == ""


@given(st.text(), st.text())
def test_keys_hold_letters_figures_and_single_spaces_alone(name, address):
    for key in (values.name_key(name), values.address_key(address)):
        assert re.fullmatch(r"(?:\w+(?: \w+)*)?", key) and "_" not in key
        assert key == key.lower() or not key.isascii()


@given(st.text(), st.text())
def test_the_key_of_an_address_forgets_how_its_lines_were_parted(one, two):
    assert values.address_key(f"{one}\n{two}") == values.address_key(f"{one}, {two}")


@given(st.text(st.characters(codec="ascii")))
def test_plain_english_loses_only_its_capitals(text):
    assert values.unaccented(text) == text.lower()


def test_a_day_after_the_last_day_of_a_month_is_not_guessed():
    for month in range(1, 13):
        last = (date(2023, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        assert values.parse_date(f"{last.day}/{month}/2023") == last
        assert values.parse_date(f"{last.day + 1}/{month}/2023") is None
