"""Whose word stands for a birth date: loads, answers and undoes of agencies that do not agree."""

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.agencies.models import SharingAgreement
from apps.audit.models import Event
from apps.children.actions import answer_field
from apps.children.models import Child, FieldQuestion, SourceRecord
from apps.core.errors import Refused
from apps.extracts.models import Extract, Feed
from apps.pipeline import actions
from tests.integration.stories import telling

pytestmark = pytest.mark.usefixtures("ground")

NHS = "943 476 5919"
#: Near enough that the passes still link them: day and month changed about.
ONE, OTHER = "09/03/2014", "03/09/2014"


@pytest.fixture
def officer():
    return User.objects.create_user("officer", "officer@example.org")


def early_help(born=ONE, **more):
    given = {"Surname": "Zephyr", "Date of Birth": born, "NHS Number": NHS} | more
    return telling.bring("early_help", telling.early_help("H77", "Zoe", **given))


def camhs(born=OTHER, **more):
    given = {"Surname": "Zephyr", "Date of Birth": born, "NHS Number": NHS} | more
    return telling.bring("camhs", telling.camhs("P77", "Zoe", **given))


def policy(feed, **fields):
    Feed.objects.filter(code=feed).update(survivorship=fields)


def zoe():
    return Child.objects.filter(records__local_id__in=("H77", "P77"), records__loose=False).distinct().get()


def born():
    return f"{zoe().dob:%d/%m/%Y}"


def open_ones():
    return [
        (each.field, each.kept_version.feed.code, each.offered_version.feed.code)
        for each in FieldQuestion.objects.filter(closed_at=None)
    ]


def answer(officer, take):
    answer_field(question=FieldQuestion.objects.get(closed_at=None), take=take, by=officer)
    actions.refresh_child(zoe().pk)


def undo(feed):
    extract = Extract.objects.filter(feed__code=feed).latest("pk")
    actions.execute(run=actions.undo(extract=extract, reason="Wrong file", by=None))


@pytest.mark.parametrize("trusted", ["early_help", "camhs"])
def test_what_stood_first_stays_and_a_person_is_asked_once(trusted):
    Feed.objects.filter(code=trusted).update(priority=1)
    early_help()
    assert open_ones() == []
    camhs()
    assert born() == ONE
    assert open_ones() == [("dob", "early_help", "camhs")]
    camhs(**{"Pathway": "Sleep"})
    camhs(**{"Surname": "Zephyrs"})
    assert FieldQuestion.objects.count() == 1


def test_keep_is_remembered_while_both_say_the_same(officer):
    early_help()
    camhs()
    answer(officer, take=False)
    camhs(**{"Surname": "Zephyrs"})
    assert (born(), open_ones()) == (ONE, [])
    camhs("09/03/2015")
    assert (born(), open_ones()) == (ONE, [("dob", "early_help", "camhs")])
    camhs(**{"Pathway": "Sleep"})
    assert (born(), open_ones()) == (ONE, [])


@pytest.mark.parametrize("trusted", ["early_help", "camhs"])
def test_take_wins_over_priority_and_holds(officer, trusted):
    Feed.objects.filter(code=trusted).update(priority=1)
    early_help()
    camhs()
    answer(officer, take=True)
    assert (born(), open_ones()) == (OTHER, [])
    early_help(**{"Support Level": "Early"})
    assert (born(), open_ones()) == (OTHER, [])
    undo("camhs")
    assert born() == ONE


def test_the_only_source_may_change_its_mind():
    early_help()
    early_help(OTHER)
    assert (born(), open_ones()) == (OTHER, [])


def test_when_what_stood_is_undone_the_other_stands_without_a_question():
    early_help()
    camhs()
    undo("early_help")
    assert (born(), open_ones()) == (OTHER, [])
    assert FieldQuestion.objects.exclude(closed_at=None).get().answer == ""


def test_a_conflict_that_vanishes_closes_its_question():
    early_help()
    camhs()
    camhs(ONE)
    assert (born(), open_ones()) == (ONE, [])


def test_a_source_that_changes_while_another_still_says_it_is_asked_about():
    early_help()
    camhs(ONE)
    early_help(OTHER)
    assert (born(), open_ones()) == (ONE, [("dob", "camhs", "early_help")])


@pytest.mark.parametrize(
    ("early", "late", "stands"),
    [
        ({}, {"dob": "never"}, ONE),
        ({"dob": "never"}, {}, OTHER),
        ({}, {"dob": "empty"}, ONE),
        ({"dob": "empty"}, {}, OTHER),
        ({"dob": "always"}, {"dob": "always"}, OTHER),
    ],
)
def test_policies_other_than_ask_decide_without_a_question(early, late, stands):
    Feed.objects.filter(code="camhs").update(priority=1)
    policy("early_help", **early)
    policy("camhs", **late)
    early_help()
    camhs()
    assert (born(), open_ones()) == (stands, [])


def test_a_field_nobody_may_use_stays_empty_and_one_to_fill_is_filled():
    policy("early_help", dob="never")
    early_help()
    assert zoe().dob is None
    policy("camhs", dob="empty")
    camhs()
    assert born() == OTHER


def test_any_field_may_be_asked_about():
    policy("camhs", name="ask")
    Feed.objects.filter(code="camhs").update(priority=1)
    early_help()
    camhs(ONE, **{"Surname": "Zephyrs"})
    assert zoe().surname == "Zephyr"
    assert open_ones() == [("name", "early_help", "camhs")]


def test_an_answer_is_given_once_and_recorded(officer):
    early_help()
    camhs()
    question = FieldQuestion.objects.get()
    answer_field(question=question, take=True, by=officer)
    assert Event.objects.filter(kind="child.answer_field", by=officer.pk).count() == 1
    with pytest.raises(Refused, match="already"):
        answer_field(question=question, take=False, by=officer)


def test_the_data_officer_answers_on_the_page(django_capture_on_commit_callbacks):
    early_help()
    camhs()
    page = telling.signed_in(telling.somebody("data_officer", "council"))
    shown = page.get(reverse("pipeline:fields")).content.decode()
    assert "Keep 9 Mar 2014" in shown
    assert "Take 3 Sep 2014" in shown
    address = reverse("pipeline:answer-field", args=[FieldQuestion.objects.get().pk])
    assert page.post(address, {"answer": "perhaps"}).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert page.post(address, {"answer": "take"}).status_code == 302
    assert (born(), open_ones()) == (OTHER, [])
    assert page.post(address, {"answer": "keep"}).status_code == 404


def test_nobody_chooses_between_words_that_are_not_shared_with_them():
    early_help()
    camhs()
    SharingAgreement.objects.filter(provider__code="health-camhs").update(valid_until=telling.LAST_WEEK)
    page = telling.signed_in(telling.somebody("data_officer", "council"))
    shown = page.get(reverse("pipeline:fields")).content.decode()
    assert "Not shared with your agency" in shown
    assert "3 Sep 2014" not in shown
    address = reverse("pipeline:answer-field", args=[FieldQuestion.objects.get().pk])
    assert page.post(address, {"answer": "take"}).status_code == 404
    assert FieldQuestion.objects.get().answer == ""


def test_the_childs_page_says_who_else_says_what_to_those_who_hear_both():
    early_help()
    camhs()
    both = telling.look(telling.somebody("practitioner", "health-camhs"), zoe()).content.decode()
    assert "Sources disagree" in both
    assert "3 Sep 2014" in both[both.index("Sources disagree") :][:200]
    answered = FieldQuestion.objects.get()
    answer_field(question=answered, take=False, by=telling.somebody("data_officer", "council"))
    after = telling.look(telling.somebody("practitioner", "health-camhs"), zoe()).content.decode()
    assert "Sources disagree" not in after


def test_who_does_not_hear_the_other_agency_is_told_nothing_of_it():
    early_help()
    camhs()
    here = {"Surname": "Zephyr", "Date of Birth": ONE, "NHS Number": NHS}
    telling.bring("early_years_roll", *telling.whole_roll(), telling.on_roll("Y77", "Zoe", **here))
    roll = SourceRecord.objects.get(local_id="Y77")
    page = telling.look(telling.somebody("school_dsl", f"urn-{telling.ELM}"), roll.child).content.decode()
    assert roll.child == zoe()
    assert "Zephyr" in page
    assert "Sources disagree" not in page
