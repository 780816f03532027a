"""The feeds of schools and SEND from file to fact: committed, and the same again in the next export changes nothing."""

import re
from io import BytesIO

import pytest

from apps.children.models import SourceRecord
from apps.extracts.reference import install_reference
from apps.involvements.models import Involvement, Observation
from apps.pipeline import actions
from tests.unit.extracts.test_sen2 import SET

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def feeds():
    install_reference(by=None)


def send(feed, **files):
    return actions.load(feed, [(f"{name}.csv", BytesIO(text.encode())) for name, text in files.items()])


def test_plans_of_the_return_are_committed_and_a_new_export_changes_none():
    first = send("sen2", **SET)
    assert (first["state"], first["rows"], first["rejected"]) == ("committed", 17, 0)
    assert first["involvements"]["opened"] == 3
    again = {name: re.sub(r"\b([PRANVDTE])(\d)\b", r"z\1\2", text) for name, text in SET.items()}
    run = send("sen2", **again)
    assert run["involvements"] == {"opened": 0, "changed": 0, "ended": 0, "unchanged": 3}
    ended = Involvement.objects.get(service="ehcp", end_on__year=2021)
    assert ended.content.detail["Reason ceased"] == "Needs met without a plan"


def test_a_return_without_its_people_is_refused():
    said = send("sen2", requests=SET["requests"])
    assert said["state"] == "refused"
    assert "person" in said["reason"]


def test_suspensions_and_codes_are_measures_of_the_pupil_of_the_census():
    who = "H801200001001,Marsh,Una,14/03/2013,F,123456"
    head = "UPN,Surname,Forename,Date of Birth,Gender,School URN"
    send("suspensions", s=f"{head},Start Date,Category,Sessions,Reason 1\n{who},01/10/2026,SUSP,4,DB\n")
    send(
        "attendance_codes",
        a=f"{head},Period End,Attendance Code,Sessions\n{who},23/10/2026,/,90\n{who},23/10/2026,O,10\n",
    )
    assert SourceRecord.objects.get().local_id == "H801200001001"
    measured = dict(Observation.objects.filter(recorded_to=None).values_list("measure", "value"))
    assert measured == {"suspension": 4, "attendance": 90}


def test_a_cohort_child_without_a_number_is_the_same_next_year():
    head = "CHILD_FIRST_NAME,CHILD_LAST_NAME,CHILD_DATE_OF_BIRTH,CHILD_POSTCODE,CHILD_SCHOOL_URN\n"
    send("nhs_cohort", a=f"{head}Una,Marsh,2013-03-14,TS1 1AA,123456\n")
    send("nhs_cohort", b=f"{head}UNA,MARSH,20130314,TS1 1AB,123456\n")
    record = SourceRecord.objects.get()
    assert record.local_id.startswith("n-")
    assert Involvement.objects.filter(record=record, service="school_roll", recorded_to=None).count() == 1
