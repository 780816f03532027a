"""Text files: told by their first bytes, read in any encoding, refused with the row that is wrong."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.extracts.readers import delimited, read_tables

#: What a cell may hold without being a line of its own or nothing.
CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cs",)), max_size=20
)


def written(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path):
    [table] = read_tables(path, "a.csv")
    return table.headings, list(table.rows)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n \t", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel workbook"),
        (b"<?xml version='1.0'?><m/>", "is an XML or HTML file"),
        (b"\xef\xbb\xbf\n  <html>", "is an XML or HTML file"),
        (b"a,b\n1,\x002", "is not a text file"),
        (b"PK\x03\x04 and nothing else", "damaged or protected"),
    ],
)  # fmt: skip
def test_what_is_no_csv_is_refused_with_what_it_is(tmp_path, content, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        rows(written(tmp_path, content))
    assert str(refusal.value).startswith("a.csv ")
    assert str(refusal.value).endswith(".")


def test_one_column_is_a_file_too(tmp_path):
    assert rows(written(tmp_path, "Ref\n1\n")) == (["Ref"], [(2, ["1"])])


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_columns_may_be_separated_by_another_sign_throughout(tmp_path, sign):
    content = f'Ref{sign}Name\n1{sign}"a{sign}b"\n' + f"2{sign}c,d\n"
    assert rows(written(tmp_path, content)) == (["Ref", "Name"], [(2, ["1", f"a{sign}b"]), (3, ["2", "c,d"])])


def test_a_semicolon_among_commas_is_part_of_a_heading(tmp_path):
    assert rows(written(tmp_path, "a;b,c\n"))[0] == ["a;b", "c"]


def test_headings_lose_the_spaces_round_them_and_values_keep_theirs(tmp_path):
    assert rows(written(tmp_path, " Ref , Day\n 1 ,2\n")) == (["Ref", "Day"], [(2, [" 1 ", "2"])])


@pytest.mark.parametrize(
    ("content", "row", "remedy"),
    [
        ('a,b\n1,2\n"3,4\n', 3, "opened and not closed"),
        ('a,b\n1,"2"x\n', 2, "do not fit together"),
        ('a,b\n1,2\n3,"4" 5\n', 3, "do not fit together"),
    ],
)
def test_a_wrong_quotation_mark_is_named_by_its_row(tmp_path, content, row, remedy):
    with pytest.raises(Refused, match=f"a.csv, row {row}: .*{remedy}"):
        rows(written(tmp_path, content))


@pytest.mark.parametrize(("length", "refused"), [(131_072, False), (131_073, True)], ids=["at", "above"])
def test_a_cell_has_a_longest_length(tmp_path, length, refused):
    path = written(tmp_path, "a,b\n1," + "x" * length + "\n")
    if not refused:
        assert rows(path)[1] == [(2, ["1", "x" * length])]
        return
    with pytest.raises(Refused, match="row 2"):
        rows(path)


@pytest.mark.parametrize(
    ("length", "refused"), [(1 << 20, False), ((1 << 20) + 1, True)], ids=["at", "above"]
)
def test_a_line_has_a_longest_length(tmp_path, length, refused):
    path = written(tmp_path, b"a,b\n" + b"x" * length + b"\n1,2\n")
    if not refused:
        assert delimited.encoding_of(path, "a.csv") == "utf-8-sig"
        return
    with pytest.raises(Refused, match="a line of more than a million characters"):
        delimited.encoding_of(path, "a.csv")


def test_lines_that_span_chunks_are_counted_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "CHUNK", 8)
    monkeypatch.setattr(delimited, "LONGEST_LINE", 20)
    assert delimited.encoding_of(written(tmp_path, b"x" * 20 + b"\n" + b"y" * 20), "a.csv") == "utf-8-sig"
    with pytest.raises(Refused):
        delimited.encoding_of(written(tmp_path, b"short\n" + b"y" * 21 + b"\n"), "a.csv")


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        ("Zoë", "utf-8", "Zoë"),
        ("Zoë", "utf-8-sig", "Zoë"),
        ("O’Neill – Zoë", "cp1252", "O’Neill – Zoë"),
        ("Zoë\x81", "latin-1", "Zoë\x81"),
    ],
)
def test_the_same_name_is_read_from_every_encoding(tmp_path, content, encoding, text):
    assert rows(written(tmp_path, f"Ref,Name\n1,{content}\n".encode(encoding))) == (
        ["Ref", "Name"],
        [(2, ["1", text])],
    )


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_a_system_writes_comes_back_with_its_number(tmp_path, given_rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Ref", "Name"])
    writer.writerows(given_rows)
    path = tmp_path / "any.csv"
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    found = rows(path)[1]
    assert found == [(number, row) for number, row in enumerate(given_rows, 2) if any(row)]
