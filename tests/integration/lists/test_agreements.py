"""A list that is out is open as long as agreements share what it tells; closed, what was done with it stays, and renewed it opens again."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from apps.agencies.actions import agree, end_agreement
from apps.agencies.models import Agency, SharingAgreement
from apps.audit.models import Event
from apps.core import sql
from apps.core.clock import today, week_of
from apps.core.errors import Refused
from apps.lists import actions, agreements, releasing
from apps.lists.models import Answer, Asking, Basis, Departure, Endeavour, Notice, Receipt, Return
from apps.lists.notices import actions as notices
from apps.lists.returns import actions as returns
from tests.integration.lists.test_release import (
    ELM,
    OAK,
    WEEK,
    address,
    as_user,
    checked,
    newest,
    out,
    released,
)
from tests.integration.lists.test_returns import place, row
from tests.integration.test_rls import as_web

NAMED = (b"ASHBY", b"Ashby", b"Ada")


@pytest.fixture
def lists_out(world):
    """The lists are out, and the schools are asked about everybody."""
    Asking.objects.create(from_week=WEEK, who="all")
    out(world)
    return world


def ended(world, *asked):
    """The agreements that lists rest on end; what they were."""
    found = list(asked or SharingAgreement.objects.filter(recipient_kind="school"))
    for each in found:
        end_agreement(agreement=each, reason="Review", by=world.user("sysadmin"))
    return found


def renewed(world, were, **other):
    """New agreements with the same terms, but for what is said here."""
    for each in were:
        terms = {"level": each.level, "shows_rating": each.shows_rating, "services": each.services}
        agree(
            provider=each.provider, recipient=each.recipient, recipient_kind=each.recipient_kind, by=world.user("sysadmin"),
            **terms | other,
        )  # fmt: skip


def pages(world):
    """Every address of Elm's list, with how it is asked for."""
    listed = newest()
    child = listed.entries.get(child=world.child("ada")).pk
    said = row(world, "ada", attended="every")
    return {
        **{address(listed, form): None for form in ("", ".xlsx", ".csv", ".pdf")},
        address(listed, "/locked/"): {"password": "a long enough one"},
        address(listed, "/acknowledge/"): {},
        address(listed, f"/child/{child}/"): None,
        place(): None,
        place("save/"): said,
        place("send/"): said,
        place("upload/"): {},
        reverse("releases:endeavour", args=[ELM, listed.week, child, "contact"]): {
            "contact-on": "01/11/2026"
        },
    }


def answer(world, who, url, given):
    client = as_user(world, who)
    return client.get(url) if given is None else client.post(url, given, follow=True)


# who


def test_from_the_end_its_own_people_open_nothing_of_it_and_read_why(lists_out):
    ended(lists_out)
    for url, given in pages(lists_out).items():
        shown = answer(lists_out, "dsl", url, given)
        assert shown.status_code == 403, url
        assert "An agreement under which the list of Elm Primary School" in shown.content.decode()
        assert "information governance officer" in shown.content.decode()
        assert not [name for name in NAMED if name in shown.content], url
    assert Event.objects.filter(kind="list.closed", by=lists_out.users["dsl"].pk).count() == len(
        pages(lists_out)
    )
    assert not Event.objects.filter(kind__in=("list.open", "list.download")).exists()
    assert not Receipt.objects.exists() and not Answer.objects.exists() and not Endeavour.objects.exists()


def test_nobody_else_is_answered_otherwise_than_before(lists_out):
    others = [who for who in lists_out.users if who != "dsl"]
    before = {
        (who, url): answer(lists_out, who, url, given).status_code
        for who in others
        for url, given in pages(lists_out).items()
    }
    ended(lists_out)
    now = {
        (who, url): answer(lists_out, who, url, given).status_code
        for who in others
        for url, given in pages(lists_out).items()
    }
    assert now == before and set(now.values()) <= {403, 404}
    assert not Event.objects.filter(kind="list.closed").exists()


def test_the_council_reads_it_as_before_in_every_form(lists_out):
    ended(lists_out)
    for form in ("", ".xlsx", ".csv", ".pdf"):
        assert (
            as_user(lists_out, "early_help_officer").get(address(newest(), form, prefix="all")).status_code
            == 200
        )


def test_who_answers_for_children_of_no_setting_is_held_to_it_too(lists_out, world):
    agency = Agency.objects.get(code="of-no-setting-unknown")
    listed = newest()
    type(listed).objects.filter(pk=listed.pk).update(setting=agency)
    assert (
        as_user(world, "welfare")
        .get(f"/lists/mine/{agency.code}/{address(listed).split('/')[-2]}/")
        .status_code
        == 403
    )


def test_row_level_security_closes_its_lines_and_leaves_the_list(lists_out):
    Departure.objects.create(list=newest(), child=lists_out.child("cleo"), why="moved")
    dsl, officer = (str(lists_out.users[who].pk) for who in ("dsl", "early_help_officer"))
    asked = "select (select count(*) from lists_weeklylist), (select count(*) from lists_entry), (select count(*) from lists_departure)"
    before = as_web(asked, officer)
    assert as_web(asked, dsl) == [(1, 2, 1)]
    ended(lists_out)
    assert as_web(asked, dsl) == [(1, 0, 0)]
    assert as_web(asked, officer) == before


# when


def test_an_agreement_it_tells_nothing_under_leaves_it_open(lists_out):
    begun = today() - timedelta(days=9)
    council = Agency.objects.get(code="council")
    beside = agree(
        provider=council, services=["*"], level="content", recipient_kind="school", by=None, valid_from=begun
    )
    ended(lists_out, beside)
    assert as_user(lists_out, "dsl").get(address(newest())).status_code == 200


def test_the_last_day_is_still_a_day_of_it(lists_out):
    SharingAgreement.objects.update(valid_until=today())
    assert as_user(lists_out, "dsl").get(address(newest())).status_code == 200
    SharingAgreement.objects.update(
        valid_from=today() - timedelta(days=9), valid_until=today() - timedelta(days=1)
    )
    assert as_user(lists_out, "dsl").get(address(newest())).status_code == 403


def test_shared_in_less_detail_what_names_a_worker_is_closed(lists_out):
    named = {code for code in (ELM, OAK) if newest(code).entries.exclude(lead="").exists()}
    SharingAgreement.objects.update(level="existence")
    assert named == {newest(code).setting.code for code in (ELM, OAK) if agreements.has_ended(newest(code))}
    assert (
        named
        and set(Basis.objects.filter(level="content").values_list("list__setting__code", flat=True)) == named
    )


def test_without_the_rating_what_tells_it_is_closed(lists_out):
    assert newest().entries.exclude(band="").exists()
    SharingAgreement.objects.update(shows_rating=False)
    assert agreements.missing(newest()) == ["the rating"]


def test_renewed_it_opens_again_with_what_was_done_with_it(lists_out):
    school = as_user(lists_out, "dsl")
    school.get(address(newest(), ".csv"))
    school.post(address(newest(), "/acknowledge/"))
    school.post(place("save/"), row(lists_out, "ada", attended="some"))
    kept = list(Receipt.objects.values()), list(Answer.objects.values())
    were = ended(lists_out)
    assert school.get(place()).status_code == 403
    school.post(place("save/"), row(lists_out, "ada", attended="none"))
    assert (list(Receipt.objects.values()), list(Answer.objects.values())) == kept
    renewed(lists_out, were)
    assert school.get(address(newest())).status_code == 200
    assert b'<option value="some" selected>' in school.get(place()).content
    school.post(place("send/"), row(lists_out, "ada", attended="some"))
    assert Return.objects.get().answers == 1


def test_a_correction_without_what_is_shared_no_more_opens_with_every_answer_begun(lists_out):
    as_user(lists_out, "dsl").post(place("save/"), row(lists_out, "ada", attended="some"))
    ended(lists_out)
    assert out(lists_out)["released"] >= 1
    assert newest().version == 2 and newest().entries.get(child=lists_out.child("ada")).corrected
    assert Answer.objects.get(entry__list=newest()).attended == "some"
    shown = as_user(lists_out, "dsl").get(address(newest()))
    assert shown.status_code == 200 and not newest().entries.exclude(services=[], band="").exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda listed, by: returns.save(listed=listed, given={}, by=by),
        lambda listed, by: returns.send(listed=listed, by=by),
        lambda listed, by: actions.receipts.acknowledge(listed=listed, by=by),
    ],
)
def test_no_action_takes_anything_for_it(lists_out, act):
    ended(lists_out)
    with pytest.raises(Refused, match="has ended"):
        act(newest(), lists_out.user("dsl"))


def test_nobody_is_told_of_a_list_that_is_closed(lists_out):
    waiting = Notice.objects.filter(state="waiting").count()
    ended(lists_out)
    assert waiting and notices.send_all() == 0
    assert set(Notice.objects.values_list("state", flat=True)) == {"dropped"}


# those who publish


def test_those_who_publish_see_which_are_closed_and_what_is_missing(lists_out):
    officer = as_user(lists_out, "early_help_officer")
    week, weeks = reverse("lists:officer"), reverse("lists:engagement", args=[ELM])
    assert b"agreement has ended" not in officer.get(week).content + officer.get(weeks).content
    were = ended(lists_out)
    assert officer.get(week).content.count(b"Closed: an agreement has ended") == 2
    assert b"closed: an agreement has ended" in officer.get(weeks).content
    shown = officer.get(address(newest(), prefix="all")).content.decode()
    assert "Closed: an agreement has ended." in shown and "the rating" in shown
    assert any(each.provider.name in shown for each in were)
    assert agreements.missing(newest())


def test_those_who_publish_can_ask_for_the_closed_alone(lists_out, django_assert_max_num_queries):
    officer = as_user(lists_out, "early_help_officer")
    closed = reverse("lists:officer") + "?which=closed"
    assert b"No setting fits these filters." in officer.get(closed).content
    were = ended(lists_out)
    with django_assert_max_num_queries(45):
        shown = [row.listed for row in officer.get(closed).context["rows"]]
    assert {each.setting.code for each in shown} == {ELM, OAK}
    assert agreements.ended([each.pk for each in shown]) == {each.pk for each in shown}
    releasing.recall(listed=newest(), reason="Wrong", by=lists_out.user("early_help_officer"))
    assert [row.listed.setting.code for row in officer.get(closed).context["rows"]] == [OAK]
    renewed(lists_out, were)
    assert b"No setting fits these filters." in officer.get(closed).content


def test_the_first_page_of_the_school_says_so(lists_out):
    ended(lists_out)
    shown = as_user(lists_out, "dsl").get("/", follow=True)
    assert shown.status_code == 200 and b"Your newest list is closed." in shown.content
    assert b"Open the list" not in shown.content and not [name for name in NAMED if name in shown.content]


# what a list rests on


def test_a_list_rests_on_what_its_lines_tell(lists_out):
    listed = newest()
    told = {each["service"] for entry in listed.entries.all() for each in entry.services}
    assert told == set(listed.rests_on.exclude(level="rating").values_list("service", flat=True))
    assert listed.rests_on.filter(level="rating").count() == 1


def test_a_draft_that_is_replaced_leaves_none_behind(world):
    actions.draft(week=WEEK, by=None)
    before = set(Basis.objects.values_list("list", flat=True))
    SharingAgreement.objects.update(shows_rating=False)
    actions.draft(week=WEEK, by=None)
    assert before and not Basis.objects.filter(list__in=before).exists()
    assert not Basis.objects.filter(level="rating").exists()


def test_lists_that_were_there_before_rest_on_what_new_ones_do(lists_out):
    asked = Basis.objects.order_by("list", "provider", "service").values_list(
        "list", "provider", "service", "level"
    )
    made = list(asked)
    Basis.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("apps.lists.migrations.0020_basis_rls").TOLD_ALREADY)
    assert made and list(asked) == made


def test_every_working_table_has_an_index_by_its_setting(world):
    """What the planner knows nothing of is looked up row by row: without an index a thousand lists took minutes."""
    sql.run("lists", "working_tables")
    asked = """
        select c.relname from pg_class c
        where c.relkind = 'r' and c.relnamespace = pg_my_temp_schema() and c.relname like 'lists\\_%%' and c.relname <> 'lists_involved'
          and not exists (select from pg_index i where i.indrelid = c.oid)
    """
    with connection.cursor() as cursor:
        cursor.execute(asked, [])
        assert cursor.fetchall() == []


def test_a_draft_checked_under_an_agreement_that_is_renewed_goes_out(world):
    actions.draft(week=WEEK, by=None)
    checked(world)
    were = ended(world)
    renewed(world, were)
    assert released(world) == {"released": 2, "held": 0}
    assert week_of(today()) == WEEK and not releasing.Snag.objects.exists()
