"""Headers and cookies of every kind of answer, and that no form is taken from another site."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.lists.weeks import name_of
from tests.world import PASSWORD, SCHOOL_URN

NOWHERE = "00000000-0000-4000-8000-000000000000"


def answers(world):
    """Every kind of answer: page, refusal, missing, failure, file, redirect, sign-in, administration."""
    publish(week=week_of(today()), by=None)
    listed = f"/lists/mine/urn-{SCHOOL_URN}/{name_of(week_of(today()))}"
    asked = {
        "dsl": ["/", "/search/", f"/children/{world.child('ada').public_id}/", f"/children/{NOWHERE}/", f"{listed}/",
                f"{listed}.csv", f"{listed}.xlsx", "/triage/", "/lists/mine/", "/nowhere/"],
        "sysadmin": ["/", "/admin/", "/admin/accounts/user/", "/admin/nowhere/"],
    }  # fmt: skip
    for who, addresses in asked.items():
        client = Client(raise_request_exception=False)
        client.force_login(world.user(who))
        yield from ((address, client.get(address)) for address in addresses)
    yield from (
        (address, Client().get(address))
        for address in ("/", "/accounts/login/", "/accounts/password/reset/", "/health/")
    )


def test_no_answer_runs_anothers_script_is_framed_kept_or_guessed_at(world):
    wrong = []
    for address, response in answers(world):
        if address == "/health/":
            continue
        policy = response.headers.get("Content-Security-Policy", "")
        sound = (
            "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy and "*" not in policy
            and response.headers.get("X-Content-Type-Options") == "nosniff"
            and response.headers.get("X-Frame-Options") == "DENY"
            and response.headers.get("Referrer-Policy") == "same-origin"
            and "no-store" in response.headers.get("Cache-Control", "")
        )  # fmt: skip
        if not sound:
            wrong.append((address, response.status_code, dict(response.headers)))
    assert not wrong


def test_no_page_needs_a_script_or_style_written_into_it(world):
    """The policy would stop it: a page that has one is broken, or invites somebody to loosen the policy."""
    for address, response in answers(world):
        if "html" in response.headers.get("Content-Type", ""):
            text = response.content.decode()
            assert "<script>" not in text and " onclick=" not in text and "javascript:" not in text, address


def test_the_sessions_cookie_is_out_of_reach_of_scripts_and_other_sites(world):
    client = Client()
    client.post(reverse("account_login"), {"login": world.users["dsl"].email, "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert not cookie["max-age"], "it ends with the browser"


def test_the_session_is_a_new_one_after_the_sign_in(world):
    client = Client()
    client.get(reverse("account_login"))
    client.cookies["sessionid"] = "planted-by-somebody-else-0000000"
    client.post(reverse("account_login"), {"login": world.users["dsl"].email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != "planted-by-somebody-else-0000000"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("who, name, args", [
    ("early_help_officer", "triage:decide", []), ("early_help_officer", "triage:undo", []), ("early_help_officer", "triage:assign", []),
    ("data_officer", "pipeline:upload", []), ("data_officer", "pipeline:map-setting", [1]), ("dsl", "profiles:search", []),
    ("sysadmin", "admin:access_membership_add", []), ("sysadmin", "admin:accounts_user_add", []),
    ("sysadmin", "admin:agencies_agency_import", []), ("dsl", "account_logout", []), ("dsl", "account_change_password", []),
])  # fmt: skip
def test_no_form_is_taken_from_another_site(world, who, name, args):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user(who))
    assert client.post(reverse(name, args=args), {"name": "Ashby"}).status_code == 403


@pytest.mark.parametrize("name", ["triage:decide", "triage:undo", "triage:assign", "account_logout"])
def test_nothing_is_done_by_following_a_link(world, name):
    client = Client()
    client.force_login(world.user("early_help_officer"))
    response = client.get(reverse(name))
    assert response.status_code in (200, 405)
    assert client.get("/").status_code == 200, "still signed in"
