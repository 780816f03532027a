"""Records that may be somebody, and records without a name: from the file to the page of questions and to the child's page."""

import re

import pytest
from django.urls import reverse

from apps.agencies.models import SharingAgreement
from apps.audit.models import Event
from apps.children.actions import restrict
from apps.children.models import Child, SourceRecord
from apps.involvements.models import Involvement
from apps.lists.models import Entry
from apps.matching.models import Candidate, Decision, LinkVersion, Question
from apps.ragp.models import Assessment
from tests.integration.stories import telling
from tests.integration.stories.telling import child_of, look, person, send, signed_in, somebody, the

pytestmark = pytest.mark.usefixtures("ground")

NEAR = {
    "perhaps_twins": person("Eve"),
    "birth_date_near": person("Ada", born="10/03/2014"),
    "no_address": person("Ada", postcode="ZZ9 9ZZ"),
}


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def asked(who="data_officer", agency="council"):
    return signed_in(somebody(who, agency)).get(reverse("pipeline:questions"))


@pytest.mark.parametrize("rule", NEAR)
def test_a_near_record_opens_one_question_beside_a_provisional_child(rule):
    summary = send("camhs", telling.camhs("P1", "Ada") | NEAR[rule])
    assert (summary["records"]["question"], summary["records"]["linked"], summary["records"]["new"]) == (
        1,
        0,
        0,
    )
    question = Question.objects.get()
    provisional = child_of("camhs", "P1")
    assert (question.rule, question.child, question.closed_at) == (rule, provisional, None)
    assert list(Candidate.objects.values_list("child", flat=True)) == [the("Ada").pk]
    assert (provisional.provisional, provisional.provisional_because) == (True, "question")
    assert Decision.objects.get(record__local_id="P1").outcome == "question"


@pytest.mark.parametrize("rule", NEAR)
def test_the_provisional_child_is_rated_for_itself_and_the_other_is_not(rule):
    send("camhs", telling.camhs("P1", "Ada") | NEAR[rule])
    assert Assessment.objects.get(child=child_of("camhs", "P1"), superseded_at=None).band == "green"
    standing = Assessment.objects.filter(child=the("Ada"), superseded_at=None).first()
    assert standing is None or standing.band == "none"


def test_the_page_of_questions_shows_both_sides_where_the_record_is_shared():
    send("early_help", telling.early_help("H1", "Ada") | NEAR["birth_date_near"])
    page = words(asked())
    assert "10 Mar" in page and "9 Mar" in page
    assert "Differs" in page and "Agrees" in page


def test_a_name_is_said_once_with_its_records_beneath_by_their_source():
    send(
        "camhs",
        telling.camhs("P1", "Ada") | NEAR["no_address"],
        telling.camhs("P2", "Ada") | NEAR["no_address"],
    )
    send("early_help", telling.early_help("H1", "Ada") | NEAR["birth_date_near"])
    response = asked()
    page = response.content.decode()
    queue = page[page.index('id="queue"') :]
    [group] = response.context["groups"]
    assert len(group.rows) == Question.objects.filter(closed_at=None).count() >= 2
    assert queue.count(group.name) == 1
    for row in group.rows:
        assert f">{row.sheet.source}</a>" in queue
        [said] = row.beside
        number = len(row.sheet.comparisons)
        assert said.startswith("Same name, born " if number == 1 else f"{number} children. Same name, born ")


def test_another_name_is_said_beside_the_record():
    send("early_help", telling.early_help("H1", "Adah"))
    [group] = asked().context["groups"]
    [row] = group.rows
    assert "Adah" in group.name
    assert [said.startswith(f"{the('Ada').full_name}, born ") for said in row.beside] == [True]


def test_a_question_of_a_service_held_back_shows_but_not_its_words():
    """The council sees that CAMHS knows a child, never what CAMHS says of one."""
    SharingAgreement.objects.filter(provider__code="health-camhs").delete()
    send("camhs", telling.camhs("P1", "Ada") | NEAR["no_address"])
    response = asked()
    [sheet] = response.context["sheets"]
    assert sheet.source == ""
    assert "ZZ9 9ZZ" not in words(response)


def test_looking_at_questions_names_every_child_on_the_page_in_one_event():
    send("early_help", telling.early_help("H1", "Ada") | NEAR["perhaps_twins"])
    before = Event.objects.filter(kind="question.look").count()
    asked()
    event = Event.objects.filter(kind="question.look").latest("pk")
    assert Event.objects.filter(kind="question.look").count() == before + 1
    assert set(event.children) == {the("Ada").pk, child_of("early_help", "H1").pk}


def test_with_no_question_open_nothing_is_logged_and_the_page_says_so():
    assert "No question is open" in words(asked())
    assert not Event.objects.filter(kind="question.look").exists()


def test_the_same_near_record_next_week_asks_nothing_more():
    row = telling.camhs("P1", "Ada") | NEAR["no_address"]
    send("camhs", row)
    summary = send("camhs", row | {"Pathway": "ADHD"})
    assert (summary["records"]["question"], Question.objects.count()) == (0, 1)
    assert Decision.objects.filter(record__local_id="P1").count() == 1


def test_questions_of_a_restricted_child_do_not_reach_the_page_by_the_other_side():
    restrict(child=the("Ada"), hides="child", reason="Court order", by=None)
    send("early_help", telling.early_help("H1", "Ada") | NEAR["perhaps_twins"])
    page = words(asked())
    assert "Ada" not in page


def test_a_provisional_child_names_whom_it_may_be_to_those_who_see_both():
    send("early_help", telling.early_help("H1", "Ada") | NEAR["perhaps_twins"])
    officer = somebody("early_help", "early-help")
    mine, other = child_of("early_help", "H1"), the("Ada")
    assert [each.public_id for each in look(officer, mine).context["page"].alike] == [other.public_id]
    assert [each.public_id for each in look(officer, other).context["page"].alike] == [mine.public_id]
    social_worker = somebody("practitioner", "csc")
    assert look(social_worker, other).context["page"].alike == []


NAMELESS = {
    "no name at all": person("", ""),
    "no forename": person("", "Marsh", postcode="ZZ9 9ZZ"),
    "an infant": person("Baby", postcode="ZZ9 9ZZ"),
}


@pytest.mark.parametrize("why", NAMELESS)
def test_a_record_without_a_usable_name_is_kept_and_never_matched(why):
    summary = send("camhs", telling.camhs("P1", "") | NAMELESS[why])
    assert summary["state"] == "committed"
    child = child_of("camhs", "P1")
    assert (child.provisional, child.provisional_because) == (True, "nameless")
    assert child != the("Ada")
    assert not Question.objects.exists()
    assert Decision.objects.get(record__local_id="P1").outcome == "nameless"


@pytest.mark.parametrize("name", ["", "Baby"])
def test_a_record_without_a_forename_in_a_household_where_a_child_was_born_that_day_is_asked_about(name):
    send("camhs", telling.camhs("P1", "") | person(name, "Marsh"))
    assert Question.objects.get().rule == "unnamed"
    assert child_of("camhs", "P1") != the("Ada")


def test_a_nameless_record_is_in_sight_of_its_own_agency_with_what_is_known():
    send("camhs", telling.camhs("P1", "") | NAMELESS["no name at all"])
    response = look(somebody("practitioner", "health-camhs"), child_of("camhs", "P1"))
    assert response.context["page"].person.name == "Name not known"
    assert "Anxiety" in words(response)


def test_a_name_that_arrives_joins_the_nameless_record_to_its_child_with_all_it_holds():
    send("camhs", telling.camhs("P1", "") | NAMELESS["no name at all"])
    nameless = child_of("camhs", "P1")
    summary = send("camhs", telling.camhs("P1", "Ada"))
    assert summary["records"]["linked"] == 1
    nameless.refresh_from_db()
    ada = the("Ada")
    assert (child_of("camhs", "P1"), nameless.merged_into) == (ada, ada)
    assert Involvement.objects.filter(record__child=ada, service="camhs", recorded_to=None).count() == 1
    assert Assessment.objects.get(child=ada, superseded_at=None).points == 3
    assert {link.recorded_to is None for link in LinkVersion.objects.filter(record__local_id="P1")} == {
        True,
        False,
    }


def test_the_shadow_of_a_nameless_child_leads_to_the_child_and_has_no_list_and_no_search_hit():
    send("camhs", telling.camhs("P1", "") | NAMELESS["no name at all"])
    nameless = child_of("camhs", "P1")
    send("camhs", telling.camhs("P1", "Ada"))
    officer = somebody("early_help", "early-help")
    answer = look(officer, nameless)
    assert (answer.status_code, answer.url) == (302, reverse("profiles:child", args=[the("Ada").public_id]))
    assert look(somebody("practitioner", "health-camhs", "elsewhere"), nameless).status_code == 302
    assert look(somebody("school_dsl", f"urn-{telling.FAR}"), nameless).status_code == 404
    telling.publish_week()
    assert not Entry.objects.filter(child=nameless).exists()
    found = signed_in(officer).post(reverse("profiles:search"), {"identifier": "P1"}, follow=True)
    assert str(nameless.public_id) not in found.content.decode()


def test_a_name_that_arrives_may_also_open_a_question():
    send("camhs", telling.camhs("P1", "") | NAMELESS["no name at all"])
    before = child_of("camhs", "P1").pk
    summary = send("camhs", telling.camhs("P1", "Eve"))
    assert summary["records"]["question"] == 1
    child = child_of("camhs", "P1")
    assert (child.pk, child.provisional_because, child.forename) == (before, "question", "Eve")


def test_twins_of_one_file_are_two_children_and_find_their_own_records_elsewhere():
    send("early_help", telling.early_help("H1", "Ada"), telling.early_help("H2", "Eve"))
    eve = SourceRecord.objects.get(local_id="H2").child
    assert eve != the("Ada")
    send("camhs", telling.camhs("P1", "Ada"), telling.camhs("P2", "Eve"))
    assert child_of("camhs", "P1") == the("Ada")
    assert Child.objects.filter(surname="Marsh").count() == 2
