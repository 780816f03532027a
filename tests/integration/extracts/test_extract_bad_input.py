"""Everything that can be wrong with a file or a row: one clear sentence each, and what the feed has stays as it was."""

import struct
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from apps.core import clock
from apps.core.errors import Refused
from apps.extracts import actions
from apps.extracts.actions.receiving import folder_of, stored_files
from apps.extracts.models import Extract, Feed, StagedFact
from apps.extracts.sealed import Unreadable
from tests.integration.extracts.loading import commit, facts, files, findings, load, people, rows

pytestmark = pytest.mark.django_db

HEAD = "EHM ID,Surname,Forename,Date of Birth,Gender,NHS Number,UPN,Address,Postcode,Episode ID,Start Date,End Date,Last Contact Date\n"
GOOD = "E1,Marsh,Jo,02/04/2012,F,,,1 High St,TS18 1AB,9,01/05/2025,,\n"
CHILD = "<Child><ChildIdentifiers><LAchildID>C1</LAchildID></ChildIdentifiers></Child>"


def workbook(*table: list[object]) -> bytes:
    book = Workbook()
    for row in table:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**entries: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def bomb() -> bytes:
    return zipped(**{"xl__worksheets__sheet1.xml": b"<row>" * (90 << 20)})


def lying_bomb() -> bytes:
    """A directory that says ten bytes for what unpacks to half a gigabyte."""
    packed = bytearray(bomb())
    size = struct.pack("<I", 5 * (90 << 20))
    return bytes(packed.replace(size, struct.pack("<I", 10)))


def far_corner() -> bytes:
    return zipped(
        **{
            "xl__worksheets__sheet1.xml": b'<sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData>'
        }
    )


def entity_bomb() -> str:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY e0 "ha">{lines}]><Message>{CHILD}&e9;</Message>'


REFUSED = {
    "empty file": ("early_help", b"", "is empty"),
    "blank file": ("early_help", b"\r\n \r\n", "is empty"),
    "semicolons": ("early_help", "this;csv\nis,,,\n", "none of the headings"),
    "no heading known": ("early_help", "a,b\n1,2\n", "none of the headings"),
    "a heading missing": (
        "early_help",
        HEAD.replace("Start Date", "Starting") + GOOD,
        "lacks the column Start Date",
    ),
    "a heading twice": ("early_help", HEAD.replace("Gender", "Surname") + GOOD, "column Surname twice"),
    "a picture": ("early_help", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
    "nul bytes": ("early_help", HEAD.encode() + b"E1,Ma\x00rsh\n", "not a text file"),
    "an old workbook": ("early_help", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "old Excel"),
    "a web page": ("early_help", "<html><body>Sign in</body></html>", "XML or HTML"),
    "an open quotation mark": ("early_help", HEAD + 'E1,"Marsh\n' + GOOD * 4000, "row 2: a quotation mark"),
    "a long line": ("early_help", HEAD + "E1," + "x" * (3 << 20), "more than a million characters"),
    "a zip bomb": ("early_help", bomb, "unpacks to more"),
    "a zip bomb that lies": ("early_help", lying_bomb, "damaged"),
    "a cell in the last corner": ("early_help", far_corner, "unpacks to more"),
    "a broken workbook": ("early_help", b"PK\x03\x04" + b"x" * 99, "damaged"),
    "a zip that is no workbook": (
        "early_help",
        lambda: zipped(a=b"hello"),
        "cannot be read as an Excel workbook",
    ),
    "an empty workbook": ("early_help", workbook, "no sheet with headings"),
    "an XML bomb": ("cin_census", entity_bomb, "document type"),
    "an external entity": (
        "cin_census",
        f'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><Message>{CHILD}&x;</Message>',
        "document type",
    ),
    "an external document type": (
        "cin_census",
        f'<!DOCTYPE m SYSTEM "http://192.0.2.1/m.dtd"><Message>{CHILD}</Message>',
        "document type",
    ),
    "XML that is cut off": ("cin_census", f"<Message>{CHILD}<Child>", "not well formed"),
    "XML nested too deep": ("cin_census", "<a>" * 40 + CHILD + "</a>" * 40, "deep"),
    "XML without a child": ("cin_census", "<Message><Header/></Message>", "holds no Child element"),
    "a CSV where XML is due": ("cin_census", HEAD + GOOD, "not an XML file"),
    "a set without its main table": (
        "ssda903",
        "CHILD,DOB,MISSING,MIS_START,MIS_END\nC1,,M,01/01/2025,\n",
        "lacks its main table",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_one_sentence(what):
    code, content, words = REFUSED[what]
    sent = content() if callable(content) else content
    with pytest.raises(Refused) as refusal:
        load(code, files(sent_csv=sent))
    assert words in str(refusal.value)
    kept = Extract.objects.get(feed__code=code)
    assert (kept.state, kept.reason) == ("refused", str(refusal.value))
    assert not StagedFact.objects.exists()


def test_a_line_of_200_megabytes_is_refused_without_being_held():
    class Endless(BytesIO):
        left = 200

        def read(self, size=-1):
            self.left -= 1
            return b"x" * (1 << 20) if self.left >= 0 else b""

    with pytest.raises(Refused, match="more than a million characters"):
        load("early_help", [("long.csv", Endless())])


ROWS = {
    "a wrong date": ("E2,Roe,Una,02/04/2012,F,,,,,8,31/02/2025,,", "DATE_WRONG", "Start Date", False),
    "an American date": ("E2,Roe,Una,02/14/2012,F,,,,,8,01/02/2025,,", "DATE_WRONG", "dob", False),
    "an end before the start": (
        "E2,Roe,Una,02/04/2012,F,,,,,8,01/02/2025,01/01/2025,",
        "END_BEFORE_START",
        "End Date",
        False,
    ),
    "no id": (",Roe,Una,02/04/2012,F,,,,,8,01/02/2025,,", "ID_MISSING", "EHM ID", False),
    "an endless id": ("E" * 300 + ",Roe,Una,02/04/2012,F,,,,,8,01/02/2025,,", "ID_LONG", "EHM ID", False),
    "a value too many": ("E2,Roe,Una,02/04/2012,F,,,,,8,01/02/2025,,,surplus", "ROW_LONG", "EHM ID", False),
    "an endless name": (
        "E2," + "R" * 600 + ",Una,02/04/2012,F,,,,,8,01/02/2025,,",
        "VALUE_LONG",
        "surname",
        False,
    ),
    "an NHS number that fails": (
        "E2,Roe,Una,02/04/2012,F,9434765918,,,,8,01/02/2025,,",
        "NHS_CHECK",
        "NHS Number",
        True,
    ),
    "a UPN that fails": ("E2,Roe,Una,02/04/2012,F,,B801200001000,,,8,01/02/2025,,", "UPN_CHECK", "UPN", True),
    "an old person": ("E2,Roe,Una,02/04/1962,F,,,,,8,01/02/2025,,", "DOB_OLD", "dob", True),
    "a sex of its own": ("E2,Roe,Una,02/04/2012,purple,,,,,8,01/02/2025,,", "CODE_UNKNOWN", "sex", True),
    "a postcode that is none": (
        "E2,Roe,Una,02/04/2012,F,,,,NOPE,8,01/02/2025,,",
        "POSTCODE_CHECK",
        "Postcode",
        True,
    ),
}


@pytest.mark.parametrize("what", ROWS)
def test_a_bad_row_is_named_by_its_number_and_column_and_the_others_count(what):
    line, code, field, used = ROWS[what]
    extract = load("early_help", files(a_csv=HEAD + GOOD + line + "\n"))
    [finding] = extract.findings.all()
    labels = {"dob": "Date of Birth", "surname": "Surname", "sex": "Gender"}
    assert (finding.code, finding.row_no, finding.field) == (code, 3, labels.get(field, field))
    assert (extract.rows, extract.accepted, extract.rejected) == (2, 1 + used, 1 - used)
    assert len(facts(extract, "early_help")) == 1 + used
    for told in ("Roe", "Una", "9434765918", "B801200001000", "purple", "NOPE", "31/02/2025"):
        assert told not in finding.message
    assert finding.message.endswith(".")


def test_a_future_date_of_birth_rejects_the_row():
    born = clock.today() + timedelta(days=1)
    extract = load(
        "early_help", files(a_csv=HEAD + GOOD + f"E2,Roe,Una,{born:%d/%m/%Y},F,,,,,8,01/02/2025,,\n")
    )
    assert findings(extract) == {"DOB_FUTURE": 1}
    assert set(people(extract)) == {"E1"}


def test_a_failing_nhs_number_is_left_out_and_a_failing_upn_kept():
    extract = load(
        "early_help",
        files(a_csv=HEAD + "E2,Roe,Una,02/04/2012,F,9434765918,b801200001000,,,8,01/02/2025,,\n"),
    )
    assert (people(extract)["E2"].nhs_number, people(extract)["E2"].upn) == ("", "B801200001000")


def test_an_nhs_number_that_is_the_id_has_to_be_right():
    head = "NHS Number,Surname,Forename,Date of Birth,Postcode,From,Until,Status\n"
    extract = load(
        "clinical_status",
        files(
            a_csv=head
            + "943 476 5919,Roe,Una,02/04/2012,,01/02/2025,,Shielding\n9434765918,Ash,Al,,,01/02/2025,,Shielding\n"
        ),
    )
    assert set(people(extract)) == {"9434765919"}
    assert findings(extract) == {"NHS_ID": 1}


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("UTF-8", (HEAD + GOOD.replace("Jo", "Zoë")).encode()),
        ("UTF-8 with a byte order mark", (HEAD + GOOD.replace("Jo", "Zoë")).encode("utf-8-sig")),
        ("Windows", (HEAD + GOOD.replace("Jo", "Zoë")).encode("cp1252")),
        ("CRLF", (HEAD + GOOD.replace("Jo", "Zoë")).replace("\n", "\r\n").encode()),
        ("no last line end", (HEAD + GOOD.replace("Jo", "Zoë")).rstrip("\n").encode()),
        ("headings in another case", (HEAD.upper().replace(" ", "_") + GOOD.replace("Jo", "Zoë")).encode()),
    ],
)
def test_every_encoding_reads_the_same(what, content):
    extract = load("early_help", files(a_csv=content))
    assert (extract.accepted, extract.rejected) == (1, 0)
    assert people(extract)["E1"].forename == "Zoë"


def test_a_workbook_reads_as_a_csv_does():
    row = [
        "E1",
        "Marsh",
        "Jo",
        date(2012, 4, 2),
        "F",
        None,
        "#N/A",
        "1 High St",
        "TS18 1AB",
        9,
        date(2025, 5, 1),
        None,
        None,
    ]
    extract = load("early_help", files(a_csv=workbook(HEAD.strip().split(","), row)))
    same = load("early_help", files(a_csv=HEAD + GOOD))
    assert people(extract)["E1"].dob == people(same)["E1"].dob == date(2012, 4, 2)
    assert [(f.key, f.start_on) for f in facts(extract, "early_help")] == [
        (f.key, f.start_on) for f in facts(same, "early_help")
    ]


def test_a_workbooks_row_numbers_are_those_on_screen():
    head = HEAD.strip().split(",")
    extract = load("early_help", files(a_csv=workbook([], head, ["E1"] + [None] * 9 + ["not a day"])))
    assert [f.row_no for f in extract.findings.all()] == [3]


def test_a_quoted_line_break_counts_as_one_row():
    extract = load(
        "early_help",
        files(a_csv=HEAD + GOOD.replace("1 High St", '"1 High St\nNorton"') + "E2,,,bad,,,,,,,,,\n"),
    )
    assert [f.row_no for f in extract.findings.all()] == [3]
    assert people(extract)["E1"].address == "1 High St, Norton, TS18 1AB"


def test_what_spreadsheets_write_for_nothing_is_nothing():
    extract = load(
        "early_help", files(a_csv=HEAD + "E1,#N/A,NULL,02/04/2012,#N/A,NULL,#N/A,,,9,01/05/2025,#N/A,NULL\n")
    )
    assert findings(extract) == {}
    assert facts(extract, "early_help")[0].end_on is None
    assert people(extract)["E1"].surname == ""


def test_the_same_files_again_are_refused_once_they_are_committed():
    commit(load("early_help", files(a_csv=HEAD + GOOD)))
    with pytest.raises(Refused, match="same files were already loaded"):
        actions.receive(feed=Feed.objects.get(code="early_help"), files=files(b_csv=HEAD + GOOD), by=None)
    assert Extract.objects.filter(feed__code="early_help").order_by("-pk")[0].state == "refused"


def test_files_that_were_refused_may_come_again():
    feed = Feed.objects.get(code="early_help")
    for _again in range(2):
        with pytest.raises(Refused, match="none of the headings"):
            load("early_help", files(a_csv="a,b\n1,2\n"))
    assert feed.extracts.count() == 2


def test_a_future_as_of_date_is_refused():
    today = clock.today()
    with pytest.raises(Refused, match="in the future"):
        load("early_help", files(a_csv=HEAD + GOOD + GOOD), as_of=today + timedelta(days=1))


def test_no_file_at_all_is_refused():
    with pytest.raises(Refused, match="No file was sent"):
        load("early_help", [])


def test_a_refused_extract_leaves_no_file_and_no_row():
    with pytest.raises(Refused):
        load("early_help", files(a_csv="a,b\n1,2\n"))
    extract = Extract.objects.get(feed__code="early_help")
    assert not folder_of(extract).exists()
    assert rows(extract) == 0


def test_a_child_of_endless_parts_is_rejected_and_the_next_one_read():
    parts = "<CINdetails><CINreferralDate>2025-01-01</CINreferralDate></CINdetails>" * 6000
    sent = f"<Message>{CHILD.replace('</Child>', parts + '</Child>')}{CHILD.replace('C1', 'C2')}</Message>"
    extract = load("cin_census", files(a_xml=sent))
    assert findings(extract) == {"TOO_DEEP": 1}
    assert set(people(extract)) == {"C2"}


def test_a_stored_file_is_encrypted_and_one_that_does_not_open_is_kept():
    extract = actions.receive(
        feed=Feed.objects.get(code="early_help"), files=files(a_csv=HEAD + GOOD), as_of=None, by=None
    )
    [(_name, file)] = stored_files(extract)
    whole = file.path.read_bytes()
    assert HEAD.encode()[:20] not in whole
    file.path.write_bytes(whole[:-1])
    with pytest.raises(Unreadable):
        actions.stage(extract=extract)
    extract.refresh_from_db()
    assert (extract.state, file.exists()) == ("received", True)
    file.path.write_bytes(whole)
    assert actions.stage(extract=extract) == 1
