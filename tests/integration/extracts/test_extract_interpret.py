"""What interpreting does besides reading: only what changed, findings that come along, rows that are kept."""

import pytest
from django.db import connection

from apps.extracts import actions
from apps.extracts.models import Extract, Feed, Row, StagedFact, StagedPerson
from tests.integration.extracts.loading import commit, facts, files, findings, folder, load, people, rows

pytestmark = pytest.mark.django_db

HEAD = "EHM ID,Surname,Forename,Date of Birth,Episode ID,Start Date,End Date,Last Contact Date,Lead Practitioner ID\n"
ONE = "E1,Marsh,Jo,02/04/2012,9,01/05/2025,,,W1\n"
TWO = "E2,Roe,Una,02/04/2013,8,01/02/2025,,,W2\n"
BAD = "E3,Ash,Al,02/04/2014,7,31/02/2025,,,\n"


def bundles(extract: Extract) -> dict[str, bool]:
    with connection.cursor() as cursor:
        cursor.execute("select local_id, changed from extracts_bundle where extract_id = %s", [extract.pk])
        return dict(cursor.fetchall())


def test_only_what_the_feed_did_not_commit_so_is_read_again():
    known = commit(load("early_help", files(a_csv=HEAD + ONE + TWO)))
    again = load("early_help", files(a_csv=HEAD + TWO.replace("Una", "Oona") + ONE), known=known)
    assert bundles(again) == {"E1": False, "E2": True}
    assert set(people(again)) == {"E2"}
    assert (again.rows, again.accepted, again.rejected) == (2, 2, 0)


def test_the_order_of_rows_and_columns_does_not_count_as_a_change():
    both = ONE + ONE.replace(",9,01/05", ",10,01/06")
    known = commit(load("early_help", files(a_csv=HEAD + both)))
    lines = [line.split(",")[::-1] for line in (HEAD + both).strip().split("\n")]
    turned = "\n".join(",".join(line) for line in [lines[0], lines[2], lines[1]]) + "\n"
    again = load("early_help", files(a_csv=turned), known=known)
    assert bundles(again) == {"E1": False}


def test_a_column_nobody_reads_does_not_count_as_a_change():
    known = commit(load("early_help", files(a_csv=HEAD + ONE)))
    again = load("early_help", files(a_csv="Exported," + HEAD + "2025-01-01," + ONE), known=known)
    assert bundles(again) == {"E1": False}


def test_findings_of_unchanged_rows_come_along_with_their_new_row_number():
    old = TWO.replace("2013", "1971")
    known = commit(load("early_help", files(a_csv=HEAD + old)))
    again = load("early_help", files(a_csv=HEAD + ONE + old), known=known)
    [finding] = again.findings.all()
    assert (finding.code, finding.row_no, bundles(again)["E2"]) == ("DOB_OLD", 3, False)


def test_a_rejected_row_keeps_its_record_and_is_read_again_next_time():
    first = load("early_help", files(a_csv=HEAD + ONE + BAD))
    assert set(people(first)) == {"E1"}
    assert bundles(first) == {"E1": True, "E3": True}
    assert (first.accepted, first.rejected) == (1, 1)


def test_one_bad_row_among_good_ones_of_a_child_marks_the_record_as_kept():
    extract = load(
        "early_help", files(a_csv=HEAD + ONE + BAD.replace("E3,Ash,Al,02/04/2014", "E1,Marsh,Jo,02/04/2012"))
    )
    assert people(extract)["E1"].kept
    assert [fact.key for fact in facts(extract, "early_help")] == ["9"]


def test_rows_that_disagree_who_a_child_is_are_a_warning_and_the_first_counts():
    extract = load(
        "early_help", files(a_csv=HEAD + ONE + ONE.replace("Marsh,Jo", "Marsh,Kim").replace(",9,", ",10,"))
    )
    assert findings(extract) == {"DUPLICATE_IN_FILE": 1}
    assert people(extract)["E1"].forename == "Jo"
    assert len(facts(extract, "early_help")) == 2


def test_two_facts_of_one_key_are_one():
    extract = load(
        "early_help", files(a_csv=HEAD + ONE + ONE + ONE.replace("01/05/2025,,", "01/05/2025,01/06/2025,"))
    )
    [fact] = facts(extract, "early_help")
    assert fact.end_on is None
    assert findings(extract) == {"DUPLICATE_IN_FILE": 1}
    assert not extract.findings.filter(message__contains="E1").exists()


def test_staging_and_interpreting_again_gives_the_same():
    extract = load("early_help", files(a_csv=HEAD + ONE + TWO + BAD))
    before = StagedFact.objects.filter(extract=extract).count(), findings(extract), rows(extract)
    actions.stage(extract=extract)
    actions.interpret(extract=extract)
    assert (StagedFact.objects.filter(extract=extract).count(), findings(extract), rows(extract)) == before


def test_the_working_rows_of_a_finished_extract_go_with_the_next():
    first = load("early_help", files(a_csv=HEAD + ONE))
    known = commit(first)
    load("early_help", files(a_csv=HEAD + TWO), known=known)
    assert not StagedPerson.objects.filter(extract=first).exists()
    assert bundles(first) == {}


def test_staged_rows_hold_what_came_and_go_when_discarded():
    extract = load("early_help", files(a_csv=HEAD + ONE))
    row = Row.objects.get(extract_id=extract.pk)
    assert (row.module, row.row_no, row.local_id) == ("early_help", 2, "E1")
    assert row.data["Start Date"] == "01/05/2025"
    actions.discard(extract=extract)
    assert rows(extract) == 0


def test_the_pipeline_role_can_do_all_of_it():
    with connection.cursor() as cursor:
        cursor.execute("set local role vcdb_pipeline")
    extract = load("early_help", files(a_csv=HEAD + ONE))
    assert extract.accepted == 1
    actions.discard(extract=extract)


def test_progress_is_told_for_every_row_of_both_steps():
    class Counted:
        rows = 0

        def advance(self, n: int = 1) -> None:
            self.rows += n

    extract = actions.receive(
        feed=Feed.objects.get(code="early_help"), files=files(a_csv=HEAD + ONE + TWO), by=None
    )
    told = Counted()
    actions.stage(extract=extract, progress=told)
    actions.interpret(extract=extract, progress=told)
    assert told.rows == 4


def test_the_projects_own_looked_after_set():
    extract = load("ssda903", folder("ssda903"))
    assert set(people(extract)) == {"C001", "C002", "C003", "C004"}
    care = [
        (f.local_id, f.start_on.isoformat(), f.end_on and f.end_on.isoformat(), f.category)
        for f in facts(extract, "looked_after")
    ]
    assert care == [
        ("C001", "2020-05-10", "2020-08-20", "V2"),
        ("C001", "2024-02-01", None, "C2"),
        ("C003", "2023-01-01", None, "C2"),
        ("C004", "2022-01-01", "2023-07-04", "C2"),
    ]
    assert findings(extract) == {
        "EPISODES_OVERLAP": 1, "NOT_IN_MAIN": 1, "NUMBER_RANGE": 1, "DFE_133": 1, "DFE_442": 3, "DFE_1000": 1,
    }  # fmt: skip
    assert people(extract)["C004"].died_on.isoformat() == "2023-07-04"
    assert len(facts(extract, "placement")) == 7
    assert [f.worker_ref for f in facts(extract, "social_worker")] == ["SW7"]
    assert [f.end_on is None for f in facts(extract, "missing")] == [False, True]
    assert [f.local_id for f in facts(extract, "care_leaver")] == ["C003"]
    assert [int(f.value) for f in facts(extract, "sdq")] == [17]


def test_the_projects_own_school_census():
    extract = load("school_census", folder("school_census"))
    enrolled = [
        (f.setting_ref, f.category, f.end_on is None, f.detail.get("year_group"))
        for f in facts(extract, "school_roll")
    ]
    assert sorted(enrolled) == [
        ("SCH1", "C", True, "6"),
        ("SCH1", "C", True, "N2"),
        ("SCH1", "S", True, "7"),
        ("SCH2", "M", True, "7"),
        ("SCH3", "", False, None),
    ]
    assert len(people(extract)) == 3
    assert [f.value for f in facts(extract, "attendance")] == [87.5]
    assert [(f.text, f.detail) for f in facts(extract, "sen_need")] == [("ASD", {"others": "SLCN"})]
    assert [(f.key, f.category) for f in facts(extract, "suspension")] == [
        ("2025-02-14", "SUSP"),
        ("2025-02-14/2", "LNCH"),
    ]
    assert len(facts(extract, "permanent_exclusion")) == 1
    assert findings(extract) == {"JOIN_UNKNOWN": 1, "NUMBER_RANGE": 1, "UPN_CHECK": 2}
    assert (extract.rows, extract.rejected) == (15, 1)


def test_the_projects_own_children_in_need_census():
    extract = load("cin_census", folder("cin_census"))
    assert (extract.rows, extract.accepted, extract.rejected) == (3, 2, 1)
    assert findings(extract) == {"END_BEFORE_START": 1}
    [need] = facts(extract, "child_in_need")
    assert (need.key, need.category, need.end_on) == ("2024-01-10", "N1", None)
    assert need.detail["factors"] == "3A, 16A"
    plans = [(f.key, f.category, f.end_on is None) for f in facts(extract, "child_protection")]
    assert plans == [("2024-03-01", "PHY", False), ("2025-02-01", "EMO", True)]
    referrals = [(f.key, f.end_on.isoformat()) for f in facts(extract, "social_care_referral")]
    assert referrals == [("2025-06-01", "2025-06-01"), ("2025-10-01", "2025-10-20")]
    assert [f.text for f in facts(extract, "disability")] == ["HEAR, AUT"]
    assert [people(extract)[c].sex for c in ("C001", "C050")] == ["F", "M"]


def test_the_projects_own_family_context_files():
    social_care = load("family_context_csc", files(csc_csv=_own("csc.csv")))
    education = load("family_context_education", files(education_csv=_own("education.csv")))
    spells = [
        (f.local_id, f.start_on.isoformat(), f.end_on and f.end_on.isoformat())
        for f in facts(social_care, "social_worker")
    ]
    assert spells == [("701", "2024-08-23", None), ("702", "2022-02-17", "2025-09-30")]
    assert findings(social_care) == {"DATE_ORDER": 1, "INVOLVEMENT_UNSPECIFIED": 1}
    assert facts(education, "school_roll")[0].setting_ref == "Allan, School"
    assert people(social_care)["701"].address_key == people(education)["151"].address_key
    assert people(social_care)["701"].postcode == "TS18 3BF"


def _own(name: str) -> bytes:
    return next(file for file_name, file in folder("family_context") if file_name == name).getvalue()
