"""Weekly meetings: the agenda by need, what is typed kept whoever types, agreed, ended, minutes, the pack and the calendar file."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.access.reach import reach_of
from apps.agencies.models import SharingAgreement
from apps.audit.models import Event
from apps.children.actions import restrict
from apps.children.models import Child, Restriction
from apps.core.clock import today
from apps.core.errors import Refused
from apps.ragp.actions import assess
from apps.ragp.models import Override, Scheme
from apps.ragp.overriding import mark as mark_of
from apps.ragp.queries import standing_bands
from apps.reviews import actions as reviews
from apps.reviews.leading.queries import current
from apps.reviews.meetings import actions, agreeing, minutes, pack, queries
from apps.reviews.models import AgendaItem, CaseReview, Contribution, Draft, MinuteLine, Minutes, ReviewType
from tests.integration.ragp.facts import child as another
from tests.integration.ragp.facts import days_ago, involve
from tests.integration.reviews.reviewing import DAY, act, agency, moved, raised, the_type
from tests.integration.triage.queueing import rated

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world, series, admin):
    """Ada's and Eve's reviews are on the agenda of a meeting today."""
    the_type("csc", "urn-900001", "health-camhs")
    for name in ("ada", "eve"):
        moved(world, raised(world, name), "accept")
    made = actions.plan(series=series, on=today(), by=admin)
    actions.draw(meeting=made, by=admin)
    return made


@pytest.fixture
def held(meeting, admin):
    return actions.begin(meeting=meeting, by=admin)


def item_of(world, meeting, name="ada"):
    return AgendaItem.objects.get(meeting=meeting, review__child=world.child(name))


def signed_in(world, name):
    client = Client()
    client.force_login(world.user(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


# the agenda


def test_the_greatest_need_comes_first_and_nothing_comes_twice(world, series, admin):
    low, high = rated("early_help"), rated("child_protection", "looked_after", "vemt", "youth_justice")
    type_ = ReviewType.objects.get(for_triage=True)
    for subject in (low, high):
        made = reviews.raise_review(child=subject, type=type_, reason="So", by=admin)
        reviews.move(review=made, name="accept", given={}, by=admin)
    meeting = actions.plan(series=series, on=today(), by=admin)
    assert actions.draw(meeting=meeting, by=admin) == 2
    assert actions.draw(meeting=meeting, by=admin) == 0
    assert [each.review.child_id for each in queries.items(admin, meeting)] == [high.pk, low.pk]
    assert set(CaseReview.objects.filter(child__in=[low, high]).values_list("state", flat=True)) == {
        "scheduled"
    }


def test_a_child_whose_rating_moved_is_put_on_with_a_review(world, series, admin):
    Scheme.objects.update(watched_from=timezone.now())
    subject = rated("child_protection")
    meeting = actions.plan(series=series, on=today(), by=admin)
    [item] = [each for each in queries.moved(admin) if each.child_id == subject.pk]
    actions.add_moved(meeting=meeting, item=item, by=admin)
    assert [each.review.child_id for each in queries.items(admin, meeting)] == [subject.pk]
    assert subject.pk not in {each.child_id for each in queries.moved(admin)}


def test_planned_twice_it_is_one_meeting_with_its_people(series, admin):
    first, again = (actions.plan(series=series, on=today(), by=admin) for _ in range(2))
    assert first.pk == again.pk
    assert [each.name for each in queries.attendees(first)] == ["Sol Worker", "Dee Essel"]
    with pytest.raises(Refused, match="a day to come"):
        actions.plan(series=series, on=today() - DAY, by=admin)


def test_whoever_a_meetings_page_names_is_in_the_record_of_the_look(world, meeting):
    Scheme.objects.update(watched_from=timezone.now())
    subject = rated("child_protection")
    signed_in(world, "review_admin").get(reverse("reviews:meeting", args=[meeting.public_id]))
    shown = {world.child("ada").pk, world.child("eve").pk, subject.pk}
    assert set(Event.objects.get(kind="review.look").children) == shown


def test_two_clerks_who_tick_off_different_people_lose_nothing(world, meeting):
    sol, dee = queries.attendees(meeting)
    client, address = signed_in(world, "review_admin"), reverse("reviews:attend", args=[meeting.public_id])
    shown = {f"was_p{each.pk}": "asked" for each in (sol, dee)}
    page = client.get(reverse("reviews:meeting", args=[meeting.public_id])).content.decode()
    assert all(f'name="{name}" value="asked"' in page for name in shown)
    client.post(address, shown | {f"p{sol.pk}": "here", f"p{dee.pk}": "asked"})
    client.post(address, shown | {f"p{sol.pk}": "asked", f"p{dee.pk}": "apologies"})
    assert [each.here for each in queries.attendees(meeting)] == ["here", "apologies"]


# what is typed


def test_two_clerks_in_different_fields_lose_nothing(world, held, admin):
    item = item_of(world, held)
    actions.keep(item=item, given={"summary": "School leads"}, was={"summary": ""}, by=admin)
    kept = actions.keep(
        item=item, given={"summary": "", "lead_name": "Dee"}, was={"summary": "", "lead_name": ""}, by=admin
    )
    assert not kept.conflicts
    assert kept.draft.words == {"summary": "School leads", "lead_name": "Dee"}


def test_a_page_that_does_not_show_what_another_typed_never_wipes_it(world, held, admin):
    item, client = item_of(world, held), signed_in(world, "review_admin")
    address, htmx = reverse("reviews:save", args=[item.pk]), {"HX-Request": "true"}
    actions.keep(item=item, given={"summary": "Theirs"}, was={}, by=admin)
    sent = {"summary": "", "was_summary": "", "lead_name": "Dee", "was_lead_name": ""}
    line = client.post(address, sent, headers=htmx).content.decode()
    assert 'name="was_summary" value=""' in line and 'name="was_lead_name" value="Dee"' in line
    client.post(address, sent | {"lead_name": "Dee E", "was_lead_name": "Dee"}, headers=htmx)
    words = Draft.objects.get(item=item).words
    assert (words["summary"], words["lead_name"]) == ("Theirs", "Dee E")
    agreed = client.post(
        reverse("reviews:agree", args=[item.pk]),
        {"summary": "", "was_summary": "", "lead_name": "", "was_lead_name": "x"},
    )
    assert agreed.status_code == 409
    sent |= {"lead_name": "", "was_lead_name": "Dee E"}
    assert client.post(reverse("reviews:agree", args=[item.pk]), sent).status_code == 302
    assert CaseReview.objects.get(child=world.child("ada")).outcomes.get().summary == "Theirs"


def test_two_clerks_in_one_field_lose_nothing_either(world, held, admin):
    item = item_of(world, held)
    actions.keep(item=item, given={"summary": "First"}, was={"summary": ""}, by=admin)
    kept = actions.keep(item=item, given={"summary": "Second"}, was={"summary": ""}, by=admin)
    assert (kept.conflicts, kept.draft.words["summary"]) == ({"summary": "First"}, "First")
    again = actions.keep(item=item, given={"summary": "Second, more"}, was={"summary": ""}, by=admin)
    assert again.conflicts, "what the other wrote is not overwritten by typing on"
    both = actions.keep(item=item, given={"summary": "First, and Second"}, was={"summary": ""}, by=admin)
    assert (both.conflicts, both.draft.words["summary"]) == ({}, "First, and Second")
    mine = actions.keep(
        item=item, given={"summary": "Mine"}, was={"summary": "old"}, mine=["summary"], by=admin
    )
    assert mine.draft.words["summary"] == "Mine"


def test_by_the_page_the_conflict_is_told_and_both_stand_on_it(world, held, admin):
    item, client = item_of(world, held), signed_in(world, "review_admin")
    address = reverse("reviews:save", args=[item.pk])
    actions.keep(item=item, given={"summary": "First"}, was={}, by=admin)
    page = client.post(address, {"summary": "Second", "was_summary": ""})
    assert page.status_code == 409
    assert "First" in page.content.decode() and "Second" in page.content.decode()
    line = client.post(
        address, {"summary": "Second", "was_summary": ""}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "First" in line and 'name="was_summary" value=""' in line
    fine = client.post(
        address, {"summary": "Third", "was_summary": "First"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Saved" in fine and 'name="was_summary" value="Third"' in fine
    agreed = client.post(
        reverse("reviews:agree", args=[item.pk]), {"summary": "Fourth", "was_summary": "older"}
    )
    assert agreed.status_code == 409
    assert Draft.objects.get(item=item).words["summary"] == "Third"


def test_what_comes_too_late_is_refused_and_stays_on_the_page(world, held, admin):
    """A page that was opened before a colleague agreed: its words must not be told as saved, and not be lost."""
    item, client = item_of(world, held), signed_in(world, "review_admin")
    agreed(world, held)
    address, sent = reverse("reviews:save", args=[item.pk]), {"summary": "One thing more", "was_summary": ""}
    line = client.post(address, sent, headers={"HX-Request": "true"}).content.decode()
    assert "Not kept" in line and "agreed already" in line and "Saved" not in line
    page = client.post(address, sent)
    assert page.status_code == 422 and "One thing more" in page.content.decode()
    with pytest.raises(Refused, match="agreed already"):
        actions.keep(item=item, given={"summary": "One thing more"}, was={}, by=admin)


def test_signed_out_what_is_typed_is_not_swapped_for_a_sign_in(world, held):
    address = reverse("reviews:save", args=[item_of(world, held).pk])
    assert Client().post(address, {"summary": "x"}, headers={"HX-Request": "true"}).status_code == 401
    assert Client().post(address, {"summary": "x"}).status_code == 302
    assert len(Client().get(reverse("core:token")).content) == 64


def test_a_page_is_told_whether_anybody_is_signed_in_before_it_sends_its_forms(world, admin, held):
    client = Client()
    assert client.get(reverse("core:token"))["Signed-In"] == "no"
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("core:token"))
    assert answer["Signed-In"] == "yes" and len(answer.content) == 64


@pytest.mark.parametrize(
    ("came_from", "goes_on"),
    [
        ("http://testserver/reviews/meetings/?page=2", "/reviews/meetings/?page=2"),
        ("http://testserver/reviews/", "/reviews/"),
        ("https://evil.example/reviews/", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_is_on_the_page_on_which_the_form_stood(world, held, came_from, goes_on):
    """The form's own address cannot be opened."""
    address = reverse("reviews:agree", args=[item_of(world, held).pk])
    answer = Client().post(address, {}, headers={"Referer": came_from})
    assert parse_qs(urlsplit(answer.url).query) == {"next": [goes_on]}
    read = Client().get("/reviews/?page=2")
    assert parse_qs(urlsplit(read.url).query) == {"next": ["/reviews/?page=2"]}


# agreeing


def agreed(world, held, name="ada", **more):
    given = {"summary": "School leads on a plan", "next_review_on": today() + 28 * DAY} | more
    given = {"seen": mark_of(world.child(name).pk)} | given
    return agreeing.agree(item=item_of(world, held, name), by=world.user("review_admin"), **given)


def test_what_is_agreed_counts(world, held, admin):
    ada = world.child("ada")
    before = standing_bands([ada.pk]).get(ada.pk)
    band = "red" if before != "red" else "amber"
    agreed(
        world, held, band=band, band_reason="She told her teacher", lead_name="Dee Essel", lead_agency=agency("urn-900001"),
        lead_phone="01632 960182",
    )  # fmt: skip
    review = CaseReview.objects.get(child=ada)
    assert review.state == "decided"
    assert Override.objects.get(child=ada, ended_at=None).reason == "She told her teacher"
    assert standing_bands([ada.pk])[ada.pk] == band
    assert current(ada).name == "Dee Essel"
    with pytest.raises(Refused, match="agreed already"):
        agreed(world, held)


def test_another_rating_needs_its_reason_and_then_nothing_is_kept(world, held):
    ada = world.child("ada")
    band = "red" if standing_bands([ada.pk]).get(ada.pk) != "red" else "amber"
    with pytest.raises(Refused, match="Give a reason"):
        agreed(world, held, band=band)
    assert CaseReview.objects.get(child=ada).state == "in_meeting"
    assert not Override.objects.filter(child=ada).exists()


def test_a_meeting_sets_no_rating_against_one_that_it_did_not_have_before_it(world, held):
    """The rating moved while they spoke: the page says so, shows it as it is now, and what was typed stays."""
    item, client = item_of(world, held), signed_in(world, "review_admin")
    page = client.get(reverse("reviews:meeting", args=[held.public_id]) + f"?item={item.pk}").content.decode()
    sent = {
        "summary": "School leads on a plan", "next_review_on": (today() + 28 * DAY).strftime("%d/%m/%Y"), "band_reason": "Her teacher",
        "seen": re.search(r'name="seen" value="([^"]+)"', page)[1],
    }  # fmt: skip
    for service in ("child_protection", "vemt", "youth_justice", "looked_after"):
        involve(world.child("ada"), service, days_ago(1))
    assess(by=None)
    sent["band"] = (
        "amber" if standing_bands([world.child("ada").pk])[world.child("ada").pk] != "amber" else "red"
    )
    address = reverse("reviews:agree", args=[item.pk])
    answer = client.post(address, sent)
    assert answer.status_code == 422 and "has changed since you opened" in answer.content.decode()
    assert client.post(address, {**sent, "seen": ""}).status_code == 422
    assert not Override.objects.filter(child=world.child("ada")).exists()
    again = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]
    assert client.post(address, {**sent, "seen": again}).status_code == 302
    assert Override.objects.get(child=world.child("ada"), ended_at=None).band == sent["band"]


@pytest.mark.parametrize(("days", "told"), [(0, False), (2, True)])
def test_before_its_day_the_page_says_what_beginning_would_do(world, meeting, days, told):
    type(meeting).objects.filter(pk=meeting.pk).update(on=today() + days * DAY)
    page = signed_in(world, "review_admin").get(reverse("reviews:meeting", args=[meeting.public_id]))
    assert (b"freezes what agencies have written" in page.content) is told


def test_what_is_carried_over_comes_in_a_week(world, held, admin, series):
    item = actions.carry_over(item=item_of(world, held), by=admin)
    assert (item.state, item.review.pk) == ("carried", CaseReview.objects.get(child=world.child("ada")).pk)
    review = CaseReview.objects.get(child=world.child("ada"))
    assert (review.state, review.meets_on) == ("scheduled", today() + 7 * DAY)
    following = actions.plan(series=series, on=today() + 7 * DAY, by=admin)
    assert actions.draw(meeting=following, by=admin) == 1


def test_what_was_typed_comes_with_what_is_carried_over(world, held, admin, series):
    item, client = item_of(world, held), signed_in(world, "review_admin")
    actions.keep(item=item_of(world, held, "eve"), given={"summary": "Half done"}, was={}, by=admin)
    client.post(
        reverse("reviews:carry-over", args=[item.pk]), {"summary": "Ask the school", "was_summary": ""}
    )
    actions.end(meeting=held, by=admin)
    following = actions.plan(series=series, on=today() + 7 * DAY, by=admin)
    actions.draw(meeting=following, by=admin)
    typed = {name: Draft.objects.get(item=item_of(world, following, name)).words for name in ("ada", "eve")}
    assert typed == {"ada": {"summary": "Ask the school"}, "eve": {"summary": "Half done"}}


def test_nothing_is_agreed_before_the_meeting_begins(world, meeting):
    with pytest.raises(Refused, match="has not begun"):
        agreed(world, meeting)


# the end, and the minutes


@pytest.fixture
def ended(world, held, admin):
    """Ada's is agreed with an action, Eve's was not reached."""
    act(world, CaseReview.objects.get(child=world.child("ada")), code="urn-900001")
    agreed(world, held)
    actions.attend(meeting=held, here={each.pk: "here" for each in queries.attendees(held)[:1]}, by=admin)
    return actions.end(meeting=held, by=admin)


def test_at_the_end_actions_are_followed_what_was_not_reached_is_carried_over_and_minutes_are_written(
    world, ended, admin
):
    states = {name: CaseReview.objects.get(child=world.child(name)).state for name in ("ada", "eve")}
    assert states == {"ada": "actions_open", "eve": "scheduled"}
    one = queries.minutes(admin, ended)
    assert (one.version, one.approved_at, [each[2] for each in one.people]) == (1, None, ["Here", "Asked"])
    ada, eve = (
        queries.lines(admin, one)
        if queries.lines(admin, one)[0].summary
        else reversed(queries.lines(admin, one))
    )
    assert (ada.summary, len(ada.actions), eve.state) == ("School leads on a plan", 1, "carried")
    with pytest.raises(Refused):
        actions.end(meeting=ended, by=admin)


@pytest.mark.parametrize(
    ("step", "state", "place"),
    [("decide", "closed", "done"), ("defer", "deferred", "off"), ("decline", "declined", "off"), ("carry_over", "scheduled", "carried")],
)  # fmt: skip
def test_a_review_moved_on_its_own_page_leaves_the_agenda_and_never_keeps_a_meeting_from_its_end(
    world, meeting, admin, step, state, place
):
    review, in_it = CaseReview.objects.get(child=world.child("ada")), step in ("decide", "carry_over")
    if in_it:
        actions.begin(meeting=meeting, by=admin)
    moved(world, review, *(["defer"] if step == "decline" else []), step)
    if not in_it:
        actions.begin(meeting=meeting, by=admin)
    assert item_of(world, meeting).state == place
    actions.end(meeting=meeting, by=admin)
    assert CaseReview.objects.get(child=world.child("ada")).state == state


def test_on_two_agendas_it_stays_on_that_to_which_it_is_carried_and_leaves_the_later_once_decided(
    world, held, admin, series
):
    later = actions.plan(series=series, on=today() + 7 * DAY, by=admin)
    CaseReview.objects.update(state="scheduled")
    actions.draw(meeting=later, by=admin)
    CaseReview.objects.update(state="in_meeting")
    actions.carry_over(item=item_of(world, held), by=admin)
    agreed(world, held, "eve")
    places = {
        (each.meeting_id == later.pk, each.review.child.forename): each.state
        for each in AgendaItem.objects.all()
    }
    assert places == {
        (False, "Ada"): "carried",
        (True, "Ada"): "waiting",
        (False, "Eve"): "done",
        (True, "Eve"): "off",
    }


def test_minutes_are_approved_and_corrected_by_a_new_version_alone(world, ended, admin):
    first = minutes.approve(minutes=queries.minutes(admin, ended), by=admin)
    with pytest.raises(Refused, match="approved already"):
        minutes.approve(minutes=first, by=admin)
    review = CaseReview.objects.get(child=world.child("ada"))
    with pytest.raises(Refused, match="Nothing is different"):
        minutes.correct(minutes=first, correction="Typing", summaries={}, by=admin)
    second = minutes.correct(
        minutes=first, correction="The plan is the family's", summaries={review.pk: "A family plan"}, by=admin
    )
    assert (second.version, second.approved_at) == (2, None)
    assert MinuteLine.objects.get(minutes=first, review=review).summary == "School leads on a plan"
    assert MinuteLine.objects.get(minutes=second, review=review).summary == "A family plan"
    assert MinuteLine.objects.filter(minutes=second).count() == 2
    with pytest.raises(Refused, match="newer version"):
        minutes.correct(minutes=first, correction="Again", summaries={review.pk: "x"}, by=admin)


def test_minutes_say_nothing_was_agreed_of_what_was_carried_over(world, ended):
    client = signed_in(world, "review_admin")
    page = client.get(reverse("reviews:minutes", args=[ended.public_id])).content.decode()
    assert page.count("nothing agreed") == 1
    assert "1 of 2 agreed" in client.get(reverse("reviews:meeting", args=[ended.public_id])).content.decode()


def test_who_was_there_is_put_right_by_a_correction_too(world, ended, admin):
    first, [_, dee] = queries.minutes(admin, ended), queries.attendees(ended)
    actions.attend(meeting=ended, here={dee.pk: "here"}, by=admin)
    second = minutes.correct(minutes=first, correction="Dee was there", summaries={}, by=admin)
    assert [each[2] for each in first.people] == ["Here", "Asked"]
    assert [each[2] for each in second.people] == ["Here", "Here"]
    assert [line.summary for line in queries.lines(admin, second)] == [
        line.summary for line in queries.lines(admin, first)
    ]


def test_those_invited_read_their_reviews_lines_once_approved(world, ended, admin):
    """The school is asked about Ada and has no record of Eve."""
    client = signed_in(world, "dsl")
    address = reverse("reviews:minutes", args=[ended.public_id])
    assert client.get(address).status_code == 404
    with reach_of(world.user("dsl")):
        assert not MinuteLine.objects.exists()
    minutes.approve(minutes=queries.minutes(admin, ended), by=admin)
    body = client.get(address).content.decode()
    assert "ASHBY" in body and "EVERETT" not in body
    with reach_of(world.user("dsl")):
        assert {
            line.review.child.forename for line in MinuteLine.objects.select_related("review__child")
        } == {"Ada"}
        assert not Draft.objects.exists()
    assert not Minutes.objects.filter(approved_at=None).exists()


@pytest.mark.parametrize(("code", "told"), [("csc", True), ("vemt", False)])
def test_minutes_name_who_leads_to_whom_the_agreement_lets_know_of_that_agency(
    world, meeting, admin, code, told
):
    actions.begin(meeting=meeting, by=admin)
    agreed(world, meeting, lead_name="Lee Adder", lead_agency=agency(code), lead_phone="01632 960182")
    minutes.approve(minutes=queries.minutes(admin, actions.end(meeting=meeting, by=admin)), by=admin)
    address = reverse("reviews:minutes", args=[meeting.public_id])
    assert "Lee Adder" in signed_in(world, "review_admin").get(address).content.decode()
    assert ("Lee Adder" in signed_in(world, "dsl").get(address).content.decode()) is told


def test_a_correction_drops_no_line_that_whoever_writes_it_does_not_see(world, ended, admin):
    """Eve was given to one administrator by name; another corrects what is said of Ada."""
    first = queries.minutes(admin, ended)
    restrict(child=world.child("eve"), hides="child", reason="Order", by=None)
    with reach_of(admin):
        ada = CaseReview.objects.get().pk
        second = minutes.correct(minutes=first, correction="Words", summaries={ada: "Other words"}, by=admin)
        assert [line.review_id for line in queries.lines(admin, second)] == [ada]
    Child.objects.filter(forename="Eve").update(restricted=False)
    Restriction.objects.filter(child=world.child("eve"), hides="child").delete()
    assert [line.summary for line in queries.lines(admin, second)].count("Other words") == 1
    assert {line.review.child.forename for line in queries.lines(admin, second)} == {"Ada", "Eve"}


# packs and calendars


def everything(sheets):
    return " ".join(
        line for sheet in sheets for part in sheet.parts for line in [sheet.name, part.title, *part.lines]
    )


def test_the_pack_of_the_health_attendee_omits_what_health_may_not_see(world, meeting):
    """CAMHS comes to hold a record of Ada; social care does not share everything with health, health reads its own words."""
    ada = world.child("ada")
    type(ada).objects.filter(pk=ada.pk).update(reach=[*ada.reach, agency("health-camhs").pk])
    for code, words in (("csc", "SOCIAL WORDS"), ("health-camhs", "HEALTH WORDS")):
        Contribution.objects.filter(review__child=ada, agency=agency(code)).update(
            answers=[words], given_at=timezone.now(), by=1
        )
    health, admin = (pack.sheets(world.user(name), meeting) for name in ("health", "review_admin"))
    assert "SOCIAL WORDS" in everything(admin) and "HEALTH WORDS" in everything(admin)
    assert "HEALTH WORDS" in everything(health)
    assert "SOCIAL WORDS" not in everything(health) and "Too many absences" not in everything(health)
    assert "EVERETT" not in everything(health)
    body = signed_in(world, "health").get(reverse("reviews:pack", args=[meeting.public_id])).content.decode()
    assert "HEALTH WORDS" in body and "SOCIAL WORDS" not in body
    SharingAgreement.objects.filter(provider=agency("csc"), recipient_kind="health").update(
        services=["*"], level="content"
    )
    assert "SOCIAL WORDS" in everything(pack.sheets(world.user("health"), meeting))


def test_the_pack_says_in_one_line_who_was_silent_to_those_who_run_reviews(world, meeting):
    Contribution.objects.filter(agency=agency("csc")).update(answers=["WORDS"], given_at=timezone.now(), by=1)
    admin, school = (
        {part.title: part.lines for part in pack.sheets(world.user(name), meeting)[0].parts}
        for name in ("review_admin", "dsl")
    )
    assert admin["Asked, and nothing said"] == ["CAMHS, Elm Primary School"]
    assert admin["Lead professional"] == ["None named"]
    assert "Asked, and nothing said" not in school and school["Lead professional"] != ["None named"]


def test_the_pack_is_a_tagged_paper_in_its_language(world, meeting):
    answer = signed_in(world, "dsl").get(reverse("reviews:pack-pdf", args=[meeting.public_id]))
    assert answer["Content-Type"] == "application/pdf"
    assert "Ashby" not in answer["Content-Disposition"]
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid"):
        assert mark in answer.content
    assert Event.objects.latest("pk").subject.startswith("pack.pdf:")


def test_the_calendar_file_says_when_and_where_and_names_no_child(world, meeting):
    answer = signed_in(world, "dsl").get(reverse("reviews:calendar", args=[meeting.public_id]))
    text = answer.content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert f"DTSTART:{today():%Y%m%d}T1000" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    for word in ("Ashby", "Ada", "Everett", str(world.child("ada").public_id)):
        assert word not in text


# pages


def test_every_page_of_a_meeting_in_each_of_its_states(world, meeting, admin):
    client = signed_in(world, "review_admin")
    address = reverse("reviews:meeting", args=[meeting.public_id])
    assert client.get(reverse("reviews:meetings")).status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(reverse("reviews:do", args=[meeting.public_id, "begin"])).status_code == 302
    body = client.get(address).content.decode()
    assert "Agree and open next" in body
    item = item_of(world, meeting)
    wrong = client.post(reverse("reviews:agree", args=[item.pk]), {"summary": "", "was_summary": ""})
    assert wrong.status_code == 422
    assert client.post(reverse("reviews:add-in-meeting", args=[item.pk]), {"what": "x"}).status_code == 422
    given = {"what": "Visit", "agency": agency("csc").pk, "owner": "Sol", "due_on": f"{today():%d/%m/%Y}"}
    assert client.post(reverse("reviews:add-in-meeting", args=[item.pk]), given).status_code == 302
    assert (
        client.post(
            reverse("reviews:agree", args=[item.pk]), {"summary": "Plan", "was_summary": ""}
        ).status_code
        == 302
    )
    other = item_of(world, meeting, "eve")
    assert client.post(reverse("reviews:carry-over", args=[other.pk])).status_code == 302
    assert "All are done" in client.get(address).content.decode()
    assert client.post(reverse("reviews:do", args=[meeting.public_id, "end"])).status_code == 302
    paper = reverse("reviews:minutes", args=[meeting.public_id])
    assert client.get(paper).status_code == 200
    assert client.post(f"{paper}1/correct/", {"correction": ""}).status_code == 422
    review = CaseReview.objects.get(child=world.child("ada"))
    assert (
        client.post(f"{paper}1/correct/", {"correction": "Word", f"r{review.pk}": "A plan"}).status_code
        == 302
    )
    assert client.post(f"{paper}2/approve/").status_code == 302
    assert "approved" in client.get(paper).content.decode()


def test_a_series_is_set_up_by_its_page(world):
    client = signed_in(world, "review_admin")
    given = {
        "name": "Fortnight", "type": ReviewType.objects.get().pk, "weekday": "2", "starts": "09:30", "minutes": "60", "chair": "Ina",
        "people": "Sol Worker, Children's social care\nNobody, No agency", "active": "on",
    }  # fmt: skip
    refused = client.post(reverse("reviews:new-series"), given)
    assert refused.status_code == 422
    given["people"] = "Sol Worker, Children's social care"
    assert client.post(reverse("reviews:new-series"), given).status_code == 302
    made = queries.series()[0]
    assert made.people == [["Sol Worker", agency("csc").pk]]
    assert "Sol Worker, Children" in client.get(reverse("reviews:series", args=[made.pk])).content.decode()
    assert (
        client.post(reverse("reviews:plan", args=[made.pk]), {"on": f"{today():%d/%m/%Y}"}).status_code == 302
    )


def test_joined_records_stay_on_the_agenda(world, meeting, admin):
    review = CaseReview.objects.get(child=world.child("eve"))
    old = another()
    CaseReview.objects.filter(pk=review.pk).update(child=old)
    type(old).objects.filter(pk=old.pk).update(merged_into=world.child("eve"))
    reviews.follow(by=None)
    assert len(queries.items(admin, meeting)) == 2


DEEDS = {
    "meeting.draw": (actions, lambda meeting, by: actions.draw(meeting=meeting, by=by)),
    "meeting.begin": (actions, lambda meeting, by: actions.begin(meeting=meeting, by=by)),
    "meeting.carry_over": (actions, lambda meeting, by: actions.carry_over(item=begun(meeting, by), by=by)),
    "meeting.agree": (
        agreeing,
        lambda meeting, by: agreeing.agree(item=begun(meeting, by), summary="So", by=by),
    ),
    "meeting.end": (actions, lambda meeting, by: actions.end(meeting=begun(meeting, by).meeting, by=by)),
}


def begun(meeting, by):
    if meeting.state == "planned":
        actions.begin(meeting=meeting, by=by)
        meeting.refresh_from_db()
    return meeting.items.first()


@pytest.mark.parametrize("kind", DEEDS)
def test_each_leaves_its_event_and_without_it_nothing_is_done(world, meeting, admin, kind, monkeypatch):
    module, do = DEEDS[kind]
    if kind not in ("meeting.begin", "meeting.draw"):
        begun(meeting, admin)
    states = [*CaseReview.objects.order_by("pk").values_list("state", flat=True), meeting.state]

    def fails(*args, **kwargs):
        raise ConnectionError("the audit record is full")

    with monkeypatch.context() as patch:
        patch.setattr(module, "record", fails)
        with pytest.raises(ConnectionError), transaction.atomic():
            do(meeting, admin)
    meeting.refresh_from_db()
    assert [*CaseReview.objects.order_by("pk").values_list("state", flat=True), meeting.state] == states
    do(meeting, admin)
    assert Event.objects.filter(kind=kind, by=admin.pk).exists()
