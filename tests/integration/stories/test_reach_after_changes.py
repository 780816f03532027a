"""Who sees a child before and after: moves, endings, departures, links, agreements, memberships."""

from datetime import timedelta

import pytest

from apps.access.actions import grant, grant_child, revoke, withdraw_child
from apps.access.models import Membership
from apps.access.reach import reach_of
from apps.accounts.actions import close_account
from apps.agencies.models import Agency
from apps.children.models import Child
from apps.involvements.models import Involvement
from apps.people.models import Professional
from tests.integration.stories import telling
from tests.integration.stories.telling import ELM, FAR, OAK, apart, bring, lines_of, look, somebody, the

pytestmark = pytest.mark.usefixtures("ground")


def seen_by(user):
    """Forenames of the children somebody reaches: by the database's policy and by the pages' own, which must agree."""
    with reach_of(user):
        by_database = set(Child.objects.filter(merged_into=None).values_list("forename", flat=True))
        by_pages = set(
            Child.objects.visible_to(user).filter(merged_into=None).values_list("forename", flat=True)
        )
    assert by_database == by_pages
    return by_database


def lead_of(urn):
    return somebody("school_dsl", f"urn-{urn}")


def roll(**places):
    """The whole roll with some children somewhere else, or ended where the place is None."""
    rows = []
    for row in telling.whole_roll():
        where = places.get(row["Forename"], ELM)
        place = {"Setting URN": where} if where else {"Leaving Date": telling.days_ago(1)}
        rows.append(row | place | {"Funded Hours": f"{len(places)}"})
    return bring("early_years_roll", *rows)


def test_at_first_a_school_sees_its_roll_and_others_nobody():
    assert seen_by(lead_of(ELM)) == {"Ada", "Ben", "Cal"}
    assert seen_by(lead_of(OAK)) == set()


def test_a_move_takes_the_child_from_one_school_to_the_other():
    roll(Ada=OAK)
    assert seen_by(lead_of(ELM)) == {"Ben", "Cal"}
    assert seen_by(lead_of(OAK)) == {"Ada"}
    assert look(lead_of(ELM), the("Ada")).status_code == 404
    assert look(lead_of(OAK), the("Ada")).status_code == 200


def test_a_move_there_and_back_ends_where_it_began():
    roll(Ada=OAK)
    roll()
    assert seen_by(lead_of(OAK)) == set()
    assert seen_by(lead_of(ELM)) == {"Ada", "Ben", "Cal"}
    assert the("Ada").setting.urn == ELM


def test_leaving_the_roll_ends_the_schools_sight_and_not_social_cares():
    roll(Ada=None)
    assert seen_by(lead_of(ELM)) == {"Ben", "Cal"}
    assert "Ada" in seen_by(somebody("practitioner", "csc"))
    assert the("Ada").setting is None


def test_a_leaving_date_to_come_keeps_the_child_in_sight_until_then():
    rows = [row | ({"Leaving Date": f"{telling.today() + timedelta(days=5):%d/%m/%Y}"} if row["Forename"] == "Ada" else {})
            for row in telling.whole_roll()]  # fmt: skip
    bring("early_years_roll", *rows)
    assert "Ada" in seen_by(lead_of(ELM))


def test_a_record_opens_the_child_to_its_agency_and_its_going_closes_it():
    health = somebody("practitioner", "health-camhs")
    assert seen_by(health) == set()
    bring("camhs", telling.camhs("P1", "Ada"), telling.camhs("P2", "Ben") | apart("Ben"))
    assert seen_by(health) == {"Ada", "Ben"}
    bring("camhs", telling.camhs("P2", "Ben") | apart("Ben"))
    assert seen_by(health) == {"Ben"}
    assert look(health, the("Ada")).status_code == 404


def test_a_referral_that_ended_keeps_the_record_and_so_the_sight():
    health = somebody("practitioner", "health-camhs")
    bring("camhs", telling.camhs("P1", "Ada", end=telling.days_ago(2)))
    assert seen_by(health) == {"Ada"}
    assert lines_of(look(health, the("Ada")))["camhs"].state.kind == "ended"


def test_the_named_worker_reaches_the_child_beyond_their_agency_and_no_longer_once_it_ended():
    worker = somebody("practitioner", "young-carers", "worker")
    Professional.objects.create(
        agency=Agency.objects.get(code="csc"), worker_id="W7", name="W Seven", user=worker
    )
    assert seen_by(worker) == set()
    bring("csc_people", *[
        row | ({"Allocated Worker ID": "W7", "Allocation Date": telling.days_ago(9)} if row["Forename"] == "Ben" else {})
        for row in telling.known_to_social_care()
    ])  # fmt: skip
    assert seen_by(worker) == {"Ben"}
    bring("csc_people", *(row | {"Team": "North"} for row in telling.known_to_social_care()))
    ended = Involvement.objects.get(service="social_worker", recorded_to=None)
    assert (ended.end_on, ended.end_inferred) == (telling.today(), True)
    # it holds to the end of its last day
    assert seen_by(worker) == {"Ben"}
    Involvement.objects.filter(pk=ended.pk).update(end_on=telling.today() - timedelta(days=1))
    assert seen_by(worker) == set()


def test_a_child_given_by_name_is_seen_until_it_is_withdrawn():
    nurse, officer = somebody("practitioner", "health-camhs"), somebody("data_officer", "council")
    grant_child(user=nurse, child=the("Cal"), reason="Joint visit", by=officer)
    assert seen_by(nurse) == {"Cal"}
    withdraw_child(user=nurse, child=the("Cal"), reason="Visit over", by=officer)
    assert seen_by(nurse) == set()


def test_a_role_that_ends_takes_the_sight_with_it_at_the_next_request():
    lead = lead_of(ELM)
    revoke(membership=Membership.objects.get(user=lead), by=None, reason="Left the school")
    assert seen_by(lead) == set()
    assert look(lead, the("Ada")).status_code == 403


@pytest.mark.parametrize(
    ("starts", "ends", "sees"),
    [(0, None, True), (0, 0, True), (-9, -1, False), (1, None, False), (-9, 9, True)],
    ids=["from today", "today only", "until yesterday", "from tomorrow", "in between"],
)
def test_a_membership_holds_from_its_first_to_its_last_day(starts, ends, sees):
    lead, day = lead_of(ELM), telling.today()
    until = None if ends is None else day + timedelta(days=ends)
    school = Agency.objects.get(urn=ELM)
    grant(
        user=lead,
        agency=school,
        role="school_dsl",
        by=None,
        valid_from=day + timedelta(days=starts),
        valid_until=until,
    )
    assert (seen_by(lead) == {"Ada", "Ben", "Cal"}) == sees
    assert bool(seen_by(lead)) == sees


def test_a_closed_account_sees_nothing():
    lead = lead_of(ELM)
    close_account(user=lead, reason="Left", by=None)
    lead.refresh_from_db()
    assert seen_by(lead) == set()


def test_roles_in_two_schools_see_both_rolls():
    lead = lead_of(OAK)
    roll(Ada=FAR)
    grant(user=lead, agency=Agency.objects.get(urn=FAR), role="school_dsl", by=None)
    grant(user=lead, agency=Agency.objects.get(urn=ELM), role="school_dsl", by=None)
    assert seen_by(lead) == {"Ada", "Ben", "Cal"}


@pytest.mark.parametrize("role", ["early_help", "review_admin", "data_officer"])
def test_borough_roles_see_children_nobody_of_theirs_knows(role):
    agency = "early-help" if role == "early_help" else "council"
    assert seen_by(somebody(role, agency)) == {"Ada", "Ben", "Cal"}


@pytest.mark.parametrize("role", ["leadership", "information_governance", "system_admin"])
def test_roles_without_children_see_none_by_any_way(role):
    assert seen_by(somebody(role, "council")) == set()
