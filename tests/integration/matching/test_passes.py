"""The deterministic passes as a table: what one agency knows, what another sends, and what must come of it."""

from datetime import date

import pytest

from apps.children.models import Child, SourceRecord
from apps.matching.models import Decision, LinkVersion, Question
from tests.integration.matching.arrivals import arrive, feed, person

pytestmark = pytest.mark.django_db

BORN = date(2014, 3, 9)
NHS, OTHER_NHS = "9990000018", "9990000026"
UPN, OTHER_UPN = "A808400015001", "B808400015002"
ADA = {
    "surname": "Marsh",
    "forename": "Ada",
    "dob": BORN,
    "address": "1 Fern Row, Wenlow",
    "postcode": "ZZ1 1AA",
}

CASES = {
    # linked: an agreeing strong identifier, or everything including where the child lives
    "everything agrees": (ADA, ADA, "linked", "name_birth_address"),
    "postcode stands for the address": (
        ADA,
        {**ADA, "address": "One Fern Row"},
        "linked",
        "name_birth_address",
    ),
    "accents and hyphens do not matter": (
        {**ADA, "surname": "Marsh-Lee", "forename": "Zoë"},
        {**ADA, "surname": "MARSH LEE", "forename": "Zoe"},
        "linked",
        "name_birth_address",
    ),
    "NHS number with a changed surname": (
        {**ADA, "nhs_number": NHS},
        {**ADA, "surname": "Hall", "nhs_number": NHS},
        "linked",
        "nhs_number",
    ),
    "NHS number, day and month swapped": (
        {**ADA, "nhs_number": NHS},
        {**ADA, "dob": date(2014, 9, 3), "nhs_number": NHS, "address": "", "postcode": ""},
        "linked",
        "nhs_number",
    ),
    "NHS number, forename spelt another way": (
        {**ADA, "forename": "Isobel", "nhs_number": NHS},
        {**ADA, "forename": "Isabel", "nhs_number": NHS},
        "linked",
        "nhs_number",
    ),
    "UPN, moved house": (
        {**ADA, "upn": UPN},
        {**ADA, "upn": UPN, "address": "9 Elm Close", "postcode": "ZZ9 9ZZ"},
        "linked",
        "upn",
    ),
    "former UPN": (
        {**ADA, "upn": UPN},
        {**ADA, "upn": OTHER_UPN, "former_upn": UPN, "address": "", "postcode": ""},
        "linked",
        "upn",
    ),
    # asked: it might be, and a person must say
    "name and birth date alone": (
        ADA,
        {**ADA, "address": "9 Elm Close", "postcode": "ZZ9 9ZZ"},
        "question",
        "no_address",
    ),
    "no address given": (ADA, {**ADA, "address": "", "postcode": ""}, "question", "no_address"),
    "another forename at the address": (ADA, {**ADA, "forename": "Grace"}, "question", "perhaps_twins"),
    "birth date one day off": (ADA, {**ADA, "dob": date(2014, 3, 10)}, "question", "birth_date_near"),
    "birth date one day off over a month's end": (
        {**ADA, "dob": date(2014, 3, 31)},
        {**ADA, "dob": date(2014, 4, 1)},
        "question",
        "birth_date_near",
    ),
    "a sibling's NHS number typed on the wrong child": (
        {**ADA, "nhs_number": NHS},
        {**ADA, "forename": "Grace", "dob": date(2016, 7, 1), "nhs_number": NHS},
        "question",
        "identifier_contradicted",
    ),
    "same child by name, other NHS number": (
        {**ADA, "nhs_number": NHS},
        {**ADA, "nhs_number": OTHER_NHS},
        "question",
        "identifiers_differ",
    ),
    # new: another child
    "twins told apart by their NHS numbers": (
        {**ADA, "nhs_number": NHS},
        {**ADA, "forename": "Grace", "nhs_number": OTHER_NHS},
        "new",
        "",
    ),
    "namesakes told apart by their UPNs": (
        {**ADA, "upn": UPN},
        {**ADA, "upn": OTHER_UPN, "address": "9 Elm Close", "postcode": "ZZ9 9ZZ"},
        "new",
        "",
    ),
    "a sibling of another age": (ADA, {**ADA, "forename": "Grace", "dob": date(2011, 1, 2)}, "new", ""),
    "nothing in common": (ADA, {"surname": "Okafor", "forename": "Tobi", "dob": date(2010, 5, 5)}, "new", ""),
    # nameless: kept in sight, never matched on what it lacks
    "no name": ({**ADA, "upn": UPN}, {"dob": BORN, "upn": UPN}, "nameless", ""),
    # a clerk would want to see it: who else was born there that day?
    "an infant without a name": (ADA, {**ADA, "forename": "Baby"}, "question", "unnamed"),
}


@pytest.mark.parametrize(("known", "sent", "outcome", "rule"), CASES.values(), ids=CASES)
def test_a_record_of_another_agency_is_linked_asked_about_or_new(known, sent, outcome, rule):
    arrive(feed("health"), [person("H1", **known)])
    arrive(feed("youth"), [person("Y1", **sent)])
    theirs, ours = SourceRecord.objects.get(local_id="Y1"), SourceRecord.objects.get(local_id="H1")
    decision = Decision.objects.get(record=theirs)
    assert (decision.outcome, decision.rule) == (outcome, rule)
    assert (theirs.child_id == ours.child_id) == (outcome == "linked")
    assert theirs.child.provisional == (outcome in ("question", "nameless"))
    assert LinkVersion.objects.get(record=theirs, recorded_to=None).child_id == theirs.child_id
    candidates = [c.child_id for q in Question.objects.filter(record=theirs) for c in q.candidates.all()]
    assert candidates == ([ours.child_id] if outcome == "question" else [])


def test_one_system_that_gives_two_ids_says_they_are_two_children():
    arrive(feed("health"), [person("H1", **ADA), person("H2", **ADA | {"forename": "Grace"})])
    assert Child.objects.filter(provisional=False).count() == 2


def test_each_twin_finds_its_own_record():
    arrive(feed("health"), [person("H1", **ADA), person("H2", **ADA | {"forename": "Grace"})])
    arrive(feed("youth"), [person("Y1", **ADA), person("Y2", **ADA | {"forename": "Grace"})])
    children = dict(SourceRecord.objects.values_list("local_id", "child_id"))
    assert children["Y1"] == children["H1"]
    assert children["Y2"] == children["H2"]
    assert not Question.objects.exists()


def test_two_namesakes_at_one_address_are_asked_about():
    arrive(feed("health"), [person("H1", **ADA), person("H2", **ADA)])
    arrive(feed("youth"), [person("Y1", **ADA)])
    question = Question.objects.get(record__local_id="Y1")
    assert question.rule == "several_children"
    # one system's two ids for what looks like one child are asked about as well
    assert Question.objects.get(record__local_id="H2").rule == "same_system"
    assert question.candidates.count() == 2


def test_a_namesake_elsewhere_makes_a_link_without_identifier_a_question():
    arrive(
        feed("health"),
        [person("H1", **ADA), person("H2", **ADA | {"address": "9 Elm Close", "postcode": "ZZ9 9ZZ"})],
    )
    arrive(feed("youth"), [person("Y1", **ADA)])
    assert Question.objects.get(record__local_id="Y1").rule == "rival"


def test_a_nameless_record_joins_its_child_when_its_name_arrives():
    arrive(feed("health"), [person("H1", **ADA)])
    arrive(feed("care", scheme="la_child_id"), [person("L1", dob=BORN)])
    provisional = SourceRecord.objects.get(local_id="L1").child
    assert provisional.provisional_because == "nameless"
    arrive(feed("people", scheme="la_child_id"), [person("L1", **ADA)])
    record = SourceRecord.objects.get(local_id="L1")
    provisional.refresh_from_db()
    assert record.child == SourceRecord.objects.get(local_id="H1").child
    assert provisional.merged_into == record.child
    assert record.links.count() == 2


def test_a_nameless_record_nobody_knows_becomes_the_child_its_name_says():
    arrive(feed("care", scheme="la_child_id"), [person("L1", dob=BORN)])
    before = SourceRecord.objects.get(local_id="L1").child_id
    arrive(feed("people", scheme="la_child_id"), [person("L1", **ADA)])
    child = Child.objects.get(pk=before)
    assert (child.full_name, child.provisional, child.merged_into) == ("MARSH, Ada", False, None)


def test_the_better_source_names_the_child_and_the_field_says_where_it_came_from():
    arrive(
        feed("youth", priority=80),
        [person("Y1", **ADA | {"surname": "Marshe", "nhs_number": NHS, "ethnicity": "WBRI"})],
    )
    arrive(feed("people", priority=10), [person("L1", **ADA | {"nhs_number": NHS})])
    child = SourceRecord.objects.get(local_id="L1").child
    version = {r.local_id: r.versions.get().pk for r in child.records.all()}
    assert child.surname == "Marsh"
    assert child.sources["name"] == version["L1"]
    assert child.sources["ethnicity"] == version["Y1"]
