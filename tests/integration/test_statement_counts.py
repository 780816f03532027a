"""However many rows a page lists, it asks the database the same number of questions."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.agencies.models import Agency, SettingAlias
from apps.audit.models import Event
from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.lists.weeks import name_of
from tests.world import SCHOOL_URN, bring

WEEK = name_of(week_of(today()))
LIST = [f"urn-{SCHOOL_URN}", WEEK]
PAGES = {
    "the queue": ("early_help_officer", "triage:queue", None),
    "the week's lists": ("early_help_officer", "lists:officer", None),
    "a school's list": ("early_help_officer", "lists:any-list", LIST),
    "the own list": ("dsl", "lists:list", LIST),
    "the own list as a file": ("dsl", "lists:csv", LIST),
    "the feeds": ("data_officer", "pipeline:feeds", None),
    "data quality": ("data_officer", "pipeline:quality", None),
    "data quality of a feed": ("data_officer", "pipeline:feed-quality", ["early_years_roll"]),
    "codes of settings": ("data_officer", "pipeline:settings-to-map", None),
    "open questions": ("data_officer", "pipeline:questions", None),
    "users": ("sysadmin", "admin:accounts_user_changelist", None),
    "memberships": ("sysadmin", "admin:access_membership_changelist", None),
    "agencies": ("sysadmin", "admin:agencies_agency_changelist", None),
    "agreements": ("sysadmin", "admin:agencies_sharingagreement_changelist", None),
}


def more(of, first):
    """So many more of everything that a page can list: pupils, changes, questions, codes, files."""
    born, numbers = "04/05/2019", range(first, first + of)
    words = {each: f"{chr(97 + each // 26)}{chr(97 + each % 26)}" for each in numbers}
    roll = [
        {"Child Ref": f"N{n}", "Forename": f"Pupil{words[n]}", "Surname": f"Roll{words[n]}", "Date of Birth": born,
         "Postcode": f"ZZ{n % 9 + 1} 5ZZ", "Setting URN": SCHOOL_URN, "Start Date": "01/09/2026"}
        for n in numbers
    ]  # fmt: skip
    ill = [
        {"VEMT Ref": f"V{n}", "Forename": f"Pupil{words[n]}", "Surname": f"Roll{words[n]}", "Date of Birth": born,
         "Postcode": f"ZZ{n % 9 + 1} 5ZZ", "Case Opened": "01/11/2026", "Case Closed": "", "Concern": "x"}
        for n in numbers
    ]  # fmt: skip
    maybe = [
        {"YC Ref": f"Q{n}", "Forename": f"Pupil{words[n]}", "Surname": f"Roll{words[n]}", "Date of Birth": "05/05/2019",
         "Postcode": f"ZZ{n % 9 + 1} 5ZZ", "Registered On": "01/10/2026", "Closed On": "", "Cares For": "x"}
        for n in numbers
    ]  # fmt: skip
    return roll, ill, maybe


def grow(lots):
    """Bring them, with codes nobody knows and settings with lists of their own."""
    roll, ill, maybe = lots
    bring("early_years_roll", *roll)
    publish(week=week_of(today()), by=None)
    bring("vemt", *ill)
    bring("young_carers", *maybe)
    for number in range(len(roll)):
        SettingAlias.objects.get_or_create(scheme="early_years_roll", code=f"Code{number}")
        Agency.objects.get_or_create(
            code=f"s{number}", defaults={"name": f"S{number}", "kind": "school", "urn": f"80{number:04}"}
        )


def cost(world, page):
    """Statements of one visit, the second, when whatever is kept is kept; and the rows that it logged as seen."""
    who, name, given = PAGES[page]
    client = Client()
    client.force_login(world.user(who), backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse(name, args=given))
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse(name, args=given), {"show": "all"} if given else {})
    assert answer.status_code == 200
    looked = Event.objects.filter(kind__in=("triage.look", "list.open", "list.download", "question.look"))
    return len(asked), len(looked.latest("pk").children) if looked.exists() else 0


@pytest.fixture(scope="module")
def costs(_cast):
    """Every page's cost with three of everything and with nine, worked out once."""
    from django.db import transaction

    found = {}
    with transaction.atomic():
        few = more(3, 0)
        grow(few)
        found["few"] = {page: cost(_cast, page) for page in PAGES}
        grow([a + b for a, b in zip(few, more(6, 3), strict=True)])
        found["many"] = {page: cost(_cast, page) for page in PAGES}
        transaction.set_rollback(True)
    return found


@pytest.fixture(autouse=True)
def _database(db):
    """The costs are worked out inside the module's transaction."""


@pytest.mark.parametrize("page", PAGES)
def test_a_longer_page_asks_no_more(costs, page):
    assert costs["many"][page][0] == costs["few"][page][0]


@pytest.mark.parametrize("page", ["the queue", "a school's list", "the own list", "open questions"])
def test_and_it_really_was_longer(costs, page):
    assert costs["many"][page][1] > costs["few"][page][1] > 0


@pytest.mark.parametrize("page", PAGES)
def test_no_list_asks_more_than_fifty(costs, page):
    assert costs["many"][page][0] <= 50
