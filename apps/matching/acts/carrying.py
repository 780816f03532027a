"""Carrying out what people decided, and taking it back. The pipeline's work: the web may write neither records nor links."""

from django.db import connection, transaction

from apps.accounts.models import User
from apps.audit.actions import record as audit
from apps.children.models import Child
from apps.core import clock, sql
from apps.core.errors import Refused
from apps.matching import sealing
from apps.matching.actions import restore_links
from apps.matching.acts import rules
from apps.matching.models import Act, ActRecord, Apart, Candidate, Question

WAITS = {"question", "nameless"}


@transaction.atomic
def carry_out(*, act: Act) -> list[int]:
    """Do what was decided, whole or not at all; answer the children to work out anew. Raise Refused where it no longer fits."""
    at = clock.commit_moment()
    act = _locked(act)
    if act.state != Act.State.APPROVED:
        return []
    _check_still_fits(act)
    others, sealed = _ruled_out(act), sealing.pairs(_both(act))
    settled = act.kind in (Act.Kind.NEW, Act.Kind.DIFFERENT) and not _open(act)
    _name_new_child(act)
    sql.run("matching", "act_records", act=act.pk, settled=settled)
    sql.run(
        "matching",
        "act_restrict",
        act=act.pk,
        at=at,
        by=act.by,
        both=act.kind in (Act.Kind.SAME, Act.Kind.MERGE),
    )
    _stand_alone(act, settled)
    sql.run("matching", "act_links", act=act.pk, at=at)
    # before the next step forgets that they were apart
    sealing.check_apart(sealed)
    sql.run("matching", "act_apart", act=act.pk, at=at, others=others)
    act.state, act.done_at = Act.State.DONE, at
    act.save(update_fields=["state", "done_at", "target", "was"])
    concerned = _concerned(act)
    audit(
        "act.done",
        by=act.second_by or act.by,
        subject=f"act:{act.pk}",
        children=concerned,
        detail={"kind": act.kind},
    )
    return concerned


def _locked(act: Act) -> Act:
    return Act.objects.select_for_update(of=("self",)).get(pk=act.pk)


def _check_still_fits(act: Act) -> None:
    """What was decided rested on who belonged to whom; where that has changed since, it is not done."""
    for child in _both(act):
        if Child.objects.filter(pk=child, merged_into__isnull=False).exists():
            raise Refused("One of the two children has been made one with another since. Look at them again.")
    if act.kind in (Act.Kind.SPLIT, Act.Kind.MOVE):
        chosen = list(act.records.values_list("record_id", flat=True))
        held = list(
            Child.objects.get(pk=act.child_id).records.filter(loose=False).values_list("pk", flat=True)
        )
        if refusal := rules.check_leaving(chosen, held, act.kind):
            raise Refused(refusal)


def _ruled_out(act: Act) -> list[int]:
    """The children an answer says the record is not. One that the person may not see is still in question: nobody rules out unseen."""
    if act.kind not in (Act.Kind.NEW, Act.Kind.DIFFERENT):
        return []
    ruled = Candidate.objects.filter(question=act.question_id)
    if act.kind == Act.Kind.NEW:
        ruled.filter(ruled_out=None).update(ruled_out=act)
    seen = Child.objects.visible_to(User.objects.get(pk=act.by)).filter(candidacies__question=act.question_id)
    ruled.filter(ruled_out=act).exclude(child__in=list(seen.values_list("pk", flat=True))).update(
        ruled_out=None
    )
    if ruled.filter(ruled_out=None).exists():
        _open_again(act)
    return [_standing(child) for child in ruled.filter(ruled_out=act).values_list("child_id", flat=True)]


def _open_again(act: Act) -> None:
    Question.objects.filter(act=act).update(closed_at=None, answer="", answered_by=None, act=None)


def _open(act: Act) -> bool:
    return Question.objects.filter(pk=act.question_id or 0, closed_at=None).exists()


def _standing(child: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select vcdb_standing(%s)", [child])
        return int(cursor.fetchone()[0])


def _name_new_child(act: Act) -> None:
    """The child that split records become; the refresh writes it with its fields and reach at once."""
    if act.kind == Act.Kind.SPLIT:
        with connection.cursor() as cursor:
            cursor.execute("select nextval('children_child_id_seq')")
            act.target_id = cursor.fetchone()[0]
        Act.objects.filter(pk=act.pk).update(target=act.target_id)


def _stand_alone(act: Act, settled: bool) -> None:
    """A child that a person has placed is in question no longer; why it was is kept for the undo."""
    placed = (
        [act.child_id] if settled else _both(act)[1:] if act.kind in (Act.Kind.SAME, Act.Kind.MERGE) else []
    )
    for child in Child.objects.filter(pk__in=placed, provisional_because__in=WAITS):
        if child.provisional_because == "nameless" or settled:
            act.was[str(child.pk)] = child.provisional_because
            Child.objects.filter(pk=child.pk).update(provisional=False, provisional_because="")


def _concerned(act: Act) -> list[int]:
    pairs = ActRecord.objects.filter(act=act).values_list("from_child_id", "to_child_id")
    return sorted({child for pair in pairs for child in pair if child} | set(_both(act)))


def _both(act: Act) -> list[int]:
    return [act.child_id, *([act.target_id] if act.target_id else [])]


@transaction.atomic
def take_back(*, act: Act) -> list[int] | None:
    """Put back every record whose link is still the act's; what has changed since stays and is named. All that was linked without a
    person since the act goes back too. Answers the extracts that are to be judged again, oldest first, or None where nothing was to do."""
    at = clock.commit_moment()
    act = _locked(act)
    if act.state != Act.State.UNDOING:
        return None
    _check_something_to_put_back(act)
    sealed = sealing.pairs(_both(act))
    _check_sets_nothing_sealed_apart(act, sealed)
    since = restore_links(feed=None, place=act.done_at or at, own=(), at=at)
    sql.run("matching", "undo_act", act=act.pk, at=at, by=act.undone_by)
    sealing.check_apart(sealed)
    sql.run("matching", "act_restrict", act=act.pk, at=at, by=act.undone_by, both=True)
    kept = set(act.records.filter(kept=True).values_list("record__child_id", flat=True))
    for child, because in act.was.items():
        if int(child) not in kept:
            Child.objects.filter(pk=child).update(provisional=True, provisional_because=because)
    act.state, act.undone_at = Act.State.UNDONE, at
    act.save(update_fields=["state", "undone_at"])
    audit(
        "act.undone",
        by=act.undone_by,
        subject=f"act:{act.pk}",
        children=_concerned(act),
        detail={"kind": act.kind},
    )
    return since


def _check_something_to_put_back(act: Act) -> None:
    moved = act.records.exclude(link=None)
    if moved.exists() and not moved.filter(link__recorded_to=None).exists():
        raise Refused("Every record of this has been placed again since. Undo the later decision first.")


def _check_sets_nothing_sealed_apart(act: Act, sealed: set[tuple[int, int]]) -> None:
    """What told two identities apart before their link was sealed stands for it: its undo would ask about the two again."""
    if sealed & set(Apart.objects.filter(act=act, lifted_at=None).values_list("record", "other")):
        raise Refused(sealing.NOT_JOINED)


@transaction.atomic
def give_up(*, act: Act, sentence: str) -> None:
    """Note why an act, or its undo, was not carried out."""
    act = _locked(act)
    back = Act.State.DONE if act.state == Act.State.UNDOING else Act.State.REFUSED
    Act.objects.filter(pk=act.pk).update(state=back, error=sentence)
    if back == Act.State.REFUSED:
        Candidate.objects.filter(ruled_out=act).update(ruled_out=None)
        _open_again(act)
    audit(
        "act.failed", by=act.by, subject=f"act:{act.pk}", children=_concerned(act), detail={"kind": act.kind}
    )


def leave_pointers(*, act: Act) -> None:
    """Let a child that an undone split had made lead to the one its records went back to."""
    sql.run("matching", "leave_pointers", act=act.pk)
