"""The administration: what a system administrator does there, that it is recorded, and that no child is in it."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.access.models import Membership
from apps.access.queries import may
from apps.access.site import ByRole
from apps.accounts.models import User
from apps.agencies.models import Agency, SharingAgreement
from apps.audit.models import Event
from tests import world as worlds


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.user("sysadmin"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_only_pages_of_this_service_are_in_it_and_none_of_children():
    models = {model._meta.label for model in admin.site._registry}
    assert models == {
        "accounts.User", "access.Membership", "agencies.Agency", "agencies.SharingAgreement", "agencies.SettingAlias",
        "people.Professional", "extracts.Feed", "pipeline.Token", "lists.Term", "lists.Asking",
        "reports.Population", "reports.SeenStandard", "reports.Capacity",
    }  # fmt: skip
    assert all(isinstance(page, ByRole) for page in admin.site._registry.values())


@pytest.mark.parametrize("name", [
    "accounts_user", "access_membership", "agencies_agency", "agencies_sharingagreement", "agencies_settingalias",
    "people_professional", "extracts_feed", "lists_term", "lists_asking", "reports_population", "reports_seenstandard", "reports_capacity",
])  # fmt: skip
def test_every_list_opens_and_searches(client, name):
    response = client.get(reverse(f"admin:{name}_changelist"), {"q": "elm"})
    assert response.status_code == 200


def test_a_user_is_made_given_a_role_and_signs_in(world, client):
    response = client.post(reverse("admin:accounts_user_add"), {
        "username": "new", "email": "new@example.org", "first_name": "N", "last_name": "U", "usable_password": "true",
        "password1": worlds.PASSWORD, "password2": worlds.PASSWORD,
    })  # fmt: skip
    assert response.status_code == 302, response.context["adminform"].form.errors
    user = User.objects.get(email="new@example.org")
    assert not user.is_superuser and not user.is_staff
    agency = Agency.objects.get(code="csc")
    response = client.post(
        reverse("admin:access_membership_add"),
        {"user": user.pk, "agency": agency.pk, "role": "practitioner", "valid_from": "01/01/2026"},
    )
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert may(User.objects.get(pk=user.pk), "child.view")
    assert user.groups.get().name == "agency:csc"
    kinds = Event.objects.filter(by=world.users["sysadmin"].pk, kind="admin.added").values_list(
        "subject", flat=True
    )
    assert set(kinds) == {
        f"accounts.user:{user.pk}",
        f"access.membership:{Membership.objects.get(user=user).pk}",
    }
    assert (
        Client()
        .post(reverse("account_login"), {"login": "new@example.org", "password": worlds.PASSWORD})
        .status_code
        == 302
    )


def test_a_role_in_the_wrong_kind_of_agency_is_refused_with_the_actions_words(world, client):
    response = client.post(reverse("admin:access_membership_add"), {
        "user": world.users["outsider"].pk, "agency": Agency.objects.get(code="csc").pk, "role": "school_dsl", "valid_from": "01/01/2026",
    })  # fmt: skip
    assert "safeguarding lead" in response.content.decode()
    assert not world.user("outsider").memberships.exists()


def test_a_form_cannot_make_a_superuser(world, client):
    user = world.user("outsider")
    client.post(reverse("admin:accounts_user_change", args=[user.pk]), {
        "username": user.username, "email": user.email, "first_name": "", "last_name": "", "is_active": "on",
        "is_superuser": "on", "is_staff": "on", "groups": "1", "user_permissions": "1",
    })  # fmt: skip
    user = world.user("outsider")
    assert not user.is_superuser and not user.is_staff and not user.user_permissions.exists()


def test_an_agreement_is_ended_there_and_recorded(world, client):
    agreement = SharingAgreement.objects.filter(recipient__isnull=False).first()
    response = client.post(reverse("admin:agencies_sharingagreement_change", args=[agreement.pk]), {
        "provider": agreement.provider_id, "recipient": agreement.recipient_id, "recipient_kind": "", "level": agreement.level,
        "services": ",".join(agreement.services), "reference": agreement.reference, "legal_basis": agreement.legal_basis,
        "valid_from": "01/01/2026", "valid_until": "31/01/2026",
    })  # fmt: skip
    assert response.status_code == 302, response.context["adminform"].form.errors
    event = Event.objects.get(kind="admin.changed", subject=f"agencies.sharingagreement:{agreement.pk}")
    assert "valid_until" in event.detail["fields"]


def test_nothing_is_deleted_there(world, client):
    agency = Agency.objects.get(code="vemt")
    assert (
        client.post(reverse("admin:agencies_agency_delete", args=[agency.pk]), {"post": "yes"}).status_code
        == 403
    )
    client.post(
        reverse("admin:agencies_agency_changelist"),
        {"action": "delete_selected", "_selected_action": agency.pk, "post": "yes"},
    )
    assert Agency.objects.filter(code="vemt").exists()


def test_a_register_download_comes_in_by_preview_and_confirmation(client):
    register = (
        "URN,LA (code),EstablishmentNumber,EstablishmentName,PhaseOfEducation (name),TelephoneNum,Postcode,OpenDate,CloseDate\r\n"
        "900077,890,4077,St Bede’s,Primary,01,ZZ2 1ZZ,01-09-2001,\r\n"
    ).encode("cp1252")
    file = SimpleUploadedFile("edubase.csv", register, "text/csv")
    preview = client.post(
        reverse("admin:agencies_agency_import"), {"import_file": file, "format": "0", "resource": "0"}
    )
    assert not Agency.objects.filter(urn="900077").exists()
    confirm = preview.context["confirm_form"]
    response = client.post(reverse("admin:agencies_agency_process_import"), confirm.initial)
    assert response.status_code == 302
    setting = Agency.objects.get(urn="900077")
    assert (setting.name, setting.laestab, setting.kind, setting.code) == (
        "St Bede’s",
        "8904077",
        "school",
        "urn-900077",
    )
    assert setting.opened_on.isoformat() == "2001-09-01"
    assert Event.objects.filter(kind="agencies.import", detail__file="administration").exists()


def test_an_export_makes_formulas_harmless(client):
    Agency.objects.create(code="x", urn="900088", name="=HYPERLINK(1)", kind="school")
    response = client.post(reverse("admin:agencies_agency_export"), {"format": "0", "resource": "0", **{
        f"establishmentresource_{field}": "on" for field in ("urn", "name")}})  # fmt: skip
    assert b"900088" in response.content
    assert b",=HYPERLINK" not in response.content
