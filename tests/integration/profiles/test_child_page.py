"""The child's page as each reader gets it, through the middleware and under row-level security."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import Event
from apps.children.models import Child
from apps.core.clock import today
from apps.profiles.presenters.page import page as worked_out
from apps.profiles.queries.child import Moment, read
from apps.profiles.queries.sight import whole
from tests.world import bring

TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"')


@pytest.fixture
def look(client, world):
    """Open a child's page as somebody of the cast."""

    def opened(who, child, **query):
        client.force_login(world.user(who))
        public_id = child if isinstance(child, uuid.UUID) else world.child(child).public_id
        return client.get(reverse("profiles:child", args=[public_id]), query)

    return opened


def page_of(response):
    assert response.status_code == 200, response.status_code
    return response.context["page"]


def row(page, code):
    return next(line for group in page.groups for line in group.lines if line.service.code == code)


def test_a_social_worker_sees_who_the_child_is_and_who_leads(look):
    page = page_of(look("social_worker", "ada"))
    assert page.person.name == "ASHBY, Ada"
    assert (page.lead.name, page.lead.service) == ("Sol Worker", "Allocated social worker")
    assert (page.last_seen.by, page.last_seen.on.isoformat()) == ("Sol Worker", "2026-11-02")
    assert page.school.name == "Elm Primary School"
    assert "1 First Street" in page.address.lines
    assert row(page, "social_worker").state.kind == "known"


CAMHS_ADA = {
    "Local Patient ID": "PATIENT-1", "Family Name": "Ashby", "Given Name": "Ada", "Birth Date": "04/05/2022", "Address": "1 First Street",
    "Postcode": "ZZ2 1ZZ", "Referral ID": "R1", "Referral Received": "01/09/2026", "Pathway": "Anxiety",
}  # fmt: skip
CAMHS_BEN = {
    "Local Patient ID": "P2", "Family Name": "Bright", "Given Name": "Ben", "Birth Date": "04/05/2022", "Referral ID": "R2",
    "Referral Received": "01/09/2026", "Pathway": "Anxiety",
}  # fmt: skip


def everything_shown(response):
    """The page without what differs from one answer to the next whoever asks."""
    return TOKEN.sub(b"", re.sub(rb"\d\d:\d\d", b"", response.content))


def test_a_service_not_shared_reads_the_same_whether_the_child_is_known_to_it_or_not(look):
    before = look("dsl", "ada")
    assert row(page_of(before), "camhs").state.kind == "held"
    bring("camhs", CAMHS_BEN, CAMHS_ADA)
    assert row(page_of(look("early_help_officer", "ada")), "camhs").state.kind == "known"
    after = look("dsl", "ada")
    assert row(page_of(after), "camhs") == row(page_of(before), "camhs")
    assert b"PATIENT-1" not in after.content


def test_existence_alone_names_the_service_and_whom_to_ask_but_no_content(look):
    bring("camhs", CAMHS_BEN, CAMHS_ADA)
    response = look("early_help_officer", "ada")
    line = row(page_of(response), "camhs")
    assert (line.state.kind, line.category, line.contact.role) == ("known", "", "ask the service")
    assert b"Anxiety" not in response.content
    assert row(page_of(look("health", "ada")), "camhs").category == "Anxiety"


def test_a_setting_sees_its_own_child_and_only_what_is_shared(look, world):
    page = page_of(look("dsl", "ada"))
    shown = {line.service.code: line.state.kind for group in page.groups for line in group.lines}
    assert shown["camhs"] == "held"
    # a school is told who the social worker is, by an agreement of its own
    assert (page.lead.name, page.lead.service) == ("Sol Worker", "Allocated social worker")
    assert not any("P2" in version.local_id for version in page.versions)


@pytest.mark.parametrize("who", ["dsl", "social_worker", "health"])
def test_a_hidden_child_and_a_missing_one_get_the_same_answer(look, who):
    hidden = look(who, {"dsl": "ben", "social_worker": "ben", "health": "ada"}[who])
    missing = look(who, uuid.uuid4())
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert TOKEN.sub(b"", hidden.content) == TOKEN.sub(b"", missing.content)
    assert b"No record you can see" in hidden.content
    assert set(hidden.headers) == set(missing.headers)


def test_a_restricted_child_is_missing_for_the_whole_borough_roles(look):
    assert look("review_admin", "dan").status_code == 404


@pytest.mark.parametrize("who", ["leader", "governance", "sysadmin", "outsider"])
def test_those_who_see_no_child_are_refused(look, who):
    assert look(who, "ada").status_code in (403, 302)


def test_a_hidden_address_hides_every_address_and_the_school(look):
    response = look("social_worker", "eve")
    page = page_of(response)
    assert page.address.hidden
    assert page.school.hidden
    assert {version.address.note for version in page.versions} == {"hidden"}
    assert b"5 Fifth Street" not in response.content
    assert b"ZZ2 1ZZ" not in response.content


def test_every_look_leaves_one_event_also_when_refused(look, world):
    asked = uuid.uuid4()
    for child in ("ada", "ben", asked):
        look("social_worker", child)
    events = Event.objects.filter(kind="child.look").order_by("pk")
    ada, ben, missing = events.values_list("by", "subject", "children", "detail")
    me = world.users["social_worker"].pk
    assert ada == (me, f"child:{world.children['ada'].public_id}", [world.children["ada"].pk], {})
    # nothing in the refused ones tells which of the two exists
    assert ben == (me, f"child:{world.children['ben'].public_id}", [], {"refused": True})
    assert missing == (me, f"child:{asked}", [], {"refused": True})


def test_as_at_an_earlier_day_shows_nothing_that_came_later(look):
    before = today() - timedelta(days=30)
    page = page_of(look("social_worker", "ada", as_at=before.strftime("%d/%m/%Y")))
    assert page.past
    assert not page.known
    assert page.person.name == "Name not known"
    assert page.seen == []
    assert Event.objects.filter(kind="child.look").latest("pk").detail == {"as_at": before.isoformat()}


def test_a_day_that_is_none_is_answered_with_an_error_and_today(look):
    response = look("social_worker", "ada", as_at="31/31/2026")
    assert not page_of(response).past
    assert b"Enter a real date" in response.content


def test_the_timeline_holds_everything_dated_and_filters_by_service(look):
    page = page_of(look("social_worker", "ada"))
    titles = [entry.title for entry in page.timeline.entries]
    assert "Allocated social worker began" in titles
    assert any(title.startswith("Seen") for title in titles)
    assert [entry.when for entry in page.timeline.entries] == sorted(
        (e.when for e in page.timeline.entries), reverse=True
    )
    seen = page_of(look("social_worker", "ada", show="seen")).timeline
    assert {entry.title.split(":")[0] for entry in seen.entries} == {"Seen"}


def test_agencies_words_stand_side_by_side_and_their_difference_is_marked(look):
    bring("camhs", CAMHS_BEN, CAMHS_ADA | {"Given Name": "Ada Jane", "NHS Number": "9990000042"})
    page = page_of(look("early_help_officer", "ada"))
    words = {version.feed: version for version in page.versions}
    assert len(words) >= 2
    assert page.differing == sum(cell.differs for version in page.versions for cell in version.cells)


def test_the_page_costs_the_same_number_of_statements_for_every_child(look):
    """However many services, records and ratings there are; a hidden address is not even asked for."""
    bring("camhs", CAMHS_BEN, CAMHS_ADA)

    def cost(child):
        look("early_help_officer", child)
        with CaptureQueriesContext(connection) as asked:
            assert look("early_help_officer", child).status_code == 200
        return len(asked)

    assert cost("ada") == cost("ben") == cost("cleo") == cost("eve") + 1
    assert cost("ada") <= 36


TWIN = {
    "EHM ID": "H9", "Forename": "Adam", "Surname": "Ashby", "Date of Birth": "04/05/2022", "Address": "1 First Street",
    "Postcode": "ZZ2 1ZZ", "Episode ID": "E9", "Start Date": "01/10/2026", "Support Level": "Family support",
}  # fmt: skip
EARLY_HELP = [
    {"EHM ID": number, "Forename": forename, "Surname": surname, "Date of Birth": "04/05/2022", "Postcode": "ZZ2 1ZZ",
     "Episode ID": f"E{number}", "Start Date": "01/10/2026", "Support Level": "Family support"}
    for number, surname, forename in (("H3", "Cole", "Cleo"), ("H4", "Dunne", "Dan"))
]  # fmt: skip


def test_a_record_in_question_names_whom_it_may_be_and_is_named_there(look):
    bring("early_help", *EARLY_HELP, TWIN)
    provisional = Child.objects.get(forename="Adam")
    assert provisional.provisional
    page = page_of(look("early_help_officer", provisional.public_id))
    assert [other.name for other in page.alike] == ["ASHBY, Ada"]
    assert [other.name for other in page_of(look("early_help_officer", "ada")).alike] == ["ASHBY, Adam"]
    # who does not see the other child is not told of it
    assert page_of(look("dsl", "ada")).alike == []


def test_what_was_known_then_is_shown_and_not_what_came_since(world):
    ada, then = world.child("ada"), Moment(today(), timezone.now())
    bring("early_help", *EARLY_HELP, TWIN | {"EHM ID": "H1", "Forename": "Ada", "Episode ID": "E1"})
    now = worked_out(read(ada, whole(), Moment(today())))
    before = worked_out(read(ada, whole(), then))
    assert row(now, "early_help").state.kind == "known"
    assert row(before, "early_help").state.kind in {"clear", "unchecked"}
    assert len(now.versions) == len(before.versions) + 1
    assert before.person == now.person


# what late sources could change


def an_extract(feed, days, **fields):
    """Say that the newest file of a feed is so many days old."""
    from apps.extracts.models import Extract

    for each in Extract.objects.filter(feed__code=feed, state="committed"):
        Extract.objects.filter(pk=each.pk).update(as_of=today() - timedelta(days=days), **fields)


def test_who_sees_all_reasons_is_told_what_late_sources_could_change(look):
    late = page_of(look("early_help_officer", "cleo")).why.outlook
    assert not late.fresh
    # early help has come; most sources of the small cast never have
    assert late.sentence.startswith("3 points known, up to ")
    assert late.sentence.endswith("between Green and Purple once they have come.")
    assert "Early help" not in {each.name for each in late.unchecked}
    assert {"Child protection plan", "Attendance"} <= {each.name for each in late.unchecked}
    assert late.stale == []


def test_a_rating_that_rests_on_a_late_source_says_so(look):
    an_extract("early_help", 40)
    page = page_of(look("early_help_officer", "cleo"))
    assert "3 of them from sources that are late" in page.why.outlook.sentence
    assert [each.source for each in page.why.outlook.stale] == ["Early help"]
    assert page.why.lines[0].fresh.late
    html = look("early_help_officer", "cleo").content.decode()
    assert "This rating rests on sources that are late" in html


def test_no_figure_is_told_where_other_services_count(look, world):
    bring("camhs", CAMHS_BEN, CAMHS_ADA)
    late = page_of(look("dsl", "ada")).why
    if late.points is None:
        assert not any(letter.isdigit() for letter in late.outlook.sentence)
    held = page_of(look("dsl", "ada")).why.outlook.unchecked
    assert "Continuing care" not in {each.name for each in held}


def test_a_child_that_left_the_area_has_no_outlook(look, world):
    Child.objects.filter(pk=world.children["cleo"].pk).update(left_area_on=today())
    assert page_of(look("early_help_officer", "cleo")).why.outlook.sentence == ""
