"""One pupil of a school census, table by table."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.school_census import LAYOUTS, MODULES, interpret
from apps.extracts.readers.table import Table
from apps.extracts.recognise import recognise

PUPIL = {
    "upn": "H801200001001", "surname": "Marsh", "forename": "Una", "dob": "2013-Mar-14 00:00:00", "sex": "F",
    "school": "SCH7", "entrydate": "2020-Sep-01 00:00:00", "enrolstatus": "C",
}  # fmt: skip
ON_ROLL, GONE = "pupilonroll", "pupilnolongeronroll"
MAIN = {module.code: module for module in MODULES}


def read(*rows):
    return interpret(
        Bundle(
            "H801200001001",
            [RawRow(module, number, dict(data)) for number, (module, data) in enumerate(rows, 2)],
        )
    )


def pupil(**data):
    return ON_ROLL, {name: text for name, text in {**PUPIL, **data}.items() if text}


def codes(result):
    return [problem.code for problem in result.problems]


def only(result, code):
    [fact] = [fact for fact in result.facts if fact.code == code]
    return fact


def test_a_pupil_on_roll_is_enrolled_from_the_day_they_came():
    result = read(pupil(ncyearactual="8.0"))
    fact = only(result, "school_roll")
    assert (fact.key, fact.start_on, fact.end_on) == ("SCH7/2020-09-01", date(2020, 9, 1), None)
    assert (fact.setting_ref, fact.category, fact.detail) == ("SCH7", "C", {"year_group": "8"})
    assert codes(result) == []


def test_a_pupil_who_left_was_enrolled_until_then():
    result = read((GONE, {**PUPIL, "leavingdate": "2024-Jul-20 00:00:00"}))
    fact = only(result, "school_roll")
    assert (fact.key, fact.start_on, fact.end_on) == ("SCH7/2020-09-01", date(2020, 9, 1), date(2024, 7, 20))


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        ({"leavingdate": ""}, ["VALUE_MISSING"]),
        ({"leavingdate": "soon"}, ["DATE_WRONG"]),
        ({"leavingdate": "2020-Aug-31 00:00:00"}, ["END_BEFORE_START"]),
    ],
)
def test_a_leaver_with_impossible_dates_is_rejected(data, noted):
    result = read((GONE, {**PUPIL, **data}))
    assert (codes(result), result.facts, result.person) == (noted, [], None)


def test_a_pupil_who_left_and_came_back_has_two_places_in_one_school():
    result = read(
        pupil(entrydate="2025-Jan-06 00:00:00"), (GONE, {**PUPIL, "leavingdate": "2024-Jul-20 00:00:00"})
    )
    assert sorted(fact.key for fact in result.facts) == ["SCH7/2020-09-01", "SCH7/2025-01-06"]


@pytest.mark.parametrize(
    ("said", "kept", "noted"),
    [("8", "8", []), ("R", "R", []), ("n1", "N1", []), ("15", "15", ["CODE_UNKNOWN"])],
)
def test_the_year_group_is_a_code(said, kept, noted):
    result = read(pupil(ncyearactual=said))
    assert (only(result, "school_roll").detail["year_group"], codes(result)) == (kept, noted)


def test_a_pupil_without_a_school_is_rejected():
    result = read(pupil(school=""))
    assert (codes(result), result.facts) == (["VALUE_MISSING"], [])


@pytest.mark.parametrize(
    ("provision", "service"),
    [
        ("K", "sen_support"),
        ("k", "sen_support"),
        ("A", "sen_support"),
        ("P", "sen_support"),
        ("E", "ehcp"),
        ("S", "ehcp"),
        ("N", None),
    ],
)
def test_what_a_school_gives_for_special_needs(provision, service):
    result = read(pupil(senprovision=provision))
    found = [(fact.code, fact.key, fact.category) for fact in result.facts if fact.code != "school_roll"]
    assert found == ([(service, "census", provision.upper())] if service else [])
    assert codes(result) == []


def test_an_unknown_provision_is_a_warning_and_no_service():
    result = read(pupil(senprovision="Z"))
    assert (codes(result), [fact.code for fact in result.facts]) == (["CODE_UNKNOWN"], ["school_roll"])


@pytest.mark.parametrize(
    ("said", "category"),
    [("P", "identified by parent"), ("s", "identified by school"), ("N", None), ("", None)],
)
def test_a_young_carer_is_named_by_parent_or_school(said, category):
    found = [fact.category for fact in read(pupil(youngcarer=said)).facts if fact.code == "young_carer"]
    assert found == ([category] if category else [])


def test_the_tables_beside_the_pupil_are_joined_to_one_child():
    result = read(
        pupil(possible="100"),
        ("termlysessiondetailsonroll", {"sessions": "12", "attendancereason": "I"}),
        ("senneeds", {"sentyperank": "1", "sentype": "SEMH"}),
        (
            "termlyexclusionsonroll",
            {"startdate": "2025-Feb-14 00:00:00", "sessions": "3", "category": "SUSP"},
        ),
        (
            "addressesonroll",
            {"postcode": "ts20 1aa", "paon": "12", "street": "High Street", "town": "Norton"},
        ),
    )
    assert {fact.code: fact.value for fact in result.facts if fact.kind == "O"} == {
        "attendance": Decimal("88.0"),
        "sen_need": None,
        "suspension": Decimal(3),
    }
    assert (result.person["address"], result.person["postcode"]) == (
        "12 High Street, Norton, TS20 1AA",
        "TS20 1AA",
    )
    assert codes(result) == []


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        ({"saon": "Flat 3", "paon": "12", "street": "High Street"}, "Flat 3, 12 High Street, TS20 1AA"),
        ({"paon": "The Lodge", "locality": "Norton"}, "The Lodge, Norton, TS20 1AA"),
        ({}, "TS20 1AA"),
    ],
)
def test_a_home_is_written_on_one_line(parts, address):
    assert read(pupil(), ("addressesonroll", {"postcode": "TS201AA", **parts})).person["address"] == address


def test_a_rejected_exclusion_takes_no_other_fact_with_it():
    result = read(
        pupil(), ("termlyexclusionsonroll", {"startdate": "soon", "sessions": "3", "category": "SUSP"})
    )
    assert (codes(result), [fact.code for fact in result.facts]) == (["DATE_WRONG"], ["school_roll"])
    assert result.person["surname"] == "Marsh"


def test_a_rejected_pupil_takes_its_own_facts_and_no_other_tables():
    result = read(
        pupil(entrydate="soon", senprovision="K"),
        (
            "termlyexclusionsonroll",
            {"startdate": "2025-Feb-14 00:00:00", "sessions": "3", "category": "SUSP"},
        ),
    )
    assert (codes(result), [fact.code for fact in result.facts]) == (["DATE_WRONG"], ["suspension"])
    assert result.person is None


def test_the_words_of_the_school_they_are_at_count_before_those_of_the_one_they_left():
    rows = [(GONE, {**PUPIL, "surname": "Marshe", "leavingdate": "2024-Jul-20 00:00:00"}), pupil()]
    result = read(*rows)
    assert (result.person["surname"], codes(result)) == ("Marsh", ["DUPLICATE_IN_FILE"])


# a pupil's id


@pytest.mark.parametrize("module", [ON_ROLL, GONE])
def test_a_pupil_is_known_by_the_upn(module):
    assert MAIN[module].local_id({"upn": " h801200001001"}) == "H801200001001"


BABY = {"school": "SCH7", "surname": "Marsh", "forename": "Una", "dob": "14/03/2013"}


@pytest.mark.parametrize("missing", ["school", "surname", "forename", "dob"])
def test_without_a_upn_a_pupil_needs_school_names_and_birth_date(missing):
    assert MAIN[ON_ROLL].local_id({**BABY, missing: ""}) == ""


def test_without_a_upn_the_id_says_the_school_and_no_name():
    own = MAIN[ON_ROLL].local_id(BABY)
    assert own.startswith("SCH7:") and len(own) == len("SCH7:") + 12
    assert not any(word in own.lower() for word in ("marsh", "una", "2013"))


def test_without_a_upn_spelling_of_a_name_makes_no_other_pupil():
    own = MAIN[ON_ROLL].local_id
    assert own(BABY) == own({**BABY, "surname": "MARSH", "forename": "Úna"})
    assert (
        len(
            {
                own(BABY),
                own({**BABY, "school": "SCH8"}),
                own({**BABY, "dob": "15/03/2013"}),
                own({**BABY, "forename": "Uma"}),
            }
        )
        == 4
    )


@given(st.permutations(["I", "O", "U", "M", "X", "L"]))
def test_attendance_does_not_depend_on_the_order_of_the_codes(order):
    rows = [("termlysessiondetailsonroll", {"sessions": "5", "attendancereason": code}) for code in order]
    assert only(read(pupil(possible="100"), *rows), "attendance").value == Decimal("80.0")


def test_free_school_meals_are_a_period_and_one_that_ends_before_it_starts_is_left_out():
    result = read(
        pupil(),
        ("fsmperiodsonroll", {"fsmstartdate": "2024-Oct-16 00:00:00"}),
        ("fsmperiodsonroll", {"fsmstartdate": "2024-Dec-03 00:00:00", "fsmenddate": "2024-Nov-09 00:00:00"}),
    )
    meals = only(result, "free_school_meals")
    assert (meals.start_on, meals.end_on, meals.text) == (date(2024, 10, 16), None, "Yes")
    assert codes(result) == ["DATE_ORDER"]
    assert result.person is not None


def test_alternative_provision_is_said_beside_the_roll():
    result = read(
        pupil(),
        (
            "schoolarrangedap",
            {
                "entrydate": "2025-Jan-06 00:00:00",
                "apsettingtype": "NFE",
                "urn": "100009",
                "placementreason": "BHS",
            },
        ),
    )
    placed = only(result, "education_status")
    assert (placed.start_on, placed.text) == (date(2025, 1, 6), "Alternative provision")
    assert placed.detail == {"Setting (URN)": "100009", "Kind": "NFE", "Reason": "BHS"}
    assert only(result, "school_roll").end_on is None


def test_what_happened_to_a_pupil_before_they_left_counts():
    result = read(
        (GONE, {**PUPIL, "leavingdate": "2024-Jul-20 00:00:00"}),
        (
            "termlyexclusionsoffroll",
            {"startdate": "2024-Jun-03", "sessions": "4", "category": "SUSP", "reason1": "PP"},
        ),
        ("addressesoffroll", {"postcode": "TS1 1AA"}),
    )
    assert only(result, "suspension").detail == {"Reasons": "PP"}
    assert result.person["postcode"] == "TS1 1AA"


COLLECT = [
    (ON_ROLL, "pupilonrolltableid NativeId upn dob entrydate enrolstatus"),
    (GONE, "pupilnolongeronrolltableid NativeId upn dob entrydate leavingdate"),
    ("termlysessiondetailsonroll", "pupilonrolltableid termlysessiondetailsonrolltableid sessions attendancereason"),
    ("summerhalfterm2sessiondetailsonroll",
     "pupilonrolltableid summerhalfterm2sessiondetailsonrolltableid sessions attendancereason"),
    ("termlysessiondetailsoffroll", "pupilnolongeronrolltableid termlysessiondetailsoffrolltableid sessions attendancereason"),
    ("summerhalfterm2sessiondetailsoffroll",
     "pupilnolongeronrolltableid summerhalfterm2sessiondetailsoffrolltableid sessions attendancereason"),
    ("senneeds", "pupilonrolltableid senneedstableid sentyperank sentype"),
    ("termlyexclusionsonroll", "pupilonrolltableid startdate sessions reason1 reason2 reason3 category senprovision"),
    ("termlyexclusionsonroll", "pupilonrolltableid startdate sessions reason category"),
    ("termlyexclusionsoffroll", "pupilnolongeronrolltableid startdate sessions reason1 reason2 reason3 category"),
    ("addressesonroll", "pupilonrolltableid uniquepropertyreferencenumber postcode"),
    ("addressesonroll", "pupilonrolltableid saon paon street locality town postcode"),
    ("addressesoffroll", "pupilnolongeronrolltableid uniquepropertyreferencenumber postcode"),
    ("fsmperiodsonroll", "pupilonrolltableid fsmperiodsonrolltableid fsmstartdate fsmenddate ukcountry"),
    ("fsmperiodsonroll", "pupilonrolltableid fsmperiodtableid fsmstartdate fsmenddate ukcountry"),
    ("schoolarrangedap", "pupilonrolltableid urn ukprn entrydate leavingdate apsessionsperweek apsettingtype placementreason"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "headings"), COLLECT)
def test_every_table_of_the_export_is_known_by_its_headings(code, headings):
    main = Table("main.csv", COLLECT[0][1].split(), iter(()))
    sent = [] if code == ON_ROLL else [main]
    found = recognise(LAYOUTS[0], [*sent, Table("more.csv", headings.split(), iter(()))])
    assert [item.module.code for item in found][-1] == code
