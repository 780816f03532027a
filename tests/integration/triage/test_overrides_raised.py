"""Bands set by hand that ended by themselves or are due for review: somebody decides about them, once, where the child stands."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit.models import Event
from apps.children.models import Child
from apps.core.clock import today
from apps.core.workdays import working_days_after
from apps.pipeline.actions.upkeep import rate
from apps.ragp import overriding
from apps.ragp.models import Override, Scheme
from apps.ragp.queries import current_bands, overrides_to_raise
from apps.triage import actions, presenters, queries, raising
from apps.triage.models import Item
from apps.triage.parts import Wanted
from apps.triage.raising import raise_overrides
from tests.integration.ragp.facts import child, days_ago, involve
from tests.integration.triage.queueing import item_of, rated

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer(world):
    return world.user("early_help_officer")


@pytest.fixture
def set_band(officer):
    def act(subject, band="red"):
        days = {"review_on": today() + DAY, "expires_on": today() + DAY}
        days |= {"seen": overriding.mark(subject.pk)}
        return overriding.override(child=subject, band=band, reason="He moved out", by=officer, **days)

    return act


def turn():
    """What a worker does every ten minutes."""
    rate()
    raise_overrides(by=None)


def over(*made):
    Override.objects.filter(pk__in=[each.pk for each in made]).update(
        expires_on=today() - DAY, review_on=today() - DAY
    )


@pytest.fixture
def watched():
    Scheme.objects.update(watched_from=timezone.now())


def test_one_that_expired_opens_an_item_once(set_band):
    made = set_band(rated("camhs"))
    assert not Item.objects.exists()
    over(made)
    turn()
    [item] = Item.objects.all()
    assert (item.child, item.override, item.change, item.state) == (made.child, made, None, "open")
    assert Event.objects.filter(kind="triage.raise").get().children == [made.child_id]
    made.refresh_from_db()
    assert (made.ended_why, overrides_to_raise()) == ("expired", [])
    turn()
    assert Item.objects.count() == 1


@pytest.mark.parametrize(("band", "days"), [("red", 1), ("amber", 3), ("purple", 1)])
def test_it_waits_with_the_clock_of_the_more_pressing_band(set_band, band, days):
    over(set_band(rated("camhs"), band))
    turn()
    assert timezone.localtime(Item.objects.get().due_at).date() == working_days_after(today(), days)


def test_lowered_it_waits_with_the_clock_of_the_band_that_counts_again(set_band):
    subject = rated("child_protection", "vemt")
    over(set_band(subject, "green"))
    turn()
    assert timezone.localtime(Item.objects.get().due_at).date() == working_days_after(today(), 1)


def test_a_review_that_is_due_is_raised_while_it_stands_and_its_end_again(set_band, officer):
    made = set_band(rated("camhs"))
    Override.objects.update(review_on=today())
    turn()
    [first] = Item.objects.all()
    assert (first.override, overrides_to_raise()) == (made, [])
    actions.decide(items=[first], outcome="no_action", reason="Still right", by=officer)
    over(made)
    turn()
    assert list(Item.objects.order_by("pk").values_list("override", "state")) == [
        (made.pk, "decided"),
        (made.pk, "open"),
    ]


def test_who_waits_already_waits_for_both(watched, set_band):
    subject = rated("camhs")
    made = set_band(subject)
    over(made)
    turn()
    [item] = Item.objects.all()
    assert (item.change.to_band, item.override, overrides_to_raise()) == ("green", made, [])


def test_a_change_takes_its_place_and_carries_it_on(watched, set_band, officer):
    subject = rated("camhs")
    actions.decide(items=[item_of(subject)], outcome="no_action", reason="x", by=officer)
    made = set_band(subject)
    over(made)
    turn()
    assert (item_of(subject).change, item_of(subject).override) == (None, made)
    involve(subject, "child_protection", days_ago(1))
    turn()
    *_, old, new = Item.objects.filter(child=subject).order_by("pk")
    assert (old.state, new.state) == ("overtaken", "open")
    assert (new.change.to_band, new.override) == ("amber", made)


def test_of_a_record_that_was_joined_the_other_child_waits(set_band):
    subject, middle, stands = rated("camhs"), child(), child()
    made = set_band(subject)
    Child.objects.filter(pk=middle.pk).update(merged_into=stands)
    Child.objects.filter(pk=subject.pk).update(merged_into=middle)
    turn()
    [item] = Item.objects.all()
    assert (item.child, item.override) == (stands, made)


def test_an_item_that_a_merge_took_out_of_the_queue_waits_with_the_child_that_stands(set_band):
    subject, stands = rated("camhs"), child()
    made = set_band(subject)
    over(made)
    turn()
    assert Item.objects.get().child == subject
    Child.objects.filter(pk=subject.pk).update(merged_into=stands)
    turn()
    assert list(Item.objects.order_by("pk").values_list("child", "override", "state")) == [
        (subject.pk, made.pk, "withdrawn"),
        (stands.pk, made.pk, "open"),
    ]
    turn()
    assert Item.objects.count() == 2


def test_what_was_decided_before_the_merge_is_not_asked_again(set_band, officer):
    subject, stands = rated("camhs"), child()
    over(set_band(subject))
    turn()
    actions.decide(items=Item.objects.all(), outcome="no_action", reason="Right as it is", by=officer)
    Child.objects.filter(pk=subject.pk).update(merged_into=stands)
    turn()
    assert Item.objects.get().state == "decided"


def test_taken_apart_again_it_waits_with_its_own_child(set_band):
    subject, stands = rated("camhs"), child()
    made = set_band(subject)
    over(made)
    turn()
    Child.objects.filter(pk=subject.pk).update(merged_into=stands)
    turn()
    Child.objects.filter(pk=subject.pk).update(merged_into=None)
    turn()
    [item] = Item.objects.filter(state="open")
    assert (item.child, item.override) == (subject, made)


def test_of_a_child_that_left_nobody_decides_until_it_is_back(set_band):
    subject = rated("camhs")
    over(set_band(subject))
    Child.objects.filter(pk=subject.pk).update(left_area_on=today())
    turn()
    assert not Item.objects.exists()
    assert len(overrides_to_raise()) == 1
    Child.objects.filter(pk=subject.pk).update(left_area_on=None)
    turn()
    assert Item.objects.get().child == subject


def test_nothing_is_taken_where_no_item_could_be_opened(set_band, monkeypatch):
    over(set_band(rated("camhs")))
    overriding.end_overrides(by=None)
    monkeypatch.setattr(raising.overriding, "raised", lambda **_given: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise_overrides(by=None)
    assert not Item.objects.exists()
    assert len(overrides_to_raise()) == 1


def test_an_item_has_a_cause(set_band):
    with pytest.raises(IntegrityError, match="item_has_a_cause"), transaction.atomic():
        Item.objects.create(child=child(), opened_at=timezone.now(), due_at=timezone.now())


def test_without_any_the_queue_asks_once(world):
    rated("camhs")
    with CaptureQueriesContext(connection) as asked:
        assert raise_overrides(by=None) == 0
    assert len([each for each in asked if each["sql"].startswith("SELECT")]) == 1


def test_the_row_says_who_set_what_and_never_why(set_band, officer):
    made = set_band(rated("camhs"))
    over(made)
    turn()
    [item] = queries.wanted_items(officer, Wanted(cause="override"))
    beside = queries.beside([item])
    shown = presenters.row(item, current_bands(), {}, presenters.everything, officer.pk, beside=beside)
    assert shown.judged.startswith("Red, set by Early_Help_Officer Test, early help officer; ended ")
    assert (shown.moved, shown.now.label, shown.causes[0].text) == (
        False,
        "Green",
        "Nothing moved: somebody set the rating",
    )
    assert "moved out" not in str(shown)
    bare = presenters.row(item, current_bands(), {}, presenters.everything, officer.pk)
    assert bare.judged == "A rating that was set has to be looked at again"


def test_the_queue_shows_it_and_it_is_decided_like_any_other(set_band, client, officer):
    over(set_band(rated("camhs")))
    turn()
    client.force_login(officer)
    page = client.get("/triage/").content.decode()
    assert "Rating was set" in page
    assert "set by Early_Help_Officer Test" in page
    assert "moved out" not in page
    actions.decide(items=Item.objects.all(), outcome="contact_school", reason="Set it again", by=officer)
    assert Item.objects.get().state == "decided"
