"""What a system administrator could turn against the children's data: every such step is refused, or recorded with what it gave."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.access.models import Membership
from apps.agencies.models import Agency, SharingAgreement
from apps.audit.models import Event
from apps.people.models import Professional
from tests.world import PASSWORD


@pytest.fixture
def admin(world):
    client = Client()
    client.force_login(world.user("sysadmin"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def give(admin, user, agency, role, **more):
    return admin.post(reverse("admin:access_membership_add"), {
        "user": user.pk, "agency": Agency.objects.get(code=agency).pk, "role": role, "valid_from": "01/01/2026", **more})  # fmt: skip


def test_nobody_gives_themselves_a_role_that_sees_children(world, admin):
    response = give(admin, world.user("sysadmin"), "council", "data_officer")
    assert response.status_code == 200
    assert "yourself" in response.content.decode()
    assert not Membership.objects.filter(user=world.users["sysadmin"], role="data_officer").exists()


def test_nobody_prolongs_or_moves_their_own_way_to_children(world, admin):
    own = Membership.objects.create(
        user=world.users["sysadmin"], agency=Agency.objects.get(code="csc"), role="practitioner",
        valid_from="2026-01-01", valid_until="2026-01-31",
    )  # fmt: skip
    response = admin.post(
        reverse("admin:access_membership_change", args=[own.pk]),
        {"role": "practitioner", "valid_from": "01/01/2026", "valid_until": ""},
    )
    assert response.status_code == 200
    assert Membership.objects.get(pk=own.pk).valid_until is not None


def test_a_membership_keeps_its_role(world, admin):
    """Another role is another membership: else the check of who may hold it, and its record, would be passed by."""
    held = Membership.objects.get(user=world.users["leader"])
    admin.post(
        reverse("admin:access_membership_change", args=[held.pk]),
        {"role": "school_dsl", "valid_from": "01/01/2026"},
    )
    assert Membership.objects.get(pk=held.pk).role == "leadership"


def test_a_role_given_is_recorded_with_who_and_which(world, admin):
    assert give(admin, world.user("outsider"), "csc", "practitioner").status_code == 302
    made = Membership.objects.get(user=world.users["outsider"])
    event = Event.objects.get(kind="admin.added", subject=f"access.membership:{made.pk}")
    assert event.by == world.users["sysadmin"].pk
    assert event.detail["values"]["role"] == "practitioner"
    assert event.detail["values"]["user"] == world.users["outsider"].pk
    assert event.detail["values"]["agency"] == Agency.objects.get(code="csc").pk


def test_an_agreement_is_recorded_with_what_it_shares(world, admin):
    camhs, csc = Agency.objects.get(code="health-camhs"), Agency.objects.get(code="csc")
    response = admin.post(reverse("admin:agencies_sharingagreement_add"), {
        "provider": camhs.pk, "recipient": csc.pk, "recipient_kind": "", "level": "content", "services": "*", "reference": "X",
        "legal_basis": "", "valid_from": "01/01/2026"})  # fmt: skip
    assert response.status_code == 302, response.context["adminform"].form.errors
    made = SharingAgreement.objects.get(reference="X")
    values = Event.objects.get(subject=f"agencies.sharingagreement:{made.pk}").detail["values"]
    assert (values["provider"], values["recipient"]) == (camhs.pk, csc.pk)
    assert (values["services"], values["level"]) == (["*"], "content")


def test_a_directory_entry_tied_to_a_user_is_recorded_with_the_user(world, admin):
    worker = Professional.objects.get(worker_id="W1")
    response = admin.post(reverse("admin:people_professional_change", args=[worker.pk]), {
        "worker_id": "W1", "name": "Sol Worker", "agency": worker.agency_id, "user": world.users["health"].pk})  # fmt: skip
    assert response.status_code == 302, response.context["adminform"].form.errors
    event = Event.objects.get(kind="admin.changed", subject=f"people.professional:{worker.pk}")
    assert event.detail["values"]["user"] == world.users["health"].pk


@pytest.mark.parametrize("own", [True, False])
def test_nobody_says_of_themselves_which_worker_they_are(world, admin, own):
    """Who is a worker reaches that worker's children, the restricted ones too."""
    worker = Professional.objects.get(worker_id="W1")
    if own:
        Professional.objects.update(user=world.users["sysadmin"], left_on="2026-01-01")
    before = Professional.objects.values().get()
    response = admin.post(reverse("admin:people_professional_change", args=[worker.pk]), {
        "worker_id": "W1", "name": "Sol Worker", "agency": worker.agency_id,
        "user": world.users["health" if own else "sysadmin"].pk})  # fmt: skip
    assert response.status_code == 200 and "which worker you are" in response.content.decode()
    assert Professional.objects.values().get() == before


def test_nobody_takes_an_address_by_which_the_directory_would_take_them_for_a_colleague(world, admin):
    user = world.user("sysadmin")
    address = reverse("admin:accounts_user_change", args=[user.pk])
    sent = {"username": "sol", "email": "sol.worker@example.org", "first_name": "Sy", "last_name": "Admin", "job_title": "",
            "is_active": "on"}  # fmt: skip
    assert admin.post(address, sent).status_code == 302
    own = world.user("sysadmin")
    assert (own.username, own.email, own.first_name) == (user.username, user.email, "Sy")


def test_no_name_address_or_pass_phrase_goes_into_the_record(world, admin):
    admin.post(reverse("admin:accounts_user_add"), {
        "username": "quirin", "email": "quirin@example.org", "first_name": "Quirin", "last_name": "Unseen", "usable_password": "true",
        "password1": PASSWORD, "password2": PASSWORD})  # fmt: skip
    told = str(Event.objects.get(kind="admin.added").detail)
    assert "uirin" not in told and "pass phrase" not in told and "pbkdf2" not in told and "md5" not in told


def test_a_pass_phrase_set_for_somebody_is_recorded(world, admin):
    """Whoever sets it can sign in as that person."""
    user = world.user("social_worker")
    response = admin.post(
        reverse("admin:auth_user_password_change", args=[user.pk]),
        {
            "usable_password": "true",
            "password1": "set by somebody else",
            "password2": "set by somebody else",
            "set-password": "",
        },
    )
    assert response.status_code == 302
    assert world.user("social_worker").check_password("set by somebody else")
    event = Event.objects.get(kind="admin.password_set")
    assert (event.by, event.subject) == (world.users["sysadmin"].pk, f"accounts.user:{user.pk}")


@pytest.mark.parametrize("name", ["+1+1", "-1", "@SUM(1)", "=1+1", "\t=1", "＝1"])
@pytest.mark.parametrize("form", ["0", "1"])
def test_no_cell_of_an_export_runs(admin, name, form):
    Agency.objects.create(code="x", urn="900088", name=name, kind="school")
    response = admin.post(reverse("admin:agencies_agency_export"), {
        "format": form, "resource": "0", "establishmentresource_urn": "on", "establishmentresource_name": "on"})  # fmt: skip
    assert name not in {cell for row in cells(response, form) for cell in row}
    assert f"'{name}".strip() in {str(cell).strip() for row in cells(response, form) for cell in row}


def cells(response, form):
    import csv
    import io

    import openpyxl

    if form == "0":
        return list(csv.reader(io.StringIO(response.content.decode())))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [[cell.value or "" for cell in row] for row in book.active.iter_rows()]


@pytest.mark.parametrize("address", [
    "/admin/accounts/user/?password__startswith=md5", "/admin/people/professional/?involvements__category=x",
    "/admin/people/professional/?involvements__involvement__record__child__surname=Ashby",
    "/admin/agencies/agency/?pupils__surname__startswith=A", "/admin/accounts/user/?authenticator__data__contains=secret",
])  # fmt: skip
def test_no_filter_of_a_list_asks_about_children_or_secrets(admin, address):
    assert admin.get(address).status_code in (302, 400, 403)


def test_a_file_sent_for_import_is_named_by_the_service(world, admin):
    admin.raise_request_exception = False
    for name in ("../../../etc/passwd", "/etc/passwd", "..%2f..%2fetc%2fpasswd"):
        response = admin.post(reverse("admin:agencies_agency_process_import"), {
            "import_file_name": name, "original_file_name": "x.csv", "format": "0", "resource": ""})  # fmt: skip
        assert b"root:" not in response.content
