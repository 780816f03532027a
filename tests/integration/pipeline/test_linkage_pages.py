"""The pages of who is who as they are asked for: what is kept, what is carried out, what nobody is shown."""

import csv
import io

import pytest
from django.urls import reverse

from apps.access.actions import grant_child
from apps.audit.models import Event
from apps.children.actions import restrict
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.lists.weeks import name_of
from apps.matching.acts import actions as acts
from apps.matching.acts import sampling
from apps.matching.models import Act, LinkVersion, Question, SecondLook
from apps.pipeline.linkage import outlook
from apps.pipeline.linkage.actions import carry_out, carry_out_left
from tests.integration.stories.telling import signed_in
from tests.integration.test_statement_counts import more
from tests.world import SCHOOL_URN, bring

EARLY = {
    "Date of Birth": "04/05/2022",
    "Postcode": "ZZ2 1ZZ",
    "Start Date": "01/10/2026",
    "End Date": "",
    "Support Level": "x",
}
ADAM = EARLY | {
    "EHM ID": "H9",
    "Episode ID": "E9",
    "Forename": "Adam",
    "Surname": "Ashby",
    "Address": "1 First Street",
}


@pytest.fixture
def officer(world):
    return signed_in(world.user("data_officer"))


@pytest.fixture
def asked(world):
    bring("early_help", ADAM)
    return Question.objects.get()


def to(name, *args):
    return reverse(f"pipeline:{name}", args=args)


def send(client, question, answer, child=None, **more):
    return client.post(
        to("answer-question", question.pk),
        {"answer": answer, "candidate": child and child.public_id or "", **more},
    )


def test_an_answer_is_carried_out_after_the_request_and_its_undo_too(
    world, officer, asked, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(officer, asked, "same", world.child("ada"), reason="Twins do not share a bed")
    act = Act.objects.get()
    assert (answer.status_code, answer.url) == (302, to("questions") + f"?done={act.pk}")
    assert (act.state, act.reason, asked.record.links.latest("pk").child) == (
        "done",
        "Twins do not share a bed",
        world.child("ada"),
    )
    assert b"Decided." in officer.get(answer.url).content
    empty = officer.post(to("undo-act", act.pk), {"reason": "  "})
    assert empty.status_code == 422 and b"Say why" in empty.content
    act.refresh_from_db()
    assert act.state == "done"
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(to("undo-act", act.pk), {"reason": "A slip"})
    act.refresh_from_db()
    asked.refresh_from_db()
    assert (act.state, asked.closed_at, asked.answer) == ("undone", None, "")
    page = officer.get(to("act", act.pk)).content.decode()
    assert "Undone by Data_Officer Test" in page and "A slip" in page
    assert Event.objects.filter(kind="act.undo", subject=f"act:{act.pk}").count() == 1


def test_without_an_answer_the_page_says_so_and_keeps_the_note(officer, asked):
    answer = send(officer, asked, "", reason="Half a thought")
    assert answer.status_code == 422
    assert b"Choose an answer" in answer.content and b"Half a thought" in answer.content
    assert not Act.objects.exists()


def test_who_is_slower_is_told_and_nothing_is_saved(world, officer, asked):
    acts.claim(question=asked, by=world.user("review_admin"))
    answer = send(officer, asked, "new")
    assert answer.status_code == 409
    assert b"has had this question open" in answer.content
    assert not Act.objects.exists()


@pytest.mark.parametrize("child", ["ben", "dan"])
def test_nobody_else_is_taken_for_a_candidate(world, officer, asked, child):
    assert send(officer, asked, "same", world.child(child)).status_code == 409
    assert not Act.objects.exists()


def test_a_question_out_of_reach_answers_like_a_missing_one(world, officer, asked):
    restrict(child=world.child("ada"), hides="child", reason="Order", by=None)
    missing = officer.get(to("question", 999_999))
    assert officer.get(to("question", asked.pk)).status_code == missing.status_code == 404
    send(officer, asked, "new")
    asked.refresh_from_db()
    assert (asked.closed_at, Act.objects.count()) == (None, 0)


def test_cannot_tell_goes_on_the_agencys_list_in_its_own_words_and_nothing_runs(world, officer, asked):
    asked.record.versions.update(surname="=cmd()")
    send(officer, asked, "cannot_tell")
    asked.refresh_from_db()
    assert asked.asked_agency_at and asked.closed_at is None
    code = asked.record.agency.code
    page = officer.get(to("asked"))
    assert asked.record.agency.name in page.content.decode()
    [row] = list(
        csv.DictReader(io.StringIO(officer.get(to("asked-file", code, "csv")).content.decode("utf-8-sig")))
    )
    assert (row["Your number"], row["Surname"], row["Forename"]) == ("H9", "'=cmd()", "Adam")
    assert "Ada" not in row.values() and "C1" not in str(row)
    assert officer.get(to("asked-file", code, "xlsx")).content[:2] == b"PK"
    event = Event.objects.filter(kind="question.export").latest("pk")
    assert (event.subject, event.children) == (f"agency:{code}", [asked.child_id])
    assert officer.get(to("asked-file", code, "exe")).status_code == 404
    assert officer.get(to("asked-file", "csc", "csv")).status_code == 404


def test_later_puts_a_question_to_the_end_and_opens_the_next(world, officer, asked):
    eva = {
        "EHM ID": "H8",
        "Episode ID": "E8",
        "Forename": "Eva",
        "Surname": "Everett",
        "Address": "5 Fifth Street",
    }
    bring("early_help", ADAM, ADAM | eva)
    other = Question.objects.exclude(pk=asked.pk).get()
    assert send(officer, asked, "later").url == to("question", other.pk)
    assert list(officer.get(to("questions")).context["page"]) == [other, asked]
    other.refresh_from_db()
    assert other.claimed_by == world.users["data_officer"].pk


def test_like_cases_are_answered_together_with_one_reason_or_not_at_all(
    world, officer, django_capture_on_commit_callbacks
):
    roll, _, maybe = more(4, 0)
    bring("early_years_roll", *roll)
    bring("young_carers", *maybe)
    [group] = officer.get(to("alike")).context["groups"]
    assert (len(group.cases), group.differ) == (4, "Born")
    given = {"answer": "same", "reason": "The form turns days about"}
    address, shown = to("answer-alike", group.key), {"seen": group.mark}
    assert officer.post(address, given).status_code == 409
    assert officer.post(address, given | shown | {"reason": " "}).status_code == 422
    # a colleague takes one of them up, then another in its place: as many are left, but not those that were looked at
    colleague, first, second = world.user("review_admin"), *(each.sheet.question for each in group.cases[:2])
    acts.claim(question=first, by=colleague)
    [three] = officer.get(to("alike")).context["groups"]
    acts.release(question=first, by=colleague)
    acts.claim(question=second, by=colleague)
    [now] = officer.get(to("alike")).context["groups"]
    assert len(now.cases) == len(three.cases) == 3 and now.mark != three.mark
    assert officer.post(address, given | {"seen": three.mark}).status_code == 409
    assert not Act.objects.exists()
    acts.release(question=second, by=colleague)
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(address, given | shown)
    assert set(Act.objects.values_list("state", "kind")) == {("done", "same")}
    assert (Act.objects.count(), Question.objects.filter(closed_at=None).count()) == (4, 0)


def test_what_a_dead_worker_left_is_carried_out_later(world, asked):
    acts.answer(question=asked, kind="new", candidate=None, reason="", by=world.user("data_officer"))
    assert carry_out_left() == 1
    assert Act.objects.get().state == "done"
    assert carry_out_left() == 0


def test_what_an_answer_would_do_to_ratings_is_worked_out_and_nothing_is_touched(world, asked):
    before = Child.objects.count()
    assert outlook.of_questions() == 1
    told = asked.candidates.get().outlook
    assert (told["now"], told["after"]) == ("green", "green") or told["after"] != told["now"]
    asked.refresh_from_db()
    assert asked.stake > 0 and Child.objects.count() == before
    assert outlook.of_questions() == 0
    act = acts.draft(
        kind="merge", child=world.child("ada"), target=world.child("cleo"), by=world.user("data_officer")
    )
    outlook.of_act(act)
    act.refresh_from_db()
    foreseen = {child: after for child, _, after in act.preview["bands"]}
    by = world.user("data_officer")
    acts.approve(act=acts.propose(act=act, reason="One", preview={}, by=by), by=world.user("review_admin"))
    carry_out(act=Act.objects.get(pk=act.pk))
    assert (
        Child.objects.get(pk=act.target_id).assessments.get(superseded_at=None).band
        == foreseen[act.target_id]
    )


def test_a_merged_childs_old_address_leads_those_who_see_the_whole_and_nobody_else(world):
    by = world.user("data_officer")
    act = acts.draft(kind="merge", child=world.child("ada"), target=world.child("eve"), by=by)
    acts.approve(act=acts.propose(act=act, reason="One", preview={}, by=by), by=world.user("review_admin"))
    publish(week=week_of(today()), by=None)
    carry_out(act=Act.objects.get(pk=act.pk))
    old, new = (reverse("profiles:child", args=[each.public_id]) for each in (act.child, act.target))
    for who in ("social_worker", "dsl", "data_officer"):
        answer = signed_in(world.user(who)).get(old)
        assert (answer.status_code, answer.url) == (302, new)
    missing = reverse("profiles:child", args=["00000000-0000-4000-8000-000000000000"])
    for who in ("health", "other_dsl"):
        client = signed_in(world.user(who))
        assert client.get(old).status_code == client.get(missing).status_code == 404
    listed = signed_in(world.user("dsl")).get(
        f"/lists/mine/urn-{SCHOOL_URN}/{name_of(week_of(today()))}/", {"show": "all"}
    )
    assert "ASHBY" in listed.content.decode()
    assert ("Since merged" in listed.content.decode()) is (act.child.forename == "Ada")


def test_who_was_given_a_child_by_name_sees_the_whole_as_long_as_the_two_are_one(world):
    health, by = world.user("health"), world.user("data_officer")
    grant_child(user=health, child=world.child("cleo"), reason="Visit", by=None)
    act = acts.draft(kind="merge", child=world.child("ada"), target=world.child("cleo"), by=by)
    acts.approve(act=acts.propose(act=act, reason="One", preview={}, by=by), by=world.user("review_admin"))
    carry_out(act=Act.objects.get(pk=act.pk))
    pages = {each.pk: reverse("profiles:child", args=[each.public_id]) for each in (act.child, act.target)}
    assert signed_in(world.user("health")).get(pages[act.target_id]).status_code == 200
    act.refresh_from_db()
    acts.ask_undo(act=act, reason="Two after all", by=by)
    carry_out(act=Act.objects.get(pk=act.pk))
    seen = {pk: signed_in(world.user("health")).get(page).status_code for pk, page in pages.items()}
    assert seen == {world.child("cleo").pk: 200, world.child("ada").pk: 404}


def test_a_proposal_shows_a_second_person_no_service_that_is_not_shared_with_them(world, officer):
    act = acts.draft(
        kind="merge", child=world.child("ben"), target=world.child("cleo"), by=world.user("data_officer")
    )
    outlook.of_act(act)
    picture = {
        "involvements": [
            {"service": "Secret", "code": "secret", "agency": 999, "from": "", "to": "", "by": "X"}
        ],
        "bands": [],
    }
    acts.propose(act=act, reason="One", preview=picture, by=world.user("data_officer"))
    page = signed_in(world.user("review_admin")).get(to("act", act.pk)).content.decode()
    assert "Secret" not in page and "1 line is" in page and "no longer the same" in page


def test_a_restricted_child_is_no_target_and_is_not_even_known(world, officer):
    given = {"kind": "merge", "number": "H4"}  # Dan's
    missing = officer.post(to("place", world.child("ada").public_id), given | {"number": "NOBODY"})
    hidden = officer.post(to("place", world.child("ada").public_id), given)
    assert missing.status_code == hidden.status_code == 422
    assert missing.context["form"].errors == hidden.context["form"].errors
    assert officer.get(to("place", world.child("dan").public_id)).status_code == 404
    assert not Act.objects.exists()


def test_a_split_from_the_childs_page(world, officer, django_capture_on_commit_callbacks):
    ada = world.child("ada")
    first = ada.records.order_by("pk").first()
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.post(to("place", ada.public_id), {"kind": "split", "records": [first.pk]})
    page = officer.get(answer.url)
    assert page.context["picture"]["bands"]
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(to("propose", Act.objects.get().pk), {"reason": "Cousins"})
    act = Act.objects.get()
    first.refresh_from_db()
    assert (act.state, first.child_id) == ("done", act.target_id)
    assert act.preview["bands"] and act.preview["lists"]


def test_a_second_look_says_nothing_of_how_it_was_linked_and_makes_the_figure(world, officer):
    link = world.child("ada").records.earliest("pk").links.get(recorded_to=None)
    given = {"record": link.record, "child": link.child, "decision": link.decision}
    look = SecondLook.objects.create(week=week_of(today()), **given)
    page = officer.get(to("second-look"))
    shown = " ".join(page.content.decode().split())
    assert "Ashby" in shown and "Linked" not in shown and "Same NHS number" not in shown
    officer.post(to("second-look"), {"look": look.pk, "answer": "perhaps"})
    officer.post(to("second-look"), {"look": look.pk, "answer": "different"})
    look.refresh_from_db()
    assert (look.answer, look.by) == ("different", world.users["data_officer"].pk)
    for who in ("data_officer", "review_admin", "governance"):
        page = signed_in(world.user(who)).get(to("linkage-quality"))
        found = page.context["estimate"]
        assert (found.wrong, found.looked) == (1, 1)
        assert "1 of 1 looked at" in page.content.decode()


def test_the_same_sample_is_drawn_once_a_week_by_lot(world):
    monday = week_of(today())
    next_monday = monday.fromordinal(monday.toordinal() + 7)
    drawn = sampling.sample(week=next_monday)
    chosen = set(SecondLook.objects.values_list("record", flat=True))
    assert drawn == len(chosen) > 0
    assert sampling.sample(week=next_monday) == 0
    SecondLook.objects.all().delete()
    sampling.sample(week=next_monday, most=1)
    assert set(SecondLook.objects.values_list("record", flat=True)) < chosen or drawn == 1


def test_decoys_stand_among_the_sample_and_are_no_part_of_the_error_rate(world, officer):
    monday = week_of(today())
    next_monday = monday.fromordinal(monday.toordinal() + 7)
    ada, ben = (world.child(name) for name in ("ada", "ben"))
    links = LinkVersion.objects.filter(record__child=ada, recorded_to=None, decision__outcome="linked")
    link = links.earliest("pk")
    decision = link.decision
    decision.evidence = {"runner_up": ben.pk}
    decision.save(update_fields=["evidence"])
    sampling.sample(week=next_monday)
    looks = SecondLook.objects.filter(week=next_monday)
    decoy = looks.get(decoy=True)
    assert (decoy.record, decoy.child) == (link.record, ben)
    assert looks.filter(decoy=False).exclude(record=link.record).count() == looks.count() - 1 > 0
    officer.post(to("second-look"), {"look": decoy.pk, "answer": "different"})
    found = signed_in(world.user("data_officer")).get(to("linkage-quality")).context
    assert (found["estimate"].wrong, found["estimate"].looked) == (0, 0)
    [clerk] = [each for each in found["clerks"] if each["by"] == world.users["data_officer"].pk]
    assert (clerk["noticed"], clerk["checks"], clerk["looked"]) == (1, 1, 0)
