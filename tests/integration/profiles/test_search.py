"""Search through the middleware: what is found, in which order, for whom, and what the audit keeps of it."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.audit.models import Event, SearchTerms
from tests.world import bring

BORN = "04/05/2022"


@pytest.fixture
def find(client, world):
    """Search as somebody of the cast and give back the rows."""

    def found(who, **typed):
        client.force_login(world.user(who))
        sent = client.post(reverse("profiles:search"), typed)
        assert sent.status_code == 302, sent.context["form"].errors
        shown = client.get(sent["Location"])
        assert shown.status_code == 200
        return shown.context["results"].rows

    return found


def names(rows):
    return [f"{row.surname}, {row.forenames}" for row in rows]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"name": "Ashby"}, "Exact"),
        ({"name": "ashby ada"}, "Exact"),
        ({"name": "Ada Ashby"}, "Exact"),
        ({"name": "Àshby, Ada"}, "Exact but for accents and hyphens"),
        ({"name": "ash*"}, "Starts with"),
        ({"name": "*shby"}, "Starts with"),
        ({"name": "Ashbey"}, "Near spelling or sound"),
        ({"name": "Ashbie, Ada"}, "Near spelling or sound"),
        ({"name": "Ashby", "born": BORN}, "Exact"),
        ({"name": "Ashby", "born": "2022"}, "Exact"),
        ({"name": "Ashby", "born": "4"}, "Exact"),
        ({"name": "Ashby", "born": "3-5"}, "Exact"),
        ({"name": "Ashby", "school": "elm"}, "Exact"),
        ({"name": "Ashby", "postcode": "zz2 1zz"}, "Exact"),
        ({"identifier": "C1"}, "Exact"),
        ({"q": "C1"}, "Exact"),
        ({"q": "Ashby"}, "Exact"),
    ],
)
def test_a_child_is_found_by_what_is_known_of_it(find, typed, why):
    rows = find("early_help_officer", **typed)
    assert names(rows)[0] == "Ashby, Ada"
    assert rows[0].why == why


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Ashby", "born": "2010"},
        {"name": "Ashby", "school": "oak"},
        {"name": "Ashby", "postcode": "AB1 2CD"},
        {"name": "Ashby, George"},
        {"name": "Zzyzx"},
        {"identifier": "C999"},
        {"name": "%"},
        {"name": "*_*"},
        {"name": "as*x"},
    ],
)
def test_nobody_is_found_by_what_does_not_fit(find, typed):
    assert names(find("early_help_officer", **typed)) == []


def test_a_row_says_age_school_rating_and_who_knows_the_child(find):
    row = find("early_help_officer", name="Ashby")[0]
    assert (row.age, row.school, row.known_to) == ("4", "Elm Primary School", "Allocated social worker")
    assert row.band.label in {"Green", "Amber"}


def test_exact_ones_come_first_then_the_nearest_then_the_youngest(find):
    people = (
        ("N1", "Ashbey", "Zoe", "01/01/2024"),
        ("N2", "Ashby", "Old", "01/01/2010"),
        ("N3", "Ashby-Cole", "Kit", "01/01/2023"),
    )
    bring(
        "camhs",
        {"Local Patient ID": "P2", "Family Name": "Bright", "Given Name": "Ben", "Birth Date": BORN, "Referral ID": "R2",
         "Referral Received": "01/09/2026"},
        *(
            {"Local Patient ID": number, "Family Name": surname, "Given Name": forename, "Birth Date": born, "Referral ID": number,
             "Referral Received": "01/09/2026"}
            for number, surname, forename, born in people
        ),
    )  # fmt: skip
    assert names(find("early_help_officer", name="Ashby")) == [
        "Ashby, Ada",
        "Ashby, Old",
        "Ashby-Cole, Kit",
        "Ashbey, Zoe",
    ]


@pytest.mark.parametrize(
    ("who", "typed"),
    [
        ("social_worker", {"name": "Bright"}),
        ("social_worker", {"identifier": "P2"}),
        ("health", {"name": "Ashby"}),
        ("health", {"identifier": "C1"}),
        ("dsl", {"name": "Cole"}),
        ("dsl", {"postcode": "ZZ2 1ZZ", "name": "Everett"}),
        ("review_admin", {"name": "Dunne"}),
        ("review_admin", {"identifier": "C4"}),
    ],
)
def test_a_child_out_of_reach_is_not_found(find, who, typed):
    assert find(who, **typed) == []


def test_a_hidden_address_finds_nobody(find):
    assert "Everett, Eve" in names(find("social_worker", name="Everett"))
    assert "Everett, Eve" not in names(find("social_worker", postcode="ZZ2 1ZZ"))


def test_no_word_of_a_search_is_in_the_address(client, world):
    client.force_login(world.user("early_help_officer"))
    sent = client.post(reverse("profiles:search"), {"name": "Ashby"})
    assert "ashby" not in sent["Location"].lower()
    uuid.UUID(sent["Location"].strip("/").split("/")[-1])


def test_a_search_is_logged_with_its_words_apart_from_the_event(find, world):
    find("early_help_officer", name="Ashby", born="2022")
    event = Event.objects.filter(kind="search.run").latest("pk")
    assert event.by == world.users["early_help_officer"].pk
    assert event.children == [world.children["ada"].pk]
    assert event.detail["asked"] == ["born_from", "born_to", "surname"]
    assert "ashby" not in str(event.detail).lower()
    assert SearchTerms.objects.get(event=event.pk).terms == {"name": "Ashby", "born": "2022"}


def test_another_persons_result_is_not_to_be_had(client, world):
    client.force_login(world.user("early_help_officer"))
    address = client.post(reverse("profiles:search"), {"name": "Ashby"})["Location"]
    client.logout()
    client.force_login(world.user("health"))
    answer = client.get(address)
    assert answer.status_code == 404
    assert b"ASHBY" not in answer.content.upper().replace(b"NAME=", b"")


def test_a_result_is_read_again_so_that_who_left_my_reach_is_gone(client, world):
    from apps.children.actions import restrict

    client.force_login(world.user("review_admin"))
    address = client.post(reverse("profiles:search"), {"name": "Ashby"})["Location"]
    assert len(client.get(address).context["results"].rows) == 1
    restrict(child=world.child("ada"), hides="child", reason="Court order", by=None)
    assert client.get(address).context["results"].rows == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "__all__"),
        ({"name": "Ashby", "born": "soon"}, "born"),
        ({"postcode": "here"}, "postcode"),
        ({"q": ""}, "__all__"),
    ],
)
def test_what_cannot_be_searched_says_why_and_is_not_logged(client, world, typed, field):
    client.force_login(world.user("early_help_officer"))
    before = Event.objects.filter(kind="search.run").count()
    answer = client.post(reverse("profiles:search"), typed)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert Event.objects.filter(kind="search.run").count() == before


def test_results_cost_the_same_number_of_statements_for_one_as_for_many(client, world):
    def cost(**typed):
        client.force_login(world.user("early_help_officer"))
        address = client.post(reverse("profiles:search"), typed)["Location"]
        with CaptureQueriesContext(connection) as asked:
            rows = client.get(address).context["results"].rows
        return len(rows), len(asked)

    (one, first), (many, second) = cost(name="Ashby"), cost(born="2022")
    assert one == 1 < many
    assert first == second


def test_only_the_newest_few_results_are_kept(client, world):
    client.force_login(world.user("early_help_officer"))
    addresses = [client.post(reverse("profiles:search"), {"name": "Ashby"})["Location"] for _ in range(6)]
    assert [client.get(address).status_code for address in addresses] == [404, 200, 200, 200, 200, 200]
