"""One's own account: nobody takes on another's identity by it, and what is changed there is recorded."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from apps.access.queries import opened_by
from apps.accounts.models import User
from apps.audit.models import Event
from apps.people.models import Professional
from tests.world import PASSWORD, bring


def signed_in(world, who):
    client = Client()
    client.post(reverse("account_login"), {"login": world.users[who].email, "password": PASSWORD})
    return client


def test_nobody_changes_their_own_address_into_a_colleagues(world):
    """The directory ties people to its workers by e-mail address: whose it is, is not one's own to say."""
    worker = {
        "Worker ID": "W9",
        "Name": "Vic Worker",
        "Team": "South",
        "Agency": "csc",
        "Email": "vic@example.org",
    }
    client = signed_in(world, "health")
    for action in ("action_add", "action_primary"):
        client.post("/accounts/email/", {"email": "vic@example.org", action: ""})
    assert world.user("health").email == "health@example.org"
    bring("professionals", worker)
    assert Professional.objects.get(worker_id="W9").user_id is None
    assert opened_by(world.user("health")) == []


def test_there_is_no_page_for_ones_address(world):
    assert signed_in(world, "health").get("/accounts/email/").status_code in (403, 404)


@pytest.mark.parametrize("extra", [
    {"user": "1"}, {"user_id": "1"}, {"username": "sysadmin@example.org"}, {"email": "sysadmin@example.org"}, {"role": "system_admin"},
    {"provider": "x"}, {"process": "connect"}, {"is_superuser": "on"},
])  # fmt: skip
def test_no_further_parameter_of_the_sign_in_changes_who_it_is(world, extra):
    client = Client()
    client.post(
        reverse("account_login") + "?" + "&".join(f"{k}={v}" for k, v in extra.items()),
        {"login": world.users["health"].email, "password": PASSWORD, **extra},
    )
    assert client.session["_auth_user_id"] == str(world.users["health"].pk)


def test_there_is_no_sign_in_by_another_provider_or_by_code():
    for name in ("socialaccount_login_error", "account_request_login_code", "openid_connect_login"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_leads_to_no_other_site(world, target):
    response = Client().post(
        reverse("account_login"), {"login": world.users["health"].email, "password": PASSWORD, "next": target}
    )
    assert response.status_code == 302
    assert "evil" not in response.url and "script" not in response.url


def test_a_new_pass_phrase_and_a_second_factor_are_recorded(world):
    client = signed_in(world, "leader")
    client.post(reverse("account_change_password"), {
        "oldpassword": PASSWORD, "password1": "another long pass phrase", "password2": "another long pass phrase"})  # fmt: skip
    assert world.user("leader").check_password("another long pass phrase")
    kinds = Event.objects.filter(by=world.users["leader"].pk).values_list("kind", flat=True)
    assert "account.password_changed" in kinds


def test_giving_up_the_second_factor_is_recorded(world):
    user = world.user("leader")
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("mfa_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert Event.objects.filter(by=user.pk, kind="account.totp_deactivated").exists()


def test_mails_name_no_child_and_hold_no_link_to_one(world):
    Client().post(reverse("account_reset_password"), {"email": world.users["leader"].email})
    assert len(mail.outbox) == 1
    text = mail.outbox[0].subject + mail.outbox[0].body
    assert "children/" not in text and "Ashby" not in text


def test_a_second_factor_is_demanded_on_every_address_but_ones_account(world, settings):
    settings.VCDB_MFA_ROLES = ["system_admin"]
    client = signed_in(world, "sysadmin")
    for address in ("/", "/admin/", "/admin/accounts/user/", "/admin/access/membership/add/", "/stay/", "/search/",
                    "/accounts/../admin/", "//accounts/../admin/", "/admin/?x=/accounts/"):  # fmt: skip
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code in (302, 404), address
            if response.status_code == 302:
                assert "/accounts/" in response.url, address
    client.post("/admin/access/membership/add/", {
        "user": world.users["sysadmin"].pk, "agency": 1, "role": "data_officer", "valid_from": "01/01/2026"})  # fmt: skip
    assert User.objects.get(pk=world.users["sysadmin"].pk).memberships.count() == 1
