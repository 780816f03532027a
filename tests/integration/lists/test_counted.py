"""A figure of a list says how many lines its reader is shown: one more would tell that a child is there whom they may not see."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.access.actions import grant_child
from apps.access.reach import reach_of
from apps.children.actions import restrict
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.lists import actions
from apps.lists.counted import counts_of
from apps.lists.engagement.queries import answers_of
from apps.lists.models import Answer, Departure, Entry, Return, WeeklyList
from apps.lists.queries import figures, is_known, lists_of, read
from apps.profiles.queries.homes import lists_this_week
from tests import world as worlds

WEEK = week_of(today())
ELM = f"urn-{worlds.SCHOOL_URN}"
pytestmark = pytest.mark.django_db


@pytest.fixture
def out(world):
    """This week's lists are out, drafted as if nothing had been released before."""
    actions.publish(week=WEEK, by=None)
    WeeklyList.objects.update(state="released", joined_count=0, changed_count=0)
    return world


def hide(world, name, what):
    if what == "dies":
        Child.objects.filter(pk=world.child(name).pk).update(died_on=today())
    elif what == "joined to a hidden child":
        Child.objects.filter(pk=world.child(name).pk).update(merged_into=world.child("dan"))
    else:
        restrict(child=world.child(name), hides=what, reason="Order", by=None)


@pytest.mark.parametrize("what", ["child", "address", "dies", "joined to a hidden child"])
@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize("role", ["early_help_officer", "supervisor"])
def test_counts_are_those_of_the_lines_the_reader_is_shown(out, what, opened, role):
    entry = Entry.objects.get(child=out.child("ada"))
    Entry.objects.filter(pk=entry.pk).update(mark="joined")
    Departure.objects.create(list=entry.list, child=out.child("ben"), surname="BLYTHE", forename="Ben")
    WeeklyList.objects.filter(pk=entry.list_id).update(joined_count=1, left_count=1)
    for name in ("ada", "ben"):
        hide(out, name, what)
        if opened:
            grant_child(user=out.user(role), child=out.child(name), reason="Works with the child", by=None)
    with reach_of(out.user(role)):
        lists = list(WeeklyList.objects.all())
        counts = counts_of(lists)
        for each in lists:
            asked, told = read(each), counts[each.pk]
            assert told.children == len(asked.entries)
            assert told.known == sum(is_known(entry) for entry in asked.entries)
            assert told.joined == sum(entry.mark == "joined" for entry in asked.entries)
            assert told.left == len(asked.departures)
        assert figures(WEEK)["entries"] == sum(each.children for each in counts.values())
        assert lists_this_week(WEEK)[1] == figures(WEEK)["entries"]


def test_dan_who_is_restricted_is_on_no_figure_of_the_officers_page(out):
    whole = WeeklyList.objects.get(setting__code=ELM).entry_count
    page = signed_in(out, "early_help_officer").get(reverse("lists:officer")).content.decode()
    [children] = re.findall(r'Elm Primary School</a>.*?<td [^>]*class="r"[^>]*>(\d+)</td>', page, re.DOTALL)
    shown = signed_in(out, "early_help_officer").get(
        reverse("lists:any-list", args=[ELM, WEEK]) + "?show=all"
    )
    assert int(children) == len(shown.context["shown"]) == whole - 1


def test_a_list_on_which_only_a_hidden_child_changed_is_not_among_those_that_changed(out):
    dan = Entry.objects.get(child=out.child("dan"))
    Entry.objects.filter(pk=dan.pk).update(mark="changed")
    WeeklyList.objects.filter(pk=dan.list_id).update(changed_count=1)
    with reach_of(out.user("early_help_officer")):
        assert not lists_of(WEEK, which="changed").exists()
    grant_child(user=out.user("early_help_officer"), child=out.child("dan"), reason="Chairs", by=None)
    with reach_of(out.user("early_help_officer")):
        assert lists_of(WEEK, which="changed").count() == 1


def test_answers_about_a_hidden_child_are_not_counted(out):
    listed = WeeklyList.objects.get(setting__code=ELM)
    for entry in listed.entries.all():
        Answer.objects.create(entry=entry, saved_by=1, saved_at=listed.released_at or listed.as_at)
    Return.objects.create(list=listed, sent_by=1, sent_at=listed.as_at.replace(year=2099), answers=2)
    with reach_of(out.user("early_help_officer")):
        assert (
            answers_of([listed])[listed.pk] == Entry.objects.filter(list=listed).count() < listed.entry_count
        )


@pytest.mark.parametrize("gone", [False, True])
def test_the_first_page_of_a_school_counts_what_its_list_shows(out, gone):
    if gone:
        hide(out, "ada", "dies")
    client = signed_in(out, "dsl")
    home = client.get(reverse("home"))
    listed = client.get(reverse("lists:list", args=[ELM, WEEK]) + "?show=all")
    assert home.context["list"]["children"] == len(listed.context["shown"])
    assert home.context["tiles"][0].figure == len(listed.context["shown"])


def signed_in(world, name):
    client = Client()
    client.force_login(world.user(name), backend="django.contrib.auth.backends.ModelBackend")
    return client
