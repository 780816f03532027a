"""Is this child known? Asked by a person before a record is made: answered within reach, kept like a search, never in an address."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.audit.models import Event, SearchTerms

ADA = {"surname": "Ashby", "forename": "Ada", "dob": "04/05/2022", "postcode": "ZZ1 1ZZ"}


def ask(world, part, **fields):
    client = Client()
    client.force_login(world.user(part), backend="django.contrib.auth.backends.ModelBackend")
    return client.post(reverse("profiles:known"), fields)


@pytest.mark.parametrize("part", ["social_worker", "data_officer", "early_help_officer"])
def test_a_child_within_reach_is_found_with_what_agrees(world, part):
    page = ask(world, part, **ADA)
    assert page.status_code == 200
    [(found, _)] = page.context["rows"]
    assert found.child == world.child("ada") and found.likely
    assert "date of birth" in found.agree
    assert str(world.child("ada").public_id) in page.content.decode()


@pytest.mark.parametrize(
    "child",
    [{"surname": "Bright", "forename": "Ben"}, {"surname": "Dunne", "forename": "Dan"}, {"forename": "Zed"}],
)
def test_out_of_reach_restricted_and_unheard_of_answer_alike(world, child):
    part = "health" if child["forename"] == "Dan" else "social_worker"
    page = ask(world, part, **{**ADA, **child})
    assert page.context["rows"] == []
    assert "No record you can see" in page.content.decode()


def test_it_is_kept_like_a_search_and_nothing_is_in_the_address(world):
    before = Event.objects.latest("pk").pk
    page = ask(world, "social_worker", **ADA)
    assert page.request["QUERY_STRING"] == ""
    [event] = Event.objects.filter(pk__gt=before)
    assert (event.kind, event.children, event.detail["for"]) == (
        "search.run",
        [world.children["ada"].pk],
        "known",
    )
    assert "shby" not in str(event.detail)
    assert SearchTerms.objects.get(event=event.pk).terms == ADA


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"surname": "Ashby"}, "Enter surname, forename and date of birth"),
        ({"nhs_number": "999 000 0000"}, "Check the NHS number"),
        ({"upn": "B1234"}, "Check the UPN"),
        ({**ADA, "postcode": "nowhere"}, "Enter a full postcode"),
        ({**ADA, "dob": "04/05/2099"}, "in the past"),
    ],
)
def test_what_cannot_be_asked_is_said(world, fields, sentence):
    before = Event.objects.latest("pk").pk
    page = ask(world, "social_worker", **fields)
    assert page.status_code == 422 and sentence in page.content.decode()
    assert not Event.objects.filter(pk__gt=before).exists()
