"""SEN2: nine tables, joined step by step, as one person with plans, needs and placements."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.actions.staging import prepared
from apps.extracts.layouts.base import BROKEN, Bundle, RawRow
from apps.extracts.layouts.registry import LAYOUTS

LAYOUT = LAYOUTS["sen2"]
SET = {
    "sen2": "sen2tableid,NativeId,collection,year\nS1,808,SEN2,2026\n",
    "person": "persontableid,sen2tableid,surname,forename,personbirthdate,sex,postcode,upn,uniquelearnernumber\n"
    "P1,S1,Marsh,Una,2013-Mar-14 00:00:00,F,TS1 1AA,H801200001001,\n"
    "P2,S1,Reed,Ned,2007-Mar-14 00:00:00,M,,,\n",
    "requests": "requeststableid,persontableid,receiveddate,requestoutcome\n"
    "R1,P1,2019-Jan-10 00:00:00,Y\nR2,P1,2023-Jan-10 00:00:00,Y\nR3,P2,2020-Jan-10 00:00:00,H\n",
    "assessment": "assessmenttableid,requeststableid,assessmentoutcome\nA1,R1,Y\nA2,R2,Y\n",
    "namedplan": "namedplantableid,assessmenttableid,startdate,pb,ceasedate,ceasereason\n"
    "N1,A1,2019-Jun-01 00:00:00,false,2021-Jun-01 00:00:00,2\nN2,A2,2023-Jun-01 00:00:00,true,,\n",
    "plandetail": "plandetailtableid,namedplantableid,urn,sensetting,placementrank\nD1,N1,100001,,1\nD2,N2,100002,,1\n",
    "activeplans": "activeplanstableid,requeststableid,transferla,lastreview\n"
    "V1,R2,,2025-Nov-01 00:00:00\nV2,R3,203,\n",
    "placementdetail": "placementdetailtableid,activeplanstableid,urn,sensetting,entrydate,leavingdate,placementrank\n"
    "T1,V1,100003,,2024-Sep-02 00:00:00,,1\nT2,V2,,NEET,2025-Sep-01 00:00:00,,1\n",
    "senneed": "senneedtableid,activeplanstableid,sentype,senneedrank\nE1,V1,SLCN,2\nE2,V1,ASD,1\n",
}  # fmt: skip


def rows_of(tmp_path: Path, **changes):
    files = []
    for name, text in {**SET, **changes}.items():
        path = tmp_path / f"Blade-Export_01-02-2026_{name}.csv"
        path.write_text(text)
        files.append((path.name, path))
    return list(prepared(files, LAYOUT))


def read(rows, local_id):
    found = [RawRow(module, number, data) for module, number, whose, data in rows if whose == local_id]
    return LAYOUT.interpret(Bundle(local_id, found))


def facts(result, code):
    return [fact for fact in result.facts if fact.code == code]


@pytest.fixture
def rows(tmp_path):
    return rows_of(tmp_path)


def test_every_row_but_the_one_about_the_return_belongs_to_a_person(rows):
    lines = sum(text.count("\n") - 1 for name, text in SET.items() if name != "sen2")
    assert len(rows) == lines
    whose = {local_id for _module, _number, local_id, _data in rows}
    assert len(whose) == 2 and "H801200001001" in whose
    assert not any(BROKEN in data for _module, _number, _id, data in rows)


def test_each_plan_has_its_days_its_setting_and_why_it_ended(rows):
    result = read(rows, "H801200001001")
    first, second = facts(result, "ehcp")
    assert (first.start_on, first.end_on) == (date(2019, 6, 1), date(2021, 6, 1))
    assert first.detail == {
        "Reason ceased": "Needs met without a plan",
        "Setting named in the plan": "100001",
    }
    assert (second.start_on, second.end_on, second.category) == (date(2023, 6, 1), None, "ASD")
    assert second.detail == {
        "Setting named in the plan": "100002", "Personal budget": "Yes", "Last reviewed": "2025-11-01",
        "Main setting (URN)": "100003", "There since": "2024-09-02",
    }  # fmt: skip
    assert result.problems == []


def test_the_need_of_the_first_rank_comes_first(rows):
    [need] = facts(read(rows, "H801200001001"), "sen_need")
    assert (need.text, need.detail) == ("ASD", {"others": "SLCN"})


def test_a_plan_that_is_only_among_the_active_ones_has_no_day_and_neet_is_said(rows):
    [ned] = {local_id for _module, _number, local_id, _data in rows} - {"H801200001001"}
    result = read(rows, ned)
    [plan] = facts(result, "ehcp")
    assert (plan.key, plan.start_on, plan.end_on) == ("sen2", None, None)
    assert plan.detail["Main setting (URN)"] == "Not in education, employment or training"
    [outside] = facts(result, "education_status")
    assert (outside.text, outside.start_on) == ("Not in education, employment or training", date(2025, 9, 1))


def test_new_table_ids_change_nothing(tmp_path, rows):
    renumbered = {name: re.sub(r"\b([PRANVDTE])(\d)\b", r"new-\1\2", text) for name, text in SET.items()}
    assert renumbered["plandetail"].count("new-N") == 2
    assert rows_of(tmp_path, **renumbered) == rows


def test_a_row_whose_parent_is_not_in_the_set_is_nobodys(tmp_path):
    rows = rows_of(
        tmp_path, assessment="assessmenttableid,requeststableid,assessmentoutcome\nA1,R9,Y\nA2,R2,Y\n"
    )
    lost = [(module, data[BROKEN]) for module, _number, local_id, data in rows if not local_id]
    assert lost == [
        ("assessment", "JOIN_UNKNOWN"),
        ("namedplan", "JOIN_UNKNOWN"),
        ("plandetail", "JOIN_UNKNOWN"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("", "", "VALUE_MISSING"),
        ("2023-Jun-01", "2022-Jun-01", "END_BEFORE_START"),
        ("2999-Jun-01", "", "DATE_TO_COME"),
    ],
)
def test_a_plan_with_impossible_days_is_rejected(start, end, code):
    result = LAYOUT.interpret(Bundle("1", [RawRow("namedplan", 2, {"startdate": start, "ceasedate": end})]))
    assert [problem.code for problem in result.problems] == [code]
    assert result.facts == []


@given(st.lists(st.sampled_from(list("P1 P2 R1 R2 R3 A1 A2 V1 x".split())), min_size=2, max_size=6))
def test_any_joins_give_every_row_an_owner_or_a_reason(tmp_path_factory, parents):
    text = "assessmenttableid,requeststableid,assessmentoutcome\n"
    text += "".join(f"Z{number},{parent},Y\n" for number, parent in enumerate(parents))
    rows = rows_of(tmp_path_factory.mktemp("sen2"), assessment=text)
    joined = [(local_id, data) for module, _number, local_id, data in rows if module == "assessment"]
    assert len(joined) == len(parents)
    for local_id, data in joined:
        assert bool(local_id) != (data.get(BROKEN) == "JOIN_UNKNOWN")
