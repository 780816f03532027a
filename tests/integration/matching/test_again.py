"""What comes later: an open question may resolve by itself, a correction takes apart what a slip joined, and a person's word stands."""

from datetime import date

import pytest
from django.utils import timezone

from apps.children.models import Child, SourceRecord
from apps.matching.models import Apart, Decision, LinkVersion, Question
from tests.integration.matching.arrivals import arrive, feed, person
from tests.integration.matching.test_passes import ADA, BORN, NHS, OTHER_NHS

pytestmark = pytest.mark.django_db

MOVED = {**ADA, "address": "9 Elm Close", "postcode": "ZZ9 9ZZ"}


def child_of(local_id):
    return SourceRecord.objects.get(local_id=local_id).child


def decided_by_a_person(local_id):
    record = SourceRecord.objects.get(local_id=local_id)
    decision = Decision.objects.create(
        record=record, child=record.child, outcome="linked", rule="person", by=1, at=timezone.now()
    )
    LinkVersion.objects.filter(record=record, recorded_to=None).update(decision=decision)


def test_a_question_resolves_when_its_own_record_says_more():
    arrive(feed("health"), [person("H1", **ADA, nhs_number=NHS)])
    arrive(feed("youth"), [person("Y1", **MOVED)])
    provisional = child_of("Y1")
    assert Question.objects.get(closed_at=None).rule == "no_address"
    arrive(feed("youth"), [person("Y1", **MOVED, nhs_number=NHS)])
    assert child_of("Y1") == child_of("H1")
    provisional.refresh_from_db()
    assert provisional.merged_into == child_of("H1")
    question = Question.objects.get()
    assert (question.closed_at is None, question.answer, question.answered_by) == (False, "", None)
    assert Decision.objects.filter(record__local_id="Y1").latest("pk").by is None


def test_a_question_resolves_when_the_child_it_asks_about_gains_the_missing_address():
    arrive(feed("health"), [person("H1", **ADA, nhs_number=NHS)])
    arrive(feed("youth"), [person("Y1", **MOVED)])
    arrive(feed("school"), [person("S1", **MOVED, nhs_number=NHS)])
    assert child_of("S1") == child_of("H1") == child_of("Y1")
    assert not Question.objects.filter(closed_at=None).exists()


def test_all_records_of_a_provisional_child_go_where_its_question_goes():
    arrive(feed("health"), [person("H1", **ADA, nhs_number=NHS)])
    arrive(feed("youth"), [person("Y1", **MOVED)])
    arrive(feed("camhs"), [person("C1", **MOVED)])
    assert child_of("C1") == child_of("Y1") != child_of("H1")
    arrive(feed("youth"), [person("Y1", **MOVED, nhs_number=NHS)])
    assert child_of("C1") == child_of("Y1") == child_of("H1")


def test_a_wrong_number_corrected_at_source_takes_the_record_out_again():
    arrive(feed("health"), [person("H1", **{**ADA, "forename": "Ella"}, nhs_number=NHS)])
    wrong = {**MOVED, "forename": "Ellie", "dob": BORN}
    arrive(feed("youth"), [person("Y1", **wrong, nhs_number=NHS)])
    assert child_of("Y1") == child_of("H1")
    arrive(feed("youth"), [person("Y1", **wrong, nhs_number=OTHER_NHS)])
    assert child_of("Y1") != child_of("H1")


def test_a_wrong_number_corrected_at_source_takes_the_record_out_though_it_came_first():
    wrong = {**MOVED, "surname": "Oakes", "middle_names": "Rose"}
    arrive(feed("youth"), [person("Y1", **wrong, nhs_number=NHS)])
    arrive(feed("health"), [person("H1", **ADA, nhs_number=NHS)])
    assert child_of("Y1") == child_of("H1")
    arrive(feed("youth"), [person("Y1", **wrong, nhs_number=OTHER_NHS)])
    assert child_of("Y1") != child_of("H1")


def test_who_joined_only_through_a_record_that_leaves_leaves_too():
    other = {**MOVED, "surname": "Quill"}
    arrive(feed("health"), [person("H1", **ADA, nhs_number=NHS)])
    arrive(feed("youth"), [person("Y1", **other, nhs_number=NHS)])
    arrive(feed("school"), [person("S1", **other)])
    assert child_of("S1") == child_of("Y1") == child_of("H1")
    arrive(feed("youth"), [person("Y1", **{**other, "dob": date(2013, 5, 1)}, nhs_number=OTHER_NHS)])
    assert len({child_of(each) for each in ("H1", "Y1", "S1")}) == 3


def test_a_child_about_whom_a_person_decided_is_not_taken_apart_but_asked_about():
    arrive(feed("health"), [person("H1", **{**ADA, "forename": "Ella"}, nhs_number=NHS)])
    wrong = {**MOVED, "forename": "Ellie"}
    arrive(feed("youth"), [person("Y1", **wrong, nhs_number=NHS)])
    decided_by_a_person("H1")
    arrive(feed("youth"), [person("Y1", **wrong, nhs_number=OTHER_NHS)])
    assert child_of("Y1") == child_of("H1")
    question = Question.objects.get(closed_at=None)
    assert (question.rule, question.child, question.record.local_id) == ("left", child_of("H1"), "Y1")
    assert not child_of("H1").provisional


def test_records_that_a_person_set_apart_are_never_joined_again():
    arrive(feed("health"), [person("H1", **ADA)])
    arrive(feed("youth"), [person("Y1", **MOVED)])
    one, other = sorted(SourceRecord.objects.values_list("pk", flat=True))
    Apart.objects.create(record_id=one, other_id=other, by=1, at=timezone.now())
    arrive(feed("youth"), [person("Y1", **ADA)])
    assert child_of("Y1") != child_of("H1")


def test_a_name_corrected_to_anothers_finds_that_child():
    arrive(feed("health"), [person("H1", **ADA)])
    arrive(feed("youth"), [person("Y1", **{**ADA, "forename": "Grace", "surname": "Oakes"})])
    before = child_of("Y1")
    arrive(feed("youth"), [person("Y1", **ADA)])
    assert child_of("Y1") == child_of("H1")
    assert Child.objects.get(pk=before.pk).merged_into == child_of("H1")


def test_words_that_change_nothing_leave_link_and_question_as_they_are():
    arrive(feed("health"), [person("H1", **ADA)])
    arrive(feed("youth"), [person("Y1", **ADA), person("Y2", **{**MOVED, "middle_names": "May"})])
    before = (
        list(LinkVersion.objects.values_list("pk", "child")),
        list(Question.objects.values_list("pk", "closed_at")),
    )
    arrive(
        feed("youth"),
        [person("Y1", **{**ADA, "known_as": "Adie"}), person("Y2", **{**MOVED, "middle_names": "May Rose"})],
    )
    after = (
        list(LinkVersion.objects.values_list("pk", "child")),
        list(Question.objects.values_list("pk", "closed_at")),
    )
    assert after == before


def test_a_question_is_not_put_a_second_time_from_the_other_side():
    """The child it asks about moves house: still the same two, and the child that was sure of itself stays so."""
    arrive(feed("health"), [person("H1", **ADA)])
    arrive(feed("youth"), [person("Y1", **MOVED)])
    open_ones = Question.objects.filter(closed_at=None)
    before = open_ones.get()
    arrive(feed("health"), [person("H1", **{**ADA, "address": "3 Ash Walk", "postcode": "ZZ3 3CC"})])
    assert open_ones.get() == before
    assert not child_of("H1").provisional
