"""The link between an old and a new identity: two keepers make it, those named see it, and nothing else of the service tells of it."""

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from apps.access.actions import grant, revoke
from apps.access.models import Membership
from apps.accounts.actions import open_account
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.models import Event, SearchTerms
from apps.children import stating
from apps.children.actions import relate_families
from apps.children.models import Child, Relationship
from apps.core.clock import commit_moment
from apps.core.errors import Refused
from apps.matching import sealing
from apps.matching.acts import actions as acts
from apps.matching.models import Act, Apart, Question, SealedLink
from apps.pipeline.linkage.actions import carry_out
from tests.world import CAST, bring

OLD = {"LA Child ID": "S1", "Surname": "Before", "Forename": "Tamsin", "Date of Birth": "09/03/2016", "Address": "3 Linden Walk",
       "Postcode": "ZZ7 7GG"}  # fmt: skip
NEW = {**OLD, "LA Child ID": "S2", "Surname": "After", "Forename": "Tammy"}

LATER = {"EHM ID": "H77", "Forename": "Tamsin", "Surname": "Before", "Date of Birth": "09/03/2016", "Address": "3 Linden Walk",
         "Postcode": "ZZ7 7GG", "Episode ID": "E77", "Start Date": "01/10/2026"}  # fmt: skip


@pytest.fixture
def two(world):
    """One child under two names, at one address: a step-parent adopted."""
    bring("csc_people", OLD, NEW)
    second = open_account(
        email="second@example.org",
        password="a long pass phrase",
        first_name="Second",
        last_name="Keeper",
        by=None,
    )
    grant(user=second, agency=Agency.objects.get(code="csc"), role="sealed_records", by=None)
    world.users["second_keeper"] = second
    world.children |= {
        "old": Child.objects.get(forename="Tamsin"),
        "new": Child.objects.get(forename="Tammy"),
    }
    return world


def proposed(two):
    return sealing.propose(
        former=two.child("old"), present=two.child("new"), kind="adoption", reason="Adoption order of May",
        named=[two.user("social_worker")], by=two.user("keeper"),
    )  # fmt: skip


@pytest.fixture
def sealed(two):
    link = proposed(two)
    sealing.confirm(link=link, by=two.user("second_keeper"))
    sealing.seal(link=link)
    return SealedLink.objects.get()


def visit(world, part, name, *args, **posted):
    client = Client()
    client.force_login(world.user(part), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse(name, args=args)
    return client.post(address, posted) if posted else client.get(address)


def as_web(sql, user):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('vcdb.user_id', %s, true)", [str(user.pk)])
            cursor.execute("set local role vcdb_web")
            cursor.execute(sql)
            rows = cursor.fetchall()
        transaction.set_rollback(True)
    return rows


def test_one_keeper_proposes_another_confirms_and_the_named_see_it(two, django_capture_on_commit_callbacks):
    given = {
        "former": "S1",
        "present": "S2",
        "kind": "adoption",
        "reason": "Order of May",
        "named": "social_worker@example.org",
    }
    answer = visit(two, "keeper", "sealed:propose", **given)
    link = SealedLink.objects.get()
    assert answer.url == reverse("sealed:link", args=[link.pk])
    assert "Another keeper has to confirm" in visit(two, "keeper", "sealed:link", link.pk).content.decode()
    visit(two, "keeper", "sealed:confirm", link.pk, go="1")
    assert SealedLink.objects.get().confirmed_by is None
    assert visit(two, "social_worker", "sealed:link", link.pk).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        visit(two, "second_keeper", "sealed:confirm", link.pk, go="1")
    page = visit(two, "social_worker", "sealed:link", link.pk).content.decode()
    assert "BEFORE, Tamsin" in page and "AFTER, Tammy" in page
    for keeper in ("keeper", "second_keeper"):
        assert visit(two, keeper, "sealed:link", link.pk).status_code == 404


@pytest.mark.parametrize("part", [part for part in CAST if part != "social_worker"])
def test_nobody_else_sees_it_by_any_statement(sealed, two, part):
    user = two.user(part)
    for statement in (
        "select count(*) from matching_sealedlink",
        "select count(*) from matching_apart",
        f"select count(*) from vcdb_sealed_names({sealed.pk})",
        f"select count(*) from matching_sealedlink where id = {sealed.pk}",
    ):
        assert as_web(statement, user) == [(0,)], statement
    assert visit(two, part, "sealed:link", sealed.pk).status_code in (403, 404)


def test_a_link_of_somebody_else_answers_like_a_missing_one(sealed, two):
    def bare(answer):
        return re.sub(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"', "", answer.content.decode())

    there, missing = (visit(two, "health", "sealed:link", pk) for pk in (sealed.pk, 10**9))
    assert there.status_code == missing.status_code == 404
    assert bare(there) == bare(missing)


def test_who_is_named_sees_it_on_both_pages_and_nobody_else_on_either(sealed, two):
    for child in ("old", "new"):
        page = visit(two, "social_worker", "profiles:child", two.child(child).public_id).content.decode()
        assert "A sealed link names you" in page
        for part in ("data_officer", "early_help_officer", "review_admin", "keeper"):
            page = visit(two, part, "profiles:child", two.child(child).public_id).content.decode()
            assert "sealed link names" not in page.lower()
            other = "Tammy" if child == "old" else "Tamsin"
            assert other not in page


def test_a_role_that_ended_opens_no_link(sealed, two):
    assert as_web("select count(*) from matching_sealedlink", two.user("social_worker")) == [(1,)]
    revoke(membership=Membership.objects.get(user=two.users["social_worker"]), by=None, reason="Left")
    assert as_web("select count(*) from matching_sealedlink", two.user("social_worker")) == [(0,)]


def test_each_look_is_an_event_and_no_event_names_the_two(sealed, two):
    before = Event.objects.latest("pk").pk
    visit(two, "social_worker", "sealed:link", sealed.pk)
    [event] = Event.objects.filter(pk__gt=before)
    assert (event.kind, event.subject, event.children, event.by) == (
        "sealed.look", f"sealedlink:{sealed.pk}", [], two.users["social_worker"].pk,
    )  # fmt: skip
    both = {two.children["old"].pk, two.children["new"].pk}
    for event in Event.objects.filter(kind__startswith="sealed"):
        assert not both & set(event.children)
        assert not {"Before", "After", "Tamsin", "Tammy", "May"} & set(re.findall(r"\w+", str(event.detail)))


def test_the_two_are_set_apart_for_every_pass_and_never_asked_about(sealed, two):
    pairs = set(Apart.objects.values_list("record__local_id", "other__local_id"))
    assert pairs == {("S1", "S2")} and Apart.objects.get().sealed
    assert Question.objects.filter(child__in=[two.children["old"], two.children["new"]]).count() == 0


def test_what_comes_to_either_later_is_set_apart_too(sealed, two):
    bring("early_help", LATER)
    assert sealing.set_apart_again() == 1
    assert sealing.set_apart_again() == 0


def test_no_family_link_tells_of_it(two):
    """They live at one address, with one birth date and another surname: before the seal they are linked by it."""
    of = [two.children["old"].pk, two.children["new"].pk]
    assert Relationship.objects.filter(recorded_to=None, child__in=of, other__in=of).exists()
    link = proposed(two)
    sealing.confirm(link=link, by=two.user("second_keeper"))
    sealing.seal(link=link)
    relate_families(of=of, at=commit_moment())
    assert not Relationship.objects.filter(recorded_to=None, child__in=of, other__in=of).exists()


def test_not_even_one_that_a_person_stated_nor_one_of_an_earlier_day(two):
    """Somebody took the two for sisters: the old page would name the new identity, today and as at yesterday."""
    stating.relate(
        child=two.child("old"),
        other=two.child("new"),
        kind="sibling",
        reason="One home",
        by=two.user("social_worker"),
    )
    of = [two.children["old"].pk, two.children["new"].pk]
    relate_families(of=of, at=commit_moment())
    assert (
        "Tammy"
        in visit(two, "early_help_officer", "profiles:child", two.child("old").public_id).content.decode()
    )
    link = proposed(two)
    sealing.confirm(link=link, by=two.user("second_keeper"))
    sealing.seal(link=link)
    relate_families(of=of, at=commit_moment())
    assert not Relationship.objects.filter(child__in=of, other__in=of).exists()
    assert (
        "Tammy"
        not in visit(two, "early_help_officer", "profiles:child", two.child("old").public_id).content.decode()
    )


def carried_out(act):
    carry_out(act=Act.objects.get(pk=act.pk))
    return Act.objects.get(pk=act.pk)


def decided(two, kind, child, target=None, records=()):
    """Drafted and proposed by a data officer, and approved by a second person where it takes one."""
    by = two.user("data_officer")
    act = acts.draft(kind=kind, child=child, target=target, records=records, by=by)
    acts.propose(act=act, reason="One birth date, one forename, one address", preview={}, by=by)
    if kind == "merge":
        acts.approve(act=act, by=two.user("review_admin"))
    return carried_out(act)


def of_the_two(two):
    return [two.child(name).records.count() for name in ("old", "new")]


def test_two_people_who_do_not_know_of_it_do_not_make_the_two_one(sealed, two):
    act = decided(two, "merge", two.child("old"), two.child("new"))
    assert (act.state, act.error) == ("refused", sealing.NOT_JOINED)
    assert of_the_two(two) == [1, 1] and two.child("old").merged_into is two.child("new").merged_into is None
    assert Apart.objects.get().lifted_at is None
    shown = visit(two, "data_officer", "pipeline:act", act.pk).content.decode()
    assert sealing.NOT_JOINED in shown and "sealed" not in shown.lower()


def test_nor_does_a_record_that_came_today_and_was_not_set_apart_yet(sealed, two):
    bring("early_help", LATER)
    late = two.child("old").records.get(local_id="H77")
    act = decided(two, "move", two.child("old"), two.child("new"), [late])
    assert (act.state, act.error) == ("refused", sealing.NOT_JOINED)
    late.refresh_from_db()
    assert late.child == two.child("old")


def test_nor_does_the_undo_of_what_told_them_apart_before(two):
    """They were taken for one child, and parted by a person, before anybody sealed the link."""
    joined = decided(two, "merge", two.child("old"), two.child("new"))
    assert joined.state == "done"
    whole = joined.target
    parted = decided(two, "split", whole, records=[whole.records.get(local_id="S2")])
    assert parted.state == "done"
    two.children |= {"old": whole, "new": parted.target}
    link = proposed(two)
    sealing.confirm(link=link, by=two.user("second_keeper"))
    sealing.seal(link=link)
    acts.ask_undo(act=parted, reason="One after all", by=two.user("data_officer"))
    act = carried_out(parted)
    assert (act.state, act.error) == ("done", sealing.NOT_JOINED)
    assert of_the_two(two) == [1, 1]


def test_other_records_of_either_are_still_put_right(sealed, two):
    act = decided(two, "merge", two.child("ada"), two.child("old"))
    assert act.state == "done"
    two.children["old"] = act.target
    assert decided(two, "merge", two.child("old"), two.child("new")).state == "refused"


def test_one_that_was_made_one_with_a_third_record_is_still_named_to_whom_it_may_be_and_to_nobody_else(
    sealed, two
):
    """A keeper's old identity turns out to have had two pages; the older one stays."""
    act = decided(two, "merge", two.child("old"), two.child("cleo"))
    assert (act.state, act.child) == ("done", two.child("old"))
    page = visit(two, "social_worker", "sealed:link", sealed.pk).content.decode()
    assert "BEFORE, Tamsin" in page and "AFTER, Tammy" in page
    shown = visit(two, "social_worker", "profiles:child", act.target.public_id)
    assert shown.status_code == 200 and "A sealed link names you" in shown.content.decode()
    kin = [act.target_id, two.children["new"].pk]
    assert not Relationship.objects.filter(recorded_to=None, child__in=kin, other__in=kin).exists()
    shown = visit(two, "data_officer", "profiles:child", act.target.public_id).content.decode()
    assert "Tammy" not in shown and "sealed link" not in shown.lower()


def test_a_question_whether_the_two_are_one_ends_with_the_seal(two):
    """It is how a keeper often learns of it: every data officer would go on seeing the two beside each other."""
    question = Question.objects.create(
        record=two.child("new").records.get(), child=two.child("new"), rule="birth_date_near",
        extract_id=0, opened_at=commit_moment(),
    )  # fmt: skip
    question.candidates.create(child=two.child("old"))
    Child.objects.filter(pk=two.child("new").pk).update(provisional=True, provisional_because="question")
    assert "Tamsin" in visit(two, "data_officer", "pipeline:question", question.pk).content.decode()
    link = proposed(two)
    sealing.confirm(link=link, by=two.user("second_keeper"))
    sealing.seal(link=link)
    assert visit(two, "data_officer", "pipeline:question", question.pk).status_code == 404
    shown = visit(two, "data_officer", "profiles:child", two.child("new").public_id).content.decode()
    assert "Tamsin" not in shown and "same child as another" not in shown
    assert not two.child("new").provisional


def test_nothing_is_sealed_that_was_made_one_meanwhile(two):
    link = proposed(two)
    decided(two, "merge", two.child("old"), two.child("new"))
    with pytest.raises(Refused, match="made one child"):
        sealing.confirm(link=link, by=two.user("second_keeper"))


def test_search_knows_nothing_of_it(sealed, two):
    visit(two, "data_officer", "profiles:search", q="Before")
    assert list(SearchTerms.objects.latest("pk").terms) == ["name"]
    assert Event.objects.filter(kind="search.run").latest("pk").children == [two.children["old"].pk]


@pytest.mark.parametrize("how", ["same", "nobody", "no reason", "unfit"])
def test_what_cannot_be_a_sealed_link_is_refused(two, how):
    given = {
        "former": two.child("old"), "present": two.child("old" if how == "same" else "new"), "kind": "adoption",
        "reason": "" if how == "no reason" else "Order", "by": two.user("keeper"),
        "named": [] if how == "nobody" else [two.user("data_officer" if how == "unfit" else "social_worker")],
    }  # fmt: skip
    with pytest.raises(Refused):
        sealing.propose(**given)


def test_nobody_confirms_alone_or_twice(two):
    link = proposed(two)
    with pytest.raises(Refused, match="second person"):
        sealing.confirm(link=link, by=two.user("keeper"))
    sealing.confirm(link=link, by=two.user("second_keeper"))
    with pytest.raises(Refused, match="already"):
        sealing.confirm(link=link, by=two.user("second_keeper"))
    sealing.seal(link=link)
    sealed_at = SealedLink.objects.get().sealed_at
    sealing.seal(link=link)
    assert SealedLink.objects.get().sealed_at == sealed_at


def test_an_unconfirmed_link_is_not_sealed(two):
    sealing.seal(link=proposed(two))
    assert SealedLink.objects.get().sealed_at is None
    assert not Apart.objects.exists()


def test_the_web_cannot_seal_or_rewrite_by_its_own_sql(two):
    link = proposed(two)
    keeper: User = two.user("second_keeper")
    for statement in (
        f"update matching_sealedlink set sealed_at = now() where id = {link.pk} returning 1",
        f"update matching_sealedlink set named = '{{{keeper.pk}}}' where id = {link.pk} returning 1",
        f"delete from matching_sealedlink where id = {link.pk} returning 1",
    ):
        with pytest.raises(DatabaseError, match="permission denied"):
            as_web(statement, keeper)
    insert = (
        "insert into matching_sealedlink (former_id, present_id, kind, reason, named, proposed_by, proposed_at, sealed_at)"
        f" values ({two.children['old'].pk}, {two.children['new'].pk}, 'adoption', 'x', '{{}}', 1, now(), %s) returning 1"
    )
    with pytest.raises(DatabaseError, match="row-level security"):
        as_web(insert % "null", two.user("data_officer"))
    with pytest.raises(DatabaseError, match="row-level security"):
        as_web(insert % "now()", keeper)


def test_the_command_line_prints_none(sealed, two, capsys):
    from django.core.management import call_command

    call_command("child", str(two.child("old").public_id), "--json")
    printed = capsys.readouterr().out
    assert '"sealed": []' in printed and "Tammy" not in printed
