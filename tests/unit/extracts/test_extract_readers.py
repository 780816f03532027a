import tracemalloc

import pytest

from apps.core.errors import Refused
from apps.extracts.layouts.base import Layout, Module
from apps.extracts.readers import read_tables
from apps.extracts.readers.delimited import encoding_of
from apps.extracts.readers.markup import read_xml
from apps.extracts.readers.table import Table
from apps.extracts.recognise import plain, recognise


def written(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("naïve".encode(), "utf-8-sig"),
        ("naïve".encode("utf-8-sig"), "utf-8-sig"),
        ("naïve – O’Neill".encode("cp1252"), "cp1252"),
        (b"na\xefve \x81", "latin-1"),
        (b"plain", "utf-8-sig"),
    ],
)
def test_the_encoding_is_found(tmp_path, content, encoding):
    assert encoding_of(written(tmp_path, content), "a.csv") == encoding


def test_a_letter_cut_in_two_by_a_chunk_is_still_utf_8(tmp_path):
    content = b"x" * 999 + b"\n"
    content = content * 1048 + b"x" * 575 + "é\n".encode()
    assert len(content) > 1 << 20
    assert encoding_of(written(tmp_path, content), "a.csv") == "utf-8-sig"


def test_a_letter_cut_off_by_the_end_is_not_utf_8(tmp_path):
    assert encoding_of(written(tmp_path, b"caf\xc3"), "a.csv") == "cp1252"


def test_blank_records_are_passed_over_and_counted(tmp_path):
    [table] = read_tables(written(tmp_path, b"a,b\n\n,\n1,2\r\n"), "a.csv")
    assert (table.headings, list(table.rows)) == (["a", "b"], [(4, ["1", "2"])])


def test_a_long_line_is_refused_before_it_is_held(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        for _megabyte in range(200):
            file.write(b"x" * (1 << 20))
    tracemalloc.start()
    with pytest.raises(Refused, match="more than a million"):
        read_tables(path, "long.csv")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


def test_xml_parts_are_paths_and_repeated_ones_are_numbered(tmp_path):
    path = written(tmp_path, b"<m><c><a>1</a><b><a>2</a></b><b>stray<a>3</a></b><e/></c><c/></m>")
    assert list(read_xml(path, "a.xml", "c")) == [(1, {"a": "1", "b/a": "2", "b[2]/a": "3"}), (2, {})]


def test_xml_of_a_namespace_reads_the_same(tmp_path):
    path = written(tmp_path, b'<m xmlns="urn:x"><c><a>1</a></c></m>')
    assert list(read_xml(path, "a.xml", "c")) == [(1, {"a": "1"})]


def test_comments_and_instructions_are_passed_over(tmp_path):
    path = written(tmp_path, b"<m><c><!-- a --><?b c?><a>1<!-- d --></a></c></m>")
    assert list(read_xml(path, "a.xml", "c")) == [(1, {"a": "1"})]


ONE = Module("one", {"id": ("Child ID", "Ref"), "day": ("Day",)}, ("id", "day"), "id")
TWO = Module("two", {"id": ("Child ID",), "day": ("Day",), "how": ("How",)}, ("id", "day", "how"), "id")
LAYOUT = Layout("l", "the list", (ONE, TWO), lambda bundle: None)


def table(*headings, name="a.csv"):
    return Table(name, list(headings), iter(()))


@pytest.mark.parametrize("heading", ["Child ID", "child_id", "CHILD-ID", " childid "])
def test_headings_are_compared_plainly(heading):
    assert plain(heading) == "childid"


def test_the_module_with_most_headings_is_meant():
    found = recognise(LAYOUT, [table("how", "child id", "DAY"), table("Ref", "Day", "More")])
    assert [(item.module.code, item.columns) for item in found] == [
        ("one", [("id", 0), ("day", 1)]),
        ("two", [("id", 1), ("day", 2), ("how", 0)]),
    ]


def test_a_sheet_of_notes_beside_a_known_one_is_passed_over():
    found = recognise(
        LAYOUT, [table("Ref", "Day", name="b.xlsx, sheet Data"), table("Notes", name="b.xlsx, sheet Notes")]
    )
    assert len(found) == 1


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["Ref", "Dya"], "lacks the column Day. It has Ref and Dya."),
        (
            ["Smith", "Jo", "2012-01-01"],
            "none of the headings of the list. Its first row must hold Child ID and Day.",
        ),
    ],
)
def test_what_is_missing_is_named_and_a_childs_row_is_not(headings, words):
    with pytest.raises(Refused) as refusal:
        recognise(LAYOUT, [table(*headings)])
    assert words in str(refusal.value)
    assert "Smith" not in str(refusal.value)


def test_the_same_heading_twice_is_refused():
    with pytest.raises(Refused, match="column Day twice"):
        recognise(LAYOUT, [table("Ref", "Day", "day")])
