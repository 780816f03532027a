"""Any table by a mapping: what its columns become, and that no row is lost or breaks the reading."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.extracts.actions.staging import prepared
from apps.extracts.layouts.base import BROKEN, Bundle, RawRow
from apps.extracts.layouts.fields import FIELDS, british, date_form, guesses
from apps.extracts.layouts.generic import KEEP, columns_of, generic, is_coded
from apps.extracts.layouts.registry import layout_of
from apps.extracts.mappings import NEEDS, faults
from apps.extracts.readers import read_tables
from apps.extracts.recognise import plain
from tests.samples import sample


def column(heading, field, dates="", **meanings):
    return {"heading": heading, "field": field, "dates": dates, "meanings": meanings}


def spec(*columns, service="early_help", measure="", id_is=""):
    return {"columns": list(columns), "service": service, "measure": measure, "id_is": id_is}


def read(given, *records, version=1):
    """Every bundle's interpretation, by local id, of a file with the mapping's headings and these records."""
    layout = generic(given, version)
    headings = {c.name: c.heading for c in columns_of(given)}
    found = {}
    for number, record in enumerate(records, 2):
        data = {name: record[heading] for name, heading in headings.items() if record.get(heading)}
        module = layout.modules[0]
        if given["id_is"]:
            data.setdefault(given["id_is"], record[headings["local_id"]])
        own = module.local_id(data) if callable(module.local_id) else data.pop(module.local_id)
        found[own] = layout.interpret(Bundle(own, [RawRow(module.code, number, data)]))
    return found


ODD = spec(
    column("Kid No.", "local_id"), column("Fam. name", "surname"), column("Calls himself", "forename"),
    column("Born", "dob", "mdy"), column("m/f", "sex"), column("Since", "start", "mdy"), column("Till", "end", "mdy"),
    column("Category of abuse", "category"), column("Street", "address"), column("Town", "address"),
    column("Remark", "detail"), column("Fax", ""),
)  # fmt: skip


def test_a_row_becomes_a_person_and_an_involvement():
    record = {
        "Kid No.": "K1", "Fam. name": "Marsh", "Calls himself": "Ann", "Born": "5/31/2015", "m/f": "FEMALE",
        "Since": "02/03/2026", "Till": "2026-04-01", "Category of abuse": "NEG", "Street": "1 High Street",
        "Town": "Stockton", "Remark": "by post",
    }  # fmt: skip
    found = read(ODD, record)["K1"]
    person = found.person
    assert (person["surname"], person["forename"], person["sex"]) == ("Marsh", "Ann", "F")
    assert person["dob"] == date(2015, 5, 31)
    assert person["address"] == "1 High Street, Stockton"
    [fact] = found.facts
    assert (fact.kind, fact.code, fact.category) == ("I", "early_help", "Neglect")
    assert (fact.start_on, fact.end_on) == (date(2026, 2, 3), date(2026, 4, 1))
    assert fact.detail == {"Remark": "by post"}
    assert not found.problems


def test_findings_name_the_headings_of_the_file():
    found = read(ODD, {"Kid No.": "K1", "Since": "31/12/2026", "Category of abuse": "no idea"})["K1"]
    assert {(p.code, p.field, p.severity) for p in found.problems} == {
        ("DATE_WRONG", "Since", "error"),
        ("CODE_UNKNOWN", "Category of abuse", "warning"),
    }
    assert found.person is None


def test_an_unknown_value_is_kept_as_it_is_with_a_finding_and_a_taught_one_without():
    record = {"Kid No.": "K1", "Since": "02/03/2026", "Category of abuse": "Cold house"}
    found = read(ODD, record)["K1"]
    assert [(f.category) for f in found.facts] == ["Cold house"]
    assert [p.code for p in found.problems] == ["CODE_UNKNOWN"]
    for meaning, category in ((KEEP, "Cold house"), ("a) Neglect", "Neglect"), ("", "")):
        taught = spec(column("Kid No.", "local_id"), column("Since", "start"),
                      column("Category of abuse", "category", **{"cold house": meaning}))  # fmt: skip
        found = read(taught, record)["K1"]
        assert [f.category for f in found.facts] == [category]
        assert not found.problems


def test_a_column_can_say_which_service_it_is():
    given = spec(
        column("Ref", "local_id"), column("What", "service", camh="camhs", eh="early_help", none=""), column("On", "start"),
        service="",
    )  # fmt: skip
    found = read(
        given,
        {"Ref": "1", "What": "CAMHS", "On": "01/02/2026"},
        {"Ref": "2", "What": "EH", "On": "01/02/2026"},
        {"Ref": "3", "What": "Ballet", "On": "01/02/2026"},
        {"Ref": "4", "What": "none", "On": "01/02/2026"},
    )
    assert [[f.code for f in found[own].facts] for own in "1234"] == [["camhs"], ["early_help"], [], []]
    assert [p.code for p in found["3"].problems] == ["CODE_UNKNOWN"]
    assert not found["4"].problems


def test_sightings_and_measures_have_days_of_their_own():
    given = spec(
        column("Ref", "local_id"), column("Seen", "seen_on"), column("By", "seen_by"), column("Note", "detail"),
        column("Day", "observed_on", "ymd"), column("Score", "value"), service="", measure="neet_risk_score",
    )  # fmt: skip
    found = read(
        given,
        {"Ref": "1", "Seen": "03/02/2026", "By": "SW", "Note": "home", "Day": "2026-01-31", "Score": "7"},
    )
    seen, measured = found["1"].facts
    assert (seen.kind, seen.start_on, seen.text, seen.detail) == (
        "S",
        date(2026, 2, 3),
        "SW",
        {"Note": "home"},
    )
    assert (measured.code, measured.start_on, measured.value) == ("neet_risk_score", date(2026, 1, 31), 7)


def test_a_file_known_by_upn_gives_the_child_that_upn():
    given = spec(column("Pupil", "local_id"), column("Name", "surname"), service="", id_is="upn")
    found = read(given, {"Pupil": " a820012345001 ", "Name": "Marsh"})
    assert found["A820012345001"].person["upn"] == "A820012345001"


def test_ethnicity_keeps_the_census_code_and_shortens_words():
    given = spec(column("Ref", "local_id"), column("Ethnic", "ethnicity"), service="")
    said = {
        "WBRI": "WBRI",
        "Mixed - White and Asian": "MIXED",
        "WBRI White British": "WBRI",
        "White/British": "WHITE",
    }
    for text, code in said.items():
        assert read(given, {"Ref": "1", "Ethnic": text})["1"].person["ethnicity"] == code


def test_a_feed_without_a_mapping_is_refused_with_what_to_do():
    with pytest.raises(Refused, match="Map its columns"):
        layout_of("generic")


def test_a_new_version_changes_what_the_rows_are_staged_as():
    assert generic(ODD, 1).modules[0].code != generic(ODD, 2).modules[0].code


@pytest.mark.parametrize(
    ("value", "form", "read"),
    [
        ("12/31/2026", "mdy", "31/12/2026"), ("1/2/2026 13:05:00 PM", "mdy", "2/1/2026"), ("2026-12-31", "mdy", "2026-12-31"),
        ("31/12/2026", "", "31/12/2026"), ("31/12/2026", "ymd", "? 31/12/2026"), ("2026-12-31", "ymd", "2026-12-31"),
        ("soon", "mdy", "soon"),
    ],
)  # fmt: skip
def test_days_are_read_in_the_form_of_their_column(value, form, read):
    assert british(value, form) == read


def test_the_form_of_a_column_is_what_only_one_form_can_be():
    assert date_form(["", "01/02/2026", "25/02/2026"]) == ""
    assert date_form(["01/02/2026", "02/25/2026"]) == "mdy"
    assert date_form(["2026-02-01"]) == "ymd"
    assert date_form(["01/02/2026", "soon"]) is None


def test_headings_are_guessed_whatever_their_case_and_each_field_once():
    assert guesses(["CHILD_ID", "Last Name", "Birth-Date", "Fax", "Surname", "Address 1", "Address 2"]) == [
        "local_id", "surname", "dob", "", "", "address", "address",
    ]  # fmt: skip


def test_headings_may_say_whose_they_are():
    said = [
        "CHILD_DATE_OF_BIRTH",
        "Child's Surname",
        "Patient forename",
        "GENDER (FHIR)",
        "Parent surname",
        "pers_person_id",
    ]
    assert guesses(said) == ["dob", "surname", "forename", "sex", "", "local_id"]


def test_the_headings_of_an_nhs_cohort_list_are_guessed():
    [table] = read_tables(sample("mavis_cohort_import/valid.csv"), "valid.csv")
    found = dict(zip(table.headings, guesses(table.headings), strict=True))
    assert {heading for heading, code in found.items() if heading.startswith("CHILD") and not code} == {
        "CHILD_YEAR_GROUP"
    }
    assert not any(code for heading, code in found.items() if heading.startswith("PARENT"))


def test_no_heading_means_two_fields():
    said = [heading for field in FIELDS.values() for heading in field.headings.split("|") if heading]
    codes = dict(zip(said, [guesses([heading])[0] for heading in said], strict=True))
    for field in FIELDS.values():
        for heading in filter(None, field.headings.split("|")):
            assert codes[heading] == field.code, heading


WRONG = {
    "no id": (spec(column("A", "start")), None, "child's id"),
    "two columns of one field": (
        spec(column("A", "local_id"), column("B", "start"), column("C", "start")), 2, "already another column",
    ),
    "two columns of one heading": (spec(column("A", "local_id"), column("B", "start"), column("b", "end")), 2, "this heading"),
    "no heading": (spec(column("A", "local_id"), column(" ?", "start")), 1, "no heading"),
    "an end and no start": (spec(column("A", "local_id"), column("B", "end"), service=""), 1, "when the involvement started"),
    "a start and no service": (spec(column("A", "local_id"), column("B", "start"), service=""), None, "service these rows"),
    "a service and no start": (spec(column("A", "local_id")), None, "or no service"),
    "by whom and not when": (spec(column("A", "local_id"), column("B", "seen_by"), service=""), 1, "the child was seen"),
    "a service twice": (spec(column("A", "local_id"), column("B", "start"), column("C", "service")), None, "but not both"),
    "a measure and no day": (spec(column("A", "local_id"), service="", measure="sdq"), None, "day of the measure"),
    "a day and no measure": (spec(column("A", "local_id"), column("B", "observed_on"), service=""), None, "Choose the measure"),
    "a field nobody has": (spec(column("A", "local_id"), column("B", "shoe size"), service=""), 1, "from the list"),
    "a date form nobody has": (spec(column("A", "local_id"), column("B", "dob", "dmy?"), service=""), 1, "from the list"),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "where", "sentence"), WRONG.values(), ids=WRONG)
def test_a_mapping_that_cannot_be_is_told_beside_its_column(wrong, where, sentence):
    assert (where, True) in [(fault.column, sentence in fault.sentence) for fault in faults(wrong)]


def test_a_mapping_that_can_be_has_no_faults():
    assert not faults(ODD)
    assert [c.name for c in columns_of(ODD) if is_coded(c)] == ["sex", "category"]


HEADINGS = st.lists(
    st.one_of(st.sampled_from([f.headings.split("|")[0] for f in FIELDS.values() if f.headings]), st.text("abcXYZ 1-_é", max_size=8)),
    max_size=12, unique_by=plain,
).map(lambda found: ["Child id", *(heading for heading in found if plain(heading) not in ("", "childid"))])  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "1",
            "K1",
            "K2",
            "01/02/2026",
            "13/13/2026",
            "2026-02-01",
            "F",
            "yes",
            "=1+1",
            "x" * 600,
            '"',
            "a;b",
        ]
    ),
    st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=20),
)


@settings(max_examples=150, deadline=None)
@given(HEADINGS, st.lists(st.lists(CELLS, max_size=13), min_size=1, max_size=6), st.data())
def test_any_headings_in_any_order_account_for_every_row(tmp_path_factory, headings, records, data):
    """What no fault forbids is read without an exception, and each row is used or has its finding."""
    codes = data.draw(st.permutations(guesses(headings)))
    measured = "observed_on" in codes and not {"value", "text"}.isdisjoint(codes)
    needed = {field for field, lacks, _sentence in NEEDS if lacks not in codes}
    needed |= set() if measured else {"observed_on", "observed_until", "value", "text"}
    codes = ["" if code in needed else code for code in codes]
    given = spec(
        *(column(heading, code) for heading, code in zip(headings, codes, strict=True)),
        service="early_help" if "start" in codes and "service" not in codes else "",
        measure="neet_risk_score" if measured else "",
    )
    assert not faults(given)
    layout = generic(given, 1)
    path = tmp_path_factory.mktemp("any") / "any.csv"
    quoted = [
        [f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in record] for record in [headings, *records]
    ]
    path.write_text("\n".join(",".join(record) for record in quoted), encoding="utf-8", newline="")
    try:
        rows = list(prepared([("any.csv", path)], layout))
    except Refused as refusal:
        assert str(refusal).endswith(".")
        return
    rejected = accepted = 0
    for module, number, local_id, found in rows:
        if not local_id or BROKEN in found:
            rejected += 1
            continue
        result = layout.interpret(Bundle(local_id, [RawRow(module, number, found)]))
        bad = {problem.row_no for problem in result.problems if problem.severity == "error"}
        assert bad <= {number}
        assert bool(bad) == (result.person is None)
        rejected += len(bad)
        accepted += result.person is not None
    assert accepted + rejected == len(rows)
