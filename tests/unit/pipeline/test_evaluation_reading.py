"""What PEOPLE.csv and TRUTH.csv may hold, and the sentence that names the row and column of what they may not."""

from pathlib import Path

import pytest

from apps.core.errors import Refused
from apps.pipeline.evaluation.reading import Given, deliveries, read_people, read_truth

HEAD = "record_id,batch,agency,local_id,surname\n"


def people(folder: Path, text: str) -> list[Given]:
    path = folder / "PEOPLE.csv"
    path.write_text(text, encoding="utf-8")
    return read_people(path)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("record_id,batch,agency\n1,1,A\n", "PEOPLE.csv, row 1: the column local_id is missing."),
        (HEAD + "1,1,A,a,Marsh\n2,,A,b,Hall\n", "PEOPLE.csv, row 3, column batch: this may not be empty."),
        (
            HEAD + "1,1,A,a,Marsh\n1,2,A,a,Hall\n",
            "PEOPLE.csv, row 3, column record_id: this record was named before.",
        ),
        (HEAD + "1,1,A,a,Marsh,more\n", "PEOPLE.csv, row 2: it has more values than there are headings."),
        (
            "record_id,batch,agency,local_id,batch\n",
            "PEOPLE.csv, row 1: the column batch stands there twice.",
        ),
        ("", "PEOPLE.csv, row 1: the column record_id is missing."),
    ],
)
def test_what_cannot_be_used_is_named_by_row_and_column(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        people(tmp_path, text)
    assert str(refusal.value) == sentence


def test_a_file_that_is_no_text_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "PEOPLE.csv").write_bytes(b"record_id,batch,agency,local_id\n1,1,A,\xff\n")
    with pytest.raises(Refused, match="not in UTF-8"):
        read_people(tmp_path / "PEOPLE.csv")
    with pytest.raises(Refused, match="cannot be read"):
        read_people(tmp_path / "NOBODY.csv")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "record_id,child_id\n1,x\n1,y\n",
            "TRUTH.csv, row 3, column record_id: this record was named before.",
        ),
        (
            "record_id,child_id\n9,x\n",
            "TRUTH.csv, row 2, column record_id: there is no such record among the people.",
        ),
        ("record_id,child_id\n1,\n", "TRUTH.csv, row 2, column child_id: this may not be empty."),
    ],
)
def test_truth_speaks_once_of_each_record_that_is_there(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "TRUTH.csv"
    path.write_text(text)
    with pytest.raises(Refused) as refusal:
        read_truth(path, people(tmp_path, HEAD + "1,1,A,a,Marsh\n"))
    assert str(refusal.value) == sentence


def test_batches_arrive_in_order_and_agencies_as_they_first_appear(tmp_path: Path) -> None:
    given = people(tmp_path, HEAD + "1,10,A,a,\n2,9,B,b,\n3,9,A,c,\n4,9,B,d,\n5,2,C,e,\n")
    assert [
        (each.batch, each.agency, [row.record_id for row in each.rows]) for each in deliveries(given)
    ] == [
        ("2", "C", ["5"]),
        ("9", "B", ["2", "4"]),
        ("9", "A", ["3"]),
        ("10", "A", ["1"]),
    ]
