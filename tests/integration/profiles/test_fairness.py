"""The fairness page: groups, shares, and nothing from which a child could be told."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from apps.children.models import Child
from apps.profiles.presenters.fairness import page
from apps.ragp.actions import assess
from tests.integration.ragp.facts import child, days_ago, involve
from tests.integration.test_rls import as_web
from tests.world import bring


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_page_counts_by_group_and_names_nobody(world, client):
    for number in range(30):
        one = child(sex="F" if number % 3 else "M", ethnicity="WBRI")
        involve(one, "child_protection" if number % 2 else "ehcp", days_ago(30))
    assess(by=None)
    cache.clear()
    client.force_login(world.user("leader"))
    response = client.get(reverse("profiles:fairness"))
    said = words(response)
    assert response.status_code == 200
    for word in (
        "Sex",
        "Female",
        "Male",
        "White British",
        "Education, health and care plan",
        "By ward, or by postcode sector",
        "Wilson",
    ):
        assert word in said
    for name in Child.objects.exclude(surname="").values_list("surname", flat=True):
        assert name not in said or name == "Test"
    assert " 1 " not in said.split("Sex", 1)[1].split("Ethnicity")[0]


@pytest.mark.django_db
def test_small_groups_have_no_shares_and_small_figures_are_withheld():
    rows = [
        ("Sex", "F", "green", 12, 0),
        ("Sex", "F", "red", 2, 2),
        ("Sex", "F", "amber", 9, 7),
        ("Sex", "M", "green", 3, 0),
    ]
    [(_, (female, male))] = page(timezone.now(), rows)["kinds"]
    assert female.children == "23" and male.children == "under 5"
    assert (
        "withheld" in female.cells and female.cells.count("withheld") == 2
    )  # the next smallest goes with it
    assert female.high.text == "withheld"
    assert female.changed.text.startswith("39.1% (")
    assert set(male.cells) == {"withheld"} and male.changed.text == "withheld"


@pytest.mark.django_db
def test_an_empty_service_says_so(client, world):
    assert page(timezone.now(), [])["kinds"] == []


@pytest.mark.django_db
def test_a_group_that_two_returns_write_differently_is_one():
    rows = [
        ("Ethnicity", "WBRI", "green", 30, 3),
        ("Ethnicity", "A", "green", 20, 2),
        ("Ethnicity", "", "green", 9, 0),
    ]
    [(_, groups)] = page(timezone.now(), rows)["kinds"]
    assert {each.name: each.children for each in groups} == {
        "White British": "50",
        "Not known or not said": "9",
    }


def _areas(world):
    rows = as_web(
        "select value, sum(children) from vcdb_fairness() where kind = 'Area' group by 1",
        str(world.users["leader"].pk),
    )
    return dict(rows)


def test_areas_are_wards_where_a_list_names_them_and_sectors_elsewhere(world):
    assess(by=None)
    before = _areas(world)
    assert "ZZ2 1" in before
    bring("wards", {"pcds": "ZZ2 1ZZ", "wd25cd": "Z05000001", "wd25nm": "Elm"})
    after = _areas(world)
    assert after == {**{area: n for area, n in before.items() if area != "ZZ2 1"}, "Elm": before["ZZ2 1"]}
