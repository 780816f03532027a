"""Workbooks: what a sheet holds as text, which sheets count, and what is refused before it is opened."""

import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from apps.core.errors import Refused
from apps.extracts.readers import read_tables, sheets


@pytest.fixture
def book(tmp_path):
    """Writes a workbook: each argument is the rows of a sheet."""

    def make(**rows_of):
        path = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as made:
            for title, rows in rows_of.items():
                sheet = made.add_worksheet(title)
                for number, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        if cell is not None:
                            sheet.write(number, column, cell)
        return path

    return make


def tables(path):
    return [(table.name, table.headings, list(table.rows)) for table in read_tables(path, "a.xlsx")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Marsh", "Marsh"),
        ("0123", "0123"),
        (9434765919, "9434765919"),
        (12.5, "12.5"),
        (3.0, "3"),
        (-2, "-2"),
        (date(2013, 3, 14), "2013-03-14"),
        (datetime.fromisoformat("2013-03-14 09:30"), "2013-03-14 09:30:00"),
        (True, "True"),
    ],
)
def test_a_cell_is_read_as_its_text(book, cell, text):
    [(_name, _headings, [(number, cells)])] = tables(book(Data=[["Ref"], [cell]]))
    assert number == 2
    assert cells[0].removesuffix(" 00:00:00") == text


def test_the_first_row_that_holds_anything_is_the_headings_and_rows_keep_their_number():
    rows = iter([["", ""], [" Ref ", "Day", ""], ["", ""], [7.0, "x"]])
    sheet = type("Sheet", (), {"to_python": lambda self, skip_empty_area: list(rows)})()
    table = sheets._table(sheet, "a.xlsx, sheet Data")
    assert (table.headings, list(table.rows)) == (["Ref", "Day"], [(4, ["7", "x"])])


def test_every_sheet_with_headings_is_a_table_and_an_empty_one_is_none(book):
    found = tables(book(Data=[["Ref"], ["1"]], Empty=[], Notes=[["Note"]]))
    assert [(name, headings) for name, headings, _rows in found] == [
        ("a.xlsx, sheet Data", ["Ref"]),
        ("a.xlsx, sheet Notes", ["Note"]),
    ]


def test_a_workbook_of_empty_sheets_is_refused(book):
    with pytest.raises(Refused, match="holds no sheet with headings"):
        tables(book(Data=[], More=[]))


def archive(tmp_path, **entries):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/"), content)
    return path


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be read as an Excel workbook"):
        read_tables(archive(tmp_path, readme="hello"), "a.xlsx")


def test_half_a_workbook_is_refused(book):
    path = book(Data=[["Ref"], ["1"]])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(Refused, match="damaged or protected by a password"):
        read_tables(path, "a.xlsx")


def refused(path):
    """Whether a file is refused for what it unpacks to."""
    try:
        sheets.check_size(path, "a.xlsx")
    except Refused as refusal:
        return "unpacks to more than a real extract holds" in str(refusal)
    return False


@pytest.mark.parametrize(("size", "too_big"), [(1000, False), (1001, True)], ids=["at", "above"])
def test_what_it_unpacks_to_is_counted_first(tmp_path, monkeypatch, size, too_big):
    monkeypatch.setattr(sheets, "MOST_BYTES", 1000)
    assert refused(archive(tmp_path, data="x" * size)) is too_big


@pytest.mark.parametrize(
    ("place", "too_far"), [("J10", False), ("J11", True), ("K10", True), ("A100", False), ("A101", True)]
)
def test_one_stray_cell_in_a_far_corner_is_refused(tmp_path, monkeypatch, place, too_far):
    monkeypatch.setattr(sheets, "MOST_CELLS", 100)
    sheet = f'<row r="1"><c r="A1"/><c r="{place}"/></row>'
    assert refused(archive(tmp_path, xl__worksheets__sheet1=sheet)) is too_far


def test_a_far_corner_of_anything_but_a_sheet_is_no_matter(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_CELLS", 100)
    assert not refused(archive(tmp_path, xl__comments1='<c r="ZZ9000"/>'))


def test_a_place_cut_in_two_by_a_chunk_is_still_found(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "CHUNK", 16)
    monkeypatch.setattr(sheets, "MOST_CELLS", 1000)
    path = archive(tmp_path, xl__worksheets__sheet1='<row><c r="A1"/></row><row><c r="ZZ9000"/></row>')
    assert refused(path)


@pytest.mark.parametrize(
    ("letters", "column"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"AZ", 52), (b"BA", 53), (b"XFD", 16384)]
)
def test_letters_of_columns_count_as_in_a_spreadsheet(letters, column):
    assert sheets._farthest(b'<c r="' + letters + b'7">', 0, 0) == (column, 7)


def test_the_farthest_cell_is_kept_from_chunk_to_chunk():
    assert sheets._farthest(b"<c r='B2'>", 5, 1) == (5, 2)
    assert sheets._farthest(b"no place here", 5, 9) == (5, 9)
