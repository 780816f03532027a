"""The borough before anything is written: the same for a seed, made of nobody, in believable shares."""

import re
from collections import Counter
from datetime import date

import pytest
from stdnum.gb import nhs
from stdnum.gb import upn as pupil_number

from apps.pipeline.demo import life
from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.identifiers import INWARD_LETTERS, SCHEMES, local_id, nhs_number, phone, postcode
from apps.pipeline.demo.model import Child, age, school_age, school_year
from apps.pipeline.demo.names import BOYS, GIRLS, SURNAMES

MONDAY = date(2026, 11, 9)


@pytest.fixture(scope="module")
def borough() -> Borough:
    return Borough.generate(4_000, 7, MONDAY)


@pytest.fixture(scope="module")
def week() -> tuple[Borough, dict[str, list[int]]]:
    later = Borough.generate(4_000, 7, MONDAY)
    return later, life.week(later)


def by_number(borough: Borough, n: int) -> Child:
    return next(child for child in borough.children if child.n == n)


def share(borough: Borough, service: str) -> float:
    return sum(child.open(service) is not None for child in borough.children) / len(borough.children)


def test_the_same_seed_gives_the_same_children_and_another_seed_others(borough: Borough) -> None:
    def who(some: Borough) -> list[tuple[object, ...]]:
        return [(c.nhs, c.forename, c.surname, c.dob, c.home, len(c.spells)) for c in some.children]

    assert who(Borough.generate(4_000, 7, MONDAY)) == who(borough)
    assert who(Borough.generate(4_000, 8, MONDAY)) != who(borough)


def test_there_are_as_many_children_as_asked_for_and_none_is_over_age(borough: Borough) -> None:
    assert len(borough.children) == 4_000
    assert {age(child.dob, MONDAY) for child in borough.children} == set(range(26))
    assert all(child.dob < MONDAY for child in borough.children)


def test_every_child_is_known_to_somebody(borough: Borough) -> None:
    strangers = [c for c in borough.children if not (c.spells or c.setting or c.csc_known)]
    assert strangers == []


def test_nhs_numbers_are_valid_different_and_from_the_test_range(borough: Borough) -> None:
    numbers = [child.nhs for child in borough.children]
    assert len(set(numbers)) == len(numbers)
    assert all(nhs.is_valid(number) and number.startswith("999") for number in numbers)


def test_a_serial_without_a_check_digit_has_no_number() -> None:
    refused = [serial for serial in range(1_000) if nhs_number(serial) is None]
    assert 50 < len(refused) < 150


def test_pupil_numbers_have_their_check_letter_and_are_different(borough: Borough) -> None:
    numbers = [child.upn for child in borough.children if child.upn]
    assert len(numbers) > 2_000
    assert len(set(numbers)) == len(numbers)
    assert all(pupil_number.is_valid(number) for number in numbers)


def test_telephones_are_kept_for_drama_and_mail_cannot_arrive(borough: Borough) -> None:
    numbers = [w.phone for w in borough.staff.workers] + [s.phone for s in borough.places.schools]
    assert all(number.startswith("01632 960") and len(number) == len("01632 960000") for number in numbers)
    assert phone(1_234) == "01632 960234"
    assert all(
        worker.email.endswith(".example") and worker.email.isascii() for worker in borough.staff.workers
    )


def test_postcodes_look_right_and_lie_in_no_real_area() -> None:
    codes = {postcode(serial) for serial in range(0, 72_000, 7)}
    assert len(codes) == len(range(0, 72_000, 7))
    assert all(re.fullmatch(rf"BK\d+ \d[{INWARD_LETTERS}]{{2}}", code) for code in codes)
    assert postcode(0) == "BK1 1AA"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_two_children_share_a_local_id(scheme: str) -> None:
    assert len({local_id(scheme, n) for n in range(120_000)}) == 120_000


def test_names_hold_diacritics_hyphens_and_apostrophes(borough: Borough) -> None:
    assert any(not name.isascii() for name in GIRLS + BOYS)
    assert any("’" in name for name in SURNAMES)
    assert sum("-" in child.surname for child in borough.children) > 50
    assert sum(bool(child.former_surname) for child in borough.children) > 20


def test_brothers_and_sisters_have_different_forenames(borough: Borough) -> None:
    homes = Counter((child.family, child.forename) for child in borough.children)
    shared = [key for key, times in homes.items() if times > 1]
    assert len(shared) <= 2  # those the cast gave a namesake


def test_three_in_a_hundred_are_twins_born_on_one_day(borough: Borough) -> None:
    twins = [child for child in borough.children if child.twin]
    assert 0.015 < len(twins) / len(borough.children) < 0.05
    pairs = Counter((child.family, child.dob) for child in twins)
    assert sum(times >= 2 for times in pairs.values()) >= 0.9 * len(pairs)


@pytest.mark.parametrize(
    ("born", "reached", "year"),
    [
        (date(2022, 8, 31), 4, "R"),
        (date(2022, 9, 1), 3, "N2"),
        (date(2013, 3, 14), 13, "9"),
        (date(2010, 9, 1), 15, "11"),
        (date(2007, 1, 1), 19, "14"),
    ],
)
def test_the_school_year_turns_on_the_first_of_september(born: date, reached: int, year: str) -> None:
    assert (school_age(born, MONDAY), school_year(born, MONDAY)) == (reached, year)


def test_children_go_to_schools_of_their_age(borough: Borough) -> None:
    for child in borough.children:
        if child.setting and child.n not in {part.n for part in borough.parts.values()}:
            reached = school_age(child.dob, MONDAY)
            assert child.setting.phase != "Secondary" or reached >= 10
            assert child.setting.phase != "Primary" or reached <= 11
            assert child.setting.kind != "early_years" or reached <= 3


@pytest.mark.parametrize(
    ("service", "low", "high"),
    [
        ("looked_after", 0.01, 0.05),
        ("child_protection", 0.02, 0.08),
        ("child_in_need", 0.10, 0.25),
        ("early_help", 0.04, 0.15),
        ("ehcp", 0.05, 0.16),
        ("sen_support", 0.04, 0.14),
        ("camhs", 0.03, 0.10),
        ("community_health", 0.10, 0.28),
        ("vemt", 0.005, 0.03),
        ("youth_justice", 0.004, 0.03),
        ("continuing_care", 0.002, 0.02),
        ("young_carer", 0.008, 0.05),
        ("neet_risk", 0.015, 0.07),
        ("care_leaver", 0.004, 0.04),
    ],
)
def test_services_have_believable_shares(borough: Borough, service: str, low: float, high: float) -> None:
    assert low <= share(borough, service) <= high


def test_spells_begin_after_birth_and_end_after_they_begin(borough: Borough) -> None:
    for child in borough.children:
        for spell in child.spells:
            assert spell.start >= child.dob
            assert spell.end is None or spell.start <= spell.end <= MONDAY
            assert spell.seen is None or spell.start <= spell.seen <= MONDAY


def test_social_workers_have_a_case_load_and_families_one_worker(borough: Borough) -> None:
    cases = Counter(
        spell.worker
        for child in borough.children
        for spell in [next((s for s in child.spells if s.worker.startswith("SW") and not s.end), None)]
        if spell
    )
    assert 15 <= cases["SW1001"] <= 25
    assert borough.staff.by_id["SW1001"].name == "Priya Venn"
    assert max(cases.values()) <= 30


def test_some_are_restricted_and_one_record_is_hidden_whole(borough: Borough) -> None:
    kinds = Counter(child.restricted for child in borough.children if child.restricted)
    assert kinds["Record"] == 1
    assert kinds["Address"] >= 3
    assert borough.parts["hidden"].restricted == "Record"


def test_some_share_name_and_birthday_without_being_one_family(borough: Borough) -> None:
    people: dict[tuple[str, str, date], set[int]] = {}
    for child in borough.children:
        people.setdefault((child.forename, child.surname, child.dob), set()).add(child.family)
    assert any(len(families) > 1 for families in people.values())


def test_the_week_has_its_events(week: tuple[Borough, dict[str, list[int]]]) -> None:
    _, happened = week
    for name in ("opening", "ending", "house move", "school move", "new surname", "sighting", "twins"):
        assert happened[name], name
    assert len(happened["death"]) == len(happened["ageing out"]) == 1


def test_a_death_and_a_departure_end_everything(week: tuple[Borough, dict[str, list[int]]]) -> None:
    borough, happened = week
    gone = [by_number(borough, n) for n in happened["death"] + happened["left the area"]]
    assert all(child.setting is None and all(s.end for s in child.spells) for child in gone)
    assert [bool(child.died) for child in gone] == [True] + [False] * (len(gone) - 1)


def test_somebody_turns_26_in_the_week(week: tuple[Borough, dict[str, list[int]]]) -> None:
    borough, happened = week
    child = by_number(borough, happened["ageing out"][0])
    assert (age(child.dob, MONDAY), age(child.dob, borough.monday)) == (25, 26)


def test_the_leading_part_goes_from_need_to_protection(week: tuple[Borough, dict[str, list[int]]]) -> None:
    borough, happened = week
    tamsin = by_number(borough, happened["rating rises"][0])
    assert (tamsin.forename, tamsin.surname) == ("Tamsin", "Okafor-Bright")
    assert tamsin.setting and tamsin.setting.name == "Larkmoor Academy"
    assert tamsin.open("child_in_need") and tamsin.open("child_protection")


def test_the_week_ends_no_more_than_a_few_in_a_hundred(week: tuple[Borough, dict[str, list[int]]]) -> None:
    borough, _ = week
    for service in ("child_in_need", "early_help", "ehcp", "sen_support", "camhs", "community_health"):
        ended = [s for c in borough.children for s in c.having(service) if s.end and s.end >= MONDAY]
        still = [s for c in borough.children for s in c.having(service) if not s.end]
        assert len(ended) < 0.08 * len(still), service


def test_a_new_pupil_number_keeps_the_former_one(week: tuple[Borough, dict[str, list[int]]]) -> None:
    borough, happened = week
    for n in happened["corrected"]:
        child = by_number(borough, n)
        assert child.former_upn and pupil_number.is_valid(child.upn) and child.upn != child.former_upn
