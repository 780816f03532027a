"""What no child breaks alone: two children of one extract with one number."""

import pytest
from django.db import connection

from apps.extracts.actions.across import numbers_of
from apps.extracts.layouts.registry import layout_of
from apps.extracts.models import Finding, State
from tests.integration.extracts.loading import files, findings, load

pytestmark = pytest.mark.django_db
HEAD = "LA Child ID,Surname,Forename,Date of Birth,UPN,NHS Number,Allocation Date,Last Seen Date\n"
UPN, NHS = "A123456789012", "9434765919"


def sent(*children):
    lines = "".join(f"{child},Roe,Una,02/04/2012,{upn},{nhs},,\n" for child, upn, nhs in children)
    return files(a_csv=HEAD + lines)


def named(extract, code):
    return sorted(
        Finding.objects.filter(extract=extract, code=code).values_list("local_id", "row_no", "field")
    )


def test_a_number_that_two_children_share_is_a_finding_of_both():
    extract = load(
        "csc_people", sent(("A", UPN, NHS), ("B", "a 123456789012", ""), ("C", "", "943 476 5919"))
    )
    assert named(extract, "UPN_TWICE") == [("A", 2, "UPN"), ("B", 3, "UPN")]
    assert named(extract, "NHS_TWICE") == [("A", 2, "NHS Number"), ("C", 4, "NHS Number")]
    assert (extract.accepted, extract.rejected) == (3, 0)


def test_two_rows_of_one_child_share_nothing():
    extract = load("csc_people", sent(("A", UPN, NHS), ("A", UPN, NHS)))
    assert not {"UPN_TWICE", "NHS_TWICE"} & findings(extract).keys()


def test_a_code_that_says_why_there_is_no_upn_is_no_number():
    assert "UPN_TWICE" not in findings(load("csc_people", sent(("A", "UN4", ""), ("B", "UN4", ""))))


def test_what_was_shared_last_week_is_looked_at_anew_and_not_carried():
    before = load("csc_people", sent(("A", UPN, ""), ("B", UPN, "")))
    before.state = State.COMMITTED
    before.save()
    with connection.cursor() as cursor:
        cursor.execute("create temp table known as select local_id, bundle_hash from extracts_bundle")
    known = "select local_id, bundle_hash from known"
    assert named(load("csc_people", sent(("A", UPN, ""), ("C", "", "")), known=known), "UPN_TWICE") == []
    again = load("csc_people", sent(("A", UPN, ""), ("B", UPN, ""), ("D", "", "")), known=known)
    assert [local_id for local_id, *_rest in named(again, "UPN_TWICE")] == ["A", "B"]


@pytest.mark.parametrize(
    ("layout", "fields"),
    [
        ("csc_people", ["nhs_number", "upn"]),
        ("ssda903", ["upn"]),
        ("cin_census", ["ChildIdentifiers/UPN"]),
        ("attendance", []),
        ("clinical_status", []),
        ("annex_a", []),
    ],
)
def test_a_number_that_is_the_rows_own_id_cannot_be_shared(layout, fields):
    assert [said["field"] for said in numbers_of(layout_of(layout))] == fields
