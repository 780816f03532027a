"""The administration page by page: who opens it, what a system administrator adds and changes, what comes in and goes out."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.access.models import Membership
from apps.access.queries import may
from apps.agencies.models import Agency, SettingAlias, SharingAgreement
from apps.audit.models import Event
from apps.extracts.models import Feed
from apps.people.models import Professional
from tests.world import CAST

MODELS = (
    "accounts_user", "access_membership", "agencies_agency", "agencies_sharingagreement", "agencies_settingalias",
    "people_professional", "extracts_feed",
)  # fmt: skip
ADDED = (
    "accounts_user",
    "access_membership",
    "agencies_agency",
    "agencies_sharingagreement",
    "people_professional",
)
OTHERS = [who for who in CAST if who != "sysadmin"]


def signed_in(world, who):
    client = Client()
    client.force_login(world.user(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client(world):
    SettingAlias.objects.get_or_create(scheme="early_years_roll", code="Rainbow")
    return signed_in(world, "sysadmin")


def any_of(name):
    """The id of some row of a model."""
    found = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
    return found[name].objects.order_by("pk").first().pk


@pytest.mark.parametrize("name", MODELS)
def test_the_list_and_a_row_of_it_open(client, name):
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:{name}_change", args=[any_of(name)])).status_code == 200
    assert client.get(reverse(f"admin:{name}_history", args=[any_of(name)])).status_code == 200


@pytest.mark.parametrize("name", ADDED)
def test_what_can_be_added_has_a_form(client, name):
    assert client.get(reverse(f"admin:{name}_add")).status_code == 200


def test_its_parts_are_called_what_they_are_for_and_not_by_the_code(client):
    parts = client.get(reverse("admin:index")).context["app_list"]
    assert {"Feeds", "People who sign in", "Roles"} <= {part["name"] for part in parts}
    assert not [part["name"] for part in parts if part["name"].lower() == part["app_label"]]


def test_a_code_of_a_setting_comes_with_files_only(client):
    assert client.get(reverse("admin:agencies_settingalias_add")).status_code == 403


@pytest.mark.parametrize("name", MODELS)
def test_no_row_has_a_way_to_be_deleted(client, name):
    page = client.get(reverse(f"admin:{name}_change", args=[any_of(name)])).content.decode()
    assert "deletelink" not in page
    assert (
        client.post(reverse(f"admin:{name}_delete", args=[any_of(name)]), {"post": "yes"}).status_code == 403
    )


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("page", ["changelist", "change", "add"])
def test_nobody_else_opens_any_page_of_it_and_the_try_is_recorded(world, who, page):
    client = signed_in(world, who)
    before = Event.objects.filter(kind="access.refused").count()
    for name in MODELS:
        arguments = [any_of(name)] if page == "change" and name != "agencies_settingalias" else None
        if page == "change" and arguments is None:
            continue
        assert client.get(reverse(f"admin:{name}_{page}", args=arguments)).status_code == 403
    expected = len(MODELS) - (page == "change")
    assert Event.objects.filter(kind="access.refused").count() == before + expected


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_changes_anything_by_posting(world, who):
    client, feed = signed_in(world, who), Feed.objects.get(code="camhs")
    answer = client.post(reverse("admin:extracts_feed_change", args=[feed.pk]), {"title": "Mine"})
    assert answer.status_code == 403
    assert Feed.objects.get(pk=feed.pk).title == feed.title
    answer = client.post(reverse("admin:access_membership_add"), {
        "user": world.users[who].pk, "agency": feed.agency_id, "role": "system_admin", "valid_from": "01/01/2026"})  # fmt: skip
    assert answer.status_code == 403
    assert not Membership.objects.filter(user=world.users[who], role="system_admin").exists()


def test_who_is_not_signed_in_is_sent_to_sign_in(world):
    for name in MODELS:
        answer = Client().get(reverse(f"admin:{name}_changelist"))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def posted(client, page, row, **fields):
    """Send a form; the row as it then stands and the event of it."""
    where = reverse(f"admin:{page}_change", args=[row]) if row else reverse(f"admin:{page}_add")
    before = Event.objects.latest("pk").pk
    answer = client.post(where, fields)
    assert answer.status_code == 302, answer.context and answer.context["adminform"].form.errors
    return Event.objects.get(pk__gt=before, kind__startswith="admin.")


def test_a_feed_is_changed_and_the_event_says_which_fields(world, client):
    feed = Feed.objects.get(code="camhs")
    form = client.get(reverse("admin:extracts_feed_change", args=[feed.pk])).context["adminform"].form
    given = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    given = {
        name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in given.items()
    }
    given = {
        name: "on" if value is True else value for name, value in given.items() if value not in (None, False)
    }
    event = posted(
        client,
        "extracts_feed",
        feed.pk,
        **given | {"max_ended_percent": 25, "initial-services": given["services"]},
    )
    assert (event.kind, event.subject) == ("admin.changed", f"extracts.feed:{feed.pk}")
    assert event.by == world.users["sysadmin"].pk
    assert event.detail == {"fields": ["max_ended_percent"], "values": {"max_ended_percent": 25}}
    assert Feed.objects.get(pk=feed.pk).max_ended_percent == 25


def test_an_agreement_is_made_there_and_shows_from_its_first_day(world, client):
    camhs, school = Agency.objects.get(code="health-camhs"), Agency.objects.get(urn="900001")
    event = posted(client, "agencies_sharingagreement", None, provider=camhs.pk, recipient=school.pk, recipient_kind="", services="camhs",
                   level="existence", reference="ISA-99", legal_basis="", valid_from="01/01/2026", valid_until="")  # fmt: skip
    made = SharingAgreement.objects.get(reference="ISA-99")
    assert (event.kind, event.subject) == ("admin.added", f"agencies.sharingagreement:{made.pk}")
    assert (made.services, made.recipient) == (["camhs"], school)


def test_a_professional_is_added_and_tied_to_a_user(world, client):
    user, agency = world.users["health"], Agency.objects.get(code="health-camhs")
    event = posted(client, "people_professional", None, worker_id="W77", name="Nell Nurse", agency=agency.pk, job_title="", team="",
                   phone="", email="", user=user.pk, left_on="")  # fmt: skip
    made = Professional.objects.get(worker_id="W77")
    assert (made.user_id, event.subject) == (user.pk, f"people.professional:{made.pk}")
    assert "Nell" not in str(event.detail)


@pytest.mark.parametrize(("ends", "held"), [("31/12/2099", True), ("31/01/2026", False)])
def test_the_last_day_of_a_role_set_there_counts_at_once(world, client, ends, held):
    membership = Membership.objects.get(user=world.users["leader"])
    posted(
        client,
        "access_membership",
        membership.pk,
        role="leadership",
        valid_from="01/01/2026",
        valid_until=ends,
    )
    assert may(world.user("leader"), "report.view") == held


REGISTER = (
    "URN,LA (code),EstablishmentNumber,EstablishmentName,PhaseOfEducation (name),OpenDate,CloseDate\r\n"
)


def imported(client, rows):
    """Preview a register file and confirm it."""
    file = SimpleUploadedFile("edubase.csv", (REGISTER + rows).encode("cp1252"), "text/csv")
    preview = client.post(
        reverse("admin:agencies_agency_import"), {"import_file": file, "format": "0", "resource": "0"}
    )
    return preview, lambda: client.post(
        reverse("admin:agencies_agency_process_import"), preview.context["confirm_form"].initial
    )


def test_the_preview_of_an_import_saves_nothing_and_records_nothing(client):
    before = Agency.objects.count(), Event.objects.filter(kind="agencies.import").count()
    preview, _ = imported(client, "900078,890,4078,Birch,Primary,01-09-2001,\r\n")
    assert b"Birch" in preview.content
    assert (Agency.objects.count(), Event.objects.filter(kind="agencies.import").count()) == before


def test_an_import_again_updates_the_setting_it_made_and_says_when_it_closed(client):
    _, confirm = imported(client, "900078,890,4078,Birch,Primary,01-09-2001,\r\n")
    confirm()
    _, confirm = imported(client, "900078,890,4078,Birch Academy,Primary,01-09-2001,31-08-2026\r\n")
    confirm()
    setting = Agency.objects.get(urn="900078")
    assert (setting.name, setting.closed_on.isoformat()) == ("Birch Academy", "2026-08-31")


@pytest.mark.parametrize("page", ["import", "export"])
@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_imports_or_exports(world, who, page):
    assert signed_in(world, who).get(reverse(f"admin:agencies_agency_{page}")).status_code == 403


@pytest.mark.parametrize(("form", "start"), [("0", b"urn"), ("1", b"PK")])
def test_settings_go_out_as_a_table_and_as_a_workbook(client, form, start):
    fields = {f"establishmentresource_{field}": "on" for field in ("urn", "name")}
    answer = client.post(reverse("admin:agencies_agency_export"), {"format": form, "resource": "0", **fields})
    assert answer.status_code == 200
    assert answer.content.lower().startswith(start.lower()) or answer.content.startswith(b"\xef\xbb\xbf")
    if form == "0":
        assert b"900001" in answer.content
