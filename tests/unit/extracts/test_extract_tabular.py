from datetime import date
from decimal import Decimal

import pytest

from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.tabular import InvolvementSpec, ObservationSpec, SightingSpec, TabularLayout

SPEC = TabularLayout(
    code="help",
    title="Help",
    local_id="Ref",
    person={"surname": ("Surname", "Family Name"), "dob": "Born", "address": ["Line 1", "Line 2"], "postcode": "Postcode"},
    involvements=(
        InvolvementSpec(
            "early_help", "Start", "End", key="Episode", category="Level", worker="Worker", detail={"Reason": "Reason"},
            when=("Kind", ("Help", "Support")),
        ),
    ),
    sightings=(SightingSpec("Seen", by="Seen by", how="Seen how"),),
    observations=(ObservationSpec("attendance", "Week", part="Attended", whole="Possible"),),
    restricted="Hidden",
    optional=("Seen", "Week"),
)  # fmt: skip
LAYOUT = SPEC.layout()


def read(**data):
    named = {name.replace("_", " "): value for name, value in data.items()}
    return LAYOUT.interpret(Bundle("1", [RawRow("help", 2, {"surname": "Marsh", **named})]))


def only(result, kind):
    [fact] = [fact for fact in result.facts if fact.kind == kind]
    return fact


def test_the_module_requires_the_id_and_what_begins_each_fact():
    [module] = LAYOUT.modules
    assert module.required == ("local_id", "Start")
    assert module.headings["surname"] == ("Surname", "Family Name")
    assert module.headings["address:1"] == ("Line 2",)


def test_an_involvement_carries_its_content():
    fact = only(
        read(
            Kind="help",
            Start="01/05/2025",
            End="01/06/2025",
            Episode="9.0",
            Level="Plus",
            Worker="W1",
            Reason="Asked",
        ),
        "I",
    )
    assert (fact.code, fact.key, fact.start_on, fact.end_on) == (
        "early_help",
        "9",
        date(2025, 5, 1),
        date(2025, 6, 1),
    )
    assert (fact.category, fact.worker_ref, fact.detail) == ("Plus", "W1", {"Reason": "Asked"})


def test_without_a_key_the_start_date_is_one():
    assert only(read(Kind="Support", Start="01/05/2025"), "I").key == "2025-05-01"


def test_rows_of_another_kind_make_no_involvement():
    result = read(Kind="Visit", Start="01/05/2025")
    assert (result.facts, result.problems) == ([], [])


@pytest.mark.parametrize("data", [{"Kind": "Help"}, {"Kind": "Help", "End": "01/06/2025"}])
def test_an_involvement_without_a_start_rejects_the_row(data):
    result = read(**data)
    assert (result.person, result.facts) == (None, [])
    assert {problem.code for problem in result.problems} == {"VALUE_MISSING"}


def test_a_sighting_says_by_whom_and_how():
    fact = only(read(Seen="02/05/2025", Seen_by="W1", Seen_how="Home visit"), "S")
    assert (fact.code, fact.start_on, fact.text, fact.category) == (
        "seen",
        date(2025, 5, 2),
        "W1",
        "Home visit",
    )


def test_a_percent_is_part_of_whole():
    assert only(read(Week="02/05/2025", Attended="7", Possible="10.0"), "O").value == Decimal("70.0")


@pytest.mark.parametrize(
    ("part", "whole", "codes"),
    [("11", "10", ["NUMBER_RANGE"]), ("x", "10", ["NUMBER_WRONG"]), ("1", "0", []), ("", "10", [])],
)
def test_an_impossible_percent_is_left_out(part, whole, codes):
    result = read(Week="02/05/2025", Attended=part, Possible=whole)
    assert result.facts == []
    assert [problem.code for problem in result.problems] == codes


def test_lines_of_an_address_are_joined_and_keyed():
    data = {"address:0": "1 High St", "address:1": "Norton", "postcode": "ts201aa"}
    person = LAYOUT.interpret(Bundle("1", [RawRow("help", 2, data)])).person
    assert (person["address"], person["postcode"], person["postcode_key"]) == (
        "1 High St, Norton, TS20 1AA",
        "TS20 1AA",
        "TS201AA",
    )
    assert person["address_key"] == "1 high st norton ts20 1aa"


def test_a_yes_hides_the_child():
    assert read(Hidden="Yes").restricted
    assert not read(Hidden="No").restricted


@pytest.mark.parametrize(
    ("id_of", "given", "found"),
    [
        ("UPN", " h801 200001001", "H801200001001"),
        ("NHS", "943 476 5919", "9434765919"),
        ("NHS", "1", ""),
        ("Other", "x", None),
    ],
)
def test_an_id_that_is_a_number_of_its_own_is_read_as_one(id_of, given, found):
    spec = TabularLayout("c", "t", id_of, {"upn": "UPN", "nhs_number": "NHS"})
    own = spec.layout().modules[0].local_id
    assert (own({"local_id": given}) if callable(own) else None) == found
