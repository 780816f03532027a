"""The files of a weekly list: what stands in each column, and that no spreadsheet program runs any of it."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from uuid import UUID

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.agencies.models import Agency
from apps.core.spreadsheets import RUNS, inert
from apps.lists import files
from apps.lists.models import Entry, WeeklyList
from apps.lists.queries import Asked
from apps.ragp.models import Band

MONDAY = date(2026, 11, 16)
BANDS = {
    "red": Band(code="red", label="Red", colour="red", definition="Seen within a day"),
    "amber": Band(code="amber", label="Amber", colour="amber", definition="Seen within a week"),
}
SERVICE = {"name": "Early help", "since": "2026-09-03", "who": "Sol Whitlow", "phone": "01632 960207"}


def entry(**fields):
    own = {
        "public_id": UUID(int=7), "surname": "Marsh", "forename": "Una", "dob": date(2013, 3, 14), "year_group": "8",
        "upn": "H801200001001", "band": "red", "previous_band": "amber", "mark": "up", "services": [SERVICE],
        "why": ["Child protection plan", "Suspended"], "lead": "S. Whitlow", "lead_phone": "01632 960207",
    }  # fmt: skip
    return Entry(**(own | fields))


def asked(*entries, version=1):
    setting = Agency(code="wenlow", name="Wenlow High & Sixth Form")
    listed = WeeklyList(
        setting=setting, week=MONDAY, version=version, as_at=datetime(2026, 11, 16, 6, tzinfo=UTC)
    )
    return Asked(listed=listed, entries=list(entries), departures=[], bands=BANDS, before=None)


def table(given_list):
    """The CSV as a program reads it."""
    text = files.csv_bytes(given_list).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def book(given_list):
    return openpyxl.load_workbook(io.BytesIO(files.xlsx_bytes(given_list)))


def test_a_row_says_who_what_why_and_whom_to_phone():
    [head, row] = table(asked(entry(last_seen_on=date(2026, 11, 13), last_seen_by="J. Marr")))
    shown = dict(zip(head, row, strict=True))
    assert {name: text for name, text in shown.items() if text} == {
        "Surname": "Marsh", "Forename": "Una", "Date of birth": "14/03/2013", "Year": "8", "UPN": "H801200001001",
        "Registration": "Main", "Rating": "Red", "Since last week": "Rating up", "Rating last week": "Amber",
        "Services": "Early help since 3 Sep 2026 (Sol Whitlow, 01632 960207)",
        "Why this rating": "Child protection plan; Suspended", "Lead professional": "S. Whitlow",
        "Phone": "01632 960207", "Last seen": "13/11/2026", "Seen by": "J. Marr",
    }  # fmt: skip


def test_where_the_agreement_does_not_share_the_rating_no_column_of_it_is_there():
    [head, row] = table(asked(entry(band="")))
    assert not files.RATED & set(head)
    assert not {"Red", "Amber", "Child protection plan; Suspended"} & set(row)
    sheet = book(asked(entry(band="")))
    assert not files.RATED & {cell.value for cell in sheet["List"][1]}
    assert "Seen within a day" not in {cell.value for row in sheet["About this list"].rows for cell in row}


@pytest.mark.parametrize(
    ("service", "said"),
    [
        (SERVICE, "Early help since 3 Sep 2026 (Sol Whitlow, 01632 960207)"),
        ({"name": "Early help"}, "Early help"),
        ({"name": "Early help", "since": ""}, "Early help"),
        ({"name": "Early help", "who": "Sol Whitlow"}, "Early help (Sol Whitlow)"),
        ({"name": "Early help", "phone": "101"}, "Early help (101)"),
        (
            {"name": "Early help", "since": "2026-09-03", "who": None, "phone": None},
            "Early help since 3 Sep 2026",
        ),
    ],
)
def test_a_service_in_words(service, said):
    assert files.service_words(service) == said


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 1632", "'+44 1632"),
        ("-Ann", "'-Ann"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("＠x", "'＠x"),
        ("Ann-Marie", "Ann-Marie"),
        ("O'Brien", "O'Brien"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_is_made_inert(text, written):
    assert inert(text) == written


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=12))
@settings(max_examples=60)
def test_no_cell_of_the_csv_begins_as_a_formula(text):
    given_list = asked(
        entry(surname=text, forename="=" + text, known_as="@" + text, why=["-" + text], lead="+" + text)
    )
    [_head, row] = table(given_list)
    assert not [cell for cell in row if cell.startswith(RUNS)]
    assert row[1] == f"'={text}"


def test_the_workbook_holds_formulas_as_text():
    sheet = book(asked(entry(surname="=1+1", forename="http://example.org", known_as="007")))["List"]
    assert [cell.value for cell in sheet[2][:3]] == ["=1+1", "http://example.org", "007"]
    assert not [cell for cell in sheet[2] if cell.data_type == "f"]
    assert sheet[2][1].hyperlink is None


def test_the_workbook_is_one_table_under_its_headings():
    made = book(asked(entry(), entry(surname="Roe", dob=None)))
    sheet = made["List"]
    assert made.sheetnames == ["List", "About this list"]
    assert sheet.freeze_panes == "C2"
    assert sheet.tables["WeeklyList"].ref.startswith("A1:") and sheet.tables["WeeklyList"].ref.endswith("3")
    assert [cell.value for cell in sheet[1]] == [
        field.heading for field in (*files.FIELDS, *files.RETURNED, files.MARK)
    ]
    assert sheet["D2"].value.date() == date(2013, 3, 14) and sheet["D3"].value is None


def test_a_list_without_children_is_still_a_workbook_and_a_csv():
    assert len(table(asked())) == 1
    assert book(asked())["List"].tables["WeeklyList"].ref == "A1:V2"


def test_the_second_sheet_says_what_the_list_is_and_how_to_keep_it():
    sheet = book(asked(entry(), version=3))["About this list"]
    said = {row[0].value: row[1].value for row in sheet.rows}
    assert said["List"] == "Wenlow High & Sixth Form: week of Mon 16 Nov 2026"
    assert said["Marking"] == files.MARKING
    assert said["Version"].startswith("3, as known Mon 16 Nov 2026")
    assert (said["Children"], said["Red"], said["Amber"]) == ("1", "Seen within a day", "Seen within a week")


def test_every_printed_page_bears_the_marking():
    archive = zipfile.ZipFile(io.BytesIO(files.xlsx_bytes(asked(entry()))))
    header = archive.read("xl/worksheets/sheet1.xml").decode()
    assert files.MARKING in header and "Wenlow High &amp;&amp; Sixth Form" in header


@pytest.mark.parametrize(("version", "ending"), [(1, "csv"), (2, "xlsx")])
def test_the_name_of_a_file_names_nobody(version, ending):
    assert (
        files.file_name(asked(entry(), version=version), ending)
        == f"list-wenlow-2026-W47-v{version}.{ending}"
    )


@pytest.mark.parametrize(("subsidiary", "said"), [(True, "Subsidiary"), (False, "Main")])
def test_a_second_registration_is_named(subsidiary, said):
    assert table(asked(entry(subsidiary=subsidiary)))[1][6] == said


def test_a_band_nobody_knows_is_left_blank():
    row = dict(zip(*table(asked(entry(band="gone", previous_band=""))), strict=True))
    assert (row["Rating"], row["Rating last week"]) == ("", "")
