"""Where an address or a form takes a number, what only looks like one is answered like one that is not there."""

import pytest
from django.urls import reverse

#: Digits to Unicode and not to arithmetic; more than any column holds; of another script.
STRANGE = ("²", "9" * 30, "٣")


@pytest.mark.parametrize("number", STRANGE)
@pytest.mark.parametrize(
    ("who", "name", "field"),
    [
        ("data_officer", "pipeline:questions", "done"),
        ("early_help_officer", "triage:queue", "school"),
        ("early_help_officer", "triage:queue", "whom"),
        ("review_admin", "reviews:log", "agency"),
    ],
)  # fmt: skip
def test_a_page_is_drawn(client, world, who, name, field, number):
    client.force_login(world.user(who))
    assert client.get(reverse(name), {field: number}).status_code == 200


@pytest.mark.parametrize("number", STRANGE)
@pytest.mark.parametrize(
    ("who", "name", "field"),
    [
        ("data_officer", "pipeline:second-look", "look"),
        ("early_help_officer", "triage:undo", "decision"),
    ],
)  # fmt: skip
def test_a_form_is_refused(client, world, who, name, field, number):
    client.force_login(world.user(who))
    assert client.post(reverse(name), {field: number, "answer": "same"}).status_code < 500
