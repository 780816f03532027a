"""The linker is judged in a schema of its own: what it says, and that nothing of it is left."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.children.models import Child, SourceRecord
from apps.extracts.models import Extract, StagedPerson
from apps.pipeline import plan
from apps.pipeline.evaluation.schema import tables
from tests.integration.matching.arrivals import arrive, feed, person

pytestmark = pytest.mark.django_db

NHS = "9990000018"
PEOPLE = f"""record_id,batch,agency,local_id,nhs_number,surname,forename,dob,address,postcode,restricted
r1,1,Social care,a1,999 000 0018,Marsh,Ada,09/03/2014,1 Fern Row,ZZ1 1AA,yes
r2,1,Health,h1,{NHS},MARSH,Ada,2014-03-09,,,
r3,2,Health,h1,{NHS},Marsh,Adah,2014-03-09,,,
r4,2,Schools,s1,,Marsh,Ada,2014-03-09,,,
r5,2,Schools,s2,1111111111,Baby,Unborn,,,,
r6,2,Health,h2,1111111111,Baby,Unborn,,,,
"""
TRUTH = "record_id,child_id\nr1,ada\nr2,ada\nr3,ada\nr4,ada\nr5,one\nr6,two\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "PEOPLE.csv").write_text(PEOPLE)
    (tmp_path / "TRUTH.csv").write_text(TRUTH)
    return tmp_path


def evaluate(files: Path, *words: str, capsys: Any) -> dict[str, Any]:
    call_command("evaluate_matching", str(files / "PEOPLE.csv"), "--json", *words)
    return json.loads(capsys.readouterr().out)


def everything() -> dict[str, Any]:
    """Every row of the live tables the linker writes, and where their sequences stand."""
    with connection.cursor() as cursor:
        rows = {}
        for table in tables():
            cursor.execute(f"select coalesce(jsonb_agg(t order by t::text), '[]') from public.{table} t")
            rows[table] = cursor.fetchone()[0]
        cursor.execute(
            "select sequencename, last_value from pg_sequences where schemaname = 'public' order by sequencename"
        )
        rows["sequences"] = cursor.fetchall()
    return rows


def schemas() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select nspname from pg_namespace where nspname like 'evaluation%'")
        return [name for (name,) in cursor.fetchall()]


def test_the_figures_and_decisions_of_a_small_file(files: Path, capsys: Any) -> None:
    out = files / "OUT.csv"
    said = evaluate(files, "--truth", str(files / "TRUTH.csv"), "--decisions", str(out), capsys=capsys)
    assert said.pop("seconds") > 0
    assert isinstance(said.pop("model"), str)
    assert said == {
        "records": 6, "entities": 4, "linked_pairs": 3, "false_pairs": 0, "true_pairs": 3, "precision": 1.0, "recall": 0.5,
        "recall_with_questions": 1.0, "questions": 1, "undecided_records": 1,
    }  # fmt: skip
    decisions = {row["record_id"]: row for row in csv.DictReader(out.open())}
    assert list(decisions) == ["r1", "r2", "r3", "r4", "r5", "r6"]
    assert decisions["r1"]["entity"] == decisions["r2"]["entity"] == decisions["r3"]["entity"]
    assert [decisions[name]["review"] for name in decisions] == ["", "", "", "r1;r2;r3", "", ""]


def test_without_the_truth_only_what_needs_none_is_said(files: Path, capsys: Any) -> None:
    said = evaluate(files, capsys=capsys)
    unknown = ("false_pairs", "true_pairs", "precision", "recall", "recall_with_questions")
    assert [said[name] for name in unknown] == [None] * 5
    assert (said["records"], said["linked_pairs"]) == (6, 3)


def test_live_tables_are_neither_read_nor_written(files: Path, capsys: Any) -> None:
    arrive(feed("live"), [person("x", surname="Marsh", forename="Ada", nhs_number=NHS)])
    before = everything()
    assert evaluate(files, capsys=capsys)["entities"] == 4
    assert everything() == before
    assert schemas() == []
    assert Child.objects.count() == SourceRecord.objects.count() == 1


def test_nothing_is_left_after_an_error(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def fall(**_: Any) -> None:
        assert Extract.objects.exists() and StagedPerson.objects.exists() and schemas()
        raise RuntimeError("fallen")

    monkeypatch.setattr(plan, "apply", fall)
    with pytest.raises(RuntimeError, match="fallen"):
        call_command("evaluate_matching", str(files / "PEOPLE.csv"))
    assert everything() == before
    assert schemas() == []
    assert not Extract.objects.exists()


def test_no_statement_of_the_linker_reaches_past_its_schema(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every table of the live schema that a plan touches has its empty double in front."""
    touched: set[str] = set()
    apply = plan.apply

    def watch(**given: Any) -> None:
        apply(**given)
        with connection.cursor() as cursor:
            cursor.execute(
                "select c.relname from pg_locks l join pg_class c on c.oid = l.relation"
                " where l.pid = pg_backend_pid() and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S')"
                " and l.mode = 'RowExclusiveLock'"
            )
            touched.update(name for (name,) in cursor.fetchall())

    monkeypatch.setattr(plan, "apply", watch)
    call_command("evaluate_matching", str(files / "PEOPLE.csv"))
    assert touched == set()


def test_a_warning_names_the_row_and_column_and_not_the_words(files: Path, capsys: Any) -> None:
    (files / "PEOPLE.csv").write_text(
        "record_id,batch,agency,local_id,surname,dob\n1,1,A,a,Quillfeather,yesteryear\n"
    )
    call_command("evaluate_matching", str(files / "PEOPLE.csv"), "--json")
    said = capsys.readouterr()
    assert said.err.startswith("Row 2, column dob: ")
    assert "yesteryear" not in said.err and "Quillfeather" not in said.err + said.out


def test_a_bad_file_ends_with_a_sentence(files: Path) -> None:
    (files / "PEOPLE.csv").write_text("record_id,batch\n1,1\n")
    with pytest.raises(CommandError, match="row 1: the column agency is missing"):
        call_command("evaluate_matching", str(files / "PEOPLE.csv"))


def test_the_same_words_again_are_no_new_version(files: Path, capsys: Any) -> None:
    lines = PEOPLE.splitlines()
    again = lines[1].replace("r1,1,", "r9,3,")
    (files / "PEOPLE.csv").write_text("\n".join([lines[0], lines[1], again]) + "\n")
    said = evaluate(files, capsys=capsys)
    assert (said["records"], said["entities"], said["linked_pairs"]) == (2, 1, 1)
