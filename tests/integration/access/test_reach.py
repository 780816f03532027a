"""Who reaches which child, and what of them: the policy and row-level security give the same answer."""

from datetime import timedelta

import pytest
from django.db import connection

from apps.access.actions import grant, grant_child, revoke, withdraw_child
from apps.access.queries import (
    agencies_of,
    may,
    opened_by,
    permissions_of,
    role_of,
    sees_borough,
    sees_rating,
    shared_with,
)
from apps.access.reach import reach_of
from apps.access.roles import ROLES, Reason, with_reason
from apps.accounts.actions import close_account
from apps.agencies.actions import agree, end_agreement
from apps.agencies.models import Agency, SharingAgreement
from apps.children.models import Child, RecordAddress, SourceRecord
from apps.core.clock import today
from apps.core.errors import Refused
from apps.involvements.catalogue import ENROLMENTS, MEASURES
from apps.involvements.models import Involvement, InvolvementDetail, Sighting

REACH = {
    # own agency's records, and nothing else
    "social_worker": {"ada", "dan", "eve"},
    "health": {"ben"},
    # the whole borough but the restricted child; Dan is an early help family
    "early_help_officer": {"ada", "ben", "cleo", "dan", "eve"},
    "review_admin": {"ada", "ben", "cleo", "eve"},
    "data_officer": {"ada", "ben", "cleo", "eve"},
    # who is on roll, restricted or not
    "dsl": {"ada", "dan"},
    "other_dsl": {"cleo"},
    # nobody
    "leader": set(),
    "governance": set(),
    "sysadmin": set(),
    "outsider": set(),
}


def names(children):
    return {child.forename.lower() for child in children}


def answer(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("part", REACH)
def test_policy_and_row_security_reach_the_same_children(world, part):
    user = world.user(part)
    assert names(Child.objects.visible_to(user)) == REACH[part]
    with reach_of(user):
        assert names(Child.objects.all()) == REACH[part]
        assert names(Child.objects.visible_to(user)) == REACH[part]


def test_the_roles_of_the_database_are_those_of_the_table(world):
    for reason in Reason:
        assert set(answer("select vcdb_roles(%s)", reason.value)) == with_reason(reason), reason


def test_measures_and_enrolments_of_the_database_are_those_of_the_catalogue(world):
    assert {code: answer("select vcdb_service_of_measure(%s)", code) for code in MEASURES} == {
        measure.code: measure.service for measure in MEASURES.values()
    }
    assert answer("select vcdb_service_of_measure('unheard of')") is None
    assert all(answer("select vcdb_is_enrolment(%s)", code) for code in ENROLMENTS)
    assert not answer("select vcdb_is_enrolment('looked_after')")


@pytest.mark.parametrize("part", REACH)
def test_python_and_the_database_agree_on_a_persons_access(world, part):
    user = world.user(part)
    assert sorted(answer("select vcdb_own_agencies_of(%s)", user.pk)) == sorted(
        agency.pk for agency in agencies_of(user)
    )
    assert answer("select vcdb_borough_of(%s)", user.pk) is sees_borough(user)


def test_a_named_worker_reaches_the_child_without_an_agency_record(world):
    worker = world.user("social_worker")
    revoke(membership=worker.memberships.get(), reason="Moved", by=None)
    grant(user=worker, agency=Agency.objects.get(code="vemt"), role="practitioner", by=None)
    assert opened_by(world.user("social_worker")) == [world.child("ada").pk]
    with reach_of(world.user("social_worker")):
        assert names(Child.objects.all()) == {"ada"}


def test_only_a_practitioner_is_a_named_worker(world):
    worker = world.user("social_worker")
    revoke(membership=worker.memberships.get(), reason="Moved", by=None)
    grant(user=worker, agency=Agency.objects.get(code="council"), role="leadership", by=None)
    assert opened_by(world.user("social_worker")) == []


def test_a_restricted_child_opens_by_name_until_withdrawn(world):
    officer = world.user("review_admin")
    grant_child(
        user=officer, child=world.child("dan"), reason="Chairs the meeting", by=world.user("governance")
    )
    assert "dan" in names(Child.objects.visible_to(world.user("review_admin")))
    with reach_of(world.user("review_admin")):
        assert "dan" in names(Child.objects.all())
    withdraw_child(user=officer, child=world.child("dan"), reason="Meeting over", by=world.user("governance"))
    with reach_of(world.user("review_admin")):
        assert "dan" not in names(Child.objects.all())


def test_a_child_given_by_name_opens_nothing_without_a_role(world):
    grant_child(user=world.user("leader"), child=world.child("ada"), reason="Mistake", by=None)
    with reach_of(world.user("leader")):
        assert not Child.objects.exists()


def test_a_role_is_gone_the_day_after_it_ends_and_not_there_before_it_starts(world):
    membership = world.user("social_worker").memberships.get()
    for valid_from, valid_until, reached in (
        (today(), today(), True),
        (today() - timedelta(days=9), today() - timedelta(days=1), False),
        (today() + timedelta(days=1), None, False),
    ):
        grant(
            user=membership.user,
            agency=membership.agency,
            role="practitioner",
            by=None,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        assert may(world.user("social_worker"), "child.view") is reached
        with reach_of(world.user("social_worker")):
            assert Child.objects.exists() is reached


def test_a_closed_account_reaches_nothing(world):
    close_account(user=world.user("social_worker"), reason="Left", by=None)
    user = world.user("social_worker")
    assert permissions_of(user) == frozenset()
    with reach_of(user):
        assert not Child.objects.exists()


def test_a_superuser_flag_or_a_stray_model_permission_opens_nothing(world):
    from django.contrib.auth.models import Permission

    outsider = world.user("outsider")
    outsider.is_superuser = outsider.is_staff = True
    outsider.save()
    outsider.user_permissions.add(Permission.objects.get(codename="view_child"))
    assert not Child.objects.visible_to(world.user("outsider"))
    with reach_of(world.user("outsider")):
        assert not Child.objects.exists()


def services(child):
    return set(Involvement.objects.filter(record__child=child).values_list("service", flat=True))


def end_all(provider, *recipient_kinds):
    for agreement in SharingAgreement.objects.filter(
        provider__code=provider, recipient_kind__in=recipient_kinds
    ):
        end_agreement(agreement=agreement, reason="Test", by=None)


def test_an_agreement_shows_existence_apart_from_content(world):
    ada, csc = world.child("ada"), Agency.objects.get(code="csc")
    end_all("csc", "school", "early_years")
    of_social_work = InvolvementDetail.objects.filter(
        involvement__service="social_worker", involvement__record__child=ada
    )
    agree(provider=csc, services=["social_worker"], level="existence", recipient_kind="school", by=None)
    with reach_of(world.user("dsl")):
        assert services(ada) == {"social_worker", "early_years_roll"}
        assert not of_social_work.exists()
        assert not Sighting.objects.exists()
    agree(provider=csc, services=["social_worker"], level="content", recipient_kind="school", by=None)
    with reach_of(world.user("dsl")):
        assert of_social_work.exists()
        assert Sighting.objects.filter(record__child=ada).exists()


def test_a_sighting_is_content_of_the_services_of_its_feed(world):
    csc = Agency.objects.get(code="csc")
    end_all("csc", "school", "early_years")
    agree(provider=csc, services=["child_protection"], level="content", recipient_kind="school", by=None)
    agree(provider=csc, services=["social_worker"], level="existence", recipient_kind="school", by=None)
    with reach_of(world.user("dsl")):
        assert SourceRecord.objects.filter(agency=csc, child=world.child("ada")).exists()
        assert not Sighting.objects.exists()


def test_an_ended_agreement_bites_at_once(world):
    ada = world.child("ada")
    end_all("csc", "school", "early_years")
    assert not {
        pair
        for pair in shared_with(world.user("dsl"), "existence")
        if pair[0] == Agency.objects.get(code="csc").pk
    }
    with reach_of(world.user("dsl")):
        assert services(ada) == {"early_years_roll"}
        assert not SourceRecord.objects.filter(agency__code="csc").exists()


def test_an_agreement_opens_its_providers_service_only(world):
    """One service code can come from two providers: sharing one's does not share the other's."""
    for agreement in SharingAgreement.objects.filter(recipient_kind="health"):
        end_agreement(agreement=agreement, reason="Test", by=None)
    camhs, csc, other = (Agency.objects.get(code=code) for code in ("health-camhs", "csc", "csc-fc"))
    grant_child(user=world.user("health"), child=world.child("ada"), reason="Joint work", by=None)
    agree(provider=csc, services=["early_help"], level="existence", recipient=camhs, by=None)
    agree(provider=other, services=["social_worker"], level="existence", recipient=camhs, by=None)
    with reach_of(world.user("health")):
        assert "social_worker" not in services(world.child("ada"))
    agree(provider=csc, services=["social_worker"], level="existence", recipient=camhs, by=None)
    with reach_of(world.user("health")):
        assert "social_worker" in services(world.child("ada"))


def test_a_hidden_address_is_shown_only_to_those_given_the_child(world):
    eve = world.child("eve")
    with reach_of(world.user("social_worker")):
        assert names(Child.objects.all()) == REACH["social_worker"]
        assert set(RecordAddress.objects.values_list("record__child__forename", flat=True)) == {"Ada"}
    grant_child(user=world.user("social_worker"), child=eve, reason="Runs the refuge's plan", by=None)
    with reach_of(world.user("social_worker")):
        assert RecordAddress.objects.get(record__child=eve).address.startswith("5 Fifth Street")


def test_where_a_hidden_child_is_enrolled_is_told_to_the_setting_alone(world):
    dan = world.child("dan")
    with reach_of(world.user("dsl")):
        assert "early_years_roll" in services(dan)
    with reach_of(world.user("social_worker")):
        assert "early_years_roll" in services(world.child("ada"))
    for agreement in SharingAgreement.objects.filter(provider__code="education", recipient__code="csc"):
        end_agreement(agreement=agreement, reason="Test", by=None)
    with reach_of(world.user("social_worker")):
        assert "early_years_roll" not in services(dan)
        assert "early_years_roll" in services(world.child("ada"))


def test_a_setting_sees_ratings_only_where_its_agreement_says_so(world):
    from apps.ragp.models import Assessment

    assert sees_rating(world.user("dsl"))
    with reach_of(world.user("dsl")):
        assert Assessment.objects.filter(child=world.child("ada")).exists()
    for agreement in SharingAgreement.objects.filter(recipient_kind="school", shows_rating=True):
        end_agreement(agreement=agreement, reason="Test", by=None)
    assert not sees_rating(world.user("dsl"))
    with reach_of(world.user("dsl")):
        assert not Assessment.objects.exists()


def test_roles_fit_the_kind_of_agency(world):
    with pytest.raises(Refused, match="safeguarding lead"):
        grant(user=world.user("outsider"), agency=Agency.objects.get(code="csc"), role="school_dsl", by=None)
    with pytest.raises(Refused, match="not a role in"):
        grant(
            user=world.user("outsider"), agency=Agency.objects.get(urn="900001"), role="early_help", by=None
        )
    with pytest.raises(Refused, match="There is no role"):
        grant(user=world.user("outsider"), agency=Agency.objects.get(code="csc"), role="wizard", by=None)


def test_guardians_groups_follow_membership(world):
    from apps.access import grants

    worker = world.user("social_worker")
    assert [agency.code for agency in grants.agencies(worker)] == ["csc"]
    revoke(membership=worker.memberships.get(), reason="Left", by=None)
    assert not grants.agencies(world.user("social_worker"))
    assert not grants.agencies(world.user("leader"))


def test_a_grant_to_a_group_of_one_agency_opens_no_other(world):
    from apps.access import grants

    assert {agency.code for agency in grants.agencies(world.user("dsl"))} == {"urn-900001"}


def test_the_first_page_follows_the_first_role(world):
    worker = world.user("social_worker")
    assert role_of(worker) is ROLES["practitioner"]
    assert role_of(world.user("outsider")).permissions == frozenset()
    grant(user=worker, agency=Agency.objects.get(code="council"), role="data_officer", by=None)
    assert role_of(worker) is ROLES["practitioner"]
    assert may(worker, "import.run")
