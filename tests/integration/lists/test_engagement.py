"""How a setting works with its lists: the weeks in figures, and what was talked about."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.core.clock import today
from apps.lists.models import Conversation
from tests.integration.lists.test_release import ELM, OAK, address, as_user, newest
from tests.integration.lists.test_returns import place, released, row

__all__ = ["released"]


def page(world, code=ELM):
    return as_user(world, "early_help_officer").get(reverse("lists:engagement", args=[code]))


def test_a_week_says_how_far_the_setting_is(released, django_capture_on_commit_callbacks):
    before = page(released).context["weeks"][0]
    assert (before.listed.opened_at, before.listed.acknowledged_at, before.listed.returned_at) == (
        None,
        None,
        None,
    )
    school = as_user(released, "dsl")
    school.get(address(newest()))
    school.post(f"{address(newest())}acknowledge/")
    school.post(place("send/"), row(released, "ada", attended="every"))
    now = page(released).context["weeks"][0]
    assert now.listed.opened_at and now.listed.acknowledged_at and now.listed.returned_at
    assert now.answers == 1


def test_children_are_counted_by_rating_and_none_is_named(released):
    shown = page(released)
    assert sum(number for _, number in shown.context["weeks"][0].bands) == 1, (
        "Dan is restricted, and not counted"
    )
    assert b"Ashby" not in shown.content and b"ASHBY" not in shown.content


def test_a_conversation_is_kept_with_when_the_next_one_is(released):
    officer, where = as_user(released, "early_help_officer"), reverse("lists:engagement", args=[ELM])
    given = {
        "on": f"{today():%d/%m/%Y}",
        "note": "Two new",
        "next_on": f"{today() + timedelta(days=7):%d/%m/%Y}",
    }
    assert officer.post(where, given).status_code == 302
    shown = page(released)
    assert b"Two new" in shown.content and "Next conversation" in shown.context["fresh"]
    assert not page(released, OAK).context["talks"]


@pytest.mark.parametrize(("on", "next_on", "note"), [(1, 2, "x"), (0, 0, "x"), (0, -1, "x"), (0, 1, "")])
def test_what_cannot_be_is_shown_at_its_field(released, on, next_on, note):
    day = today()
    given = {
        "on": f"{day + timedelta(days=on):%d/%m/%Y}",
        "next_on": f"{day + timedelta(days=next_on):%d/%m/%Y}",
        "note": note,
    }
    answer = as_user(released, "early_help_officer").post(reverse("lists:engagement", args=[ELM]), given)
    assert answer.status_code == 422 and not Conversation.objects.exists()


def test_a_setting_nobody_knows_is_not_there(released):
    assert page(released, "nowhere").status_code == 404
