"""The first page of every role, and that nothing of a child is on those of roles that see none."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from apps.access.reach import reach_of
from apps.accounts.models import User
from apps.agencies.models import Level
from apps.audit.actions import record
from apps.children.actions import restrict
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.extracts.models import Extract, Feed, State
from apps.lists.actions import publish
from apps.pipeline.models import Run
from apps.profiles.looks import KINDS, SORTS
from apps.profiles.presenters.figures import suppressed
from apps.profiles.queries import homes
from apps.profiles.queries.homes import places
from tests.integration.reviews.reviewing import moved, raised
from tests.world import bring


@pytest.fixture
def home(client, world):
    """The first page of somebody of the cast."""

    def opened(who):
        client.force_login(world.user(who))
        return client.get(reverse("home"))

    return opened


EVERYBODY = {
    "social_worker": "home/practitioner.html",
    "health": "home/practitioner.html",
    "early_help_officer": "home/early_help_officer.html",
    "supervisor": "home/early_help_officer.html",
    "dsl": "home/school.html",
    "review_admin": "home/review_administrator.html",
    "data_officer": "home/data_officer.html",
    "leader": "home/leadership.html",
    "governance": "home/information_governance.html",
    "sysadmin": "home/system_administrator.html",
}


def test_a_review_that_a_person_raised_waits_on_the_review_administrators_first_page(home, world):
    review = raised(world, "ada", reason="Too many absences")
    page = home("review_admin")
    assert b"Too many absences" in page.content and str(review.public_id).encode() in page.content
    assert b"No review waits" not in page.content
    moved(world, review, "accept")
    assert b"No review waits" in home("review_admin").content


@pytest.mark.parametrize(("who", "template"), EVERYBODY.items())
def test_every_role_has_its_own_first_page(home, who, template):
    answer = home(who)
    assert answer.status_code == 200
    assert answer.templates[0].name == template


@pytest.mark.parametrize("who", ["leader", "governance", "sysadmin"])
def test_no_child_is_on_the_first_page_of_those_who_see_none(home, world, who):
    content = home(who).content.decode().upper()
    for surname in ("ASHBY", "BRIGHT", "DUNNE", "EVERETT"):
        assert surname not in content
    assert "/CHILDREN/" not in content


def test_my_children_are_those_whose_worker_i_am(home):
    answer = home("social_worker")
    assert [row["surname"] for row in answer.context["children"]] == ["Ashby"]
    row = answer.context["children"][0]
    assert row["role"] == "Allocated social worker"
    assert row["seen"].isoformat() == "2026-11-02"


def test_a_childs_page_is_two_steps_from_sign_in(client, home):
    link = home("social_worker").context["children"][0]["url"]
    assert client.get(link).context["page"].person.name == "ASHBY, Ada"


def test_what_changed_is_counted_from_the_visit_before_this_session(home, world, client):
    assert home("social_worker").context["last_in"] is None
    assert home("social_worker").context["last_in"] is None, (
        "opening the page again in one session changes nothing"
    )
    client.logout()
    arrived = User.objects.get(pk=world.users["social_worker"].pk).last_look
    assert home("social_worker").context["last_in"] == arrived
    client.logout()
    bring("early_help", {"EHM ID": "H1", "Forename": "Ada", "Surname": "Ashby", "Date of Birth": "04/05/2022", "Address": "1 First Street",
          "Postcode": "ZZ2 1ZZ", "Episode ID": "EH1", "Start Date": today().strftime("%d/%m/%Y"), "Support Level": "Family support"},
          *OTHERS)  # fmt: skip
    row = home("social_worker").context["children"][0]
    assert row["changed"], "what came since the last visit is new"


OTHERS = tuple(
    {"EHM ID": number, "Forename": forename, "Surname": surname, "Date of Birth": "04/05/2022", "Postcode": "ZZ2 1ZZ",
     "Episode ID": f"E{number}", "Start Date": "01/10/2026", "End Date": "", "Support Level": "Family support"}
    for number, surname, forename in (("H3", "Cole", "Cleo"), ("H4", "Dunne", "Dan"))
)  # fmt: skip


def test_a_school_finds_this_weeks_list_with_its_downloads(home, world):
    publish(week=week_of(today()), by=None)
    answer = home("dsl")
    listed = answer.context["list"]
    assert listed["children"] >= 1
    assert listed["url"]
    assert listed["xlsx_url"].endswith(".xlsx")
    assert {tile.label for tile in answer.context["tiles"]} == {"On the list", "Joined", "Left", "Changed"}


def test_a_school_without_a_list_is_told_so(home):
    assert b"not out yet" in home("dsl").content


def test_a_data_officer_sees_every_feed_late_ones_first(home):
    feeds = home("data_officer").context["feeds"]
    assert {"CAMHS", "School census"} <= {feed["name"] for feed in feeds}
    late = [bool(feed["fresh"].late) for feed in feeds]
    assert late == sorted(late, reverse=True)


def test_each_feed_leads_to_its_files_and_a_held_one_to_where_it_is_decided_about(home):
    held = Extract.objects.latest("pk")
    Extract.objects.filter(pk=held.pk).update(state=State.HELD, reason="The same file again.")
    run = Run.objects.create(extract=held, feed=held.feed, commit=False)
    shown = home("data_officer").context
    assert [each["url"] for each in shown["held"]] == [reverse("pipeline:run", args=[run.pk])]
    files = {reverse("pipeline:history", args=[code]) for code in Feed.objects.values_list("code", flat=True)}
    assert {feed["url"] for feed in shown["feeds"]} <= files and len(shown["feeds"]) > 1
    assert len({feed["url"] for feed in shown["feeds"]}) == len(shown["feeds"])
    Run.objects.filter(extract=held).delete()
    assert home("data_officer").context["held"][0]["url"] == reverse(
        "pipeline:history", args=[held.feed.code]
    )


def test_governance_sees_who_looked_and_how_often(home, world, client):
    record("child.look", by=world.users["social_worker"], children=[1])
    people = home("governance").context["people"]
    assert ("Social_Worker Test", 1) in [(row["who"], row["looks"]) for row in people]


#: kind, subject, detail, whether a person did it -> the sort it is counted under
COUNTED = {
    "a page": ("child.look", "child:1", {}, True, "pages"),
    "a family": ("family.look", "family", {}, True, "pages"),
    "a first page": ("home.look", "home", {}, True, "work"),
    "the rows of a report": ("report.rows", "report:2026-11-23", {}, True, "work"),
    "a review": ("review.look", "review:1", {}, True, "reviews"),
    "a pack": ("review.look", "pack:1", {}, True, "packs"),
    "a pack on paper": ("review.look", "pack.pdf:1", {}, True, "packs"),
    "a list": ("list.open", "list:1", {}, True, "lists"),
    "a list downloaded": ("list.download", "list:1", {}, True, "downloads"),
    "a cohort taken": ("cohort.export", "cohort:1", {}, True, "exports"),
    "what a file lacks": ("quality.export", "feed:1", {}, True, "exports"),
    "a question of a system": ("search.run", "", {}, False, "systems"),
    "a search": ("search.run", "", {}, True, "searches"),
    "a page refused": ("child.look", "child:1", {"refused": True}, True, "refused"),
    "a token refused": ("api.refused", "token:1", {}, False, "refused"),
}


@pytest.mark.parametrize("what", COUNTED)
def test_every_kind_of_look_at_a_child_is_counted_under_its_kind(home, world, what):
    kind, subject, detail, person, sort = COUNTED[what]
    before = home("governance").context
    record(
        kind, by=world.users["dsl"] if person else "token 1", subject=subject, children=[1, 2], detail=detail
    )
    after = home("governance").context
    rows = {label: [row[label] for row in after["kinds"]] for label in ("looks", "children")}
    old = {label: [row[label] for row in before["kinds"]] for label in ("looks", "children")}
    grown = [1 if code == sort else 0 for code in SORTS]
    assert [now - then for now, then in zip(rows["looks"], old["looks"], strict=True)] == grown
    assert [now - then for now, then in zip(rows["children"], old["children"], strict=True)] == [
        2 * number for number in grown
    ]
    taken = sort in SORTS and SORTS[sort].taken
    assert [after["tiles"][at].figure - before["tiles"][at].figure for at in range(4)] == [
        int(sort != "refused"), int(taken), int(sort == "searches"), int(sort == "refused"),
    ]  # fmt: skip


def test_no_kind_of_look_that_is_written_anywhere_is_forgotten():
    """What names children without a write: pages, files, rows, answers. The two others hold figures or open a queue."""
    written: set[str] = set()
    for path in (settings.BASE_DIR / "apps").rglob("*.py"):
        written |= set(
            re.findall(r"\"([a-z_]+\.(?:look|open|download|export|rows|rejected_rows))\"", path.read_text())
        )
    assert written - {"triage.open", "report.download"} - set(KINDS) == set()
    assert {"act.look", "question.look", "child.look"} <= set(KINDS), (
        "those that looks.look writes by their noun"
    )


@pytest.mark.parametrize("who", ["social_worker", "dsl", "data_officer", "sysadmin", "outsider"])
def test_the_figures_are_refused_by_the_database_to_other_roles(world, who):
    with (
        pytest.raises(DatabaseError, match="sees no figures"),
        transaction.atomic(),
        reach_of(world.user(who)),
        connection.cursor() as cursor,
    ):
        cursor.execute("select * from vcdb_figures(%s)", [timezone.now()])


@pytest.mark.parametrize("who", ["social_worker", "leader", "early_help_officer", "sysadmin", "outsider"])
def test_who_looked_is_refused_by_the_database_to_all_but_governance(world, who):
    with pytest.raises(DatabaseError, match="sees no audit"), transaction.atomic(), reach_of(world.user(who)):
        connection.cursor().execute("select * from vcdb_looks_by_kind(%s, %s)", [timezone.now(), KINDS])


def test_leadership_sees_small_numbers_suppressed(home):
    content = home("leader").content.decode()
    assert "under 5" in content


@pytest.mark.parametrize(
    ("numbers", "left"),
    [([3, 20, 50], [3, None, 50]), ([3, 4, 50], [3, 4, 50]), ([0, 20, 50], [0, 20, 50]), ([3], [3])],
)
def test_one_small_number_alone_has_another_withheld_beside_it(numbers, left):
    rows = suppressed([{"now": number} for number in numbers], "now")
    assert [row["now"] for row in rows] == left


def test_whoever_comes_for_the_first_time_is_told_what_changed_in_seven_days(home, world):
    answer = home("social_worker")
    assert answer.context["last_in"] is None
    assert timedelta(days=6) < timezone.now() - answer.context["since"] < timedelta(days=8)
    assert answer.context["children"][0]["changed"], "the cast came to the service today"
    assert b"changed means in the last seven days" in answer.content


def test_the_school_of_a_hidden_child_is_told_on_the_list_as_on_the_childs_page(home, client, world):
    restrict(child=world.child("ada"), hides="address", reason="Refuge", by=None)
    row = home("social_worker").context["children"][0]
    school = client.get(row["url"]).context["page"].school
    assert (row["setting"], school.name, school.hidden) == ("Elm Primary School", "Elm Primary School", False)
    with reach_of(world.user("early_help_officer")):
        ada = Child.objects.select_related("setting").get(pk=world.child("ada").pk)
        assert places([ada]) == {ada.pk: "Restricted"}


def test_nothing_is_compared_with_a_week_in_which_nothing_was_held(home):
    answer = home("leader")
    assert not answer.context["compared"]
    assert b"Nothing was held a week ago" in answer.content
    assert b"Difference" not in answer.content
    assert [tile.label for tile in answer.context["tiles"]] == ["Red or Purple now"]


def test_a_week_that_was_held_stands_beside_this_one(home, monkeypatch):
    figures = [
        ("band", "red", "", 12, 9),
        ("move", "amber", "red", 7, 0),
        ("service", "early_help", "", 30, 31),
    ]
    monkeypatch.setattr(homes, "week_figures", lambda: (timezone.now(), figures))
    answer = home("leader")
    assert answer.context["compared"]
    told = {tile.label: tile.figure for tile in answer.context["tiles"]}
    assert (
        told["Rating went up, seven days"],
        told["Red or Purple now"],
        told["Red or Purple a week ago"],
    ) == (7, 12, 9)
    assert b"Difference" in answer.content


def test_until_this_weeks_list_is_out_a_school_has_the_last_one(home):
    publish(week=week_of(today()) - timedelta(days=7), by=None)
    answer = home("dsl")
    assert not answer.context["list"]["this_week"]
    assert b"not out yet" in answer.content
    assert answer.context["list"]["xlsx_url"].encode() in answer.content


def test_governance_reads_what_an_agreement_shares_in_words(home):
    levels = {row["level"] for row in home("governance").context["agreements"]}
    assert levels <= set(Level.labels)
    assert levels
