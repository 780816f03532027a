"""`manage.py child`: what the page shows to the system, as exactly one JSON object."""

import json

import pytest
from django.core.management import CommandError, call_command

from apps.audit.models import Event


@pytest.fixture
def child(world, capsys):
    """Run the command and read what it printed."""

    def printed(*args):
        call_command("child", *args, "--json")
        return json.loads(capsys.readouterr().out)

    return printed


@pytest.mark.parametrize("number", ["C1", "c1"])
def test_a_child_is_found_by_an_agencys_own_number(child, number):
    assert child(number)["person"]["surname"] == "Ashby"


def test_the_page_is_printed_whole(child, world):
    page = child(str(world.children["ada"].public_id))
    assert page["public_id"] == str(world.children["ada"].public_id)
    states = {
        line["service"][0]: line["state"]["kind"] for group in page["groups"] for line in group["lines"]
    }
    assert states["social_worker"] == "known"
    assert states["camhs"] == "clear"
    assert page["rating"]["band"]["label"] in {"Green", "Amber"}
    assert page["last_seen"]["on"] == "2026-11-02"


def test_a_hidden_address_is_not_printed_either(child):
    page = child("C5")
    assert page["address"] == {"lines": "", "source": "", "hidden": True}
    assert "Fifth" not in json.dumps(page)


@pytest.mark.parametrize("number", ["nobody", "00000000-0000-4000-8000-000000000000"])
def test_an_id_that_is_nobodys_says_so(world, number):
    with pytest.raises(CommandError, match="No child"):
        call_command("child", number)


def test_the_command_leaves_an_event(child, world):
    child("C1")
    event = Event.objects.filter(kind="child.look").latest("pk")
    assert (event.by_label, event.children) == ("manage.py child", [world.children["ada"].pk])
