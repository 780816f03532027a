"""Case reviews: raised by people and by the service, moved along the table, seen by those invited and no further."""

from smtplib import SMTPException

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.access.reach import reach_of
from apps.audit.models import Event
from apps.children.actions import restrict
from apps.children.models import Child
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.words import longday
from apps.ragp.models import Override, Scheme
from apps.reviews import actions, queries, telling
from apps.reviews.machine import HAS_DECISION, TRANSITIONS, State
from apps.reviews.models import CaseReview, Cause, Contribution, Move, ReviewType
from apps.triage import actions as triage
from apps.triage.cohorts import actions as cohorts
from tests.integration.ragp.facts import child as another
from tests.integration.reviews.reviewing import DAY, GIVEN, act, agency, moved, raised, the_type
from tests.integration.triage.queueing import item_of, rated

pytestmark = pytest.mark.django_db


def signed_in(world, name):
    client = Client()
    client.force_login(world.user(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def seen_by(world, name):
    """Ids of the reviews that row-level security lets somebody see, with no Python between."""
    with reach_of(world.user(name)):
        return set(CaseReview.objects.values_list("pk", flat=True))


def shown_to(world, name):
    user = world.user(name)
    with reach_of(user):
        return {each.pk for each in queries.visible(user)}


# raising


def test_who_may_know_of_a_live_review_is_led_to_it(world):
    the_type("csc", "early-help")
    live = raised(world)
    client, address = (
        signed_in(world, "early_help_officer"),
        reverse("reviews:raise", args=[world.child("ada").public_id]),
    )
    answer = client.post(address, {"type": live.type_id, "reason": "Worried"})
    assert answer.status_code == 422 and CaseReview.objects.count() == 1
    said = answer.content.decode()
    assert (
        "under way for this child already" in said
        and reverse("reviews:review", args=[live.public_id]) in said
    )


def test_who_may_not_know_of_it_raises_a_second_one_and_is_told_nothing(world, admin):
    """The page and its answer are those of a child without any review."""
    the_type("csc")
    live = raised(world)
    client = signed_in(world, "early_help_officer")
    pages = [
        client.get(reverse("reviews:raise", args=[world.child(each).public_id])) for each in ("ada", "eve")
    ]
    assert not any(b"Under way already" in each.content for each in pages)
    given = {"type": live.type_id, "reason": "Worried"}
    answers = [
        client.post(reverse("reviews:raise", args=[world.child(each).public_id]), given, follow=True)
        for each in ("ada", "eve")
    ]
    for answer in answers:
        said = answer.content.decode()
        assert "The review is raised" in said and "uplicate" not in said
        assert str(live.public_id) not in said
    second = CaseReview.objects.get(
        child=world.child("ada"), agencies=sorted([agency("csc").pk, agency("early-help").pk])
    )
    assert queries.doubles(world.user("early_help_officer"), [second]) == {}
    assert queries.doubles(admin, [live, second]) == {second.pk: live}
    queue = client.get(reverse("reviews:queue"))
    assert b"uplicate" not in queue.content
    assert {row.review.child_id for row in queue.context["rows"]} == {
        world.child("ada").pk,
        world.child("eve").pk,
    }


def test_it_is_put_before_who_runs_reviews_as_a_possible_duplicate(world):
    the_type("csc")
    live, second = raised(world), raised(world, by="early_help_officer")
    client = signed_in(world, "review_admin")
    for address in (reverse("home"), reverse("reviews:queue")):
        assert client.get(address).content.decode().count("Possible duplicate") == 1
    page = client.get(reverse("reviews:review", args=[second.public_id])).content.decode()
    assert "Possible duplicate" in page and reverse("reviews:review", args=[live.public_id]) in page
    assert (
        "Possible duplicate"
        not in client.get(reverse("reviews:review", args=[live.public_id])).content.decode()
    )
    moved(world, second, "decline")
    assert "Possible duplicate" not in client.get(reverse("reviews:queue")).content.decode()


def test_a_person_raises_and_the_own_agency_and_those_of_the_type_are_invited(world):
    the_type("urn-900001")
    review = raised(world)
    assert review.state == State.RAISED
    assert set(review.agencies) == {agency("csc").pk, agency("urn-900001").pk}
    assert review.due_at > timezone.now()
    assert Move.objects.get(review=review).name == "raise"


def test_a_second_review_of_the_type_is_refused_while_one_is_under_way(world):
    review = raised(world)
    with pytest.raises(Refused, match="under way"):
        raised(world)
    moved(world, review, "decline")
    assert raised(world).pk != review.pk


def decided_in_triage(world, outcome="raise_review"):
    Scheme.objects.update(watched_from=timezone.now())
    subject = rated("child_protection")
    [decision] = triage.decide(
        items=[item_of(subject)], outcome=outcome, reason="Two plans", by=world.user("early_help_officer")
    )
    return subject, decision


def test_what_triage_raises_is_swept_up_once(world):
    subject, _ = decided_in_triage(world)
    other, _ = decided_in_triage(world, "no_action")
    assert actions.take_raised(by=None) == 1
    assert actions.take_raised(by=None) == 0
    review = CaseReview.objects.get(child=subject)
    cause = review.causes.get()
    assert (cause.kind, cause.words, cause.by) == (
        "triage",
        "Two plans",
        world.users["early_help_officer"].pk,
    )
    assert not CaseReview.objects.filter(child=other).exists()
    assert Event.objects.filter(kind="review.take", children__contains=[subject.pk]).count() == 1


def test_a_second_cause_joins_the_review_that_is_under_way(world):
    subject, _ = decided_in_triage(world)
    actions.take_raised(by=None)
    ReviewType.objects.update(for_expired=True)
    Override.objects.create(
        child=subject, band="red", against="green", reason="Known", by=1, by_name="X", agency=agency("csc"),
        set_at=timezone.now(), review_on=today(), expires_on=today(), ended_at=timezone.now(), ended_why="expired",
    )  # fmt: skip
    assert actions.take_raised(by=None) == 1
    assert {each.kind for each in Cause.objects.filter(review__child=subject)} == {"triage", "override"}
    assert CaseReview.objects.filter(child=subject).count() == 1


def test_a_decision_undone_in_triage_takes_its_review_back_unless_somebody_has_taken_it_up(world):
    subject, decision = decided_in_triage(world)
    actions.take_raised(by=None)
    triage.undo(decisions=[decision], by=world.user("early_help_officer"))
    actions.take_raised(by=None)
    review = CaseReview.objects.get(child=subject)
    assert review.state == State.DECLINED
    assert review.moves.latest("pk").by is None
    again, kept = decided_in_triage(world)
    actions.take_raised(by=None)
    moved(world, CaseReview.objects.get(child=again), "accept")
    triage.undo(decisions=[kept], by=world.user("early_help_officer"))
    actions.take_raised(by=None)
    assert CaseReview.objects.get(child=again).state == State.ACCEPTED


def test_who_enters_a_watched_cohort_of_a_type_gets_a_review(world):
    officer = world.user("early_help_officer")
    made = cohorts.make(
        name="Plan",
        conditions=[{"kind": "open", "subject": "child_protection"}],
        unseen_days=None,
        shared=True,
        by=officer,
    )
    before = rated("child_protection")
    cohorts.work_out(cohort=made, by=None)
    cohorts.watch(cohort=made, watched=True, respond_in_days=5, by=officer)
    the_type(cohort=made)
    after = rated("child_protection")
    cohorts.work_out(cohort=made, by=None)
    actions.take_raised(by=None)
    assert [each.child_id for each in CaseReview.objects.filter(child__in=[before, after])] == [after.pk]


def test_a_joined_record_hands_its_review_on(world):
    review = raised(world)
    old, stands = another(), world.child("cleo")
    CaseReview.objects.filter(pk=review.pk).update(child=old)
    Child.objects.filter(pk=old.pk).update(merged_into=stands)
    assert actions.follow(by=None) == 1
    assert actions.follow(by=None) == 0
    assert CaseReview.objects.get(pk=review.pk).child_id == stands.pk


# the machine, in the database


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from([*TRANSITIONS, "act", "end"]), max_size=14))
def test_any_walk_is_audited_step_by_step_and_closes_only_what_was_decided(world, tries):
    with transaction.atomic():
        review = raised(world)
        walk(world, review, tries)
        transaction.set_rollback(True)


def walk(world, review, tries):
    """Try each; what the table refuses leaves no trace, what it allows leaves one move and one event."""
    admin = world.user("review_admin")
    for step in tries:
        moves, events = review.moves.count(), Event.objects.filter(kind="review.move").count()
        try:
            if step == "act":
                act(world, review)
            elif step == "end":
                for each in review.actions.filter(state="open"):
                    actions.end_action(action=each, done=True, outcome="Seen", by=admin)
            else:
                review = actions.move(review=review, name=step, given=GIVEN.get(step, dict)(), by=admin)
                moves, events = moves + 1, events + 1
        except Refused:
            pass
        review.refresh_from_db()
        assert review.moves.count() == moves
        assert Event.objects.filter(kind="review.move").count() == events
        assert review.moves.latest("pk").to == review.state
        assert (queries.outcome(review) is not None) is (review.state in HAS_DECISION)
        assert review.state != State.CLOSED or not queries.open_actions(review)


def test_the_usual_way_from_raised_to_closed(world, admin):
    the_type("csc")
    review = moved(world, raised(world), "accept", "schedule", "begin", "decide")
    action = act(world, review)
    review = moved(world, review, "follow")
    with pytest.raises(Refused, match="still open"):
        moved(world, review, "close")
    actions.end_action(action=action, done=True, outcome="Visited", by=world.user("social_worker"))
    review = moved(world, review, "close")
    assert review.state == State.CLOSED
    review = moved(world, review, "reopen")
    assert (review.round, queries.outcome(review), len(queries.outcomes(review))) == (2, None, 1)
    assert review.contributions.filter(round=2).count() == 1


def test_what_a_type_requires_is_required(world, admin):
    the_type(required=["action", "next_review"])
    review = moved(world, raised(world), "accept", "schedule", "begin")
    with pytest.raises(Refused, match="at least one action"):
        moved(world, review, "decide")
    act(world, review)
    with pytest.raises(Refused, match="next review"):
        actions.move(review=review, name="decide", given={"summary": "So be it"}, by=admin)
    assert moved(world, review, "decide").state == State.DECIDED


@pytest.mark.parametrize(("step", "given"), [
    ("schedule", {"meets_on": today() - DAY}), ("schedule", {"meets_on": None}),
    ("defer", {"until": today(), "reason": "x"}), ("defer", {"until": today() + 9 * DAY, "reason": "  "}),
])  # fmt: skip
def test_days_lie_ahead_and_reasons_say_something(world, admin, step, given):
    review = moved(world, raised(world), "accept")
    with pytest.raises(Refused):
        actions.move(review=review, name=step, given=given, by=admin)


def test_only_a_review_administrator_moves_a_review(world):
    review = raised(world)
    for name in ("social_worker", "early_help_officer", "dsl", "data_officer"):
        with pytest.raises(Refused, match="Only a review administrator"):
            moved(world, review, "accept", by=name)


def test_the_second_of_two_is_told_that_somebody_was_quicker(world):
    review = raised(world)
    moved(world, review, "accept")
    with pytest.raises(Refused, match="This review is accepted"):
        moved(world, review, "accept")


# what agencies say


@pytest.fixture
def asked(world):
    """Ada's review, taken up: social care, the school and CAMHS are asked."""
    the_type("csc", "urn-900001", "health-camhs", "early-help", questions=["What is known?", "What next?"])
    return moved(world, raised(world), "accept")


def said(review, code):
    return Contribution.objects.get(review=review, agency__code=code, round=review.round)


def test_agencies_are_asked_told_without_a_name_chased_and_frozen(world, admin, asked):
    assert (
        telling.send_all(by=None) == 5
    )  # a keeper has no say; an officer and a supervisor, but nobody twice
    assert telling.send_all(by=None) == 0
    for letter in mail.outbox:
        assert not {"Ashby", "Ada", "Multi-agency"} & set(
            f"{letter.subject} {letter.body}".replace(",", " ").split()
        )
    answered = actions.contribute(
        contribution=said(asked, "csc"), answers=["On a plan", ""], version=0, by=world.user("social_worker")
    )
    assert (answered.version, answered.answers) == (1, ["On a plan", ""])
    assert actions.chase(review=asked, by=admin) == 3
    mail.outbox.clear()
    telling.send_all(by=None)
    assert "social_worker@example.org" not in [each.to[0] for each in mail.outbox]
    moved(world, asked, "schedule", "begin")
    with pytest.raises(Refused, match="frozen"):
        actions.contribute(
            contribution=said(asked, "csc"), answers=["More"], version=1, by=world.user("social_worker")
        )
    assert said(asked, "csc").answers == ["On a plan", ""]
    assert said(asked, "health-camhs").frozen_at


def test_the_first_page_says_that_the_agency_is_asked_until_it_has_answered(world, asked):
    def home(who):
        return signed_in(world, who).get("/").content.decode()

    assert "1 case review waits" in home("social_worker") and reverse("reviews:queue") in home("dsl")
    assert "case review waits" not in home("other_dsl")
    actions.contribute(
        contribution=said(asked, "csc"), answers=["On a plan", ""], version=0, by=world.user("social_worker")
    )
    assert "case review waits" not in home("social_worker") and "case review waits" in home("dsl")
    moved(world, asked, "schedule", "begin")
    assert "case review waits" not in home("dsl")


def test_nobody_is_told_a_day_for_their_contribution_that_is_after_the_meeting(world, admin, asked):
    assert said(asked, "csc").due_on > today() + DAY
    actions.move(review=asked, name="schedule", given={"meets_on": today() + DAY}, by=admin)
    actions.invite(review=asked, agency=agency("vemt"), by=admin)
    assert set(asked.contributions.values_list("due_on", flat=True)) == {today() + DAY}


def test_nobody_is_asked_for_a_review_that_is_not_held(world, admin, asked):
    moved(world, asked, "decline")
    assert (telling.send_all(by=None), mail.outbox) == (0, [])
    with pytest.raises(Refused, match="not held"):
        actions.chase(review=CaseReview.objects.get(pk=asked.pk), by=admin)
    with pytest.raises(Refused, match="not held"):
        actions.contribute(
            contribution=said(asked, "csc"), answers=["Late"], version=0, by=world.user("social_worker")
        )
    page = signed_in(world, "review_admin").get(reverse("reviews:review", args=[asked.public_id]))
    assert b"Ask again those" not in page.content


def test_one_bad_address_keeps_nobody_from_theirs_and_when_all_fail_it_is_tried_again(
    world, asked, monkeypatch
):
    def fails_for(*bad):
        def send(subject, text, sender, to):
            if not bad or to[0] in bad:
                raise SMTPException("refused")
            sent.append(to[0])

        return send

    sent = []
    monkeypatch.setattr(telling, "send_mail", fails_for())
    with pytest.raises(SMTPException):
        telling.send_all(by=None)
    assert Contribution.objects.filter(told_at=None).count() == 4
    monkeypatch.setattr(telling, "send_mail", fails_for("dsl@example.org"))
    telling.send_all(by=None)
    assert len(sent) == 4
    assert telling.send_all(by=None) == 0


def test_two_colleagues_lose_nothing(world, asked):
    by, mine = world.user("social_worker"), said(asked, "csc")
    actions.contribute(contribution=mine, answers=["First"], version=0, by=by)
    with pytest.raises(Refused, match="nothing is lost"):
        actions.contribute(contribution=mine, answers=["Second"], version=0, by=by)
    client = signed_in(world, "social_worker")
    page = client.post(
        reverse("reviews:contribute", args=[asked.public_id]),
        {"answer0": "Second", "answer1": "", "version": "0"},
    )
    assert page.status_code == 422
    assert "First" in page.content.decode() and "Second" in page.content.decode()


def test_an_agency_answers_for_itself_alone(world, asked):
    with pytest.raises(Refused, match="Only the agency"):
        actions.contribute(contribution=said(asked, "csc"), answers=["x"], version=0, by=world.user("dsl"))


def test_each_reads_what_its_agreement_shares_and_no_more(world, admin, asked):
    """The school reads nothing of what CAMHS says; whatever Python forgets, the database holds."""
    Contribution.objects.filter(review=asked).update(answers=["SECRET"], given_at=timezone.now(), by=admin.pk)

    def read(name):
        user = world.user(name)
        with reach_of(user):
            by_policy = set(Contribution.objects.values_list("agency__code", flat=True))
            assert {each.agency.code for each in queries.contributions(user, asked)} == by_policy
        return by_policy

    assert read("review_admin") == {"csc", "urn-900001", "health-camhs", "early-help"}
    assert read("dsl") == {"urn-900001"}
    # of CAMHS social care may know that it is involved, of early help all of the content
    assert {"csc", "early-help"} <= read("social_worker") <= {"csc", "early-help", "urn-900001"}
    page = signed_in(world, "dsl").get(reverse("reviews:review", args=[asked.public_id])).content.decode()
    assert "CAMHS" not in page
    assert "Too many absences" not in page


# who sees a review


def test_those_invited_see_it_where_they_reach_the_child(world):
    the_type("urn-900001")
    review = raised(world)
    for name, sees in (
        ("social_worker", True), ("dsl", True), ("review_admin", True), ("other_dsl", False), ("health", False),
        ("early_help_officer", False), ("data_officer", False),
    ):  # fmt: skip
        assert (review.pk in seen_by(world, name)) is sees, name
        assert (review.pk in shown_to(world, name)) is sees, name


def test_an_agency_invited_without_a_record_of_the_child_does_not_open_it(world):
    the_type("health-camhs")
    review = raised(world)
    assert review.pk not in seen_by(world, "health")
    assert (
        signed_in(world, "health").get(reverse("reviews:review", args=[review.public_id])).status_code == 404
    )


def test_the_education_welfare_team_is_invited_and_says_what_it_knows(world, admin):
    """For a child of no setting it stands where the school would; what it is not told elsewhere it is not told here."""
    team = agency("of-no-setting-unknown")
    assert team in queries.agencies()
    the_type("csc", questions=["What is known?", "What next?"])
    review = moved(world, raised(world), "accept")
    assert not seen_by(world, "welfare")
    actions.invite(review=review, agency=team, by=admin)
    client, address = signed_in(world, "welfare"), reverse("reviews:contribute", args=[review.public_id])
    assert client.get(reverse("reviews:review", args=[review.public_id])).status_code == 200
    given = {"answer0": "Not on any roll since June", "answer1": "", "version": "0"}
    assert client.post(address, given).status_code == 302
    assert said(review, team.code).answers[0] == "Not on any roll since June"
    assert (
        "Too many absences"
        not in client.get(reverse("reviews:review", args=[review.public_id])).content.decode()
    )


def test_a_restricted_childs_review_is_not_even_the_administrators(world):
    review = raised(world)
    restrict(child=world.child("ada"), hides="child", reason="Order", by=None)
    assert review.pk not in seen_by(world, "review_admin")
    hidden = signed_in(world, "review_admin").get(reverse("reviews:review", args=[review.public_id]))
    missing = signed_in(world, "review_admin").get(
        reverse("reviews:review", args=["00000000-0000-4000-8000-000000000000"])
    )
    assert (hidden.status_code, missing.status_code) == (404, 404)


def test_the_web_writes_no_review_of_a_child_it_does_not_reach(world):
    type_ = ReviewType.objects.get(for_triage=True)
    own = [agency("csc").pk]
    with reach_of(world.user("social_worker")), pytest.raises(DatabaseError), transaction.atomic():
        CaseReview.objects.create(
            child_id=world.children["ben"].pk, type=type_, state="raised", agencies=own, raised_at=timezone.now(), since=timezone.now()
        )  # fmt: skip


# pages


def test_the_list_costs_the_same_however_long(world):
    the_type("csc")

    def cost():
        client = signed_in(world, "review_admin")
        client.get(reverse("reviews:queue"))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("reviews:queue"))
        assert page.status_code == 200
        return len(asked), page.content.decode().count("<tr ")

    moved(world, raised(world), "accept")
    few = cost()
    for name, by in (("ben", "health"), ("cleo", "early_help_officer"), ("eve", "social_worker")):
        moved(world, raised(world, name, by), "accept")
    many = cost()
    assert many[1] == few[1] + 3
    assert many[0] == few[0] <= 50


@pytest.mark.parametrize("name", ["social_worker", "review_admin", "dsl"])
def test_every_page_of_reviews_is_drawn_and_logged(world, name):
    the_type("csc", "urn-900001")
    review = moved(world, raised(world), "accept")
    client = signed_in(world, name)
    for address in (reverse("reviews:queue"), reverse("reviews:review", args=[review.public_id])):
        before = Event.objects.latest("pk").pk
        page = client.get(address)
        assert page.status_code == 200
        assert "ASHBY" in page.content.decode()
        [event] = Event.objects.filter(pk__gt=before)
        assert (event.kind, event.children) == ("review.look", [world.children["ada"].pk])


def test_an_administrator_runs_a_review_by_its_pages(world):
    the_type("csc")
    review, client = raised(world), signed_in(world, "review_admin")

    def step(name, **given):
        address = reverse("reviews:move", args=[review.public_id, name])
        assert client.get(address).status_code == 200
        return client.post(address, given)

    assert step("accept").status_code == 302
    assert step("schedule").status_code == 422
    assert step("schedule", meets_on=f"{today():%d/%m/%Y}").status_code == 302
    assert step("begin").status_code == 302
    assert step("decide", summary="School leads", next_review_on="").status_code == 302
    address = reverse("reviews:add-action", args=[review.public_id])
    assert client.post(address, {"what": "Visit"}).status_code == 422
    given = {"what": "Visit", "agency": agency("csc").pk, "owner": "Sol", "due_on": f"{today():%d/%m/%Y}"}
    assert client.post(address, given).status_code == 302
    end = reverse("reviews:action", args=[review.actions.get().pk])
    worker = signed_in(world, "social_worker")
    assert worker.get(end).status_code == 200
    assert worker.post(f"{end}end/", {"done": "yes", "outcome": "Visited"}).status_code == 302
    assert step("close").status_code == 302
    review.refresh_from_db()
    assert review.state == State.CLOSED


def test_types_are_set_up_by_pages(world):
    client = signed_in(world, "review_admin")
    assert client.get(reverse("reviews:types")).status_code == 200
    given = {
        "name": "Attendance panel", "purpose": "School", "accept_days": 1, "contribute_days": 3, "meet_days": 5,
        "questions": "One?\n\nTwo?", "required": ["action"], "agencies": [agency("csc").pk], "active": "on",
    }  # fmt: skip
    assert client.post(reverse("reviews:new-type"), given).status_code == 302
    made = ReviewType.objects.get(name="Attendance panel")
    assert (made.questions, made.required, list(made.agencies.all())) == (
        ["One?", "Two?"],
        ["action"],
        [agency("csc")],
    )
    assert client.get(reverse("reviews:type", args=[made.pk])).status_code == 200
    given["for_triage"] = "on"
    refused = client.post(reverse("reviews:type", args=[made.pk]), given)
    assert refused.status_code == 422
    assert "of another type already" in refused.content.decode()


@pytest.mark.parametrize(
    ("steps", "word"),
    [(["accept", "schedule"], "meets"), (["accept", "schedule", "begin", "decide"], "met")],
)
def test_a_meeting_that_has_been_is_not_told_as_one_to_come(world, steps, word):
    moved(world, raised(world), *steps)
    client = signed_in(world, "review_admin")
    child = reverse("profiles:child", args=[world.child("ada").public_id])
    for address in (child, reverse("reviews:queue")):
        assert f"{word} {longday(today())}" in client.get(address).content.decode()


def test_a_childs_page_shows_its_reviews_and_the_way_to_raise_one(world):
    review = raised(world)
    address = reverse("profiles:child", args=[world.child("ada").public_id])
    worker = signed_in(world, "social_worker").get(address).content.decode()
    assert reverse("reviews:review", args=[review.public_id]) in worker
    assert "Raise a review" in worker
    school = signed_in(world, "dsl").get(address).content.decode()
    assert reverse("reviews:review", args=[review.public_id]) not in school
    assert "Raise a review" not in school
