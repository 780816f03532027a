"""One answer, or the same answer to many like cases; what comes of it is carried out by the pipeline afterwards."""

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.matching.acts import actions as acts
from apps.matching.models import Act, Candidate, Question
from apps.matching.queries import candidates_of
from apps.pipeline.linkage import alike, queries

#: So many times the next question is tried for, while colleagues take them too.
TRIES = 5


def answer(*, question: Question, kind: str, candidate: UUID | None, reason: str, by: User) -> Act | None:
    """Keep an answer; what needs carrying out comes back as an act. Raise Refused where somebody was quicker."""
    if kind == "cannot_tell":
        acts.cannot_tell(question=question, by=by)
        return None
    if kind == "later":
        acts.later(question=question, by=by)
        return None
    about = candidate_named(question, candidate) if kind != Act.Kind.NEW else None
    preview: dict[str, Any] = {"outlook": about.outlook} if about else {}
    return acts.answer(
        question=question,
        kind=kind,
        candidate=about.child if about else None,
        reason=reason,
        by=by,
        preview=preview,
    )


def candidate_named(question: Question, public_id: UUID | None) -> Candidate:
    """The candidate an answer is about; raise Refused where it is none, or is out of reach."""
    for candidate in candidates_of([question]).select_related("child__merged_into"):
        stands = candidate.child.merged_into or candidate.child
        if public_id in (candidate.child.public_id, stands.public_id):
            return candidate
    raise Refused("This child is no longer one the record may be. Look at the question again.")


def take_next(*, by: User, besides: int | None = None) -> Question | None:
    """Hold the next question that nobody else holds; None where none waits."""
    for _ in range(TRIES):
        found = queries.next_free(by, besides)
        if found is None:
            return None
        try:
            acts.claim(question=found, by=by)
            return found
        except Refused:
            continue
    return None


@transaction.atomic
def answer_alike(*, key: str, kind: str, seen: str, reason: str, by: User) -> list[Act]:
    """Answer every case of one systematic fault, all or none; raise Refused where they are no longer those that were shown (``seen``)."""
    if not reason.strip():
        raise Refused("Give a reason: it is kept with every one of the answers.")
    group = alike.group(key, by)
    if group is None or group.mark != seen:
        raise Refused("These are no longer the cases that were shown. Look at them again.")
    return [
        acts.answer(question=case.sheet.question, kind=kind, candidate=_candidate(case), reason=reason, by=by)
        for case in group.cases
    ]


def _candidate(case: alike.Case) -> Any:
    return candidate_named(case.sheet.question, case.comparison.child.public_id).child
