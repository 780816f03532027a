"""Families: who lives with whom by what agencies say, what people say of it, and who may know."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.access.actions import grant_child
from apps.agencies.actions import end_agreement
from apps.agencies.models import SharingAgreement
from apps.audit.models import Event
from apps.children import stating
from apps.children.actions import lift, restrict
from apps.children.models import Child, RecordVersion, Relationship
from apps.core.clock import today
from apps.core.errors import Refused
from apps.matching.models import LinkVersion
from apps.pipeline import actions as pipeline
from apps.pipeline.actions import refresh_family
from tests.integration.stories.telling import bring as bring_file
from tests.integration.stories.telling import camhs, known_to_social_care, look, social_care, somebody, the

HOUSE = {"Address": "12 Quarry Lane", "Postcode": "ZZ4 4DD"}


def bring(*rows):
    """Social care's file: those of the ground, and these."""
    bring_file("csc_people", *known_to_social_care(), *rows)


def member(number, forename, surname="Quill", born="09/03/2014", **more):
    return social_care(number, forename, **{"Surname": surname, "Date of Birth": born, **HOUSE, **more})


def links():
    """Every current link by forenames, with what it is and how sure."""
    current = Relationship.objects.filter(recorded_to=None).select_related("child", "other")
    return {
        tuple(sorted((each.child.forename, each.other.forename))): (each.kind, each.confidence)
        for each in current
    }


@pytest.fixture
def family(ground):
    """Twins, a younger brother, and a lodger of another name, in one house."""
    bring(
        member("F1", "Tam"), member("F2", "Tess"), member("F3", "Bo", born="01/07/2018"),
        member("F4", "Lod", surname="Other", born="02/02/2012"),
    )  # fmt: skip


@pytest.fixture
def worker(family):
    return somebody("practitioner", "csc")


def test_twins_a_brother_and_who_only_lives_there(family):
    assert links() == {
        ("Tam", "Tess"): ("twin", "likely"),
        ("Bo", "Tam"): ("sibling", "likely"),
        ("Bo", "Tess"): ("sibling", "likely"),
        ("Lod", "Tam"): ("address", "possible"),
        ("Lod", "Tess"): ("address", "possible"),
        ("Bo", "Lod"): ("address", "possible"),
    }


def test_the_same_file_again_changes_no_link(family):
    before = set(Relationship.objects.values_list("pk", "recorded_to"))
    pipeline.turn_the_day()
    refresh_family(list(Child.objects.values_list("pk", flat=True)))
    assert set(Relationship.objects.values_list("pk", "recorded_to")) == before


def test_who_moves_out_is_no_longer_linked_and_then_still_is(family):
    known_then = Relationship.objects.count()
    bring(
        member("F1", "Tam", Address="1 Far Road"), member("F2", "Tess"), member("F3", "Bo", born="01/07/2018")
    )
    assert set(links()) == {("Bo", "Tess")}
    assert Relationship.objects.count() == known_then
    assert Relationship.objects.exclude(recorded_to=None).count() == 5


@pytest.mark.parametrize(
    ("rows", "linked"),
    [
        # a home of four surnames, and a house of flats that no number tells apart
        (
            [
                member(f"H{n}", f"Kid{'abcd'[n]}", surname=f"Name{'abcd'[n]}", born=f"0{n + 1}/02/2012")
                for n in range(4)
            ],
            0,
        ),
        ([member(f"H{n}", f"Kid{'abcdefghijklm'[n]}", born=f"{n + 1:02}/02/2012") for n in range(13)], 0),
        # a care leaver and a baby of one name: perhaps mother and child, and no sister
        ([member("H1", "Old", born="01/01/2008"), member("H2", "New", born="01/02/2026")], 1),
        # the same postcode is no address
        ([member("H1", "One", Address=""), member("H2", "Two", Address="")], 0),
        # the same forename and birth date under another surname: one child, perhaps, and no relation
        ([member("H1", "One"), member("H2", "One", surname="Renamed")], 0),
    ],
)
def test_who_is_not_a_family(ground, rows, linked):
    bring(*rows)
    assert len(links()) == linked
    assert {kind for kind, _ in links().values()} <= {"address"}


def test_a_home_that_turns_into_a_crowd_links_nobody_and_does_again_when_it_empties(family):
    more = [member(f"H{n}", f"Kid{n}", surname=f"Name{'ab'[n]}", born="05/05/2015") for n in range(2)]
    rows = [
        member("F1", "Tam"),
        member("F2", "Tess"),
        member("F4", "Lod", surname="Other", born="02/02/2012"),
    ]
    bring(*rows, *more)
    assert links() == {}
    bring(*rows, *({**row, "Address": "7 Elsewhere"} for row in more))
    assert ("Tam", "Tess") in links()


def test_a_record_in_question_is_not_its_own_twin(family):
    bring_file("camhs", camhs("P1", "Tim", Surname="Quill", **HOUSE))
    tim = Child.objects.get(forename="Tim")
    assert tim.provisional
    assert not {names for names in links() if "Tim" in names and {"Tam", "Tess"} & set(names)}


def test_undoing_the_file_takes_its_links_back(ground):
    before = links()
    bring(member("F1", "Tam"), member("F2", "Tess"))
    assert ("Tam", "Tess") in links()
    from apps.extracts.models import Extract, State

    last = Extract.objects.filter(feed__code="csc_people", state=State.COMMITTED).latest("pk")
    pipeline.execute(run=pipeline.undo(extract=last, reason="Wrong", by=None))
    assert links() == before


# what people say


def test_what_a_person_says_stands_against_every_later_file(family, worker):
    stating.unrelate(child=the("Tam"), other=the("Tess"), reason="Cousins", by=worker)
    stating.relate(child=the("Lod"), other=the("Bo"), kind="parent", reason="The mother says so", by=worker)
    refresh_family([the(name).pk for name in ("Tam", "Tess", "Lod", "Bo")])
    bring(member("F1", "Tam"), member("F2", "Tess"), member("F3", "Bo", born="01/07/2018"),
          member("F4", "Lod", surname="Other", born="02/02/2012", Address="9 New Street"))  # fmt: skip
    assert ("Tam", "Tess") not in links()
    assert links()[("Bo", "Lod")] == ("parent", "stated")
    assert Relationship.objects.get(recorded_to=None, kind="parent").child == the("Lod")


def test_the_last_word_counts_and_the_earlier_one_is_kept(family, worker):
    tam, tess = the("Tam"), the("Tess")
    stating.unrelate(child=tam, other=tess, reason="Cousins", by=worker)
    stating.relate(child=tess, other=tam, kind="twin", reason="Birth certificates", by=worker)
    refresh_family([tam.pk])
    assert links()[("Tam", "Tess")] == ("twin", "stated")
    assert tam.said_of.get().withdrawn_by == worker.pk


@pytest.mark.parametrize("kind", ["", "address", "cousin"])
def test_what_cannot_be_said_is_refused(family, worker, kind):
    with pytest.raises(Refused):
        stating.relate(child=the("Tam"), other=the("Bo"), kind=kind, reason="x", by=worker)


def test_nobody_is_related_to_oneself_or_without_a_reason(family, worker):
    with pytest.raises(Refused):
        stating.relate(child=the("Tam"), other=the("Tam"), kind="twin", reason="x", by=worker)
    with pytest.raises(Refused):
        stating.relate(child=the("Tam"), other=the("Bo"), kind="sibling", reason=" ", by=worker)


def test_what_was_said_of_a_child_follows_it_into_another(family, worker):
    stating.relate(child=the("Lod"), other=the("Bo"), kind="sibling", reason="Said so", by=worker)
    lod, ada = the("Lod"), the("Ada")
    Child.objects.filter(pk=lod.pk).update(merged_into=ada)
    refresh_family([lod.pk, ada.pk])
    assert links()[("Ada", "Bo")] == ("sibling", "stated")
    Child.objects.filter(pk=lod.pk).update(merged_into=None)
    refresh_family([lod.pk, ada.pk])
    assert ("Ada", "Bo") not in links() and links()[("Bo", "Lod")] == ("sibling", "stated")


# who may know


def as_web(sql, user):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('vcdb.user_id', %s, true)", [str(user.pk)])
            cursor.execute("set local role vcdb_web")
            cursor.execute(sql)
            rows = cursor.fetchall()
        transaction.set_rollback(True)
    return rows


COUNT = "select count(*) from children_relationship"


def test_a_hidden_address_gives_no_link_away_at_once_and_none_is_derived(family, worker):
    before = as_web(COUNT, worker)[0][0]
    assert before == 6
    # even before anything is worked out anew
    Child.objects.filter(pk=the("Tam").pk).update(address_hidden=True)
    assert as_web(COUNT, worker) == [(3,)]
    Child.objects.filter(pk=the("Tam").pk).update(address_hidden=False)
    restriction = restrict(child=the("Tam"), hides="address", reason="Refuge", by=None)
    assert not {names for names in links() if "Tam" in names}
    bring(member("F1", "Tam"), member("F2", "Tess", Sex="F"), member("F3", "Bo", born="01/07/2018"))
    assert not {names for names in links() if "Tam" in names}
    lift(restriction=restriction, reason="Over", by=worker)
    assert ("Tam", "Tess") in links()


def test_a_restricted_child_shows_on_nobodys_panel_but_to_whom_it_was_given(family, worker):
    officer = somebody("early_help", "early-help")
    stating.relate(child=the("Tam"), other=the("Bo"), kind="sibling", reason="Said so", by=worker)
    restrict(child=the("Tam"), hides="child", reason="Court order", by=None)
    assert "Tam" not in look(officer, the("Bo")).content.decode()
    assert as_web(f"{COUNT} where child_id = {the('Tam').pk} or other_id = {the('Tam').pk}", officer) == [
        (0,)
    ]
    grant_child(user=officer, child=the("Tam"), reason="Named", by=None)
    [row] = [each for each in look(officer, the("Bo")).context["page"].family if each.forenames == "Tam"]
    assert (row.what, row.hidden, row.school) == ("Sibling", True, "")


def test_an_address_that_is_not_shared_gives_no_link(family):
    """Early help reaches every child of the borough, but what social care writes down is shared by agreement."""
    officer = somebody("early_help", "early-help")
    assert as_web(COUNT, officer) == [(6,)]
    for agreement in SharingAgreement.objects.filter(provider__code="csc"):
        end_agreement(agreement=agreement, reason="Review", by=None)
    SharingAgreement.objects.filter(provider__code="csc").update(valid_until="2020-01-01")
    assert as_web(COUNT, officer) == [(0,)]
    assert "Tess" not in look(officer, the("Tam")).content.decode()


def test_who_lives_alone_has_an_honest_panel(family, worker):
    assert "No family link that you can see" in look(worker, the("Ada")).content.decode()


def test_no_sql_of_the_web_writes_a_link(family, worker):
    from django.db import DatabaseError

    for statement in (
        "delete from children_relationship returning 1",
        "update children_relationship set kind = 'twin' returning 1",
        f"insert into children_relationship (child_id, other_id, kind, confidence, recorded_from)"
        f" values ({the('Ada').pk}, {the('Ben').pk}, 'twin', 'stated', now()) returning 1",
    ):
        with pytest.raises(DatabaseError, match="permission denied"):
            as_web(statement, worker)


def test_a_statement_is_made_of_children_within_reach_alone(family):
    from django.db import DatabaseError

    health = somebody("practitioner", "health-camhs")
    with pytest.raises(DatabaseError, match="row-level security"):
        as_web(
            f"insert into children_familystatement (child_id, other_id, kind, reason, by, at)"
            f" values ({the('Tam').pk}, {the('Bo').pk}, 'twin', 'x', {health.pk}, now()) returning 1",
            health,
        )


# the page


def test_the_panel_shows_who_what_age_and_who_says_so(family, worker):
    before = Event.objects.latest("pk").pk
    page = look(worker, the("Tam"))
    rows = page.context["page"].family
    assert [(each.forenames, each.what, each.sure) for each in rows] == [
        ("Tess", "Twin or multiple birth", "Likely"), ("Bo", "Sibling", "Likely"), ("Lod", "Same address", "Possible"),
    ]  # fmt: skip
    assert all("ocial care" in each.source for each in rows)
    [event] = Event.objects.filter(pk__gt=before)
    assert set(event.children) == {the(name).pk for name in ("Tam", "Tess", "Bo", "Lod")}


def test_the_panel_shows_what_was_known_then(family, worker):
    """Yesterday they lived together; the file of today says that they do not."""
    yesterday = timezone.now() - timedelta(days=1, hours=1)
    for table in (Relationship, LinkVersion, RecordVersion):
        table.objects.update(recorded_from=yesterday)
    bring(member("F1", "Tam", Address="1 Far Road"), member("F2", "Tess"))
    assert look(worker, the("Tam")).context["page"].family == []
    then = look(worker, the("Tam"), as_at=f"{today() - timedelta(days=1):%d/%m/%Y}").context["page"]
    assert "Tess" in [each.forenames for each in then.family]
    assert not then.family_rated


def test_a_school_sees_the_two_of_its_roll_alone(family):
    dsl = somebody("school_dsl", "urn-900001")
    assert look(dsl, the("Ada")).context["page"].family == []
    assert as_web(COUNT, dsl) == [(0,)]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.booleans()), max_size=5))
def test_whatever_is_said_and_sent_links_are_one_a_pair_and_never_of_the_hidden(family, worker, story):
    """Moves, statements and restrictions in any order."""
    names = ["Tam", "Tess", "Bo", "Lod"]
    with transaction.atomic():
        for who, what, flag in story:
            child, other = the(names[who]), the(names[(who + 1) % 4])
            if what == 0:
                restrict(child=child, hides="address", reason="x", by=None)
            elif what == 1:
                (stating.relate if flag else stating.unrelate)(
                    child=child, other=other, reason="x", by=worker, **({"kind": "sibling"} if flag else {})
                )
            refresh_family([child.pk, other.pk])
        current = list(Relationship.objects.filter(recorded_to=None).select_related("child", "other"))
        pairs = [frozenset((each.child_id, each.other_id)) for each in current]
        assert len(pairs) == len(set(pairs))
        for each in current:
            assert each.statement_id or not (each.child.address_hidden or each.other.address_hidden)
        before = set(Relationship.objects.values_list("pk", "recorded_to"))
        refresh_family([child.pk for child in map(the, names)])
        assert set(Relationship.objects.values_list("pk", "recorded_to")) == before
        transaction.set_rollback(True)
