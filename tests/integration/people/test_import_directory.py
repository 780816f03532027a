"""The directory ties workers of extracts to the people who sign in."""

import pytest

from apps.accounts.actions import open_account
from apps.agencies.models import Agency
from apps.people.actions import import_directory
from apps.people.models import Professional

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def csc():
    return Agency.objects.get_or_create(code="csc", defaults={"name": "Social care", "kind": "service"})[0]


def row(worker="W1", **changes):
    return {
        "Worker ID": worker, "Name": "Sol Worker", "Job Title": "", "Team": "North", "Agency": "csc", "Phone": "01", "Email": "",
        "User Name": "", "Left On": "", **changes,
    }  # fmt: skip


def test_a_worker_is_tied_to_a_user_by_user_name_or_by_address():
    by_name = open_account(email="a@example.org", username="sol", by=None)
    by_mail = open_account(email="b@example.org", by=None)
    rows = [
        row("W1", **{"User Name": "SOL"}),
        row("W2", Email="B@example.org"),
        row("W3", Email="c@example.org"),
    ]
    taken = import_directory(rows, by=None)
    assert taken == 3
    assert {p.worker_id: p.user for p in Professional.objects.all()} == {
        "W1": by_name,
        "W2": by_mail,
        "W3": None,
    }


def test_one_user_is_one_worker_the_one_in_post():
    user = open_account(email="a@example.org", by=None)
    import_directory(
        [row("W1", Email="a@example.org", **{"Left On": "01/01/2026"}), row("W2", Email="a@example.org")],
        by=None,
    )
    assert Professional.objects.get(user=user).worker_id == "W2"


def test_a_user_stays_with_their_worker_when_another_names_them_later():
    user = open_account(email="a@example.org", by=None)
    import_directory([row("W1", Email="a@example.org")], by=None)
    import_directory([row("W1", Email="a@example.org"), row("W2", Email="a@example.org")], by=None)
    assert Professional.objects.get(user=user).worker_id == "W1"


def test_a_second_directory_changes_what_differs_and_removes_nobody():
    import_directory([row("W1"), row("W2")], by=None)
    import_directory([row("W1", Team="South")], by=None)
    assert set(Professional.objects.values_list("worker_id", "team")) == {("W1", "South"), ("W2", "North")}


def test_workers_of_unknown_agencies_and_without_names_are_not_used():
    assert import_directory([row("W1"), row("W2", Agency="nowhere"), row("W3", Name="")], by=None) == 1
