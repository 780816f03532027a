"""Who opens which list, what the files hold, and that nothing in them runs."""

import csv
import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from apps.audit.models import Event
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.core.spreadsheets import RUNS, inert
from apps.lists.actions import publish
from apps.lists.files import csv_bytes, file_name, xlsx_bytes
from apps.lists.models import WeeklyList
from apps.lists.queries import any_list, own_list, read
from apps.lists.weeks import name_of
from apps.ragp.actions import assess
from tests import world as worlds

WEEK = week_of(today())
HOSTILE = "=cmd|' /C calc'!A0"


@pytest.fixture
def listed(world):
    """The list of the cast's school, with a hostile name on it."""
    Child.objects.filter(pk=world.child("ada").pk).update(forename=HOSTILE, surname="+Ashby")
    assess(by=None)
    publish(week=WEEK, by=None)
    return WeeklyList.objects.get(setting__urn=worlds.SCHOOL_URN)


def address(listed, form="", prefix="mine"):
    return f"/lists/{prefix}/{listed.setting.code}/{name_of(listed.week)}{form or '/'}"


def without_token(answer):
    """The page without what differs from answer to answer for everybody."""
    return re.sub(rb"[A-Za-z0-9]{64}", b"", answer.content)


def test_the_school_opens_its_own_list_and_the_look_is_logged(listed, world, client):
    client.force_login(world.user("dsl"))
    answer = client.get(address(listed) + "?show=all")
    assert answer.status_code == 200
    assert b"Elm Primary School: list for the week" in answer.content
    event = Event.objects.get(kind="list.open")
    assert set(event.children) == {world.child("ada").pk, world.child("dan").pk}
    assert event.detail["version"] == 1


def test_whoever_is_named_as_joined_or_left_is_in_the_record_of_the_look(world, client):
    """The page opens on children known to a service; who joined is named above, known or not, and who left is on no list."""
    for week in (WEEK - timedelta(days=7), WEEK):
        publish(week=week, by=None)
    listed = WeeklyList.objects.get(setting__urn=worlds.SCHOOL_URN, week=WEEK)
    listed.entries.update(services=[], band="none")
    listed.entries.filter(child=world.child("ada")).update(mark="joined")
    listed.departures.create(child=world.child("ben"), surname="Bell", forename="Ben", why="left")
    client.force_login(world.user("dsl"))
    page = client.get(address(listed))
    assert not page.context["shown"] and b"1 joined" in page.content and b"1 left" in page.content
    assert set(Event.objects.get(kind="list.open").children) == {world.child("ada").pk, world.child("ben").pk}


@pytest.mark.parametrize("form", ["", ".xlsx", ".csv"])
def test_another_schools_user_gets_the_same_answer_as_for_a_missing_list(listed, world, client, form):
    client.force_login(world.user("other_dsl"))
    theirs = client.get(address(listed, form))
    missing = client.get(address(listed, form).replace(listed.setting.code, "urn-999999"))
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert without_token(theirs) == without_token(missing)
    assert not Event.objects.filter(kind__startswith="list.open").exists()


@pytest.mark.parametrize(("form", "kind"), [(".xlsx", "spreadsheetml"), (".csv", "text/csv")])
def test_a_download_is_logged_with_its_version_and_children(listed, world, client, form, kind):
    client.force_login(world.user("dsl"))
    answer = client.get(address(listed, form) + "?show=all")
    assert kind in answer["Content-Type"]
    assert (
        answer["Content-Disposition"]
        == f'attachment; filename="list-{listed.setting.code}-{name_of(WEEK)}-v1{form}"'
    )
    event = Event.objects.get(kind="list.download")
    assert event.detail == {"week": str(WEEK), "version": 1, "form": form[1:]}
    assert set(event.children) == {world.child("ada").pk, world.child("dan").pk}


def test_an_officer_sees_every_setting_and_opens_any_list(listed, world, client):
    client.force_login(world.user("early_help_officer"))
    assert b"Elm Primary School" in client.get("/lists/").content
    assert client.get(address(listed, prefix="all")).status_code == 200
    assert client.get(address(listed)).status_code == 403


@pytest.mark.parametrize("name", ["social_worker", "leader", "sysadmin", "outsider"])
def test_others_have_no_lists(listed, world, client, name):
    client.force_login(world.user(name))
    for place in ("/lists/", "/lists/mine/", address(listed), address(listed, ".xlsx", "all")):
        assert client.get(place).status_code == 403, place


def test_this_weeks_list_leads_to_the_own_setting(listed, world, client):
    client.force_login(world.user("dsl"))
    assert client.get("/lists/mine/").headers["Location"] == address(listed)
    assert own_list(world.user("dsl"), listed.setting.code, WEEK) == listed
    assert own_list(world.user("other_dsl"), listed.setting.code, WEEK) is None
    assert any_list(world.user("early_help_officer"), "nowhere", WEEK) is None


def test_formulas_in_names_stay_words_in_the_workbook(listed):
    content = xlsx_bytes(read(listed))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["List"]
    cells = {cell.value: cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    assert cells[HOSTILE] == "s"
    assert cells["+Ashby"] == "s"
    assert "f" not in cells.values()


def test_the_workbook_reads_elsewhere_has_a_frozen_heading_and_one_table(listed):
    content = xlsx_bytes(read(listed))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("List").to_python()
    assert rows[0][:4] == ["Surname", "Forename", "Known as", "Date of birth"]
    assert {row[0] for row in rows[1:]} == {"+Ashby", "Dunne"}
    assert rows[1][3] == date(2022, 5, 4)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["List"]
    assert sheet.freeze_panes == "C2"
    assert list(sheet.tables) == ["WeeklyList"]
    assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.left.text


def test_formulas_are_made_inert_in_csv(listed):
    text = csv_bytes(read(listed)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["Forename"] for row in rows} == {"'" + HOSTILE, "Dan"}
    assert "'+Ashby" in {row["Surname"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(RUNS)]


@pytest.mark.parametrize("start", RUNS)
def test_whatever_a_spreadsheet_would_run_gets_an_apostrophe(start):
    assert inert(start + "1") == "'" + start + "1"
    assert inert("Ann" + start) == "Ann" + start


def test_no_file_and_no_page_holds_an_address(listed, world, client):
    client.force_login(world.user("dsl"))
    page = client.get(address(listed) + "?show=all").content
    for content in (page, csv_bytes(read(listed))):
        assert b"First Street" not in content
        assert b"ZZ2 1ZZ" not in content


def test_a_file_name_names_nobody(listed):
    assert file_name(read(listed), "csv") == f"list-urn-{worlds.SCHOOL_URN}-{name_of(WEEK)}-v1.csv"


@pytest.mark.parametrize(
    ("show", "names"), [("all", {"Dunne", "+Ashby"}), ("changed", set()), ("nonsense", {"+Ashby"})]
)
def test_a_reader_chooses_the_part_of_the_list(listed, world, client, show, names):
    client.force_login(world.user("dsl"))
    page = client.get(address(listed), {"show": show}).context
    assert {each.entry.surname for each in page["lines"]} - {"Dunne"} == names - {"Dunne"}
    assert {code: count for code, _, count, _ in page["parts"]}["changed"] == 0


def test_a_row_names_its_services_once_and_keeps_who_to_phone_behind_them(listed, world, client):
    client.force_login(world.user("dsl"))
    answer = client.get(address(listed))
    line = next(each for each in answer.context["lines"] if each.entry.surname == "+Ashby")
    assert line.names and line.names.count("Child in need") <= 1
    assert f"<summary>{line.names}</summary>" in answer.content.decode()
    assert all(contact.who in answer.content.decode() for contact in line.services)
