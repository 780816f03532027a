"""A restricted child, and one whose address is hidden: what every page, file and command still says, and to whom."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from apps.access.actions import grant_child
from apps.children.actions import lift, restrict
from apps.children.models import Child, Restriction
from apps.core.errors import Refused
from apps.lists.models import Entry
from apps.lists.weeks import name_of
from apps.triage.models import Item
from tests.integration.stories import telling
from tests.integration.stories.telling import bring, look, signed_in, somebody, the

pytestmark = pytest.mark.usefixtures("ground")

BOROUGH = {"early_help": "early-help", "review_admin": "council", "data_officer": "council"}


@pytest.fixture
def secret():
    """Ada waits in the queue, is on a list, is asked about, and is then hidden by court order."""
    telling.publish_week()
    bring(
        "vemt",
        {
            "VEMT Ref": "V1",
            **telling.apart("Ada"),
            "Case Opened": telling.days_ago(2),
            "Case Closed": "",
            "Concern": "x",
        },
    )
    bring("early_help", telling.early_help("H9", "Eve"))
    restrict(child=the("Ada"), hides="child", reason="Court order", by=None)
    return the("Ada")


def open_to(role):
    return signed_in(somebody(role, BOROUGH.get(role, "csc")))


def found_by(client, **terms):
    """Names on the page of results."""
    return client.post(reverse("profiles:search"), terms, follow=True).content.decode()


@pytest.mark.parametrize("role", BOROUGH)
def test_the_page_is_missing_for_whole_borough_roles(secret, role):
    assert look(somebody(role, BOROUGH[role]), secret).status_code == 404


@pytest.mark.parametrize("role", BOROUGH)
@pytest.mark.parametrize(
    "terms", [{"name": "Marsh Ada"}, {"name": "Mar*"}, {"identifier": "L1"}, {"postcode": telling.HOME}]
)
def test_no_search_finds_the_child(secret, role, terms):
    assert str(secret.public_id) not in found_by(open_to(role), **terms)


def test_the_search_finds_the_same_child_once_the_restriction_is_lifted(secret):
    lift(
        restriction=Restriction.objects.get(child=secret),
        reason="Over",
        by=somebody("data_officer", "council"),
    )
    assert str(secret.public_id) in found_by(open_to("early_help"), name="Marsh Ada")


@pytest.mark.parametrize("role", ["early_help", "review_admin"])
def test_the_queue_neither_shows_nor_counts_the_child(secret, role):
    assert Item.objects.filter(child=secret, state="open").exists()
    page = open_to(role).get(reverse("triage:queue"))
    assert str(secret.public_id) not in page.content.decode()
    assert secret.pk not in {row.item.child_id for row in page.context["rows"]}


def test_nobody_decides_about_the_child_by_its_number(secret):
    client = open_to("early_help")
    answer = client.post(
        reverse("triage:decide"), {"item": str(secret.public_id), "outcome": "no_action", "reason": "guess"}
    )
    assert answer.status_code in (409, 422)
    assert Item.objects.get(child=secret, state="open")


def test_the_page_of_questions_does_not_name_the_child_as_a_candidate(secret):
    page = open_to("data_officer").get(reverse("pipeline:questions"))
    assert str(secret.public_id) not in page.content.decode()
    assert "Ada" not in page.content.decode()


def test_the_school_and_social_care_who_know_the_child_still_do(secret):
    assert look(somebody("practitioner", "csc"), secret).status_code == 200
    assert look(somebody("school_dsl", f"urn-{telling.ELM}"), secret).status_code == 200
    assert look(somebody("practitioner", "health-camhs"), secret).status_code == 404


def test_who_was_given_the_child_by_name_sees_it_all_the_same(secret):
    officer = somebody("review_admin", "council")
    grant_child(user=officer, child=secret, reason="Chairs the review", by=None)
    assert look(officer, secret).status_code == 200
    assert str(secret.public_id) in found_by(signed_in(officer), name="Marsh Ada")


@pytest.mark.parametrize("role", ["early_help"])
def test_the_officers_copy_of_the_schools_list_leaves_the_child_out(secret, role):
    telling.publish_week(telling.NEXT_MONDAY)
    code, week = f"urn-{telling.ELM}", name_of(telling.NEXT_MONDAY)
    client = open_to(role)
    page = client.get(reverse("lists:any-list", args=[code, week]), {"show": "all"}).content.decode()
    assert "MARSH" not in page
    assert "OKAFOR" in page
    content = client.get(reverse("lists:any-csv", args=[code, week]), {"show": "all"}).content.decode(
        "utf-8-sig"
    )
    assert "Marsh" not in content and "MARSH" not in content


def test_every_homes_first_page_leaves_the_child_out(secret):
    for role in BOROUGH:
        page = open_to(role).get(reverse("home")).content.decode()
        assert str(secret.public_id) not in page


@pytest.fixture
def refuge():
    """Ben's address must stay unknown to everybody."""
    restrict(child=the("Ben"), hides="address", reason="Refuge", by=None)
    return the("Ben")


READERS = {
    "early_help": "early-help",
    "practitioner": "csc",
    "data_officer": "council",
    "school_dsl": f"urn-{telling.ELM}",
}


@pytest.mark.parametrize("role", READERS)
def test_no_page_shows_the_hidden_address_not_even_to_who_sent_it(refuge, role):
    response = look(somebody(role, READERS[role]), refuge)
    assert response.status_code == 200
    assert "ZZ2 2BB" not in response.content.decode()
    assert "ZZ22BB" not in response.content.decode()
    assert response.context["page"].address.hidden


@pytest.mark.parametrize("role", ["early_help", "practitioner", "data_officer"])
def test_no_search_by_postcode_finds_the_child_nor_does_its_school(refuge, role):
    client = signed_in(somebody(role, READERS[role]))
    assert str(refuge.public_id) not in found_by(client, postcode="ZZ2 2BB")
    assert str(refuge.public_id) in found_by(client, name="Okafor")


def test_the_commands_print_of_the_page_hides_it_too(refuge, capsys):
    call_command("child", str(refuge.public_id), "--json")
    out = capsys.readouterr().out
    assert "ZZ2 2BB" not in out
    assert json.loads(out)["address"]["hidden"] is True


def test_a_new_address_in_a_later_file_stays_hidden(refuge):
    bring("camhs", telling.camhs("P2", "Ben") | telling.apart("Ben") | {"Address": "12 Safe Street"})
    page = look(somebody("practitioner", "csc"), refuge).content.decode()
    assert "Safe Street" not in page


def test_lists_hold_no_address_of_anybody(refuge):
    telling.publish_week()
    for entry in Entry.objects.values():
        assert "ZZ2 2BB" not in str(entry) and telling.HOME not in str(entry)


def test_lifting_brings_the_address_back_and_only_once(refuge):
    restriction = Restriction.objects.get(child=refuge)
    lift(restriction=restriction, reason="Over", by=somebody("data_officer", "council"))
    assert "ZZ2 2BB" in look(somebody("practitioner", "csc"), refuge).content.decode()
    with pytest.raises(Refused, match="already been lifted"):
        lift(restriction=restriction, reason="Over", by=somebody("data_officer", "council"))


def test_of_two_restrictions_lifting_one_leaves_the_other():
    first = restrict(child=the("Cal"), hides="child", reason="Court order", by=None)
    restrict(child=the("Cal"), hides="address", reason="Refuge", by=None)
    lift(restriction=first, reason="Over", by=somebody("data_officer", "council"))
    cal = Child.objects.get(forename="Cal")
    assert (cal.restricted, cal.address_hidden) == (False, True)


def test_a_source_may_ask_for_it_in_its_file():
    rows = [
        row | {"Restricted": "Yes" if row["Forename"] == "Cal" else ""}
        for row in telling.known_to_social_care()
    ]
    bring("csc_people", *rows)
    cal = the("Cal")
    assert cal.address_hidden
    assert Restriction.objects.get(child=cal).feed.code == "csc_people"
    assert "ZZ3 3CC" not in look(somebody("practitioner", "csc"), cal).content.decode()
    bring("csc_people", *(row | {"Restricted": "No"} for row in telling.known_to_social_care()))
    assert the("Cal").address_hidden


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_hidden(reason):
    with pytest.raises(Refused, match="why"):
        restrict(child=the("Cal"), hides="child", reason=reason, by=None)
    assert not the("Cal").restricted
