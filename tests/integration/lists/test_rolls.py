"""A setting that says "not ours" asks the agency whose file says otherwise, until that is answered or put right."""

import pytest
from django.urls import reverse

from apps.audit.models import Event
from apps.children.actions import restrict
from apps.children.models import Child
from apps.core.errors import Refused
from apps.lists import actions as lists
from apps.lists.models import RollQuestion
from apps.lists.returns import actions as returns
from apps.lists.rolls import actions
from tests import world as worlds
from tests.integration.lists.test_release import WEEK, as_user, moves, newest
from tests.integration.lists.test_returns import SEEN, entry, released

__all__ = ["released"]


def says(world, **said):
    """The school's return about Ada."""
    returns.save(listed=newest(), given={entry(world, "ada").pk: said}, by=world.user("dsl"))
    returns.take(return_id=returns.send(listed=newest(), by=world.user("dsl")).pk)
    return RollQuestion.objects.filter(closed_at=None).first()


def test_not_ours_asks_the_agency_whose_file_it_is(released):
    asked = says(released, roll="not_ours")
    assert (asked.child, asked.setting, asked.feed.code) == (
        released.child("ada"),
        newest().setting,
        "early_years_roll",
    )
    assert says(released, roll="left", left_on=SEEN).pk == asked.pk, "one question"
    page = as_user(released, "data_officer").get(reverse("lists:rolls"))
    assert b"ASHBY" in page.content and b"Left" in page.content
    assert Event.objects.get(kind="roll.look").children == [released.child("ada").pk]


def test_ours_after_all_withdraws_it(released):
    says(released, roll="not_ours")
    assert says(released, roll="ours") is None
    assert RollQuestion.objects.get().outcome == "withdrawn"


def test_a_roll_that_is_put_right_closes_it(released):
    says(released, roll="not_ours")
    lists.draft(week=WEEK, by=None)
    assert RollQuestion.objects.get().closed_at is None
    moves({"Ada": worlds.OTHER_SCHOOL_URN, "Cleo": worlds.OTHER_SCHOOL_URN, "Dan": worlds.SCHOOL_URN})
    lists.draft(week=WEEK, by=None)
    assert RollQuestion.objects.get().outcome == "corrected"


def test_a_data_officer_keeps_what_the_source_answered_once(released):
    asked, officer = says(released, roll="not_ours"), as_user(released, "data_officer")
    place = reverse("lists:settle-roll", args=[asked.pk])
    officer.post(place, {"outcome": "nonsense", "note": "x"})
    officer.post(place, {"outcome": "stands", "note": " "})
    assert RollQuestion.objects.get().closed_at is None
    answer = officer.post(place, {"outcome": "stands", "note": "The register’s office, today"}, follow=True)
    assert b"No setting denies" in answer.content
    with pytest.raises(Refused, match="already"):
        actions.settle(question=asked, outcome="stands", note="x", by=released.user("data_officer"))
    assert officer.post(reverse("lists:settle-roll", args=[10**9]), {}).status_code == 404
    [event] = Event.objects.filter(kind="roll.settle")
    assert event.children == [asked.child_id] and "office" not in str(event.detail)


def test_without_its_event_the_answer_is_not_kept(released, monkeypatch):
    asked = says(released, roll="not_ours")
    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.settle(question=asked, outcome="stands", note="x", by=released.user("data_officer"))
    assert RollQuestion.objects.get().closed_at is None


@pytest.mark.parametrize("hides", ["child", "address"])
def test_where_a_hidden_child_is_on_a_roll_is_not_told(released, hides):
    says(released, roll="not_ours")
    restrict(child=Child.objects.get(forename="Ada"), hides=hides, reason="Refuge", by=None)
    page = as_user(released, "data_officer").get(reverse("lists:rolls"))
    assert b"ASHBY" not in page.content and b"No setting denies" in page.content
