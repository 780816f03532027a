"""How agencies mishear, what their numbers look like, and which rows were spoiled."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import values
from apps.pipeline.demo import identifiers, spelling
from apps.pipeline.demo.families import LEVELS, one_lower
from apps.pipeline.demo.files import mondays
from apps.pipeline.demo.model import Child, Home, Spell, age, school_age, school_year
from apps.pipeline.demo.spelling import EARS, Speech
from apps.pipeline.demo.staff import email
from apps.pipeline.demo.writers import slips
from apps.pipeline.demo.writers.table import blade, iso, uk, write

HOME = Home("1", "High Street", 0, "Norton", "BK1 1AA")
OLD = Home("9", "Low Road", 0, "Norton", "BK1 1AB")


def child(n, surname="Marsh", **fields):
    own = {"old_surname": "Before", "old_home": OLD, "upn": "A837", "middle": "Mae"}
    return Child(n, 1, "Zoë", surname, date(2013, 3, 4), "F", "WBRI", "9990000018", HOME, **(own | fields))


# numbers


@given(st.integers(0, 999_999))
def test_a_number_of_the_test_range_is_valid_or_none(serial):
    number = identifiers.nhs_number(serial)
    assert number is None or (values.nhs_number_valid(number) and number.startswith("999"))


@given(st.integers(0, 9999), st.integers(1990, 2040), st.integers(0, 999))
def test_a_pupil_number_fits_its_check_letter(estab, year, serial):
    number = identifiers.upn(f"{estab:04d}", year, serial)
    assert values.upn_valid(number) and number[1:4] == identifiers.LA_CODE


@given(st.integers(0, 71_999))
def test_a_postcode_looks_like_one(serial):
    assert values.postcode(identifiers.postcode(serial)) == identifiers.postcode(serial)


@given(st.integers())
def test_every_telephone_is_one_of_the_thousand_kept_for_drama(serial):
    number = identifiers.phone(serial)
    assert number.startswith("01632 960") and len(number) == 12


# mishearing


@pytest.mark.parametrize("agency", sorted(EARS))
def test_an_agency_hears_a_child_the_same_way_each_time_and_never_invents_a_number(agency):
    speech = Speech(7, agency)
    for n in range(300):
        heard = speech.of(child(n))
        assert heard == Speech(7, agency).of(child(n))
        assert heard.nhs in ("", "9990000018") and heard.upn in ("", "A837")
        assert heard.home in (HOME, OLD, spelling.NO_HOME)


@pytest.mark.parametrize(
    ("agency", "numbers"),
    [("vemt", ("", "")), ("attendance", ("", "A837")), ("clinical_status", ("9990000018", ""))],
)
def test_some_agencies_hold_one_number_always_and_another_never(agency, numbers):
    assert {(heard.nhs, heard.upn) for heard in (Speech(7, agency).of(child(n)) for n in range(200))} == {
        numbers
    }


def test_health_writes_surnames_in_plain_capitals_and_youth_justice_without_accents():
    spoken = [child(n, "Núñez", old_surname="") for n in range(50)]
    assert {Speech(7, "camhs").of(each).surname for each in spoken} == {"NUNEZ"}
    assert {Speech(7, "youth_justice").of(each).surname for each in spoken} <= {"Nunez", "Nnuez", "Nuenz"}
    assert "Núñez" in {Speech(7, "csc_people").of(each).surname for each in spoken}


@given(st.text(st.characters(categories=("Lu", "Ll")), max_size=12), st.integers(0, 10**7))
def test_a_slip_changes_two_letters_round_and_never_the_first(word, at):
    slipped = spelling._slip(word, at)
    assert sorted(slipped) == sorted(word)
    assert slipped[:1] == word[:1] and slipped[-1:] == word[-1:]
    assert sum(one != two for one, two in zip(word, slipped, strict=True)) in (0, 2)


# children


@pytest.mark.parametrize(("level", "below"), [("P", "R"), ("R", "A"), ("A", "G"), ("G", "N"), ("N", "N")])
def test_the_level_below(level, below):
    assert one_lower(level) == below and below in LEVELS


def test_a_spell_is_open_until_it_has_an_end():
    one = child(
        1, spells=[Spell("camhs", date(2024, 1, 1), date(2024, 2, 1)), Spell("camhs", date(2025, 1, 1))]
    )
    assert one.open("camhs").start == date(2025, 1, 1)
    assert len(one.having("camhs")) == 2 and one.open("vemt") is None


@given(st.dates(date(2000, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 2), date(2030, 1, 1)))
def test_the_age_at_school_is_the_age_at_the_end_of_august(born, day):
    august = date(day.year if day.month >= 9 else day.year - 1, 8, 31)
    assert school_age(born, day) == age(born, august)
    assert school_year(born, day) in {"E2", "N1", "N2", "R", *map(str, range(1, 15))}


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_two_weeks_are_the_mondays_up_to_today(day):
    first, second = mondays(day)
    assert first.weekday() == second.weekday() == 0
    assert (second - first).days == 7 and 0 <= (day - second).days < 7


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Priya Venn", "priya.venn@brackmoor.example"),
        ("Siân O’Neill", "sian.o-neill@brackmoor.example"),
        ("Noor Askham-Reyes", "noor.askham-reyes@brackmoor.example"),
    ],
)
def test_an_address_cannot_exist(monkeypatch, name, address):
    assert email(name) == address


# files


@given(st.dates(date(1900, 1, 1)))
def test_every_way_a_day_is_written_is_read_back(day):
    assert values.parse_date(uk(day)) == values.parse_date(iso(day)) == values.parse_date(blade(day)) == day
    assert uk(None) == iso(None) == blade(None) == ""


def test_a_table_without_rows_is_no_file(tmp_path):
    write(tmp_path / "a.csv", ["x"], [])
    assert not (tmp_path / "a.csv").exists()
    write(tmp_path / "b.csv", ["x", "y"], [("1", "a,b")])
    assert (tmp_path / "b.csv").read_bytes() == b'x,y\r\n1,"a,b"\r\n'


@pytest.mark.parametrize(
    ("rows", "first_week", "spoiled"),
    [
        (slips.LEAST_ROWS + 5, True, {"31/02/2014", "9990000005"}),
        (slips.LEAST_ROWS + 5, False, set()),
        (50, True, set()),
    ],
)
def test_rows_are_spoiled_in_long_files_and_put_right_the_week_after(tmp_path, rows, first_week, spoiled):
    path = tmp_path / "early_help" / "early_help.csv"
    path.parent.mkdir()
    write(
        path, ["EHM ID", "Date of Birth", "NHS Number"], [(str(number), "ok", "ok") for number in range(rows)]
    )
    slips.plant(tmp_path, first_week)
    with path.open(newline="") as stream:
        found = list(csv.reader(stream))[1:]
    assert {text for row in found for text in row[1:]} - {"ok"} == spoiled
    assert [row[0] for row in found] == [str(number) for number in range(rows)]
