"""What a stranger or a malicious sender of files gets by sending: markup in names, too much at once, words in the log."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.access.mfa import check_roles
from apps.access.queries import opened_by
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.extracts.models import Extract, Feed
from apps.lists.actions import publish
from apps.lists.weeks import name_of
from apps.people.models import Professional
from apps.pipeline.tasks import forget_sessions
from apps.ragp.actions import assess
from apps.ragp.models import Scheme
from apps.triage.actions import open_items
from tests.integration.ragp.facts import days_ago, involve
from tests.world import PASSWORD, SCHOOL_URN, bring

TAG = '"><img src=x onerror=alert(1)>'
BORN = "04/05/2022"


@pytest.fixture
def marked(world):
    """Names, addresses, workers and a school's name that are markup, through the agencies' own files."""
    Scheme.objects.update(watched_from=timezone.now())
    bring("gias", {"URN": SCHOOL_URN, "LA (code)": "890", "EstablishmentNumber": "0001", "EstablishmentName": f"Elm{TAG}",
                   "PhaseOfEducation (name)": "Primary", "TelephoneNum": "01"})  # fmt: skip
    bring("professionals", {"Worker ID": "W1", "Name": f"Sol{TAG}", "Team": TAG, "Agency": "csc", "Job Title": TAG,
                            "Email": world.users["social_worker"].email})  # fmt: skip
    bring("early_help", *(
        {"EHM ID": ref, "Forename": f"{forename}{TAG}", "Surname": f"{surname}{TAG}", "Date of Birth": BORN, "Address": TAG,
         "Postcode": "ZZ2 1ZZ", "Episode ID": f"E{ref}", "Start Date": "01/10/2026", "Support Level": TAG, "Reason": TAG,
         "Lead Practitioner ID": "W1", "Last Contact Date": "02/11/2026", "Last Contact By": TAG, "Last Contact Type": TAG}
        for ref, surname, forename in (("H3", "Cole", "Cleo"), ("H4", "Dunne", "Dan"), ("H8", "Marked", "Mia"))
    ))  # fmt: skip
    child = Child.objects.get(surname__startswith="Marked")
    bring("early_years_roll", *(
        {"Child Ref": ref, "Forename": forename, "Surname": surname, "Date of Birth": BORN, "Postcode": "ZZ2 1ZZ", "Address": TAG,
         "Setting URN": SCHOOL_URN, "Start Date": "01/09/2026"}
        for ref, surname, forename in (("Y1", "Ashby", "Ada"), ("Y3", "Cole", "Cleo"), ("Y4", "Dunne", "Dan"),
                                       ("Y8", f"Marked{TAG}", f"Mia{TAG}"))
    ))  # fmt: skip
    child.refresh_from_db()
    involve(child, "child_protection", days_ago(1), category=TAG)
    assess(by=None)
    open_items(by=None)
    publish(week=week_of(today()), by=None)
    return child


def opened(client, world, who, address, **query):
    client.force_login(world.user(who))
    shown = client.get(address, query)
    assert shown.status_code == 200, address
    return shown.content


def test_no_page_runs_markup_out_of_a_file(client, world, marked):
    page = reverse("profiles:child", args=[marked.public_id])
    listed = f"urn-{SCHOOL_URN}/{name_of(week_of(today()))}/"
    pages = [
        opened(client, world, "early_help_officer", page, all=""),
        opened(client, world, "dsl", page, all=""),
        opened(client, world, "early_help_officer", reverse("triage:queue"), child=str(marked.public_id)),
        opened(client, world, "early_help_officer", f"/lists/all/{listed}", show="all"),
        opened(client, world, "dsl", f"/lists/mine/{listed}", show="all"),
        opened(client, world, "early_help_officer", "/"),
        opened(client, world, "social_worker", "/"),
        opened(client, world, "dsl", "/"),
        opened(client, world, "data_officer", reverse("pipeline:questions")),
        opened(client, world, "data_officer", reverse("pipeline:feeds")),
        opened(client, world, "sysadmin", "/admin/agencies/agency/"),
        opened(client, world, "sysadmin", "/admin/people/professional/"),
    ]
    client.force_login(world.user("early_help_officer"))
    pages.append(client.post(reverse("profiles:search"), {"name": f"Marked{TAG}"}, follow=True).content)
    assert b"<img src=x" not in b"".join(pages)
    assert sum(b"&lt;img src=x" in each for each in pages) >= 9, "the names are shown, as text"


def test_the_name_of_a_file_is_text_too_and_no_path(client, world):
    client.force_login(world.user("data_officer"))
    file = SimpleUploadedFile(f"..\\..//etc/{TAG}.csv", b"EHM ID,Forename\r\n1,Ada\r\n")
    shown = client.post(
        reverse("pipeline:upload"),
        {"feed": Feed.objects.get(code="early_help").code, "files": file},
        follow=True,
    )
    assert shown.status_code in (200, 422)
    assert b"<img src=x" not in shown.content
    for stored in Extract.objects.latest("pk").files:
        assert re.fullmatch(r"\d+\.bin", stored["stored"])
        assert "/" not in stored["name"] and ".." not in stored["name"]


class Body:
    """A body of a claimed length that tells whether anybody began to read it."""

    read_at_all = False

    def read(self, size=-1):
        self.read_at_all = True
        return b""

    readline = read


def post_of_length(client, length):
    body = Body()
    sent = {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(length),
        "wsgi.input": body,
    }
    return client.generic("POST", reverse("pipeline:upload"), **sent), body


def test_nobody_fills_the_disk_before_signing_in(db):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32  # with which the check reads the form before any gate is asked
    response, body = post_of_length(client, 50 << 20)
    assert response.status_code == 400
    assert not body.read_at_all


def test_nor_by_more_than_an_extract_may_hold(client, world):
    client.force_login(world.user("data_officer"))
    response, body = post_of_length(client, 2 << 30)
    assert response.status_code == 400
    assert not body.read_at_all


def test_a_pass_phrase_cannot_be_tried_for_ever(world):
    client = Client()
    answers = [
        client.post(
            reverse("account_login"), {"login": world.users["leader"].email, "password": f"guess number {n}"}
        )
        for n in range(15)
    ]
    last = client.post(reverse("account_login"), {"login": world.users["leader"].email, "password": PASSWORD})
    assert answers[0].status_code == 200
    assert last.status_code != 302


def test_a_misspelt_role_does_not_switch_the_second_factor_off(settings):
    for right in ([], ["*"], ["practitioner", "system_admin"]):
        settings.VCDB_MFA_ROLES = right
        check_roles()
    settings.VCDB_MFA_ROLES = ["practitionr"]
    with pytest.raises(ImproperlyConfigured, match="practitionr"):
        check_roles()


def test_who_has_left_a_team_leads_nobody_any_more(world):
    assert opened_by(world.user("social_worker")) == [world.child("ada").pk]
    Professional.objects.filter(worker_id="W1").update(left_on=today() - timedelta(days=1))
    assert opened_by(world.user("social_worker")) == []


def test_what_was_searched_for_does_not_outlive_its_session(client, world):
    client.force_login(world.user("social_worker"))
    client.post(reverse("profiles:search"), {"name": "Ashby"})
    running = Session.objects.get(pk=client.session.session_key)
    over = Session.objects.create(
        session_key="over", session_data=running.session_data, expire_date=timezone.now() - timedelta(1)
    )
    forget_sessions()
    assert Session.objects.filter(pk=running.pk).exists()
    assert not Session.objects.filter(pk=over.pk).exists()
