"""The policies of a feed as a table."""

import pytest
from django.core.exceptions import ValidationError

from apps.children.admin import FeedForm
from apps.children.survivorship import FIELDS, faults, policy


def test_who_a_child_is_is_asked_and_the_rest_competes():
    assert {field for field in FIELDS if policy({}, field) == "ask"} == {"dob", "nhs_number"}
    assert {policy({}, field) for field in FIELDS} == {"ask", "always"}


def test_a_feed_may_name_its_own():
    assert policy({"dob": "always", "sex": "never"}, "dob") == "always"
    assert policy({"dob": "always", "sex": "never"}, "sex") == "never"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "Give a table"),
        ("ask", "Give a table"),
        ({"shoe_size": "ask"}, "no field “shoe_size”"),
        ({"dob": "sometimes"}, "no policy for Date of birth"),
        ({"dob": None}, "no policy for Date of birth"),
        ({"dob": ["ask"]}, "no policy for Date of birth"),
    ],
)
def test_what_is_wrong_is_said(given, said):
    assert said in faults(given)[0]


def test_what_is_right_has_no_faults():
    assert faults({}) == []
    assert faults({"dob": "empty", "upn": "never", "name": "ask", "sex": "always"}) == []


@pytest.mark.parametrize(("given", "kept"), [(None, {}), ({"sex": "never"}, {"sex": "never"})])
def test_the_administration_keeps_policies_there_are(given, kept):
    assert clean(given) == kept


def test_the_administration_refuses_others():
    with pytest.raises(ValidationError, match="no policy for Sex"):
        clean({"sex": "maybe"})


def clean(given):
    form = FeedForm.__new__(FeedForm)
    form.cleaned_data = {"survivorship": given}
    return form.clean_survivorship()
