"""What a setting worries about waits for somebody in triage, once, and by a clock of its own."""

import pytest
from django.urls import reverse

from apps.audit.models import Event
from apps.core.clock import today
from apps.lists.models import Return
from apps.lists.returns import actions as returns
from apps.pipeline.releases import actions
from apps.triage.models import Item
from apps.triage.rules import due_moments
from tests.integration.lists.test_release import as_user, newest
from tests.integration.lists.test_returns import entry, released
from tests.integration.ragp.facts import days_ago, involve

__all__ = ["released"]


def returned(world, **said):
    """The school's return about Ada."""
    given = {entry(world, "ada").pk: said}
    returns.save(listed=newest(), given=given, by=world.user("dsl"))
    made = returns.send(listed=newest(), by=world.user("dsl"))
    actions.take(return_id=made.pk)
    return Item.objects.filter(child=world.child("ada"), state="open").first()


@pytest.mark.parametrize(
    ("concern", "words", "days"), [("serious", "Serious concern", 1), ("some", "Some concern", 5)]
)
def test_a_concern_waits_in_triage(released, concern, words, days):
    Item.objects.all().delete()
    item = returned(released, concern=concern, words="x")
    assert (item.worried, item.change, item.due_at) == (words, None, due_moments(today())[days])
    page = as_user(released, "early_help_officer").get(reverse("triage:queue"), {"cause": "worry"})
    assert b"Setting is worried" in page.content and words.encode() in page.content
    assert [row.surname for row in page.context["rows"]] == ["Ashby"]


@pytest.mark.parametrize("concern", ["none", ""])
def test_no_concern_waits_for_nobody(released, concern):
    Item.objects.all().delete()
    assert returned(released, concern=concern, attended="every") is None


def test_the_same_concern_sent_again_is_one_item_and_a_worse_one_comes_up_again(released):
    Item.objects.all().delete()
    first = returned(released, concern="some")
    assert returned(released, concern="some", attended="every") == first
    assert Event.objects.filter(kind="triage.raise").count() == 1
    worse = returned(released, concern="serious", words="x")
    assert (worse.pk, worse.worried, worse.due_at) == (first.pk, "Serious concern", due_moments(today())[1])


def test_a_child_that_waits_already_waits_for_both_and_a_later_change_keeps_the_concern(released):
    from apps.pipeline.actions import rate

    Item.objects.all().delete()
    first = returned(released, concern="serious", words="x")
    involve(released.child("ada"), "child_protection", days_ago(2))
    involve(released.child("ada"), "vemt", days_ago(2))
    rate()
    newer = Item.objects.filter(child=released.child("ada"), state="open").get()
    if newer.pk != first.pk:  # the rating moved
        assert (newer.worried, newer.worry_id) == ("Serious concern", first.worry_id)
    assert newer.due_at <= first.due_at


def test_a_worker_killed_between_facts_and_queue_has_done_neither(released, monkeypatch):
    returns.save(
        listed=newest(), given={entry(released, "ada").pk: {"concern": "some"}}, by=released.user("dsl")
    )
    made = returns.send(listed=newest(), by=released.user("dsl"))

    def dies(**given):
        raise SystemExit

    monkeypatch.setattr(actions.raising, "raise_worries", dies)
    with pytest.raises(SystemExit):
        actions.take(return_id=made.pk)
    assert Return.objects.get().taken_at is None and returns.left() == [made.pk]
