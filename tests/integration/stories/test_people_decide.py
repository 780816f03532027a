"""People say who is who: files that come, change, are undone and done again never overturn it, and any of it can be taken back."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from apps.children.actions import restrict
from apps.children.models import Child, Restriction, SourceRecord
from apps.core.errors import Refused
from apps.extracts.models import Extract, State
from apps.matching.acts import actions as acts
from apps.matching.models import Act, Apart, Decision, Question
from apps.pipeline import actions
from apps.pipeline.linkage.actions import carry_out
from tests.current import current
from tests.integration.stories import telling
from tests.integration.stories.telling import child_of, person, send, somebody, the
from tests.integration.stories.test_undo import Forgotten, histories, undo

pytestmark = pytest.mark.usefixtures("ground")
NEAR = person("Ada", postcode="ZZ9 9ZZ")  # no address in common: a question


def officer():
    return somebody("data_officer", "council")


def second():
    return somebody("review_admin", "council")


def done(act):
    """Let the pipeline carry out what was decided."""
    carry_out(act=Act.objects.get(pk=act.pk))
    act.refresh_from_db()
    return act


def answered(kind, question=None, candidate=None, reason="Looked at both"):
    question = question or Question.objects.get(closed_at=None)
    candidate = candidate or question.candidates.order_by("pk").first().child
    return done(acts.answer(question=question, kind=kind, candidate=candidate, reason=reason, by=officer()))


def taken_back(act):
    return done(acts.ask_undo(act=act, reason="A slip", by=officer()))


def merged(one, two):
    act = acts.draft(kind="merge", child=one, target=two, by=officer())
    acts.propose(act=act, reason="One child", preview={}, by=officer())
    acts.approve(act=act, by=second())
    return done(act)


def split(child, records):
    act = acts.draft(kind="split", child=child, target=None, records=records, by=officer())
    return done(acts.propose(act=act, reason="Two children", preview={}, by=officer()))


def moved(record, target):
    act = acts.draft(kind="move", child=record.child, target=target, records=[record], by=officer())
    return done(acts.propose(act=act, reason="Not this child's", preview={}, by=officer()))


def test_the_same_child_the_record_joins_it_with_all_it_holds():
    send("camhs", telling.camhs("P1", "Ada") | NEAR)
    provisional = child_of("camhs", "P1")
    act = answered("same")
    provisional.refresh_from_db()
    assert (act.state, child_of("camhs", "P1"), provisional.merged_into) == ("done", the("Ada"), the("Ada"))
    decision = Decision.objects.filter(record__local_id="P1").latest("pk")
    assert (decision.by, decision.outcome, decision.rule) == (officer().pk, "linked", "same")
    question = Question.objects.get()
    assert (question.answer, question.answered_by, question.act) == ("same", officer().pk, act)
    assert the("Ada").assessments.get(superseded_at=None).points == 3


def test_different_children_the_record_is_a_child_of_its_own_and_remembered_apart():
    send("camhs", telling.camhs("P1", "Ada") | NEAR)
    answered("different")
    mine = child_of("camhs", "P1")
    assert (mine.provisional, mine.provisional_because, mine.merged_into) == (False, "", None)
    assert (
        Apart.objects.filter(lifted_at=None).count()
        == Child.objects.filter(surname="Marsh").exclude(pk=mine.pk).get().records.count()
    )
    send("camhs", telling.camhs("P1", "Ada"))  # now the address agrees too
    assert child_of("camhs", "P1") == mine


def test_of_two_candidates_one_ruled_out_leaves_the_other_in_question():
    send("early_help", telling.early_help("H1", "Ada") | NEAR)
    answered("different")
    send("camhs", telling.camhs("P1", "Ada") | NEAR | {"Postcode": "ZZ8 8ZZ"})
    question = Question.objects.get(closed_at=None)
    assert question.candidates.count() == 2
    answered("different", question, the_first := question.candidates.order_by("pk").first().child)
    question.refresh_from_db()
    assert (question.closed_at, child_of("camhs", "P1").provisional_because) == (None, "question")
    last = question.candidates.get(ruled_out=None).child
    assert last != the_first
    answered("different", question, last)
    question.refresh_from_db()
    assert (question.answer, child_of("camhs", "P1").provisional) == ("different", False)


def test_new_rules_out_only_whom_the_person_sees():
    send("camhs", telling.camhs("P1", "Ada") | NEAR)
    question = Question.objects.get()
    with transaction.atomic():
        act = acts.answer(question=question, kind="new", candidate=None, reason="", by=officer())
        Child.objects.filter(pk=the("Ada").pk).update(restricted=True)
        done(act)
        question.refresh_from_db()
        assert (question.closed_at, Apart.objects.count()) == (None, 0)
        transaction.set_rollback(True)
    answered("new")
    question.refresh_from_db()
    assert (question.answer, child_of("camhs", "P1").provisional) == ("new", False)


def test_an_answer_to_a_question_that_another_holds_is_refused():
    send("camhs", telling.camhs("P1", "Ada") | NEAR)
    question = Question.objects.get()
    other = somebody("data_officer", "council", "other")
    acts.claim(question=question, by=other)
    for refused in (
        lambda: acts.claim(question=question, by=officer()),
        lambda: acts.answer(question=question, kind="new", candidate=None, reason="", by=officer()),
        lambda: acts.later(question=question, by=officer()),
    ):
        with pytest.raises(Refused, match=other.display_name):
            refused()
    acts.release(question=question, by=other)
    acts.claim(question=question, by=officer())
    with pytest.raises(Refused, match="no longer one"):
        acts.answer(question=question, kind="same", candidate=the("Ben"), reason="", by=officer())
    answered("same")
    with pytest.raises(Refused, match="answered"):
        acts.cannot_tell(question=question, by=officer())


def test_a_merge_needs_a_second_person_who_is_not_the_first():
    act = acts.draft(kind="merge", child=the("Ada"), target=the("Ben"), by=officer())
    with pytest.raises(Refused, match="reason"):
        acts.propose(act=act, reason=" ", preview={}, by=officer())
    acts.propose(act=act, reason="One child", preview={"bands": []}, by=officer())
    done(act)
    assert act.state == "proposed" and the("Ben").merged_into is None
    with pytest.raises(Refused, match="yourself"):
        acts.approve(act=act, by=officer())
    acts.approve(act=act, by=second())
    with pytest.raises(Refused):
        acts.refuse(act=act, reason="Late", by=second())
    done(act)
    assert Child.objects.get(pk=act.target_id).records.count() == 4


def test_a_merge_that_no_longer_fits_is_not_carried_out():
    # the older page is kept: the one the merge would lead to must be the younger of the two that are merged meanwhile
    oldest, middle, youngest = Child.objects.order_by("pk")
    act = acts.draft(kind="merge", child=middle, target=youngest, by=officer())
    acts.propose(act=act, reason="One child", preview={}, by=officer())
    acts.approve(act=act, by=second())
    merged(oldest, middle)
    done(act)
    assert (act.state, bool(act.error)) == ("refused", True)


def test_split_records_are_a_child_of_their_own_as_hidden_as_the_one_they_leave():
    restrict(child=the("Ada"), hides="address", reason="Refuge", by=None)
    before = current()
    act = split(the("Ada"), the("Ada").records.order_by("pk")[:1])
    assert act.target.address_hidden and act.target != act.child
    assert Apart.objects.filter(act=act, lifted_at=None).count() == 1
    taken_back(act)
    assert {**current(), "restrictions": 0} == {**before, "restrictions": 0}
    act.target.refresh_from_db()
    assert act.target.merged_into == act.child


@pytest.mark.parametrize("hides", ["child", "address"])
def test_a_merge_hides_the_whole_and_its_undo_unhides_nothing(hides):
    restrict(child=the("Ben"), hides=hides, reason="Court order", by=None)
    act = merged(the("Ada"), the("Ben"))
    whole = Child.objects.get(pk=act.target_id)
    assert (whole.restricted, whole.address_hidden) == (hides == "child", True)
    taken_back(act)
    for child in Child.objects.filter(pk__in=[act.child_id, act.target_id]):
        assert (child.restricted, child.address_hidden) == (hides == "child", True)


def test_an_undo_leaves_what_was_placed_since_and_names_it():
    act = merged(the("Ada"), the("Ben"))
    mine = act.records.filter(from_child=act.child).order_by("pk").first().record
    later = moved(mine, the("Cal"))
    taken_back(act)
    assert act.state == "undone"
    assert list(act.records.filter(kept=True, record=mine).values_list("record", flat=True)) == [mine.pk]
    mine.refresh_from_db()
    assert mine.child_id == later.target_id


def test_an_undo_of_what_was_wholly_placed_again_is_refused_with_a_sentence():
    first = merged(the("Ada"), the("Ben"))
    merged(Child.objects.get(pk=first.target_id), the("Cal"))
    taken_back(first)
    assert (first.state, "later decision" in first.error) == ("done", True)


def people():
    return list(
        Child.objects.filter(merged_into=None, withdrawn=False, records__loose=False)
        .distinct()
        .order_by("pk")
    )


def possible():
    """Everything a person could do now, in an order that two tellings of one history share."""
    found = []
    for question in Question.objects.filter(closed_at=None).order_by("pk"):
        for candidate in question.candidates.order_by("child__surname", "child__forename", "child_id"):
            found += [
                lambda q=question, c=candidate: answered("same", q, c.child),
                lambda q=question, c=candidate: answered("different", q, c.child),
            ]
        found.append(lambda q=question: answered("new", q))
    children = people()
    found += [lambda a=a, b=b: merged(a, b) for a in children for b in children if a.pk < b.pk]
    for child in children:
        mine = list(child.records.filter(loose=False).order_by("pk"))
        if len(mine) > 1:
            found += [lambda c=child, r=each: split(c, [r]) for each in mine]
            found += [lambda r=each, t=t: moved(r, t) for each in mine for t in children if t != child]
    return found


def loaded(files):
    extracts = []
    for feed, rows in files:
        summary = send(feed, *rows)
        assume(summary["state"] == State.COMMITTED)  # the very same file twice is refused
        extracts.append(summary["extract"])
    return extracts


def told(story):
    """Tell a history in a world that is forgotten afterwards; what it answers."""
    answer = None
    try:
        with transaction.atomic():
            answer = story()
            raise Forgotten
    except Forgotten:
        return answer


STORY = {"max_examples": 8, "deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(**STORY)
@given(histories(), st.integers(0, 4), st.integers(0, 10_000), st.integers(0, 4))
def test_whatever_is_done_and_undone_among_files_leaves_what_the_files_alone_would(
    history, when, which, wait
):
    files, _ = history
    when = min(when, len(files))
    until = min(when + wait, len(files))

    def with_act():
        choices = possible()
        act = choices[which % len(choices)]()
        assert act.state == "done", act.error
        event(f"{act.kind}, {until - when} files between")
        loaded(files[when:until])
        taken_back(act)
        assert act.state == "undone", act.error
        loaded(files[until:])
        return current()

    def without():
        loaded(files[when:])
        return current()

    def both():
        loaded(files[:when])  # the same for both, and told once
        return told(with_act), told(without)

    done, never = told(both)
    assert done == never


def together():
    """Which records share a child now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select array_agg(id_scheme || ':' || local_id) from children_sourcerecord where not loose group by child_id"
        )
        return {name: number for number, (group,) in enumerate(cursor.fetchall()) for name in group}


def names_of(records):
    return [f"{each.id_scheme}:{each.local_id}" for each in records]


@settings(**STORY)
@given(histories(), st.integers(0, 4), st.integers(0, 10_000), st.data())
def test_no_sequence_of_files_overturns_what_a_person_said(history, when, which, data):
    files, _ = history
    when = min(when, len(files))

    def story():
        extracts = loaded(files[:when])
        choices = possible()
        act = choices[which % len(choices)]()
        said = {each.record_id: each.to_child_id for each in act.records.all()}
        apart = [
            tuple(names_of([each.record, each.other]))
            for each in Apart.objects.filter(act=act).select_related("record", "other")
        ]
        later = files[when:]
        for _ in range(data.draw(st.integers(1, 4))):
            turn = data.draw(st.sampled_from(("file", "undo", "redo")))
            if turn == "file" and later:
                extracts += loaded([later.pop(0)])
            elif turn == "undo" and (
                standing := [e for e in extracts if Extract.objects.get(pk=e).state == State.COMMITTED]
            ):
                undo(Extract.objects.get(pk=data.draw(st.sampled_from(standing))))
            elif turn == "redo" and (
                out := [e for e in extracts if Extract.objects.get(pk=e).state == State.UNDONE]
            ):
                extract = Extract.objects.get(pk=data.draw(st.sampled_from(out)))
                actions.execute(run=actions.redo(extract=extract, reason="Right after all", by=None))
            now = dict(SourceRecord.objects.filter(pk__in=said).values_list("pk", "child_id"))
            assert now == said
            placed = together()
            assert not [pair for pair in apart if placed.get(pair[0], -1) == placed.get(pair[1], -2)]

    told(story)


@settings(**STORY | {"max_examples": 6})
@given(
    histories(),
    st.integers(0, 4),
    st.lists(st.integers(0, 10_000), min_size=1, max_size=3),
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
)
def test_nothing_anybody_does_unhides_a_record(history, when, which, whom, whole, back):
    files, _ = history
    when = min(when, len(files))

    def hidden():
        """How hidden each record is, by the child it belongs to now."""
        found = {}
        for each in SourceRecord.objects.filter(loose=False).select_related("child"):
            found[each.pk] = (each.child.restricted, each.child.address_hidden)
        return found

    def story():
        loaded(files[:when])
        restrict(
            child=people()[whom % len(people())],
            hides="child" if whole else "address",
            reason="Order",
            by=None,
        )
        before = hidden()
        for number in which:
            choices = possible()
            act = choices[number % len(choices)]()
            if act.state == "done" and back:
                loaded(files[when : when + 1]) if number % 2 and when < len(files) else None
                taken_back(act)
            now = hidden()
            weaker = [
                key
                for key in before
                if key in now and (before[key][0] > now[key][0] or before[key][1] > now[key][1])
            ]
            assert not weaker
            before = now
        assert Restriction.objects.filter(lifted_at=None).exists()

    told(story)
