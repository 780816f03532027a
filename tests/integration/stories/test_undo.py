"""A wrong file is taken back: what was stands again by content, what people decided stays, and what was known then can still be asked."""

import os
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from apps.agencies.models import SharingAgreement
from apps.children.models import Child
from apps.core.errors import Refused
from apps.extracts.models import Extract, State
from apps.matching.models import Question
from apps.pipeline import actions
from tests.current import current
from tests.integration.stories import telling
from tests.integration.stories.telling import send

pytestmark = pytest.mark.usefixtures("ground")


def newest():
    return Extract.objects.order_by("-pk").first()


def undo(extract, reason="It was the wrong file"):
    run = actions.undo(extract=extract, reason=reason, by=None)
    return actions.execute(run=run)


FIRST = [telling.early_help("H1", "Ada"), telling.early_help("H2", "Ben") | telling.apart("Ben")]
SECOND = [
    telling.early_help("H1", "Ada", end=telling.days_ago(2)),
    telling.early_help("H2", "Ben")
    | telling.apart("Ben")
    | {"Last Contact Date": telling.days_ago(4), "Last Contact By": "A. R."},
    telling.early_help("H3", "Cal") | telling.apart("Cal"),
]


def test_undoing_the_only_file_leaves_nothing():
    before = current()
    send("early_help", *FIRST)
    undo(newest())
    assert current() == before
    assert newest().state == State.UNDONE


def test_undoing_the_last_file_leaves_the_one_before_it():
    send("early_help", *FIRST)
    before = current()
    send("early_help", *SECOND)
    assert current() != before
    undo(newest())
    assert current() == before


def test_undoing_the_first_of_two_leaves_what_the_second_alone_would_have_made():
    send("early_help", *SECOND)
    alone = current()
    undo(newest())
    send("early_help", *FIRST)
    first = newest()
    send(
        "early_help",
        *SECOND[:2],
        telling.early_help("H3", "Cal") | telling.apart("Cal") | {"Reason": "As before"},
    )
    send("early_help", *SECOND)
    undo(Extract.objects.get(pk=first.pk + 1))
    undo(first)
    assert current() == alone


def test_what_is_undone_can_be_committed_again_in_its_place():
    send("early_help", *FIRST)
    first = newest()
    send("early_help", *SECOND)
    both = current()
    undo(first)
    again = actions.redo(extract=Extract.objects.get(pk=first.pk), reason="It was right after all", by=None)
    actions.execute(run=again)
    assert current() == both


def test_what_is_undone_stays_out_once_the_agreements_have_ended():
    send("early_help", *FIRST)
    first = newest()
    undo(first)
    SharingAgreement.objects.filter(provider=first.feed.agency).update(valid_until=telling.LAST_WEEK)
    with pytest.raises(Refused, match=r"sharing agreements .* ended on"):
        actions.redo(extract=Extract.objects.get(pk=first.pk), reason="It was right after all", by=None)


def test_another_agencys_record_stands_as_if_the_undone_file_had_never_come():
    send("camhs", telling.camhs("P1", "Ada"))
    alone = current()
    undo(newest())
    send("early_help", *FIRST)
    first = newest()
    send("camhs", telling.camhs("P1", "Ada"))
    assert Child.objects.filter(forename="Ada").get().records.count() == 4
    undo(first)
    assert current() == alone


def test_what_was_known_before_the_undo_can_still_be_asked():
    send("early_help", *FIRST)
    known = timezone.now()
    child = Child.objects.get(forename="Ada")
    undo(newest())
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from involvements_involvement i join children_sourcerecord r on r.id = i.record_id"
            " where r.child_id = %s and i.service = 'early_help' and i.recorded_from <= %s"
            " and (i.recorded_to is null or i.recorded_to > %s)",
            [child.pk, known, known],
        )
        assert cursor.fetchone() == (1,)


def test_an_undo_needs_a_reason_and_a_committed_file():
    send("early_help", *FIRST)
    with pytest.raises(Refused, match="reason"):
        actions.undo(extract=newest(), reason=" ", by=None)
    undo(newest())
    with pytest.raises(Refused, match="committed"):
        actions.undo(extract=newest(), reason="Again", by=None)


def test_whose_question_closes_in_the_commit_that_opened_it_is_provisional_no_longer():
    def camhs(local_id, forename, dob, postcode, nhs):
        who = telling.person(forename, "Quill", dob, postcode)
        return telling.camhs(local_id, "x") | who | {"NHS Number": nhs}

    send("camhs", camhs("N0", "Ada", "09/03/2014", "ZZ4 4DD", NHS[0]))
    send(
        "camhs",
        camhs("N1", "Ada", "09/03/2014", "ZZ4 4DD", ""),
        camhs("N3", "Eli", "09/03/2014", "ZZ4 4DD", NHS[1]),
        camhs("N0", "Dot", "09/03/2014", "ZZ4 4DD", NHS[0]),
    )
    send(
        "camhs",
        camhs("N2", "Dot", "09/03/2014", "ZZ4 4DD", NHS[0]),
        camhs("N3", "Ada", "09/03/2014", "ZZ5 5EE", NHS[1]),
        camhs("N0", "Ada", "10/03/2014", "ZZ5 5EE", NHS[1]),
    )
    quills = Child.objects.filter(surname="Quill", withdrawn=False, merged_into=None)
    assert not Question.objects.filter(closed_at=None, child__in=quills)
    assert not quills.filter(provisional=True)


NHS = ("9990000018", "9990000026", "")
NAMES = ("Ada", "Adah", "Dot", "Eli")


@st.composite
def rows_of(draw, feed, numbers):
    """A small file: a few people of few names, birth dates, numbers and addresses, so that records meet, differ and contradict."""
    rows = []
    for number in numbers:
        who = telling.person(
            draw(st.sampled_from(NAMES)), "Quill", draw(st.sampled_from(("09/03/2014", "10/03/2014"))),
            draw(st.sampled_from(("ZZ4 4DD", "ZZ5 5EE"))),
        )  # fmt: skip
        nhs = {"NHS Number": draw(st.sampled_from(NHS))}
        end = draw(st.sampled_from(("", telling.days_ago(3))))
        if feed == "csc_people":
            rows.append(telling.social_care(f"S{number}", "x") | who | nhs)
        else:
            rows.append(getattr(telling, feed)(f"N{number}", "x", end=end) | who | nhs)
    return rows


@st.composite
def histories(draw):
    """Files in order, and which of them is taken out; records come, change and go."""
    feeds = draw(st.lists(st.sampled_from(("early_help", "camhs", "csc_people")), min_size=2, max_size=4))
    numbers = st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True)
    return [(feed, draw(rows_of(feed, draw(numbers)))) for feed in feeds], draw(
        st.integers(0, len(feeds) - 1)
    )


def told(history):
    """Load files one after the other in a world that is forgotten afterwards; the extracts, in order."""
    extracts = []
    for feed, rows in history:
        summary = send(feed, *rows)
        extracts.append(summary["extract"] if summary["state"] == State.COMMITTED else None)
    return extracts


def searched(examples):
    """The same histories each time, so that a failure is of the change under test; VCDB_HISTORIES searches so many others, anew."""
    anew = os.environ.get("VCDB_HISTORIES")
    return settings(
        max_examples=int(anew or examples), derandomize=not anew, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )  # fmt: skip


class Forgotten(Exception):
    """Ends a world."""


@contextmanager
def forgotten():
    """A world that ends with the block."""
    try:
        with transaction.atomic():
            yield
            raise Forgotten
    except Forgotten:
        pass


def worlds(files, *outs):
    """What the tables say after files of which some, by their places, were undone in turn, and after the others alone.

    What came before the first of them is the same for both, and told once. None where a file was refused.
    """
    undone = alone = None
    first = min(outs)
    with forgotten():
        before = told(files[:first])
        with forgotten():
            extracts = before + told(files[first:])
            if None not in extracts:  # the very same file twice is refused
                for out in outs:
                    undo(Extract.objects.get(pk=extracts[out]))
                undone = current()
        with forgotten():
            extracts = before + told(without(files[first:], *(out - first for out in outs)))
            if None not in extracts:
                alone = current()
    return undone, alone


def without(files, *outs):
    """The files but for some."""
    return [each for place, each in enumerate(files) if place not in outs]


@searched(25)
@given(histories())
def test_any_file_of_any_history_can_be_taken_out_of_it(history):
    files, out = history
    undone, alone = worlds(files, out)
    assume(undone and alone)
    assert undone == alone


@searched(15)
@given(histories(), st.data())
def test_two_files_can_be_taken_out_on_top_of_one_another(history, data):
    files, out = history
    second = data.draw(st.integers(0, len(files) - 1).filter(lambda place: place != out))
    undone, alone = worlds(files, out, second)
    assume(undone and alone)
    assert undone == alone


def test_a_question_within_one_file_is_asked_again_when_an_earlier_one_is_undone():
    def row(feed, number, forename, nhs):
        who = telling.person(forename, "Quill", "09/03/2014", "ZZ4 4DD")
        return getattr(telling, feed)(f"N{number}", "x") | who | {"NHS Number": nhs}

    files = [
        ("early_help", [row("early_help", 0, "Ada", NHS[0])]),
        ("early_help", [row("early_help", 3, "Adah", NHS[0]), row("early_help", 0, "Ada", NHS[1]), row("early_help", 2, "Dot", NHS[0])]),
        ("early_help", [row("early_help", 3, "Dot", ""), row("early_help", 0, "Ada", NHS[0]), row("early_help", 1, "Ada", NHS[0])]),
        ("camhs", [row("camhs", 0, "Ada", NHS[0])]),
    ]  # fmt: skip
    undone, alone = worlds(files, 0)
    assert undone == alone


def test_a_question_opened_by_a_commit_and_answered_in_it_leaves_no_empty_child():
    dot = telling.camhs("P2", "x") | telling.person("Dot", "Quill", "09/03/2014", "ZZ4 4DD")
    ada = telling.person("Ada", "Quill", "09/03/2014", "ZZ4 4DD")
    send("early_help", telling.early_help("N0", "x") | ada)
    send("camhs", dot | {"NHS Number": NHS[0]})
    send("camhs", telling.camhs("P1", "x") | ada | {"NHS Number": NHS[0]}, dot)
    known = Child.objects.get(records__local_id="N0")
    assert set(known.records.values_list("local_id", flat=True)) == {"N0", "P1"}
    asked = Question.objects.get(record__local_id="P1")
    assert asked.closed_at and asked.child.merged_into == known
    assert not Child.objects.filter(records=None, merged_into=None)


ADA = telling.person("Ada", "Quill", "09/03/2014", "ZZ4 4DD")


def rested(*outs):
    """A record that rested on one file's words, a file of a third feed after it, and the first and the third undone in some order."""
    number = {"NHS Number": "9990000018"}
    files = [
        ("early_help", [telling.early_help("N1", "x") | ADA | number]),
        ("csc_people", [telling.social_care("S1", "x") | ADA | {"Postcode": "ZZ5 5EE"} | number]),
        ("camhs", [telling.camhs("P1", "x") | telling.person("Dot", "Quill", "10/03/2014", "ZZ5 5EE")]),
        ("csc_people", [telling.social_care("S1", "x") | ADA | {"Postcode": "ZZ6 6FF"} | number]),
    ]
    return worlds(files, *outs)


@pytest.mark.parametrize("outs", [(0, 2), (2, 0), (0, 1), (1, 0), (0, 3), (3, 0), (1, 3), (3, 1), (1, 2)])
def test_what_a_first_undo_took_apart_stays_apart_after_a_second(outs):
    undone, alone = rested(*outs)
    assert undone is not None and undone == alone


def test_a_file_put_back_is_judged_with_those_that_came_after_it():
    number = {"NHS Number": "9990000018"}
    send("early_help", telling.early_help("N1", "x") | ADA | number)
    first = newest()
    send("csc_people", telling.social_care("S1", "x") | ADA | number)
    both = current()
    undo(first)
    again = actions.redo(extract=Extract.objects.get(pk=first.pk), reason="It was right after all", by=None)
    actions.execute(run=again)
    assert current() == both
