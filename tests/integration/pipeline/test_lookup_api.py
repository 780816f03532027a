"""Is this child known? Asked by another system: within its agency's reach, by its agreements, and recorded."""

import pytest
from django.test import Client

from apps.access.reach import answering, reach_of
from apps.agencies.actions import agree, end_agreement
from apps.agencies.models import Agency, SharingAgreement
from apps.audit.models import Event, SearchTerms
from apps.children.actions import restrict
from apps.children.models import Child
from apps.matching.lookup import Known
from apps.pipeline.api import actions
from apps.pipeline.api.gate import Service
from apps.pipeline.api.likeness import told
from tests.integration.pipeline.test_api import fits
from tests.world import bring

OLIVE = {"surname": "Quill", "forename": "Olive", "dob": "2016-03-09", "nhs_number": "999 204 1188"}
BEN = {"surname": "Bright", "forename": "Ben", "dob": "2022-05-04"}
SENT = {"LA Child ID": "C9", "Surname": "Quill", "Forename": "Olive", "Date of Birth": "09/03/2016", "NHS Number": "9992041188",
        "Allocated Worker ID": "W9", "Allocation Date": "01/10/2026"}  # fmt: skip
REFERRED = {"Local Patient ID": "P9", "NHS Number": "9992041188", "Family Name": "Quill", "Given Name": "Olive", "Birth Date": "09/03/2016",
            "Referral ID": "R9", "Referral Received": "01/09/2026"}  # fmt: skip


def token(agency, scopes=("children:lookup",)):
    return actions.make_token(
        title="Case system", agency=Agency.objects.get(code=agency), scopes=scopes, by=None
    )[1]


@pytest.fixture
def ask(world):
    bring("csc_people", SENT)
    world.children["olive"] = Child.objects.get(forename="Olive")
    secrets = {}

    def asked(agency, person, **how):
        secret = secrets.setdefault(agency, token(agency))
        headers = {"Authorization": f"Bearer {how.get('using', secret)}"}
        answer = Client().post(
            "/api/v1/lookup", person, content_type=how.get("kind", "application/json"), headers=headers
        )
        return fits(answer, "/lookup", "post")

    return asked


def test_a_child_of_ones_own_is_known_by_ones_own_reference(ask):
    answer = ask("csc", OLIVE).json()
    assert answer["answer"] == "known"
    assert answer["children"][0]["your_references"] == ["C9"]
    assert {"agency": "Children's social care", "service": "Allocated social worker"} in answer["children"][
        0
    ]["services"] or answer["children"][0]["services"]


def test_a_child_of_another_agency_reads_as_not_known(ask):
    """As for a person out of reach: the answer is that of a child nobody has heard of."""
    assert (
        ask("csc", BEN).json()
        == ask("csc", {**BEN, "forename": "Nobody"}).json()
        == {"answer": "not_known", "children": []}
    )
    assert ask("health-camhs", BEN).json()["answer"] in ("known", "perhaps")


def test_a_restricted_child_is_known_to_who_holds_it_alone(ask, world):
    restrict(child=world.child("olive"), hides="child", reason="Court order", by=None)
    assert ask("csc", OLIVE).json()["answer"] == "known"
    assert ask("health-camhs", OLIVE).json()["answer"] == "not_known"


def test_of_two_that_it_may_be_neither_is_known(world):
    """Each is the other's rival: no service of either is named."""
    found = [
        Known(world.child(name).pk, "link", "nhs_number", 20.0, {"nhs_number": ("exact", 20.0)})
        for name in ("dan", "eve")
    ]
    answers = told(found, Agency.objects.get(code="csc"))
    assert [(each["answer"], each["services"]) for each in answers] == [("perhaps", [])] * 2
    [alone] = told(found[1:], Agency.objects.get(code="csc"))
    assert alone["answer"] == "known" and alone["services"]


def test_services_are_named_by_agreement_alone(ask, world):
    bring("camhs", REFERRED)
    assert world.child("olive").records.count() == 2

    def named():
        return {each["agency"] for each in ask("csc", OLIVE).json()["children"][0]["services"]}

    for agreement in SharingAgreement.objects.filter(provider__code="health-camhs"):
        end_agreement(agreement=agreement, reason="Review", by=None)
    SharingAgreement.objects.filter(provider__code="health-camhs").update(
        valid_from="2019-01-01", valid_until="2020-01-01"
    )
    assert "CAMHS" not in named()
    agree(provider=Agency.objects.get(code="health-camhs"), services=["*"], level="existence", by=None,
          recipient=Agency.objects.get(code="csc"))  # fmt: skip
    assert "CAMHS" in named()


def test_no_name_and_no_other_agencys_number_is_in_an_answer(ask):
    bring("camhs", REFERRED)
    text = ask("csc", OLIVE).content.decode()
    assert '"C9"' in text
    assert not [word for word in ("Quill", "Olive", "P9", "999", "2016") if f'"{word}' in text]


def test_a_question_is_recorded_with_a_hash_and_its_words_apart(ask, world):
    before = Event.objects.latest("pk").pk
    ask("csc", OLIVE)
    events = {event.kind: event for event in Event.objects.filter(pk__gt=before).exclude(kind="token.made")}
    assert set(events) == {"search.run", "api.use"}
    found = events["search.run"]
    assert found.by is None and found.by_label.startswith("token ")
    assert found.children == [world.children["olive"].pk]
    assert "Quill" not in str(found.detail)
    assert SearchTerms.objects.get(event=found.pk).terms["surname"] == "Quill"


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ({"surname": "Ashby"}, 400),
        ({"surname": "Ashby", "forename": "Ada", "dob": "4/5/2022"}, 400),
        ({"nhs_number": "1234567890"}, 400),
        ({"upn": "nonsense"}, 400),
        ({"postcode": "nowhere", **BEN}, 400),
        ({"shoe_size": "7"}, 400),
        ({"surname": 7}, 400),
        ({**BEN, "surname": "Bri\0ght"}, 400),
        ('{"surname": "\\ud800", "forename": "Ben", "dob": "2022-05-04"}', 400),
        ([], 400),
        ("{", 400),
        ("[" * 9_000, 400),
        ({"surname": "A" * 20_000}, 400),
    ],
)
def test_a_question_that_cannot_be_read_is_told_why(ask, person, status):
    assert ask("csc", person).status_code == status


def test_only_json_and_only_with_the_scope(ask):
    assert ask("csc", "surname=Ashby", kind="application/x-www-form-urlencoded").status_code == 415
    sender = token("csc", scopes=["extracts:write", "extracts:read"])
    assert ask("csc", OLIVE, using=sender).status_code == 403


def test_the_reach_of_an_agency_ends_with_its_question(world):
    """A token is nobody again the moment it has been answered."""
    agency = Agency.objects.get(code="csc")
    with reach_of(Service()):
        assert Child.objects.count() == 0
        with answering(agency):
            assert set(Child.objects.values_list("forename", flat=True)) == {"Ada", "Dan", "Eve"}
        assert Child.objects.count() == 0


def test_somebody_signed_in_gains_nothing_by_the_setting(world):
    """It counts for nobody else than nobody."""
    agency = Agency.objects.get(code="csc")
    with reach_of(world.user("health")), answering(agency):
        assert set(Child.objects.values_list("forename", flat=True)) == {"Ben"}
