"""Each agency's own words beside the head of the page, and why its record belongs to the child."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.children.models import RecordAddress, RecordVersion
from apps.involvements.presenters import Contact, Known, Source
from apps.profiles.presenters import page, record
from apps.profiles.presenters.header import Person
from apps.profiles.presenters.record import Cell

DAY = date(2026, 11, 16)
PERSON = Person(surname="Okafor-Bright", forename="Zoë")


def version(**fields):
    return RecordVersion(**fields)


def named(surname, forename, surname_key, forename_key):
    return version(surname=surname, forename=forename, surname_key=surname_key, forename_key=forename_key)


def place(address="1 High St", key="1 high st", postcode="TS201AA", shown="TS20 1AA"):
    return RecordAddress(address=address, address_key=key, postcode=shown, postcode_key=postcode)


@pytest.mark.parametrize(
    ("theirs", "cell"),
    [
        (named("Okafor-Bright", "Zoë", "okafor bright", "zoe"), Cell("OKAFOR-BRIGHT, Zoë")),
        (named("OKAFOR BRIGHT", "ZOE", "okafor bright", "zoe"), Cell("OKAFOR BRIGHT, ZOE")),
        (named("Okafor", "Zoë", "okafor", "zoe"), Cell("OKAFOR, Zoë", differs=True)),
        (named("Okafor-Bright", "Baby", "okafor bright", ""), Cell("OKAFOR-BRIGHT, Baby", differs=True)),
        (named("Baby", "", "", ""), Cell("BABY")),
        (version(), Cell(note="none held")),
    ],
)
def test_a_name_differs_only_where_it_is_another_one(theirs, cell):
    assert record.name_cell(theirs, PERSON) == cell


@pytest.mark.parametrize(
    ("known_as", "former", "note"),
    [
        ("Zo", "", "known as Zo"),
        ("", "Bright", "was Bright"),
        ("Zo", "Bright", "known as Zo, was Bright"),
        ("", "", ""),
    ],
)
def test_names_beside_the_name(known_as, former, note):
    assert record.known_as(version(known_as=known_as, former_surname=former)) == note


@pytest.mark.parametrize(
    ("one", "two", "other"),
    [
        (place(), place(), False),
        (place(postcode="TS201AB"), place(), True),
        (place(key="2 high st"), place(), True),
        (place(key="2 high st", postcode=""), place(), True),
        (place(key="", postcode="TS201AA"), place(), False),
        (place(key="", postcode=""), place(), False),
        (place(key="2 high st"), place(key="", postcode=""), False),
    ],
)
def test_two_addresses_are_other_places_by_postcode_or_by_words(one, two, other):
    assert record.other_place(one, two) is other
    assert record.other_place(two, one) is other


@pytest.mark.parametrize(
    ("theirs", "first", "cell"),
    [
        (place("1 High St,\n Norton"), None, Cell("1 High St, Norton")),
        (place(""), None, Cell("TS20 1AA")),
        (place("", "", "", ""), place(), Cell(note="none held")),
        (None, place(), Cell(note="none held")),
        (place("9 Low St", "9 low st"), place(), Cell("9 Low St", differs=True)),
    ],
)
def test_an_address_as_one_agency_has_it(theirs, first, cell):
    assert record.address_cell(theirs, first, hidden=False) == cell
    assert record.address_cell(theirs, first, hidden=True) == Cell(note="hidden")


def test_further_numbers_are_named():
    assert record.others_of(version(former_upn="H1", uln="999")) == ["Former UPN H1", "ULN 999"]
    assert record.others_of(version()) == []


@pytest.mark.parametrize(
    ("by", "outcome", "rule", "said"),
    [
        ("priya", "linked", "nhs_number", "Decided by a person, 13 Nov 2026"),
        ("", "linked", "nhs_number", "Same NHS number"),
        ("", "linked", "upn", "Same UPN"),
        ("", "linked", "former_upn", "Former UPN"),
        ("", "linked", "local_id", "Same record number"),
        ("", "linked", "name_dob_address", "Name dob address"),
        ("", "linked", "", "Linked"),
        ("", "new", "", "First record"),
        ("", "question", "", "In question"),
        ("", "nameless", "", "No name yet"),
        ("", "parted", "", "Parted"),
    ],
)
def test_why_a_record_belongs_to_the_child(by, outcome, rule, said):
    decided = SimpleNamespace(by=by, at=datetime(2026, 11, 13, 9, tzinfo=UTC), outcome=outcome, rule=rule)
    assert record.linked_words(SimpleNamespace(decision=decided)) == said


# what the page makes of all of them


def held(local_id, agency="Social care"):
    return SimpleNamespace(local_id=local_id, agency=agency)


def test_case_numbers_are_told_once_and_not_those_that_stand_at_the_top():
    versions = [
        held("100"),
        held("100"),
        held("H1"),
        held("943"),
        held(""),
        held("E7", "Early help"),
        held("100", "CAMHS"),
    ]
    assert page.case_numbers(versions, Person(upn="H1", nhs_number="943")) == [
        ("100", "Social care"),
        ("E7", "Early help"),
        ("100", "CAMHS"),
    ]


def known(service, worker, end=None):
    return Known(service, date(2026, 1, 1), end, worker=worker)


def test_every_worker_is_told_once_with_their_services_the_most_senior_first():
    priya, idris = Contact("Priya", phone="101"), Contact("Idris", phone="102")
    found = page.phones(
        [
            known("camhs", idris),
            known("child_in_need", priya),
            known("child_protection", priya),
            known("child_in_need", priya),
        ],
        DAY,
    )
    assert found == [("Child protection plan, Child in need", priya), ("CAMHS", idris)]


@pytest.mark.parametrize(
    "fact",
    [known("camhs", None), known("camhs", Contact("Idris"), end=DAY), known("fax", Contact("Idris"))],
    ids=["nobody named", "ended", "unknown service"],
)
def test_who_is_not_to_be_phoned(fact):
    assert page.phones([fact], DAY) == []


def source(title, as_of):
    return Source("f", title, 1, "Agency", "", frozenset(), 7, 1, as_of)


def test_the_newest_file_of_all_stands_for_a_page_without_one_source():
    newest = page.freshest([source("Old", date(2026, 11, 1)), source("New", DAY), source("Never", None)], DAY)
    assert (newest.source, newest.as_at) == ("Newest file: New", DAY)
    assert page.freshest([source("Never", None)], DAY) is page.freshest([], DAY) is None


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.dates()
    | st.uuids()
    | st.decimals(allow_nan=False),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.text() | st.integers(), inner)
        | st.tuples(inner)
        | st.frozensets(st.text())
    ),
    max_leaves=8,
)


@given(JSON)
def test_whatever_a_page_holds_can_be_printed(value):
    def only_plain(each):
        if isinstance(each, dict):
            return all(isinstance(key, str) and only_plain(inner) for key, inner in each.items())
        return (
            all(map(only_plain, each))
            if isinstance(each, list)
            else each is None or isinstance(each, bool | int | str)
        )

    assert only_plain(page.plain(value))
    assert page.plain(page.plain(value)) == page.plain(value)
