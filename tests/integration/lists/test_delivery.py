"""What a school takes away: the sheet it can fill in, with a password, as a PDF; and that it says it has read the list."""

import io
import re

import msoffcrypto
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from apps.audit.models import Event
from apps.children.models import Child
from apps.lists import paper, receipts
from apps.lists.asked_back import QUESTIONS, reference, referred
from apps.lists.files import locked_bytes, xlsx_bytes
from apps.lists.models import Receipt, WeeklyList
from apps.lists.queries import read
from tests.integration.lists.test_release import address as address_of
from tests.integration.lists.test_release import as_user, newest, out

PASSWORD = "a pass phrase of ours"
HOSTILE = "=cmd|' /C calc'!A0 #lorem(9) *x* $y$ <a> \""


@pytest.fixture
def released(world):
    out(world)
    return world


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))["List"]


def test_the_columns_to_fill_in_take_only_what_can_be_read_back(released):
    sheet = sheet_of(xlsx_bytes(read(newest())))
    headings = [cell.value for cell in sheet[1]]
    rules = {
        headings[next(iter(each.sqref.ranges)).min_col - 1]: each
        for each in sheet.data_validations.dataValidation
    }
    assert set(rules) == {question.heading for question in QUESTIONS if question.answers or question.is_day}
    for question in QUESTIONS:
        if question.answers:
            assert rules[question.heading].formula1.strip('"').split(",") == list(question.answers.values())
    lengths = {str(each.sqref).split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for each in rules.values()}
    assert lengths == {"3"}, "every child's row has its rules"


def test_a_row_is_marked_with_its_entry_and_version(released):
    listed = newest()
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(read(listed))))
        .get_sheet_by_name("List")
        .to_python()
    )
    marks = {referred(row[rows[0].index("Reference")]) for row in rows[1:]}
    assert marks == {(entry.pk, 1) for entry in listed.entries.all()}


@pytest.mark.parametrize(
    "text", ["", "x", "12", "12-v", "-v1", "1" * 30 + "-v1", "1-v99999", "١-v1x", "1.0-v1"]
)
def test_what_is_no_mark_is_none(text):
    assert referred(text) is None


def test_a_mark_comes_back():
    assert referred(f" {reference(7, 2).upper()} ") == (7, 2)


def test_an_encrypted_workbook_opens_with_its_password_only(released):
    locked = locked_bytes(read(newest()), PASSWORD)
    with pytest.raises(Exception, match=r"zip|File"):
        openpyxl.load_workbook(io.BytesIO(locked))
    for password, opens in ((PASSWORD, True), ("another pass phrase", False)):
        plain, file = io.BytesIO(), msoffcrypto.OfficeFile(io.BytesIO(locked))
        try:
            file.load_key(password=password, verify_password=True)
            file.decrypt(plain)
            assert opens and sheet_of(plain.getvalue()).max_row == 3
        except msoffcrypto.exceptions.InvalidKeyError:
            assert not opens


def test_the_page_gives_it_for_a_password_that_is_long_enough_and_keeps_none(released):
    school, place = as_user(released, "dsl"), f"{address_of(newest())}locked/"
    short = school.post(place, {"password": "short"}, follow=True)
    assert b"at least 12 characters" in short.content
    answer = school.post(place, {"password": PASSWORD, "show": "all"})
    assert msoffcrypto.OfficeFile(io.BytesIO(answer.content)).is_encrypted()
    event = Event.objects.get(kind="list.download")
    assert len(event.children) == 2 and PASSWORD not in f"{event.detail}{event.subject}"
    other = as_user(released, "other_dsl")
    assert other.post(place, {"password": PASSWORD}).status_code == 404


def test_the_pdf_is_tagged_and_runs_nothing_that_stands_in_a_name(released):
    plain = paper.pdf_bytes(read(newest()))
    Child.objects.filter(pk=released.child("ada").pk).update(surname=HOSTILE)
    WeeklyList.objects.all().first().entries.filter(forename="Ada").update(surname=HOSTILE, forename=HOSTILE)
    made = paper.pdf_bytes(read(newest()))
    assert b"<pdfuaid:part>1<" in made and b"/Marked true" in made and b"/Lang(en-GB)" in made
    assert len(re.findall(rb"/Type/Page\b", made)) == len(re.findall(rb"/Type/Page\b", plain)) == 1


def test_the_pdf_is_logged_with_its_version_like_any_file(released):
    answer = as_user(released, "dsl").get(address_of(newest(), ".pdf"))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    event = Event.objects.get(kind="list.download")
    assert (event.detail["form"], event.detail["version"]) == ("pdf", 1)
    assert Receipt.objects.get().downloads == 1


def test_a_school_says_that_it_has_read_the_list(released):
    school = as_user(released, "dsl")
    assert b"Please say that you have read this list." in school.get(address_of(newest())).content
    for _ in range(2):
        school.post(f"{address_of(newest())}acknowledge/")
    assert b"Read by Dsl Test" in school.get(address_of(newest())).content
    assert receipts.acknowledged(newest()).user == released.users["dsl"]
    assert Event.objects.filter(kind="list.acknowledge").count() == 2


def test_a_recalled_list_cannot_be_acknowledged_in_another_tab(released):
    from apps.lists import releasing

    school = as_user(released, "dsl")
    school.get(address_of(newest()))
    releasing.recall(listed=newest(), reason="Wrong", by=released.user("supervisor"))
    answer = school.post(f"{address_of(newest())}acknowledge/", follow=True)
    assert answer.status_code == 410 and b"This list was recalled." in answer.content
    assert receipts.acknowledged(newest()) is None
    assert school.post(f"{address_of(newest())}locked/", {"password": PASSWORD}).status_code == 410
