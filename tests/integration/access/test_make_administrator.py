"""Who signs in first on a new instance."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from apps.access.models import Membership
from apps.accounts.actions import close_account, open_account
from apps.accounts.models import User
from apps.audit.models import Event

pytestmark = pytest.mark.django_db
ADDRESS = "kofi@council.example"


def told(capsys, *arguments):
    call_command("make_administrator", *arguments)
    return capsys.readouterr().out


def test_on_an_empty_instance_somebody_signs_in_and_opens_the_administration(capsys):
    password = re.search(r"Password: (\S+)", told(capsys, ADDRESS, "--name", "Kofi Brackenridge"))[1]
    client = Client()
    assert client.post(reverse("account_login"), {"login": ADDRESS, "password": password}).status_code == 302
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 200
    assert User.objects.get().display_name == "Kofi Brackenridge"
    assert {"account.opened", "access.grant"} <= set(Event.objects.values_list("kind", flat=True))


def test_somebody_with_an_account_keeps_their_password(capsys):
    user = open_account(email=ADDRESS, password="a pass phrase of old", by=None)
    assert "Password" not in told(capsys, ADDRESS.upper())
    assert User.objects.get().check_password("a pass phrase of old")
    assert Membership.objects.get().user == user


def test_a_closed_account_and_no_address_are_refused():
    close_account(user=open_account(email=ADDRESS, by=None), reason="Left", by=None)
    for wrong, sentence in ((ADDRESS, "This account is closed."), ("kofi", "kofi is not an e-mail address.")):
        with pytest.raises(CommandError, match=sentence):
            call_command("make_administrator", wrong)
    assert not Membership.objects.exists()
