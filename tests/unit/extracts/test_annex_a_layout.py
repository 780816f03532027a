"""What each list of an Annex A workbook says of a child, and that its adults are never read."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.extracts.layouts.annex_a import ADOPTERS, LAYOUTS, MODULES, SHEETS, interpret
from apps.extracts.layouts.annex_a_values import MEANINGS
from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.specs import name_of
from apps.extracts.readers.table import Table
from apps.extracts.recognise import recognise
from tests.samples import sample

[LAYOUT] = LAYOUTS
WHO = {"dob": "2012-03-27", "sex": "b) Female", "ethnicity": "a) WBRI"}


def row(number, _row_no=2, **cells):
    return RawRow(f"list_{number}", _row_no, {**WHO, **cells})


def read(*rows):
    return interpret(Bundle("7", list(rows)))


def spans(result, kind="I"):
    return [
        (f.code, f.category, f.start_on and f.start_on.isoformat(), f.end_on and f.end_on.isoformat())
        for f in result.facts
        if f.kind == kind
    ]


def codes(result):
    return [(problem.code, problem.field) for problem in result.problems]


def test_a_child_is_who_the_lists_say_without_their_letters():
    result = read(row(1, **{"Date of Contact": "2025-01-02", "Contact Source": "q) 6: Police"}))
    assert result.person == {"dob": date(2012, 3, 27), "sex": "F", "ethnicity": "WBRI"}
    assert codes(result) == []


STEPS = {
    "a contact is a day": (
        1, {"Date of Contact": "2025-01-02", "Contact Source": "g) Police"},
        ("social_care_referral", "Contact", "2025-01-02", "2025-01-02"),
    ),
    "an early help assessment lasts until it was completed": (
        2, {"Assessment start date": "2025-01-02", "Assessment completion date": "2025-02-03"},
        ("early_help", "", "2025-01-02", "2025-02-03"),
    ),
    "a referral is open": (
        3, {"Date of Referral": "2025-01-02", "Referral NFA?": "No"},
        ("social_care_referral", "Referral", "2025-01-02", None),
    ),
    "a referral without further action ends as it begins": (
        3, {"Date of Referral": "2025-01-02", "Referral NFA?": "a) Yes"},
        ("social_care_referral", "Referral", "2025-01-02", "2025-01-02"),
    ),
    "an assessment ends when it was authorised": (
        4, {"Continuous Assessment Start Date": "2025-01-02", "Continuous Assessment Date of Authorisation": "2025-02-03"},
        ("social_care_referral", "Assessment", "2025-01-02", "2025-02-03"),
    ),
    "an enquiry that needs no conference is over": (
        5, {
            "Strategy discussion initiating Section 47 Enquiry Start Date": "2025-01-02",
            "Was an Initial Child Protection Conference deemed unnecessary?": "Y",
        },
        ("social_care_referral", "Section 47 enquiry", "2025-01-02", "2025-01-02"),
    ),
    "a child in need by the code of the need": (
        6, {"CIN Start Date": "2025-01-02", "Primary Need Code": "N1 - Abuse or Neglect", "CIN Closure Date": "2025-05-05"},
        ("child_in_need", "N1", "2025-01-02", "2025-05-05"),
    ),
    "a plan by its latest category": (
        7, {
            "Child Protection Plan Start Date": "2025-01-02", "Initial Category of Abuse": "Neglect",
            "Latest Category of Abuse": "Physical abuse",
        },
        ("child_protection", "PHY", "2025-01-02", None),
    ),
    "a period of care by its legal status": (
        8, {"Date Started to be Looked After": "2025-01-02", "Child's Legal Status": "C2: FCO"},
        ("looked_after", "C2", "2025-01-02", None),
    ),
    "a care leaver since nobody says when": (
        9, {"Eligibility Category": "b) Former relevant child", "LA in Touch": "a) Yes"},
        ("care_leaver", "Former relevant", None, None),
    ),
    "an adopted child was looked after until the order": (
        10, {
            "Date the Child Entered Care": "2025-01-02",
            "Date of Decision that Child Should be Placed for Adoption": "2025-02-02", "Date of Adoption Order": "2025-09-09",
        },
        ("looked_after", "", "2025-01-02", "2025-09-09"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("number", "said", "fact"), STEPS.values(), ids=STEPS)
def test_each_list_is_an_involvement(number, said, fact):
    result = read(row(number, **said))
    assert spans(result) == [fact]
    assert codes(result) == []


@pytest.mark.parametrize(
    ("number", "start", "seen", "how"),
    [
        (6, "CIN Start Date", "Date Child Was Last Seen", ""),
        (7, "Child Protection Plan Start Date", "Date of the Last Statutory Visit", "Statutory visit"),
        (8, "Date Started to be Looked After", "Date of Last Social Work Visit", "Social work visit"),
    ],
)
def test_the_day_a_child_was_last_seen_is_a_sighting(number, start, seen, how):
    result = read(row(number, **{start: "2025-01-02", seen: "2025-03-04"}))
    assert spans(result, "S") == [("seen", how, "2025-03-04", None)]


@pytest.mark.parametrize(("said", "detail"), [("a) Yes", "Yes"), ("N", "No"), ("", None)])
def test_a_statutory_visit_says_whether_the_child_was_seen_alone(said, detail):
    alone = {"Was the Child Seen Alone?": said} if said else {}
    visit = {
        "Child Protection Plan Start Date": "2025-01-02",
        "Date of the Last Statutory Visit": "2025-02-03",
    }
    [seen] = [fact for fact in read(row(7, **visit, **alone)).facts if fact.kind == "S"]
    assert seen.detail == ({"Seen alone": detail} if detail else {})


@pytest.mark.parametrize(("day", "code"), [("2999-01-01", "DATE_FUTURE"), ("soon", "DATE_CHECK")])
def test_a_day_seen_that_cannot_be_is_left_out_and_the_plan_kept(day, code):
    field = "Date of the Last Statutory Visit"
    result = read(row(7, **{"Child Protection Plan Start Date": "2025-01-02", field: day}))
    assert [fact.code for fact in result.facts] == ["child_protection"]
    assert codes(result) == [(code, field)]


def test_short_breaks_are_no_period_of_care():
    result = read(row(8, **{"Date Started to be Looked After": "2025-01-02", "Child's Legal Status": "V4"}))
    assert spans(result) == []


def test_a_placement_is_observed_from_its_start():
    said = {"Date Started to be Looked After": "2025-01-02", "Start Date of Most Recent Placement": "2025-02-03",
            "Placement Type": "f) U6: Foster placement - not FFA"}  # fmt: skip
    assert [(f.code, f.text, f.start_on) for f in read(row(8, **said)).facts if f.kind == "O"] == [
        ("placement", "U6", date(2025, 2, 3))
    ]


def test_what_list_10_says_of_a_period_of_list_8_joins_it():
    entered = "2025-01-02"
    result = read(
        row(8, **{"Date Started to be Looked After": entered, "Child's Legal Status": "E1"}),
        row(10, **{"Date the Child Entered Care": entered, "Date Placed for Adoption": "2025-05-05"}),
    )
    [care] = result.facts
    assert (care.category, care.detail["placed_for_adoption"]) == ("E1", "2025-05-05")


def test_a_disability_said_in_several_lists_is_one():
    disabled = {"Does the Child have a Disability": "a) Yes"}
    result = read(
        row(6, **{"CIN Start Date": "2025-01-02"}, **disabled),
        row(7, **{"Child Protection Plan Start Date": "2025-01-02"}, **disabled),
    )
    assert [fact.code for fact in result.facts if fact.kind == "O"] == ["disability"]


def test_a_value_no_map_knows_is_kept_as_it_came_with_a_finding():
    result = read(row(6, **{"CIN Start Date": "2025-01-02", "Primary Need Code": "PSRMEM - Support"}))
    assert spans(result) == [("child_in_need", "PSRMEM - Support", "2025-01-02", None)]
    assert codes(result) == [("CODE_UNKNOWN", "Primary Need Code")]


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if not sheet.undated], ids=lambda s: s.code)
def test_a_row_without_the_day_it_began_is_rejected(sheet):
    result = read(RawRow(sheet.code, 2, dict(WHO)))
    assert codes(result) == [("VALUE_MISSING", name_of(sheet.involvement.start))]
    assert (result.person, result.facts) == (None, [])


def test_birth_dates_that_differ_between_lists_are_a_warning_and_the_first_counts():
    result = read(
        row(1, **{"Date of Contact": "2025-01-02"}),
        row(3, 5, **{"Date of Referral": "2025-01-02", "dob": "2012-03-28"}),
    )
    assert codes(result) == [("DUPLICATE_IN_FILE", "Date of Birth")]
    assert result.person["dob"] == date(2012, 3, 27)


def test_nothing_of_an_adult_is_kept():
    data = {"local_id": "7105179", "enquired": "2009-08-06"}
    assert (ADOPTERS.local_id(data), data) == ("", {"!": "ADULTS"})


def tables(*left_out):
    return [
        Table(f"book, sheet {module.code}", [accepted[0] for accepted in module.headings.values()], iter(()))
        for module in MODULES
        if module.code not in left_out
    ]


def test_every_list_is_known_by_its_headings_whatever_its_sheet_is_called():
    found = recognise(LAYOUT, [table._replace(name=f"book, sheet {n}") for n, table in enumerate(tables())])
    assert [item.module.code for item in found] == [module.code for module in MODULES]


@pytest.mark.parametrize("number", range(1, 10))
def test_a_workbook_that_lacks_a_list_would_end_what_it_holds_and_is_refused(number):
    with pytest.raises(Refused, match=rf"List {number} of the Annex A workbook was not found"):
        recognise(LAYOUT, tables(f"list_{number}"))


def test_the_lists_on_adoption_may_be_missing():
    assert len(recognise(LAYOUT, tables("list_10", "list_11"))) == 9


FIELDS = sorted({field for module in MODULES if module is not ADOPTERS for field in module.headings})
HOSTILE = st.sampled_from(
    ["", "a) Yes", "2025-01-02", "02/01/2031", "45678", "=1+1", "\x00", "nope", "9" * 600]
) | st.text(max_size=12)
ROWS = st.lists(
    st.tuples(st.sampled_from([s.code for s in SHEETS]), st.dictionaries(st.sampled_from(FIELDS), HOSTILE)),
    max_size=6,
)


@given(ROWS)
def test_hostile_cells_give_findings_and_never_an_exception(rows):
    raw = [RawRow(code, number, data) for number, (code, data) in enumerate(rows, 2)]
    result = interpret(Bundle("7", raw))
    rejected = {(p.module, p.row_no) for p in result.problems if p.severity == "error"}
    assert not {(f.module, f.row_no) for f in result.facts} & rejected
    assert (result.person is None) == (len(rejected) == len(raw))


def test_of_the_spellings_authorities_really_sent_at_least_97_in_a_hundred_are_understood():
    with sample("annex_a/annex_a_value_variants.csv").open(encoding="utf-8-sig", newline="") as file:
        sent = [(row["column"], row["variant_as_recorded_by_LAs"]) for row in csv.DictReader(file)]
    known = {"Gender": "sex", "Ethnicity": "ethnicity"}
    asked = [
        (known.get(column, column), said) for column, said in sent if known.get(column, column) in MEANINGS
    ]
    understood = [MEANINGS[field](said) is not None for field, said in asked if said.strip()]
    assert len(understood) > 8_000
    assert sum(understood) / len(understood) >= 0.97
