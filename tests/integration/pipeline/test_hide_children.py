"""A sheet hides children, gives them to people by name, and lifts it again: whole or not at all."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from apps.audit.models import Event
from apps.children.models import Child, Restriction

HEAD = "Number,Hides,Reason,Given to"


@pytest.fixture
def sheet(world, tmp_path, capsys):
    """Write rows of (child of the cast, what is hidden, reason, people) and run the command; what it says."""

    def ran(*rows, head=HEAD, by="data_officer"):
        file = tmp_path / "hide.csv"
        lines = [
            f"{world.child(name).public_id if name in world.children else name},{hides},{reason},{people}"
            for name, hides, reason, people in rows
        ]
        file.write_text("\n".join([head, *lines]) + "\n")
        call_command("hide_children", str(file), "--as", world.user(by).email, "--json")
        return json.loads(capsys.readouterr().out)

    return ran


def opened(client, world, who, name):
    client.force_login(world.user(who))
    return client.get(reverse("profiles:child", args=[world.child(name).public_id])).status_code


def test_a_child_is_hidden_and_those_named_still_open_it(client, world, sheet):
    assert (
        opened(client, world, "early_help_officer", "ada")
        == opened(client, world, "review_admin", "ada")
        == 200
    )
    done = sheet(("ada", "child", "Refuge", world.user("review_admin").email))
    assert done == {"hidden": 1, "lifted": 0, "given": 1, "same": 0}
    assert opened(client, world, "early_help_officer", "ada") == 404
    assert opened(client, world, "review_admin", "ada") == 200
    assert Restriction.objects.get(child=world.child("ada")).placed_by == world.user("data_officer").pk
    kinds = Event.objects.filter(children=[world.child("ada").pk], by=world.user("data_officer").pk)
    assert {"child.restrict", "access.grant_child"} <= set(kinds.values_list("kind", flat=True))


def test_the_same_sheet_twice_changes_nothing(world, sheet):
    rows = [("ada", "address", "Refuge", world.user("review_admin").email), ("ben", "CHILD", "Order", "")]
    assert sheet(*rows) == {"hidden": 2, "lifted": 0, "given": 1, "same": 0}
    assert sheet(*rows) == {"hidden": 0, "lifted": 0, "given": 0, "same": 2}
    assert Child.objects.get(pk=world.child("ada").pk).address_hidden


def test_it_is_lifted_with_a_reason(client, world, sheet):
    sheet(("ada", "child", "Refuge", ""), ("ada", "address", "Refuge", ""))
    assert sheet(("ada", "lift", "The order has ended", ""))["lifted"] == 2
    assert opened(client, world, "early_help_officer", "ada") == 200
    assert Event.objects.filter(kind="child.lift").first().detail == {"reason": "The order has ended"}


def test_what_is_wrong_is_said_by_row_and_column_and_nothing_is_done(world, sheet):
    bad = ("999 000 0000", "all", "", "nobody@example.org")
    with pytest.raises(CommandError) as refused:
        sheet(("ada", "child", "Refuge", ""), bad)
    text = str(refused.value)
    for column in ("Number", "Hides", "Reason", "Given to"):
        assert f"Row 3, column “{column}”: " in text
    assert "Row 2" not in text and "999" not in text and "nobody@" not in text
    assert not Restriction.objects.filter(child=world.child("ada")).exists()


def test_a_sheet_without_a_column_or_a_row_is_refused(world, sheet):
    with pytest.raises(CommandError, match="lacks the column “Reason”"):
        sheet(("ada", "child", "Refuge", ""), head="Number,Hides,Why,Given to")
    with pytest.raises(CommandError, match="no row"):
        sheet()


def test_it_takes_a_data_officer(world, sheet):
    with pytest.raises(CommandError, match="may not do this"):
        sheet(("ada", "child", "Refuge", ""), by="social_worker")
