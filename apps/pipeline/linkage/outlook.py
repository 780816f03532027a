"""Which rating two children would have as one, or apart: worked out by the one statement that rates, and undone again."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.children.models import PlannedRecord, SourceRecord
from apps.matching.models import Act, Candidate, Question
from apps.matching.queries import candidates_of
from apps.ragp import actions as ragp
from apps.ragp.models import PlannedMove
from apps.ragp.queries import current_assessments, current_bands

#: How many questions one turn works out at most; the rest come with the next, or when somebody opens them.
A_TURN = 200
#: Stands for the child that split records would become.
NEW = -1
Moves = Sequence[tuple[int, int, int]]


@transaction.atomic
def bands(moves: Moves) -> list[tuple[int, str, str]]:
    """(child, band now, band after) of every child concerned, were these records (record, from, to) moved."""
    children = sorted({child for _, left, joined in moves for child in (left, joined)})
    standing = current_assessments(children)
    now = {child: standing[child].band if child in standing else "none" for child in children}
    return [(child, now[child], after) for child, after in (now | _moved(moves)).items()]


def _moved(moves: Moves) -> dict[int, str]:
    if not moves:
        return {}
    plan = -moves[0][0]
    with transaction.atomic():
        PlannedRecord.objects.bulk_create(
            [
                PlannedRecord(
                    extract_id=plan, local_id=str(record), action="changed", record_id=record, child_id=joined,
                    old_child_id=left, match="linked",
                )
                for record, left, joined in moves
            ]
        )  # fmt: skip
        ragp.plan_moves(plan)
        found = dict(PlannedMove.objects.filter(extract_id=plan).values_list("child_id", "to_band"))
        transaction.set_rollback(True)
    return found


def of_act(act: Act) -> None:
    """Keep, with a draft, which ratings it would change."""
    if act.state == Act.State.DRAFTED:
        found = bands(moves_of(act))
        Act.objects.filter(pk=act.pk, state=Act.State.DRAFTED).update(
            preview={"bands": [[None if child == NEW else child, now, after] for child, now, after in found]}
        )


def moves_of(act: Act) -> Moves:
    """The records an act would move, from where to where."""
    if act.kind in (Act.Kind.SAME, Act.Kind.MERGE):
        return joined(act.child_id, act.target_id or NEW)
    records = act.records.order_by("record_id").values_list("record_id", flat=True)
    return [(record, act.child_id, act.target_id or NEW) for record in records]


def joined(child: int, target: int) -> Moves:
    """All records of one child, to another."""
    records = (
        SourceRecord.objects.filter(child=child, loose=False).order_by("pk").values_list("pk", flat=True)
    )
    return [(record, child, target) for record in records]


def of_questions(ids: Iterable[int] = ()) -> int:
    """Work out what the same-child answer would do to the ratings of open questions: those named, or those not looked at yet."""
    asked = Question.objects.filter(closed_at=None)
    asked = (
        asked.filter(pk__in=wanted)
        if (wanted := list(ids))
        else asked.filter(candidates__outlook__isnull=True)
    )
    found = list(
        asked.order_by(F("later_at").asc(nulls_first=True), "-stake", "opened_at", "pk").distinct()[:A_TURN]
    )
    ranks = {code: band.rank for code, band in current_bands().items()}
    for question in found:
        _of_question(question, ranks)
    return len(found)


@transaction.atomic
def _of_question(question: Question, ranks: dict[str, int]) -> None:
    stake = 0
    for candidate in candidates_of([question]):
        stands = int(candidate.stands)  # type: ignore[attr-defined]
        worked = {child: (now, after) for child, now, after in bands(joined(question.child_id, stands))}
        (now, after), (other, _) = (
            worked.get(stands, ("none", "none")),
            worked.get(question.child_id, ("none", "none")),
        )
        Candidate.objects.filter(pk=candidate.pk).update(
            outlook={"now": now, "after": after, "other": other, "at": timezone.now().isoformat()}
        )
        stake = max(stake, hangs_on_it(now, after, other, ranks))
    Question.objects.filter(pk=question.pk, stake__lt=stake).update(stake=stake)


def hangs_on_it(now: str, after: str, other: str, ranks: dict[str, int]) -> int:
    """What hangs on an answer: the highest rating in play counts ten, a rating that would change five more."""
    highest = max(ranks.get(code, 0) for code in (now, after, other))
    return 10 * highest + (5 if after != now else 0)
