"""What each agency's own headings mean: one row of each file, and the one fact that it says."""

from datetime import date
from decimal import Decimal

import pytest

from apps.core.errors import Refused
from apps.extracts.layouts import registry
from apps.extracts.layouts.base import BROKEN, Bundle, RawRow
from apps.extracts.readers.table import Table
from apps.extracts.recognise import recognise

PERSON = {"Surname": "Marsh", "Forename": "Una", "Date of Birth": "14/03/2013", "Gender": "F"}

#: Layout, the row's own columns, then service or measure, key, first day, last day, category, worker, detail.
INVOLVEMENTS = [
    (
        "csc_people",
        {"LA Child ID": "100", "Allocated Worker ID": "W7", "Allocation Date": "01/02/2025", "Team": "North", "Last Seen Date": ""},
        ("social_worker", "2025-02-01", date(2025, 2, 1), None, "North", "W7", {}),
    ),
    (
        "early_help",
        {"EHM ID": "E1", "Episode ID": "77.0", "Start Date": "01/02/2025", "End Date": "03/02/2025", "Support Level": "Targeted",
         "Lead Practitioner ID": "W8", "Reason": "Bereavement", "Last Contact Date": ""},
        ("early_help", "77", date(2025, 2, 1), date(2025, 2, 3), "Targeted", "W8", {"Reason": "Bereavement"}),
    ),
    (
        "ehcp",
        {"Person ID": "P1", "Date initial EHC plan issued": "2024-09-01", "Date EHC plan ceased": "", "SEN primary need": "ASD",
         "Caseworker ID": "W9", "Date EHC plan last reviewed": "01/05/2025", "Main education establishment - URN": "123456"},
        ("ehcp", "2024-09-01", date(2024, 9, 1), None, "ASD", "W9",
         {"Last reviewed": "01/05/2025", "Main setting (URN)": "123456"}),
    ),
    (
        "sen_support",
        {"Person ID": "P1", "SEN support start date": "01/09/2024", "SEN support end date": "20/07/2025",
         "SEN primary need": "SLCN", "Main education establishment - URN": "123456"},
        ("sen_support", "2024-09-01", date(2024, 9, 1), date(2025, 7, 20), "SLCN", "", {"Main setting (URN)": "123456"}),
    ),
    (
        "vemt",
        {"VEMT Ref": "V1", "Case Opened": "01/02/2025", "Case Closed": "", "Concern": "Exploitation", "Lead Worker ID": "W1",
         "Risk Level": "High"},
        ("vemt", "2025-02-01", date(2025, 2, 1), None, "Exploitation", "W1", {"Level of risk": "High"}),
    ),
    (
        "camhs",
        {"Local Patient ID": "L1", "Referral Received": "01/02/2025", "Discharge Date": "", "Referral ID": "R5", "Pathway": "Core",
         "Care Coordinator ID": "W2", "Last Contact Date": ""},
        ("camhs", "R5", date(2025, 2, 1), None, "Core", "W2", {}),
    ),
    (
        "community_health",
        {"Local Patient ID": "L1", "Accepted Date": "01/02/2025", "Discharge Date": "01/03/2025", "Caseload ID": "C5",
         "Service": "Physiotherapy", "Clinician ID": "W3", "Last Contact Date": ""},
        ("community_health", "C5", date(2025, 2, 1), date(2025, 3, 1), "Physiotherapy", "W3", {}),
    ),
    (
        "continuing_care",
        {"Case ID": "C1", "Eligible From": "01/02/2025", "Eligible To": "", "Package": "Joint", "Nurse ID": "W4"},
        ("continuing_care", "2025-02-01", date(2025, 2, 1), None, "Joint", "W4", {}),
    ),
    (
        "youth_justice",
        {"ChildView ID": "Y1", "Start Date": "01/02/2025", "End Date": "", "Intervention ID": "I1", "Order Type": "Referral order",
         "Case Manager ID": "W5", "Last Contact Date": ""},
        ("youth_justice", "I1", date(2025, 2, 1), None, "Referral order", "W5", {}),
    ),
    (
        "young_carers",
        {"YC Ref": "Y1", "Registered On": "01/02/2025", "Closed On": "", "Cares For": "Mother", "Support Worker ID": "W6",
         "School": "Wenlow High"},
        ("young_carer", "2025-02-01", date(2025, 2, 1), None, "Mother", "W6", {"School": "Wenlow High"}),
    ),
    (
        "neet_risk",
        {"CCIS ID": "N1", "At Risk From": "01/02/2025", "At Risk To": "01/03/2025", "Adviser ID": "W6", "Assessed On": "", "Score": ""},
        ("neet_risk", "2025-02-01", date(2025, 2, 1), date(2025, 3, 1), "", "W6", {}),
    ),
    (
        "early_years_roll",
        {"Child Ref": "C1", "Start Date": "01/02/2025", "Leaving Date": "", "Setting URN": "EY1", "Setting Name": "Acorns",
         "Funded Hours": "15"},
        ("early_years_roll", "2025-02-01", date(2025, 2, 1), None, "", "", {"Setting": "Acorns", "Funded hours": "15"}),
    ),
]  # fmt: skip
OBSERVATIONS = [
    (
        "attendance",
        {"UPN": "H801200001001", "Period Start": "01/09/2025", "Period End": "07/09/2025", "Sessions Attended": "7",
         "Sessions Possible": "10", "School URN": "123456"},
        ("attendance", date(2025, 9, 7), None, Decimal("70.0"), "", {"From": "01/09/2025", "School (URN)": "123456"}),
    ),
    (
        "neet_risk",
        {"CCIS ID": "N1", "At Risk From": "", "Assessed On": "01/02/2025", "Score": "12.5"},
        ("neet_risk_score", date(2025, 2, 1), None, Decimal("12.5"), "", {}),
    ),
    (
        "clinical_status",
        {"NHS Number": "943 476 5919", "From": "01/02/2025", "Until": "01/03/2025", "Status": "Extremely vulnerable"},
        ("clinical_status", date(2025, 2, 1), date(2025, 3, 1), None, "Extremely vulnerable", {}),
    ),
]  # fmt: skip
SIGHTINGS = [
    ("csc_people", {"LA Child ID": "1", "Allocation Date": "", "Last Seen Date": "05/02/2025", "Last Seen By": "J. Marr",
                    "How Seen": "Home visit", "Seen Alone": "Yes"}, ("J. Marr", "Home visit", {"Seen alone": "Yes"})),
    ("early_help", {"EHM ID": "1", "Start Date": "", "Last Contact Date": "05/02/2025", "Last Contact By": "J. Marr",
                    "Last Contact Type": "Telephone"}, ("J. Marr", "Telephone", {})),
    ("camhs", {"Local Patient ID": "1", "Referral Received": "", "Last Contact Date": "05/02/2025", "Last Contact By": "J. Marr",
               "Contact Type": "Clinic"}, ("J. Marr", "Clinic", {})),
    ("community_health", {"Local Patient ID": "1", "Accepted Date": "", "Last Contact Date": "05/02/2025",
                          "Last Contact By": "J. Marr"}, ("J. Marr", "", {})),
    ("youth_justice", {"ChildView ID": "1", "Start Date": "", "Last Contact Date": "05/02/2025", "Last Contact By": "J. Marr"},
     ("J. Marr", "", {})),
]  # fmt: skip


def read(code, columns):
    """The bundle of one row of a file with these headings."""
    layout = registry.layout_of(code)
    titles = list({**PERSON, **columns})
    [found] = recognise(layout, [Table("a.csv", titles, iter(()))])
    texts = list({**PERSON, **columns}.values())
    data = {field: texts[index] for field, index in found.columns if texts[index]}
    return layout.interpret(Bundle("1", [RawRow(found.module.code, 2, data)]))


@pytest.mark.parametrize(("code", "columns", "said"), INVOLVEMENTS, ids=[each[0] for each in INVOLVEMENTS])
def test_an_involvement_of_each_agency(code, columns, said):
    result = read(code, columns)
    assert result.problems == []
    [fact] = result.facts
    assert (fact.kind, fact.module, fact.row_no) == ("I", code, 2)
    assert (
        fact.code, fact.key, fact.start_on, fact.end_on, fact.category, fact.worker_ref, fact.detail,
    ) == said  # fmt: skip


@pytest.mark.parametrize(("code", "columns", "said"), OBSERVATIONS, ids=[each[0] for each in OBSERVATIONS])
def test_a_measure_of_each_agency(code, columns, said):
    result = read(code, columns)
    assert result.problems == []
    [fact] = result.facts
    assert fact.kind == "O"
    assert (fact.code, fact.start_on, fact.end_on, fact.value, fact.text, fact.detail) == said


@pytest.mark.parametrize(("code", "columns", "said"), SIGHTINGS, ids=[each[0] for each in SIGHTINGS])
def test_a_sighting_of_each_agency(code, columns, said):
    [fact] = read(code, columns).facts
    assert (fact.kind, fact.code, fact.start_on) == ("S", "seen", date(2025, 2, 5))
    assert (fact.text, fact.category, fact.detail) == said


@pytest.mark.parametrize(("code", "columns", "said"), INVOLVEMENTS, ids=[each[0] for each in INVOLVEMENTS])
def test_every_file_says_who_the_child_is(code, columns, said):
    person = read(code, columns).person
    assert (person["surname"], person["forename"], person["sex"]) == ("Marsh", "Una", "F")
    assert (person["surname_key"], person["forename_key"], person["dob"]) == (
        "marsh",
        "una",
        date(2013, 3, 14),
    )


def test_the_roll_of_an_early_years_setting_names_it_by_its_number():
    [roll] = [each for each in INVOLVEMENTS if each[0] == "early_years_roll"]
    [fact] = read("early_years_roll", roll[1]).facts
    assert fact.setting_ref == "EY1"


def test_a_child_of_social_care_without_a_worker_has_no_involvement_of_one():
    columns = {
        "LA Child ID": "1",
        "Allocation Date": "01/02/2025",
        "Last Seen Date": "",
        "Allocated Worker ID": "",
    }
    assert read("csc_people", columns).facts == []


def test_an_allocated_worker_without_a_date_is_an_error():
    columns = {"LA Child ID": "1", "Allocation Date": "", "Last Seen Date": "", "Allocated Worker ID": "W7"}
    result = read("csc_people", columns)
    assert (result.person, result.facts) == (None, [])
    assert [(problem.code, problem.field) for problem in result.problems] == [
        ("VALUE_MISSING", "Allocation Date")
    ]


@pytest.mark.parametrize(("said", "hidden"), [("Yes", True), ("1", True), ("No", False), ("", False)])
def test_social_care_says_which_child_is_restricted(said, hidden):
    columns = {"LA Child ID": "1", "Allocation Date": "", "Last Seen Date": "", "Restricted": said}
    assert read("csc_people", columns).restricted is hidden


def test_social_care_tells_of_a_death_and_of_a_child_who_left():
    columns = {"LA Child ID": "1", "Allocation Date": "", "Last Seen Date": "", "Date of Death": "02/01/2025",
               "Left Area Date": "01/01/2025", "Known As": "Uni", "Middle Names": "Mae"}  # fmt: skip
    person = read("csc_people", columns).person
    assert (person["died_on"], person["left_area_on"]) == (date(2025, 1, 2), date(2025, 1, 1))
    assert (person["known_as"], person["middle_names"]) == ("Uni", "Mae")


@pytest.mark.parametrize(("alias", "heading"), [
    ("Surname", "Last Name"), ("Surname", "FAMILY_NAME"), ("Forename", "first-name"), ("Date of Birth", "DOB"), ("Gender", "sex"),
])  # fmt: skip
def test_the_same_column_goes_by_several_names(alias, heading):
    layout = registry.layout_of("vemt")
    titles = [heading if title == alias else title for title in PERSON] + ["VEMT Ref", "Case Opened"]
    [found] = recognise(layout, [Table("a.csv", titles, iter(()))])
    assert titles.index(heading) in [index for _field, index in found.columns]


@pytest.mark.parametrize(
    ("code", "given", "own", "broken"),
    [
        ("attendance", " h801 200001001", "H801200001001", False),
        ("clinical_status", "943-476-5919", "9434765919", False),
        ("clinical_status", "943-476-5918", "", True),
        ("clinical_status", "", "", False),
    ],
)
def test_a_national_number_that_is_the_id_is_checked(code, given, own, broken):
    data = {"local_id": given}
    assert registry.layout_of(code).modules[0].local_id(data) == own
    assert (data.get(BROKEN) == "NHS_ID") is broken
    assert "local_id" not in data


def test_a_layout_nobody_has_is_refused_with_what_to_do():
    with pytest.raises(Refused, match="layout, fax, is not known here"):
        registry.layout_of("fax")
