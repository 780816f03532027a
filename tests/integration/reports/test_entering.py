"""Capacities come from a file: whole or not at all, with one event, and the same file twice changes nothing."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from apps.audit.models import Event
from apps.core.clock import today, week_of
from apps.core.errors import Refused
from apps.reports.actions import freeze
from apps.reports.entering import actions
from apps.reports.models import Capacity
from tests.integration.reports.borough import settle

HEAD = "Reference,Service,Team,Sector,Children at once,Cost a year,From week,Source\n"
NORTH = ",Early help,North,,140,,30/11/2026,Plan\n"
CLINIC = ",CAMHS,Clinic,TS18 1,25,500000,30/11/2026,Contract\n"


def csv_file(*rows, head=HEAD):
    return SimpleUploadedFile("teams.csv", (head + "".join(rows)).encode())


@pytest.fixture
def send(client, world):
    def sent(file, who="review_admin", follow=True):
        client.force_login(world.user(who))
        return client.post(reverse("reports:capacity-upload"), {"file": file}, follow=follow)

    return sent


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def events():
    return list(Event.objects.filter(kind="capacity.upload"))


@pytest.mark.parametrize("who", ["review_admin", "sysadmin"])
def test_a_file_of_two_teams_is_taken_with_one_event(send, world, who):
    said = words(send(csv_file(NORTH, CLINIC), who))
    assert "2 rows were added, 0 changed, 0 left as they stand." in said
    clinic = Capacity.objects.get(team="Clinic")
    assert (clinic.service, clinic.area, clinic.places, clinic.cost) == ("camhs", "TS18 1", 25, 500_000)
    [event] = events()
    assert event.by == world.user(who).pk
    assert event.detail == {
        "added": [*Capacity.objects.order_by("pk").values_list("pk", flat=True)],
        "changed": [],
    }


def test_the_same_file_twice_changes_nothing(send):
    send(csv_file(NORTH, CLINIC))
    before = list(Capacity.objects.values())
    assert "nothing was changed" in words(send(csv_file(NORTH, CLINIC)))
    assert list(Capacity.objects.values()) == before and len(events()) == 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_downloaded_comes_back_as_it_is(send, client, form):
    send(csv_file(NORTH, CLINIC))
    got = client.get(reverse(f"reports:capacity-{form}"))
    assert f'filename="capacity-of-teams.{form}"' in got["Content-Disposition"]
    said = words(send(SimpleUploadedFile(f"x.{form}", got.content)))
    assert "nothing was changed" in said and len(events()) == 1


def test_a_workbook_with_one_number_changed_and_a_row_added(send, client):
    send(csv_file(NORTH, CLINIC))
    book = load_workbook(io.BytesIO(client.get(reverse("reports:capacity-xlsx")).content))
    sheet = book["List"]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[2].value == "North")
    row[4].value = 150
    sheet.append([None, "Early help", "South", None, 60, 90_000.0, row[6].value, "Plan"])
    out = io.BytesIO()
    book.save(out)
    assert "1 row was added, 1 changed, 1 left as they stand." in words(
        send(SimpleUploadedFile("x.xlsx", out.getvalue()))
    )
    assert {each.team: each.places for each in Capacity.objects.all()} == {
        "North": 150,
        "Clinic": 25,
        "South": 60,
    }
    assert len(events()) == 2


def test_a_file_with_one_mistake_is_taken_not_at_all(send):
    response = send(csv_file(NORTH, CLINIC.replace("25", "many")))
    said = words(response)
    assert response.status_code == 422
    assert "Nothing was taken from the file." in said
    assert "Row 3, column “Children at once”: “many” is no whole number. Write one like 25." in said
    assert not Capacity.objects.exists() and not events()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("x.csv", b"Team,Service\nNorth,CAMHS\n"), "lacks the column “Sector”, “Children at once”"),
        (SimpleUploadedFile("x.csv", b"  \n"), "This file is empty"),
        (SimpleUploadedFile("x.xlsx", b"PK\x03\x04broken"), "Save it as .xlsx or CSV and send it again"),
        (SimpleUploadedFile("x.xls", b"\xd0\xcf\x11\xe0old"), "Save it as .xlsx or CSV without a password"),
        (csv_file(), "has headings and no row"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_a_remedy(send, file, said):
    response = send(file)
    assert response.status_code == 422 and said in words(response)
    assert not Capacity.objects.exists()


def test_without_a_file_the_form_says_so(send):
    response = send("")
    assert response.status_code == 422 and "There is a problem" in words(response)


def test_many_mistakes_are_told_as_far_as_somebody_reads(send):
    said = words(send(csv_file(*(NORTH.replace("140", "x").replace("North", f"T{n}") for n in range(30)))))
    assert said.count("is no whole number") == 20 and "And 10 more of such sentences." in said


def test_two_who_enter_the_same_at_once(send, monkeypatch):
    """The second begins before the first has ended: what it holds against is older than what it meets."""
    send(csv_file(NORTH))
    monkeypatch.setattr(actions, "_held", Capacity.objects.none)
    response = send(csv_file(NORTH))
    assert response.status_code == 422 and "Somebody else entered the same meanwhile" in words(response)
    assert Capacity.objects.count() == 1


def test_without_its_event_nothing_is_taken(world, monkeypatch):
    def fails(*given, **more):
        raise ConnectionError

    monkeypatch.setattr(actions, "record", fails)
    with pytest.raises(ConnectionError):
        actions.take(file=csv_file(NORTH), by=world.user("review_admin"))
    assert not Capacity.objects.exists()
    with pytest.raises(Refused):
        actions.take(file=csv_file(NORTH.replace("Plan", "")), by=world.user("review_admin"))


def test_the_resource_page_has_the_upload_for_those_who_may(client, world):
    settle(world)
    freeze(week=week_of(today()), by=None, early=True)
    for who, there in (("review_admin", True), ("leader", False)):
        client.force_login(world.user(who))
        page = client.get(reverse("reports:resources")).content.decode()
        assert (reverse("reports:capacity-upload") in page) is there


def test_what_was_uploaded_stands_beside_need(client, world, send):
    settle(world)
    report = freeze(week=week_of(today()), by=None, early=True)
    send(csv_file(f",CAMHS,Clinic,,5,50000,{report.week:%d/%m/%Y},Contract\n"))
    client.force_login(world.user("leader"))
    assert re.search(r"CAMHS Clinic \(5\) 7 5 140 % £10,000", words(client.get(reverse("reports:resources"))))
