"""The pages on which a band is set by hand: who may, what is shown beside the rating, and to whom its reason is told."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from apps.core.clock import today
from apps.ragp.actions import assess
from apps.ragp.models import Override
from apps.ragp.overriding import mark
from tests.integration.profiles.test_child_page import TOKEN, page_of
from tests.integration.ragp.facts import days_ago, involve

SOON = (today() + timedelta(days=7)).strftime("%d/%m/%Y")
FIELDS = {
    "band": "red",
    "reason": "Grandmother rang: he moved out",
    "review_on": SOON,
    "expires_on": SOON,
}


@pytest.fixture
def look(client, world):
    """Open a child's page as somebody of the cast."""

    def opened(who, child, **query):
        client.force_login(world.user(who))
        return client.get(reverse("profiles:child", args=[world.child(child).public_id]), query)

    return opened


@pytest.fixture
def ask(client, world):
    """Open or send one of the pages as somebody of the cast."""

    def asked(who, child, name="override", **fields):
        client.force_login(world.user(who))
        if fields:  # as the page that was opened before has it
            fields = {"seen": mark(world.child(child).pk), **fields}
        address = reverse(f"profiles:{name}", args=[world.child(child).public_id])
        return client.post(address, fields) if fields else client.get(address)

    return asked


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_social_worker_sets_the_rating_of_a_child_within_reach(ask, look):
    assert "As it is worked out" in words(ask("social_worker", "ada"))
    response = ask("social_worker", "ada", **FIELDS)
    assert response.status_code == 302
    page = page_of(look("social_worker", "ada"))
    assert (page.judgement.band.code, page.rating.band.code) == ("red", "green")
    shown = words(look("social_worker", "ada"))
    assert "Set by a professional. Red set by Social_Worker Test, practitioner" in shown.replace(" ,", ",")
    assert "Grandmother rang" in shown


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(ask):
    response = ask("social_worker", "ada", **{**FIELDS, "expires_on": "31/02/2027"})
    assert response.status_code == 422
    assert "Enter a real date" in words(response) and "Grandmother rang" in words(response)
    response = ask("social_worker", "ada", **{**FIELDS, "band": "green"})
    assert response.status_code == 422 and "worked out already" in words(response)
    assert not Override.objects.exists()


def test_a_band_is_not_set_against_a_rating_that_was_not_seen(ask, world):
    """Amber, set where green stood, would else count beside a purple that came while the form was open."""
    seen = re.search(r'name="seen" value="([^"]+)"', ask("social_worker", "ada").content.decode())[1]
    for service in ("child_protection", "vemt", "youth_justice", "looked_after"):
        involve(world.child("ada"), service, days_ago(1))
    assess(by=None)
    response = ask("social_worker", "ada", **FIELDS, seen=seen)
    assert response.status_code == 422 and "has changed since you opened" in words(response)
    assert "Grandmother rang" in words(response)
    assert not Override.objects.exists()
    again = re.search(r'name="seen" value="([^"]+)"', response.content.decode())[1]
    assert ask("social_worker", "ada", **FIELDS, seen=again).status_code == 302
    assert (
        ask("social_worker", "ada", **FIELDS, seen=again).status_code == 422
    )  # a colleague has set one meanwhile


@pytest.mark.parametrize("seen", ["", "green", "green.", "none.1"])
def test_without_the_mark_of_the_page_no_band_is_set(client, world, seen):
    """Somebody who sends the form without having opened it was shown no rating."""
    cleo = world.child("cleo")
    assert mark(cleo.pk) != seen or seen == "green."
    involve(cleo, "child_protection", days_ago(1))
    assess(by=None)
    client.force_login(world.user("early_help_officer"))
    address = reverse("profiles:override", args=[cleo.public_id])
    for sent in ({**FIELDS, "seen": seen}, FIELDS):
        response = client.post(address, sent)
        assert response.status_code == 422 and "has changed since you opened" in words(response)
    assert not Override.objects.exists()


def test_a_child_out_of_reach_answers_like_a_missing_one(ask, client, world):
    import uuid

    hidden = ask("social_worker", "ben", **FIELDS)
    client.force_login(world.user("social_worker"))
    missing = client.post(reverse("profiles:override", args=[uuid.uuid4()]), FIELDS)
    assert hidden.status_code == missing.status_code == 404
    assert TOKEN.sub(b"", hidden.content) == TOKEN.sub(b"", missing.content)
    assert not Override.objects.exists()


def test_its_reason_is_told_where_content_is_shared_alone(ask, look):
    ask("social_worker", "ada", **FIELDS)
    [told] = [page_of(look("early_help_officer", "ada")).judgement.standing]
    assert told.reason == FIELDS["reason"]
    school = page_of(look("dsl", "ada")).judgement.standing
    assert (school.band.code, school.reason, school.shared) == ("red", "", False)
    assert "Grandmother" not in look("dsl", "ada").content.decode()


def test_it_is_taken_back_and_stays_on_the_page_for_ever(ask, look):
    ask("social_worker", "ada", **FIELDS)
    assert ask("early_help_officer", "ada", "take-back", reason="He is home").status_code == 302
    page = page_of(look("social_worker", "ada"))
    assert (page.judgement.standing, page.judgement.band.code) == (None, "green")
    [earlier] = page.judgement.earlier
    assert (earlier.ended_why, earlier.band.code) == ("Taken back", "red")
    assert "Set by professionals before: 1" in words(look("social_worker", "ada"))
    assert ask("social_worker", "ada", "take-back", reason="Again").status_code == 422


def test_the_page_of_an_earlier_day_shows_what_stood_then(ask, look):
    ask("social_worker", "ada", **FIELDS)
    yesterday = (today() - timedelta(days=1)).strftime("%d/%m/%Y")
    assert page_of(look("social_worker", "ada", as_at=yesterday)).judgement.standing is None


def test_who_may_not_set_is_not_offered_it(look):
    assert "rating/" not in look("dsl", "ada").content.decode()
    assert "rating/" in look("social_worker", "ada").content.decode()


def test_search_and_lists_show_the_band_that_counts(ask, client, world):
    from apps.core.clock import week_of
    from apps.lists import actions as lists
    from apps.lists.models import Entry

    ask("social_worker", "ada", **FIELDS)
    client.force_login(world.user("social_worker"))
    found = client.post(reverse("profiles:search"), {"name": "Ashby"}, follow=True)
    assert "Red" in words(found)
    lists.publish(week=week_of(today()), by=None)
    entry = Entry.objects.filter(child=world.child("ada")).latest("pk")
    assert entry.band == "red"
