"""Names, birth dates, addresses and identifiers compared: each pair says at what level it agrees, whichever comes first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.values import address_key, name_key
from apps.matching.compare import births, names, numbers, places
from apps.matching.compare.variants import known_names, nicknames, same_spelling

FORENAMES = {
    ("Zoë", "Zoe"): "exact",
    ("Anne-Marie", "Annemarie"): "exact",
    ("D'Arcy", "Darcy"): "exact",
    ("Mohammed Ali", "Mohammed"): "first",
    ("A", "Ada"): "initial",
    ("A", "Grace"): "conflict",
    ("Muhammad", "Mohamed"): "spelling",
    ("Mohammad", "Mohd"): "spelling",
    ("Sean", "Shaun"): "spelling",
    ("Catherine", "Kathryn"): "spelling",
    ("Yusuf", "Youssef"): "spelling",
    ("Oleksandr", "Aleksandr"): "spelling",
    ("Elizabeth", "Beth"): "nickname",
    ("Alexander", "Alex"): "nickname",
    ("Charlotte", "Charlottr"): "near",
    ("Ada", "Grace"): "conflict",
    ("Taiwo", "Kehinde"): "conflict",
    ("Jayden", "Jaydne"): "near",
    ("Portia", "Po rtai"): "near",
    ("Jack", "Jake"): "conflict",
    ("Mia", "Mya"): "similar",
    ("Joshua", "Jossaa"): "similar",
    ("Mia", "Ana"): "conflict",
    ("Baby", "Ada"): "missing",
    ("Unborn", "Ada"): "missing",
    ("Male Infant", "Ada"): "missing",
    ("Not known", "Ada"): "missing",
    ("", "Ada"): "missing",
}
SURNAMES = {
    ("Marsh-Lee", "MARSH LEE"): "exact",
    ("Marshlee", "Marsh-Lee"): "exact",
    ("O’Brien", "OBrien"): "exact",
    ("Nuñez", "Nunez"): "exact",
    ("Marsh-Lee", "Lee"): "part",
    ("Okafor Bright", "Bright"): "part",
    ("Robinson", "Robinsom"): "typo",
    ("Marshall", "Marshal"): "typo",
    ("Ward", "Wood"): "differs",
    ("Khan", "Kahn"): "near",
    ("Marsh-Lee", "Lee-Jones"): "near",
    ("de Souza", "de Lima"): "differs",
    ("Marsh", "Hall"): "differs",
    ("Unknown", "Hall"): "missing",
}
D = date(2014, 3, 9)
BIRTHS = {
    (D, D): "exact",
    (D, date(2014, 9, 3)): "swap",
    (D, date(2014, 3, 10)): "day",
    (date(2014, 3, 31), date(2014, 4, 1)): "day",
    (D, date(2015, 3, 9)): "slip",
    (D, date(2014, 3, 19)): "slip",
    (D, date(2014, 3, 26)): "part",
    (D, date(2009, 3, 9)): "part",
    (D, date(2015, 4, 9)): "conflict",
    (D, date(2016, 7, 1)): "conflict",
}
HOMES = {
    (("Flat 4, Sable Court", ""), ("4 Sable Court", "")): "exact",
    (("4 Sable Ct", "TS1 1AA"), ("Flat 4, Sable Court, Norton", "TS1 1AA")): "exact",
    (("1 Fern Row, Wenlow", "TS1 1AA"), ("One Fern Row", "TS1 1AA")): "exact",
    (("1 Fern Row", "TS1 1AA"), ("9 Fern Row", "TS1 1AA")): "postcode",
    (("1 High Street", "TS1 1AA"), ("1 High Street", "YO9 9ZZ")): "differs",
    (("1 Fern Row", "TS1 1AA"), ("1 Fern Row", "TS1 1AB")): "exact",
    (("1 Fern Row", "TS1 1AA"), ("1 Fern Row", "")): "exact",
    (("1 Fern Row", "TS1 1AA"), ("9 Elm Close", "TS9 9ZZ")): "differs",
    (("12 Sable Court, Norton, Stockton", ""), ("12 Sabel Court, Norton Stockton", "TS1 1AA")): "near",
    (("12 Sable Court, Norton, Stockton", ""), ("12 Norton, Sable Court, Stockton", "")): "near",
    (("12 Sable Court, Norton, Stockton", ""), ("12 SableCourt, Nort on, Stockton", "")): "near",
    (("12 Sable Court, Norton, Stockton", ""), ("Sable Court, Norton, Stockton", "")): "street",
    (("12 Sable Court, Norton, Stockton", ""), ("21 Sable Court, Norton, Stockton", "")): "street",
    (("12 Sable Court, Norton, Stockton", ""), ("14 Sable Court, Norton, Stockton", "")): "number",
    (("12 Sable Court, Norton, Stockton", ""), ("12 Redcar Road, Norton, Stockton", "")): "differs",
    (("12 Park Road", ""), ("12 Prak Road", "")): "differs",
    (
        ("12 Sable Court, Norton, Stockton", "TS1 1AA"),
        ("12 Sabel Court, Norton, Stockton", "YO9 9ZZ"),
    ): "differs",
    (
        ("12 Sable Court, Norton, Stockton", "TS1 1AA"),
        ("Sable Court, Norton, Stockton", "TS1 1AB"),
    ): "differs",
    (("8 Stanley Street, Miami 4223", ""), ("8 Gold Row, Miami 4223", "")): "street",
    (("Stanley Street, Miami 4223", ""), ("Stanley Street, Miami 4225", "")): "street",
    (("No fixed abode", "ZZ99 3VZ"), ("NFA", "ZZ99 3VZ")): "missing",
    (("No fixed abode, ZZ99 3VZ", "ZZ99 3VZ"), ("No fixed abode, ZZ99 3VZ", "ZZ99 3VZ")): "missing",
    (("", "ZZ99 3WZ"), ("", "ZZ99 3WZ")): "missing",
    (("", "TS1 1AA"), ("1 Fern Row", "TS1 1AA")): "postcode",
    (("", ""), ("1 Fern Row", "TS1 1AA")): "missing",
}


@pytest.mark.parametrize(("pair", "level"), FORENAMES.items(), ids=map(str, FORENAMES))
def test_forenames(pair, level):
    one, other = map(name_key, pair)
    assert names.forenames(one, other) == names.forenames(other, one) == level


@pytest.mark.parametrize(("pair", "level"), SURNAMES.items(), ids=map(str, SURNAMES))
def test_surnames(pair, level):
    one, other = map(name_key, pair)
    assert names.surnames(one, other) == names.surnames(other, one) == level


@pytest.mark.parametrize(("pair", "level"), BIRTHS.items(), ids=map(str, BIRTHS))
def test_births(pair, level):
    assert births.births(*pair) == births.births(*pair[::-1]) == level


@pytest.mark.parametrize(("pair", "level"), HOMES.items(), ids=map(str, HOMES))
def test_homes(pair, level):
    one, other = ([places.keys(*home)] for home in pair)
    assert places.addresses(one, other)[0] == places.addresses(other, one)[0] == level


WORDS = st.text("abcdefghij -'’éüñ", max_size=14).map(name_key)
DAYS = st.dates(date(2005, 1, 1), date(2026, 12, 31))


@given(WORDS, WORDS)
def test_names_compare_alike_from_both_sides(one, other):
    assert names.surnames(one, other) == names.surnames(other, one)
    assert names.forenames(one, other) == names.forenames(other, one)


@given(WORDS.filter(names.is_name))
def test_a_name_is_itself(name):
    assert names.surnames(name, name) == names.forenames(name, name) == "exact"


@given(DAYS, DAYS)
def test_births_that_agree_in_fewer_than_two_parts_and_are_not_near_conflict(one, other):
    agree = sum(getattr(one, part) == getattr(other, part) for part in ("year", "month", "day"))
    conflict = births.births(one, other) == "conflict"
    assert births.births(other, one) == births.births(one, other)
    if conflict:
        assert agree < 2 and abs(one - other) > timedelta(days=2)
    assert conflict or agree >= 2 or abs(one - other) <= timedelta(days=2) or births.swapped(one) == other


@given(DAYS)
def test_a_date_changed_round_twice_is_itself(day):
    other = births.swapped(day)
    assert other is None or (births.swapped(other) == day and births.births(day, other) in ("swap", "day"))


@given(DAYS, st.integers(-80, 80))
def test_a_birth_may_lie_six_weeks_from_the_day_it_was_expected(due, days):
    assert births.expected(due, due + timedelta(days=days)) == (abs(days) <= 45)


@given(st.text("0123456789abcde ,.", max_size=30))
def test_an_address_is_its_own_household(text):
    key = address_key(text)
    home = places.household(key)
    assert places.household(home) == home
    if len(home.split()) > 1:
        assert places.addresses([(key, "")], [(key, "")])[0] == "exact"


@pytest.mark.parametrize(
    ("one", "one_former", "other", "other_former", "level"),
    [
        ({"9990000018"}, (), {"9990000018"}, (), "exact"),
        ({"9990000018"}, (), {"9990000026"}, (), "conflict"),
        ({"9990000018"}, (), {"9990000026"}, {"9990000018"}, "former"),
        ({"9990000018"}, {"9990000026"}, {"9990000026"}, (), "former"),
        ({"9990000018"}, (), (), (), "missing"),
        ({"A80840001500B"}, (), {"B808400015002"}, (), "missing"),
    ],
)
def test_numbers(one, one_former, other, other_former, level):
    assert numbers.numbers(one, one_former, other, other_former) == level


@pytest.mark.parametrize(
    ("number", "is_one"),
    [("A808400015001", True), ("A80840001500B", True), ("UN1", False), ("A000000000000", False), ("", False)],
)
def test_what_has_the_shape_of_a_upn(number, is_one):
    assert numbers.is_upn(number) == is_one


def test_forms_of_a_name_are_data_that_says_nothing_twice():
    assert same_spelling("muhammad", "mohamed") and not same_spelling("muhammad", "ahmed")
    assert nicknames("beth", "elizabeth") and not nicknames("beth", "sarah")
    assert {"muhammad", "elizabeth"} <= known_names()


def test_middle_names():
    assert names.middles({"ali"}, {"amin"}) == "conflict"
    assert names.middles({"ali"}, {"ali hassan"}) == "agree"
    assert names.middles({"a"}, {"amin"}) == "initial"
    assert names.middles(set(), {"amin"}) == "missing"
