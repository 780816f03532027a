"""What a person says about who is who, kept at once; the pipeline carries it out."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record as audit
from apps.children.models import Child, SourceRecord
from apps.core.errors import Refused
from apps.core.words import moment
from apps.matching.acts import rules
from apps.matching.models import Act, ActRecord, Question


@transaction.atomic
def claim(*, question: Question, by: User) -> None:
    """Hold a question for a quarter of an hour; raise Refused naming who holds it already."""
    now = timezone.now()
    free = Q(claimed_by=None) | Q(claimed_at__lte=now - rules.CLAIM) | Q(claimed_by=by.pk)
    if not Question.objects.filter(free, pk=question.pk, closed_at=None).update(
        claimed_by=by.pk, claimed_at=now
    ):
        raise Refused(_quicker(question))
    audit("question.claim", by=by, subject=f"question:{question.pk}", children=[question.child_id])


@transaction.atomic
def release(*, question: Question, by: User) -> None:
    """Let go of a question one holds."""
    if Question.objects.filter(pk=question.pk, claimed_by=by.pk).update(claimed_by=None, claimed_at=None):
        audit("question.release", by=by, subject=f"question:{question.pk}", children=[question.child_id])


@transaction.atomic
def answer(
    *,
    question: Question,
    kind: str,
    candidate: Child | None,
    reason: str,
    by: User,
    preview: Mapping[str, Any] | None = None,
) -> Act:
    """Answer a question: the same child as the candidate, a different one, or one of its own. The pipeline carries it out.

    Raise Refused where somebody else holds the question or has answered it.
    """
    if kind not in rules.ANSWERS:
        raise Refused("Choose one of the answers.")
    held = _hold(question, by)
    if kind != Act.Kind.NEW and not held.candidates.filter(child=candidate, ruled_out=None).exists():
        raise Refused("This child is no longer one the record may be. Look at the question again.")
    now = timezone.now()
    act = Act.objects.create(
        kind=kind, state=Act.State.APPROVED, question=held, child=held.child, reason=reason.strip(), by=by.pk, at=now,
        target=_stands_for(candidate) if candidate and kind != Act.Kind.NEW else None, preview=preview,
    )  # fmt: skip
    _settle(held, act, candidate)
    children = [held.child_id, *([act.target_id] if act.target_id else [])]
    audit(
        "question.answer",
        by=by,
        subject=f"question:{held.pk}",
        children=children,
        detail={"answer": kind, "act": act.pk},
    )
    return act


def _settle(question: Question, act: Act, candidate: Child | None) -> None:
    """Rule the candidates out, and close the question where none is left."""
    if act.kind != Act.Kind.SAME:
        ruled = question.candidates.filter(ruled_out=None)
        ruled = ruled if act.kind == Act.Kind.NEW else ruled.filter(child=candidate)
        ruled.update(ruled_out=act)
        if question.candidates.filter(ruled_out=None).exists():
            Question.objects.filter(pk=question.pk).update(claimed_at=timezone.now(), claimed_by=act.by)
            return
    Question.objects.filter(pk=question.pk).update(
        closed_at=act.at, answer=act.kind, answered_by=act.by, act=act, claimed_by=None, claimed_at=None
    )


@transaction.atomic
def cannot_tell(*, question: Question, by: User) -> None:
    """Ask the agency that sent the record: the question stays open, at the end, and goes on that agency's list."""
    held, now = _hold(question, by), timezone.now()
    Question.objects.filter(pk=held.pk).update(
        asked_agency_at=now, later_at=now, claimed_by=None, claimed_at=None
    )
    audit("question.ask_agency", by=by, subject=f"question:{held.pk}", children=[held.child_id])


@transaction.atomic
def later(*, question: Question, by: User) -> None:
    """Put a question to the end of the queue; nothing moves."""
    held = _hold(question, by)
    Question.objects.filter(pk=held.pk).update(later_at=timezone.now(), claimed_by=None, claimed_at=None)
    audit("question.later", by=by, subject=f"question:{held.pk}", children=[held.child_id])


def _hold(question: Question, by: User) -> Question:
    held = (
        Question.objects.select_for_update(of=("self",))
        .select_related("child")
        .filter(pk=question.pk, closed_at=None)
        .first()
    )
    if held is None or rules.held_by_other(held.claimed_by, held.claimed_at, by.pk, timezone.now()):
        raise Refused(_quicker(question))
    return held


def _quicker(question: Question) -> str:
    found = Question.objects.filter(pk=question.pk).first()
    if found is None or found.closed_at is not None:
        return "This question has been answered, or a later file has settled it. Nothing of yours was saved."
    holder = User.objects.filter(pk=found.claimed_by or 0).first()
    name = holder.display_name if holder else "Somebody else"
    since = f" since {moment(found.claimed_at)}" if found.claimed_at else ""
    return f"{name} has had this question open{since}. It is free again a quarter of an hour after they opened it."


def _stands_for(child: Child) -> Child:
    """The child a pointer leads to."""
    for _ in range(50):
        if child.merged_into is None:
            break
        child = child.merged_into
    return child


@transaction.atomic
def draft(
    *, kind: str, child: Child, target: Child | None, records: Iterable[SourceRecord] = (), by: User
) -> Act:
    """Begin a merge, split or move, so that what it would do can be worked out and looked at; nothing is proposed yet."""
    chosen = list(records)
    if kind == Act.Kind.MERGE and target is not None:
        child, target = _direction(child, target)
    if kind != Act.Kind.SPLIT and (target is None or target.pk == child.pk):
        raise Refused("Choose another child.")
    if kind != Act.Kind.MERGE:
        held = SourceRecord.objects.filter(child=child, loose=False).values_list("pk", flat=True)
        if refusal := rules.check_leaving([each.pk for each in chosen], list(held), kind):
            raise Refused(refusal)
    act = Act.objects.create(
        kind=kind, state=Act.State.DRAFTED, child=child, target=target, by=by.pk, at=timezone.now()
    )
    if kind != Act.Kind.MERGE:
        ActRecord.objects.bulk_create(
            [ActRecord(act=act, record=each, from_child=child, to_child=target) for each in chosen]
        )
    audit("act.draft", by=by, subject=f"act:{act.pk}", children=_children(act), detail={"kind": kind})
    return act


def _direction(one: Child, two: Child) -> tuple[Child, Child]:
    """(the child whose records leave, the one that keeps its page)."""
    first, second = (rules.Standing(each.pk, each.provisional_because) for each in (one, two))
    return (two, one) if rules.keeps(first, second) else (one, two)


@transaction.atomic
def propose(*, act: Act, reason: str, preview: Mapping[str, Any], by: User) -> Act:
    """Decide on what was drafted, by the figures shown: a split or move is carried out, a merge waits for a second person."""
    if not reason.strip():
        raise Refused(rules.NO_REASON)
    state = Act.State.PROPOSED if act.kind in rules.SECONDED else Act.State.APPROVED
    _step(
        act,
        Act.State.DRAFTED,
        state,
        reason=reason.strip(),
        by=by.pk,
        at=timezone.now(),
        preview=dict(preview),
    )
    audit("act.propose", by=by, subject=f"act:{act.pk}", children=_children(act), detail={"kind": act.kind})
    return act


@transaction.atomic
def approve(*, act: Act, reason: str = "", by: User) -> Act:
    """Agree, as the second person, that a merge is carried out; raise Refused for whoever proposed it."""
    _check_second(act, by)
    _step(
        act, Act.State.PROPOSED, Act.State.APPROVED,
        second_by=by.pk, second_at=timezone.now(), second_reason=reason.strip(),
    )  # fmt: skip
    audit("act.approve", by=by, subject=f"act:{act.pk}", children=_children(act), detail={"kind": act.kind})
    return act


@transaction.atomic
def refuse(*, act: Act, reason: str, by: User) -> Act:
    """Say, as the second person, that a merge is not carried out, and why."""
    _check_second(act, by)
    if not reason.strip():
        raise Refused(rules.NO_REASON)
    _step(
        act, Act.State.PROPOSED, Act.State.REFUSED,
        second_by=by.pk, second_at=timezone.now(), second_reason=reason.strip(),
    )  # fmt: skip
    audit("act.refuse", by=by, subject=f"act:{act.pk}", children=_children(act), detail={"kind": act.kind})
    return act


@transaction.atomic
def drop(*, act: Act, by: User) -> None:
    """Leave a draft, or take back one's own proposal before anybody has looked at it."""
    was = act.state if act.state in (Act.State.DRAFTED, Act.State.PROPOSED) else Act.State.DRAFTED
    if act.by != by.pk:
        raise Refused("Only who proposed this can take it back.")
    _step(act, was, Act.State.REFUSED, second_by=by.pk, second_at=timezone.now())
    audit("act.drop", by=by, subject=f"act:{act.pk}", children=_children(act), detail={"kind": act.kind})


@transaction.atomic
def ask_undo(*, act: Act, reason: str, by: User) -> Act:
    """Ask for an act to be undone; the pipeline puts back what it can. Raise Refused without a reason, or where it is under way or done."""
    if not reason.strip():
        raise Refused(rules.NO_REASON)
    if refusal := rules.check_undo(act):
        raise Refused(refusal)
    _step(act, act.state, Act.State.UNDOING, undone_by=by.pk, undo_reason=reason.strip())
    audit("act.undo", by=by, subject=f"act:{act.pk}", children=_children(act), detail={"kind": act.kind})
    return act


def _check_second(act: Act, by: User) -> None:
    if refusal := rules.check_second(act, by.pk):
        raise Refused(refusal)


def _step(act: Act, was: str, now: str, **fields: Any) -> None:
    """Move an act on, if it still stands where it was seen."""
    if not Act.objects.filter(pk=act.pk, state=was).update(state=now, **fields):
        raise Refused("Somebody was quicker: this has changed since you opened it. Look at it again.")
    act.refresh_from_db()


def _children(act: Act) -> Collection[int]:
    return [each for each in (act.child_id, act.target_id) if each]
