"""The daily action log: seen by those whose it is, handed on, told of when late, frozen at the end of the day; and contacts."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.access.reach import reach_of
from apps.audit.models import Event
from apps.children.models import Stale
from apps.core.clock import today
from apps.core.errors import Refused
from apps.involvements.models import Sighting
from apps.lists.engagement.actions import talked
from apps.ragp.models import Scheme
from apps.reviews import actions as reviews
from apps.reviews.log import actions, queries, sightings
from apps.reviews.models import Action, Contact, LogDay, LogLine
from apps.triage import actions as triage
from tests.integration.reviews.reviewing import DAY, act, agency, moved, raised, the_type
from tests.integration.triage.queueing import item_of, rated

pytestmark = pytest.mark.django_db


def added(world, name="ada", code="csc", by="social_worker", due=1, **more):
    given = {
        "what": "Visit at home",
        "agency": agency(code),
        "owner": "Sol Worker",
        "due_on": today() + due * DAY,
    } | more
    return actions.add(child=world.child(name), by=world.user(by), **given)


def signed_in(world, name):
    client = Client()
    client.force_login(world.user(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(world, name, **asked):
    """Ids in the log; Python and the database say the same of whose they are."""
    user = world.user(name)
    with reach_of(user):
        by_policy = set(Action.objects.values_list("pk", flat=True))
        assert set(Action.objects.filter(queries.told(user)).values_list("pk", flat=True)) == by_policy
        return [each.pk for each in queries.actions(user, queries.Asked(**asked))]


def test_it_is_seen_by_the_agency_that_does_it_the_one_that_wrote_it_and_those_of_its_review(world):
    mine, schools = added(world), added(world, code="urn-900001")
    the_type("urn-900001")
    reviewed = act(world, moved(world, raised(world), "accept"))
    every = {mine.pk, schools.pk, reviewed.pk}
    assert set(shown(world, "social_worker")) == set(shown(world, "review_admin")) == every
    assert set(shown(world, "dsl")) == {schools.pk, reviewed.pk}
    for name in ("other_dsl", "health", "early_help_officer", "data_officer"):
        assert shown(world, name) == [], name


def test_each_part_and_order_of_the_log(world):
    late, now = added(world, due=-1, team="North"), added(world, due=0, owner="Ann")
    later, done = added(world, due=5, code="urn-900001"), added(world, due=2)
    reviews.end_action(action=done, done=True, outcome="Seen", by=world.user("social_worker"))
    assert shown(world, "social_worker", show="open") == [late.pk, now.pk, later.pk]
    assert shown(world, "social_worker", show="late") == [late.pk]
    assert shown(world, "social_worker", show="today") == [now.pk]
    assert shown(world, "social_worker", show="done") == [done.pk]
    assert shown(world, "social_worker", show="open", order="owner")[0] == now.pk
    assert shown(world, "social_worker", who=f"t{late.pk}") == [late.pk]
    assert shown(world, "social_worker", who=f"a{now.pk}") == [now.pk]
    assert shown(world, "social_worker", agency=str(agency("urn-900001").pk)) == [later.pk]
    assert queries.counts(world.user("social_worker")) == {"open": 3, "late": 1, "today": 1, "done": 1}


def test_somebody_is_chosen_without_their_name_in_the_address(world):
    mine, others = added(world, owner="Ann Other"), added(world, owner="Bea Else")
    client, address = signed_in(world, "social_worker"), reverse("reviews:log")
    page = client.get(address)
    key = next(key for key, label in page.context["filters"].fields["who"].choices if "Ann Other" in label)
    assert key == f"a{mine.pk}"
    found = client.get(address, {"who": key})
    assert [each.pk for each, _, _ in found.context["rows"]] == [mine.pk]
    assert f'<option value="{key}" selected>' in found.content.decode()
    assert {each.pk for each, _, _ in page.context["rows"]} == {mine.pk, others.pk}


def test_the_same_name_in_another_agency_is_somebody_else(world):
    mine = added(world, owner="Ann Other")
    added(world, owner="Ann Other", code="urn-900001")
    assert shown(world, "social_worker", who=f"a{mine.pk}") == [mine.pk]


def test_an_old_address_with_a_name_in_it_says_so_and_loses_the_name(world):
    added(world, owner="Ann Other")
    client = signed_in(world, "social_worker")
    answer = client.get(reverse("reviews:log"), {"who": "Ann Other", "show": "open"}, follow=True)
    assert [address for address, _ in answer.redirect_chain] == [f"{reverse('reviews:log')}?show=open"]
    assert "A name no longer stands in an address" in answer.content.decode()


def test_a_key_of_an_action_out_of_reach_is_like_one_that_never_was(world):
    theirs = added(world, owner="Ann Other", code="urn-900001", by="dsl")
    client = signed_in(world, "health")
    pages = [client.get(reverse("reviews:log"), {"who": key}) for key in (f"a{theirs.pk}", "a987654321")]
    assert all("has no action here any more" in each.content.decode() for each in pages)
    assert all("Ann Other" not in each.content.decode() for each in pages)
    assert shown(world, "health", who=f"a{theirs.pk}") == []


@pytest.mark.parametrize("who", ["review_admin", "data_officer", "welfare", "other_dsl", "leader"])
@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("of-child", "get"),
        ("add-for-child", "post"),
        ("keep-contact", "post"),
        ("keep-contact", "get"),
        ("lead", "get"),
        ("raise", "get"),
    ],
)
def test_a_hidden_child_and_a_missing_one_answer_alike(world, who, name, method):
    client = signed_in(world, who)
    dan, nobody = (
        getattr(client, method)(reverse(f"reviews:{name}", args=[each]))
        for each in (world.child("dan").public_id, uuid.uuid4())
    )
    assert dan.status_code == nobody.status_code in (403, 404, 405)
    assert dan.headers == nobody.headers and without_tokens(dan) == without_tokens(nobody)


def without_tokens(answer):
    return re.sub(rb"[0-9A-Za-z]{64}", b"", answer.content)


def test_given_to_another_agency_it_does_not_vanish_and_whose_it_was_is_kept(world):
    made = added(world)
    with reach_of(world.user("social_worker")):
        actions.hand_on(
            action=made, agency=agency("urn-900001"), owner="Dee Essel", reason="At school now", due_on=today() + DAY,
            by=world.user("social_worker"),
        )  # fmt: skip
    made.refresh_from_db()
    assert (made.owner, made.agency.code, made.handings.get().owner) == (
        "Dee Essel",
        "urn-900001",
        "Sol Worker",
    )
    assert made.pk in shown(world, "social_worker") and made.pk in shown(world, "dsl")
    reviews.end_action(action=made, done=False, outcome="Moved away", by=world.user("dsl"))
    with pytest.raises(Refused, match="not done already"):
        actions.hand_on(
            action=made, agency=agency("csc"), owner="X", reason="Back", due_on=today(), by=world.user("dsl")
        )


@pytest.fixture
def decided(world):
    """What triage decided that somebody does: the school is contacted, information is asked for, nothing is done."""
    Scheme.objects.update(watched_from=timezone.now())
    made = {}
    for outcome in ("contact_school", "ask", "no_action"):
        subject = rated("child_protection")
        [made[outcome]] = triage.decide(
            items=[item_of(subject)], outcome=outcome, reason="So", by=world.user("early_help_officer")
        )
    return made


def test_what_triage_decides_that_somebody_does_comes_in_once_and_goes_when_it_is_undone(world, decided):
    assert actions.take_from_triage(by=None) == 2
    assert actions.take_from_triage(by=None) == 0
    school = Action.objects.get(decision=decided["contact_school"])
    assert (school.what, school.agency.code, school.source) == ("Contact the school", "early-help", "triage")
    assert school.owner == world.user("early_help_officer").display_name
    assert school.pk in shown(world, "early_help_officer")
    triage.undo(decisions=[decided["contact_school"]], by=world.user("early_help_officer"))
    actions.take_from_triage(by=None)
    school.refresh_from_db()
    assert school.state == "dropped"
    assert Action.objects.get(decision=decided["ask"]).state == "open"


def test_an_action_whose_day_is_over_is_told_of_once(world):
    late, _ = added(world, due=-1), added(world, due=0)
    assert actions.escalate(by=None) == 1
    assert actions.escalate(by=None) == 0
    late.refresh_from_db()
    assert late.escalated_at
    assert Event.objects.filter(kind="action.escalate").count() == 1


def test_the_log_of_a_day_is_frozen_and_stays_as_it_was(world):
    mine, schools = added(world), added(world, code="urn-900001", by="review_admin")
    old = added(world)
    Action.objects.filter(pk=old.pk).update(state="done", ended_at=timezone.now() - 2 * DAY)
    assert actions.freeze(day=today(), by=None) == 2
    assert actions.freeze(day=today(), by=None) == 0
    reviews.end_action(action=mine, done=True, outcome="Seen", by=world.user("social_worker"))
    line = LogLine.objects.get(action=mine)
    assert (line.state, line.outcome, line.owner) == ("open", "", "Sol Worker")
    LogDay.objects.update(day=today() - DAY)
    page = signed_in(world, "social_worker").get(reverse("reviews:log"), {"day": f"{today() - DAY:%d/%m/%Y}"})
    assert "Frozen" in page.content.decode()
    assert page.content.decode().count("Visit at home") == 1
    assert schools.pk not in shown(world, "social_worker")
    none = signed_in(world, "social_worker").get(
        reverse("reviews:log"), {"day": f"{today() - 9 * DAY:%d/%m/%Y}"}
    )
    assert "Nothing is kept of that day" in none.content.decode()


def test_what_the_weekly_lists_ask_stands_on_the_page_of_who_prepares_them(world):
    talked(
        setting=agency("urn-900001"),
        on=today() - 9 * DAY,
        note="All",
        next_on=today(),
        by=world.user("early_help_officer"),
    )
    address = reverse("reviews:log")
    assert (
        "Talk with Elm Primary School" in signed_in(world, "early_help_officer").get(address).content.decode()
    )
    assert "Talk with" not in signed_in(world, "social_worker").get(address).content.decode()


# contacts


def kept(world, on=None, **more):
    given = {
        "way": "visit",
        "with_whom": "Ada and her mother",
        "made": True,
        "said": "She is glad to be back at school",
    } | more
    return actions.keep_contact(
        child=world.child("ada"), on=on or today(), by=world.user("social_worker"), **given
    )


def test_a_contact_is_read_by_the_agency_and_by_those_with_whom_it_shares_everything(world):
    made = kept(world)
    for name, sees in (
        ("social_worker", True),
        ("review_admin", True),
        ("early_help_officer", True),
        ("dsl", False),
    ):
        user = world.user(name)
        with reach_of(user):
            assert Contact.objects.filter(pk=made.pk).exists() is sees, name
            assert (made in queries.contacts(user, world.child("ada"))) is sees, name


def test_an_attempt_needs_no_words_and_a_contact_does(world):
    assert kept(world, made=False, said="").made is False
    with pytest.raises(Refused, match="Say what they said"):
        kept(world, said=" ")
    with pytest.raises(Refused, match="today or an earlier day"):
        kept(world, on=today() + DAY)


def sighted(**more):
    return list(
        Sighting.objects.filter(feed__code="contacts", recorded_to=None, **more).values_list(
            "seen_on", "by", "how"
        )
    )


def test_whom_a_contact_says_was_seen_was_seen_by_who_kept_it(world):
    ada, sol = world.child("ada"), world.user("social_worker")
    kept(world, on=today() - DAY, child_seen=True)
    kept(world, child_seen=False)
    kept(world, made=False, said="", child_seen=True)
    assert sightings.take(by=None) == [ada.pk]
    assert sighted(record__child=ada) == [(today() - DAY, sol.get_full_name(), "Visit")]
    assert sighted() == sighted(record__child=ada)
    assert (
        Sighting.objects.get(feed__code="contacts").record.versions.filter(feed__agency__code="csc").exists()
    )
    assert Stale.objects.filter(child_id=ada.pk).exists()
    assert sightings.take(by=None) == [] and len(sighted()) == 1


def test_a_sighting_from_a_contact_is_told_to_whom_the_contact_is(world):
    kept(world, child_seen=True)
    sightings.take(by=None)
    for who, shared in (("social_worker", True), ("dsl", False), ("health", False)):
        with reach_of(world.user(who)):
            assert (bool(Contact.objects.all()), bool(sighted())) == (shared, shared), who


# pages


def test_the_pages(world):
    ada, client = world.child("ada"), signed_in(world, "social_worker")
    page = reverse("reviews:of-child", args=[ada.public_id])
    assert client.get(page).status_code == 200
    given = {
        "what": "Ring the GP",
        "agency": agency("csc").pk,
        "owner": "Sol",
        "team": "",
        "due_on": f"{today():%d/%m/%Y}",
    }
    assert (
        client.post(reverse("reviews:add-for-child", args=[ada.public_id]), {"what": "x"}).status_code == 422
    )
    assert client.post(reverse("reviews:add-for-child", args=[ada.public_id]), given).status_code == 302
    contact = {"on": f"{today():%d/%m/%Y}", "way": "phone", "with_whom": "Mother", "made": "yes", "said": ""}
    address = reverse("reviews:keep-contact", args=[ada.public_id])
    assert client.post(address, contact).status_code == 422
    assert client.post(address, contact | {"said": "All is well"}).status_code == 302
    assert "All is well" in client.get(page).content.decode()
    made = Action.objects.get()
    assert "Ring the GP" in client.get(reverse("profiles:child", args=[ada.public_id])).content.decode()
    one = reverse("reviews:action", args=[made.pk])
    assert client.get(one).status_code == 200
    over = given | {"owner": "Ann", "reason": "Holiday"}
    assert client.post(f"{one}hand-on/", given).status_code == 422
    assert client.post(f"{one}hand-on/", over).status_code == 302
    assert client.post(f"{one}end/", {"done": "yes"}).status_code == 422
    assert client.post(f"{one}end/", {"done": "yes", "outcome": "Rang"}).status_code == 302
    body = client.get(reverse("profiles:child", args=[ada.public_id])).content.decode()
    assert "Ring the GP" not in body and "Last contact" in body


def test_another_agencys_action_is_not_ones_own_to_end(world):
    the_type("urn-900001")
    made = act(world, raised(world))
    client = signed_in(world, "dsl")
    assert client.get(reverse("reviews:action", args=[made.pk])).status_code == 200
    assert (
        client.post(
            reverse("reviews:end-action", args=[made.pk]), {"done": "yes", "outcome": "x"}
        ).status_code
        == 404
    )
    assert signed_in(world, "health").get(reverse("reviews:action", args=[made.pk])).status_code == 404


def test_a_longer_log_asks_no_more(world):
    client = signed_in(world, "review_admin")

    def cost():
        client.get(reverse("reviews:log"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("reviews:log")).status_code == 200
        return len(asked)

    added(world)
    few = cost()
    for number in range(5):
        added(world, owner=f"Owner {number}", name="eve")
    assert cost() == few <= 50
