"""What a school reads of a service before, while and after an agreement shares it."""

from datetime import timedelta

import pytest

from apps.agencies.actions import agree, end_agreement
from apps.agencies.models import Agency, SharingAgreement
from tests.integration.stories import telling
from tests.integration.stories.telling import ELM, OAK, bring, lines_of, look, the
from tests.integration.stories.test_reach_after_changes import lead_of, roll, seen_by

pytestmark = pytest.mark.usefixtures("ground")


def state_of(service="camhs"):
    """What Elm's lead reads of a service on Ada's page."""
    line = lines_of(look(lead_of(ELM), the("Ada")))[service]
    return line.state.kind, line.category


def test_an_agreement_opens_a_service_to_a_school_and_its_end_closes_it():
    bring("camhs", telling.camhs("P1", "Ada"))
    assert state_of() == ("held", "")
    camhs, elm = Agency.objects.get(code="health-camhs"), Agency.objects.get(urn=ELM)
    existence = agree(provider=camhs, services=["camhs"], level="existence", by=None, recipient=elm)
    assert state_of() == ("known", "")
    content = agree(provider=camhs, services=["camhs"], level="content", by=None, recipient=elm)
    assert state_of() == ("known", "Anxiety")
    end_agreement(agreement=content, reason="Review", by=None)
    assert state_of() == ("known", "")
    end_agreement(agreement=existence, reason="Review", by=None)
    assert state_of() == ("held", "")


def test_an_agreement_for_one_school_is_not_one_for_all():
    bring("camhs", telling.camhs("P1", "Ada"))
    agree(
        provider=Agency.objects.get(code="health-camhs"), services=["camhs"], level="content", by=None,
        recipient=Agency.objects.get(urn=OAK),
    )  # fmt: skip
    assert state_of() == ("held", "")
    roll(Ada=OAK)
    line = lines_of(look(lead_of(OAK), the("Ada")))["camhs"]
    assert (line.state.kind, line.category) == ("known", "Anxiety")


@pytest.mark.parametrize(
    ("starts", "ends", "kind"), [(1, None, "held"), (-5, -1, "held"), (-5, 0, "known"), (0, None, "known")]
)
def test_an_agreement_holds_from_its_first_to_its_last_day(starts, ends, kind):
    bring("camhs", telling.camhs("P1", "Ada"))
    day = telling.today()
    agree(
        provider=Agency.objects.get(code="health-camhs"), services=["camhs"], level="existence", by=None, recipient_kind="school",
        valid_from=day + timedelta(days=starts), valid_until=None if ends is None else day + timedelta(days=ends),
    )  # fmt: skip
    assert state_of()[0] == kind


def test_an_agreement_about_one_service_says_nothing_of_another_of_the_same_agency():
    SharingAgreement.objects.filter(provider__code="csc").delete()
    bring("csc_people", *[
        row | ({"Allocated Worker ID": "W7", "Allocation Date": telling.days_ago(9)} if row["Forename"] == "Ada" else {})
        for row in telling.known_to_social_care()
    ])  # fmt: skip
    assert state_of("social_worker") == ("held", "")
    agree(
        provider=Agency.objects.get(code="csc"),
        services=["looked_after"],
        level="content",
        by=None,
        recipient_kind="school",
    )
    assert state_of("social_worker") == ("held", "")


def test_an_agreement_gives_sight_of_services_never_of_children():
    agree(
        provider=Agency.objects.get(code="csc"), services=["*"], level="content", by=None, recipient=Agency.objects.get(urn=OAK),
        shows_rating=True,
    )  # fmt: skip
    assert seen_by(lead_of(OAK)) == set()


def test_whether_a_school_sees_the_rating_is_the_agreements_to_say():
    bring("early_help", telling.early_help("H1", "Ada"))
    shown = look(lead_of(ELM), the("Ada")).context["page"].rating
    SharingAgreement.objects.filter(shows_rating=True).update(shows_rating=False)
    hidden = look(lead_of(ELM), the("Ada")).context["page"].rating
    assert shown != hidden
    assert "Green" in str(shown) and "Green" not in str(hidden)
