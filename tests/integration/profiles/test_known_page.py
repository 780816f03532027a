"""Is this child known? Asked by a person before a record is made: answered within reach, kept like a search, never in an address."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.audit.models import Event, SearchTerms
from apps.children.actions import restrict
from apps.children.models import Child
from tests.world import bring

OLIVE = {"surname": "Quill", "forename": "Olive", "dob": "09/03/2016", "nhs_number": "999 204 1188"}


@pytest.fixture
def world(world):
    """And Olive, known to social care."""
    bring("csc_people", {"LA Child ID": "C9", "Surname": "Quill", "Forename": "Olive", "Date of Birth": "09/03/2016",
                         "NHS Number": "9992041188"})  # fmt: skip
    world.children["olive"] = Child.objects.get(forename="Olive")
    return world


def ask(world, part, **fields):
    client = Client()
    client.force_login(world.user(part), backend="django.contrib.auth.backends.ModelBackend")
    return client.post(reverse("profiles:known"), fields)


@pytest.mark.parametrize("part", ["social_worker", "data_officer", "early_help_officer"])
def test_a_child_within_reach_is_found_with_what_agrees(world, part):
    page = ask(world, part, **OLIVE)
    assert page.status_code == 200
    [(found, _)] = page.context["rows"]
    assert found.child == world.child("olive") and found.likely
    assert "date of birth" in found.agree
    assert str(world.child("olive").public_id) in page.content.decode()


def test_out_of_reach_restricted_and_unheard_of_answer_alike(world):
    restrict(child=world.child("olive"), hides="child", reason="Court order", by=None)
    for part, fields in (
        ("health", OLIVE),  # another agency's
        ("data_officer", OLIVE),  # of the borough, but restricted
        ("data_officer", {**OLIVE, "surname": "Nobody", "nhs_number": ""}),
    ):
        page = ask(world, part, **fields)
        assert page.context["rows"] == []
        assert "No record you can see" in page.content.decode()


def test_it_is_kept_like_a_search_and_nothing_is_in_the_address(world):
    before = Event.objects.latest("pk").pk
    page = ask(world, "social_worker", **OLIVE)
    assert page.request["QUERY_STRING"] == ""
    [event] = Event.objects.filter(pk__gt=before)
    assert (event.kind, event.children, event.detail["for"]) == (
        "search.run",
        [world.children["olive"].pk],
        "known",
    )
    assert "uill" not in str(event.detail)
    assert SearchTerms.objects.get(event=event.pk).terms == OLIVE


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"surname": "Quill"}, "Enter surname, forename and date of birth"),
        ({"nhs_number": "999 000 0000"}, "Check the NHS number"),
        ({"upn": "B1234"}, "Check the UPN"),
        ({**OLIVE, "postcode": "nowhere"}, "Enter a full postcode"),
        ({**OLIVE, "dob": "04/05/2099"}, "in the past"),
    ],
)
def test_what_cannot_be_asked_is_said(world, fields, sentence):
    before = Event.objects.latest("pk").pk
    page = ask(world, "social_worker", **fields)
    assert page.status_code == 422 and sentence in page.content.decode()
    assert not Event.objects.filter(pk__gt=before).exists()
