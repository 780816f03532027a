"""What LibreOffice makes of the sheet: opens whole and as words, with its password alone, and its own saving is read back.

Each test drives the program itself, by a macro in a profile of its own, and skips where it is absent.
"""

import io
import shutil
import subprocess

import openpyxl
import pytest

from apps.children.models import Child
from apps.lists.files import locked_bytes, xlsx_bytes
from apps.lists.models import Asking
from apps.lists.queries import read
from tests.integration.lists.test_release import newest, out
from tests.integration.lists.test_returns import SAID, WEEK, assert_read, filled, uploaded

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")

PASSWORD = "a pass phrase of ours"
HOSTILE = "=cmd|' /C calc'!A0"
#: Opens a file, says what it found, sorts the rows from the last to the first behind a filter, and saves it under another name.
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Lists" script:language="StarBasic">
Sub Turn(source As String, target As String, word As String, said As String)
  Dim how(1) As New com.sun.star.beans.PropertyValue
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  Dim order(1) As New com.sun.star.beans.PropertyValue
  Dim keys(0) As New com.sun.star.table.TableSortField
  Dim only(0) As New com.sun.star.sheet.TableFilterField
  how(0).Name = "Hidden" : how(0).Value = True
  how(1).Name = "Password" : how(1).Value = word
  number = FreeFile : Open said For Output As #number
  On Error Goto Refused
  doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, how())
  If IsNull(doc) Then Goto Refused
  sheet = doc.Sheets.getByIndex(0)
  cursor = sheet.createCursor() : cursor.gotoEndOfUsedArea(False)
  last = cursor.RangeAddress.EndRow
  Print #number, "rows " &amp; last
  Print #number, "formulas " &amp; sheet.queryContentCells(16).Count
  Print #number, "first " &amp; sheet.getCellByPosition(0, 1).String
  whole = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, last)
  keys(0).Field = 1 : keys(0).IsAscending = False
  order(0).Name = "SortFields" : order(0).Value = keys()
  order(1).Name = "ContainsHeader" : order(1).Value = True
  whole.sort(order())
  filter = whole.createFilterDescriptor(True)
  filter.ContainsHeader = True
  only(0).Field = 1 : only(0).Operator = com.sun.star.sheet.FilterOperator.EQUAL : only(0).StringValue = "Dan"
  filter.setFilterFields(only())
  whole.filter(filter)
  saved(0).Name = "FilterName" : saved(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL(target, saved())
  doc.close(True)
  Print #number, "saved"
  Close #number
  Exit Sub
Refused:
  Print #number, "refused"
  Close #number
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Lists"/></library:library>
"""


class Office:
    """LibreOffice with a profile that nobody has used."""

    def __init__(self, folder):
        self.folder = folder
        self.profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        self.run("--terminate_after_init")  # the first start of all fills the profile, over whatever is there
        basic = folder / "profile" / "user" / "basic" / "Standard"
        (basic / "Lists.xba").write_text(MACRO)
        (basic / "script.xlb").write_text(LIBRARY)

    def run(self, asked):
        """Do one thing without a window; complaints fail the test."""
        command = ["soffice", "--headless", "--norestore", self.profile, asked]
        done = subprocess.run(command, check=True, capture_output=True, timeout=120)
        assert not [line for line in done.stderr.decode().lower().splitlines() if "error" in line]

    def turn(self, content, word=""):
        """What it said of a file line by line, and the file it saved; None where it saved none."""
        source, target, said = (self.folder / name for name in ("in.xlsx", "out.xlsx", "said.txt"))
        source.write_bytes(content)
        target.unlink(missing_ok=True)
        given = ", ".join(f'"{part}"' for part in (source.as_uri(), target.as_uri(), word, said.as_uri()))
        self.run(f"macro:///Standard.Lists.Turn({given})")
        return said.read_text().split("\n")[:-1], target.read_bytes() if target.exists() else None


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def released(world):
    """The lists are out; a child bears the name that a spreadsheet would run."""
    Asking.objects.create(from_week=WEEK, who="all")
    Child.objects.filter(pk=world.child("dan").pk).update(surname=HOSTILE)
    out(world)
    return world


def test_it_opens_whole_without_a_word_and_runs_nothing_that_stands_in_a_name(released, office):
    said, saved = office.turn(xlsx_bytes(read(newest())))
    assert said == ["rows 2", "formulas 0", f"first {HOSTILE}", "saved"] or said == [
        "rows 2", "formulas 0", "first Ashby", "saved",
    ]  # fmt: skip
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(saved))["List"].rows for cell in row]
    assert HOSTILE in {cell.value for cell in cells} and not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize(("word", "opens"), [(PASSWORD, True), ("another pass phrase", False), ("", False)])
def test_an_encrypted_sheet_opens_with_its_password_only(released, office, word, opens):
    said, saved = office.turn(locked_bytes(read(newest()), PASSWORD), word)
    assert (said[-1], bool(saved)) == (("saved", True) if opens else ("refused", False))


def test_a_sheet_that_it_sorted_filtered_and_saved_is_read(released, office):
    Child.objects.filter(pk=released.child("dan").pk).update(surname="Dunne")
    said, saved = office.turn(filled(newest(), SAID))
    assert said[-1] == "saved"
    sheet = openpyxl.load_workbook(io.BytesIO(saved))["List"]
    assert [sheet.cell(row, 2).value for row in (2, 3)] == ["Dan", "Ada"]
    assert sheet.row_dimensions[3].hidden, "filtered away, and read all the same"
    assert uploaded(released, saved).status_code == 302
    assert_read()
