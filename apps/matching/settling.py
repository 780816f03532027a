"""After a commit: open questions that gained evidence may resolve by themselves, and what a record left behind is looked at once more."""

from datetime import datetime

from django.db import connection

from apps.children.models import PlannedRecord
from apps.core import sql
from apps.matching.again import Placed, Standing, components, place
from apps.matching.compare.accounts import Account
from apps.matching.gathering import Gathered, hear_children
from apps.matching.hearing import join
from apps.matching.judging import Outcome, together, weigh
from apps.matching.passes import Passes
from apps.matching.residue import new_children, write

#: One answer may be the evidence for the next; further than this nobody has seen it go.
ROUNDS = 3
#: From so many records of one plan on, what was written is counted before it is read: the planner would go through all of it for each.
MANY = 1000
WRITTEN = ("matching_linkversion", "matching_decision", "matching_question", "matching_candidate")


def settle_questions(passes: Passes, at: datetime) -> None:
    """Look once more at what the rows of this plan shed light on, and carry out at once what follows."""
    if PlannedRecord.objects.filter(extract_id=passes.extract.pk).count() > MANY:
        sql.analyze(*WRITTEN)
    after = 0
    for _round in range(ROUNDS):
        passes.params["after"] = after
        with connection.cursor() as cursor:
            cursor.execute("select coalesce(max(id), 0) from children_plannedrecord")
            after = cursor.fetchone()[0]
        passes.run("gained")
        if not (found := _gather(passes)).standing:
            return
        write(_answers(passes, found))
        passes.params.update(after=after, at=at, model=passes.model.version)
        passes.run("plan_again", "apply_links", "point")


def _gather(passes: Passes) -> Gathered:
    found = Gathered()
    if not passes.rows("standing"):
        return found
    passes.run("block", "house", "home", "widen", "gained_pairs")
    hear_children(passes, found)
    return found


def _answers(passes: Passes, found: Gathered) -> dict[str, Placed]:
    """Who left a child or joined one is no evidence for others before the next round: two that found each other would change places."""
    answers: dict[str, Placed] = {}
    changed: set[int | None] = set()
    for local_id, standing in sorted(found.standing.items(), key=lambda each: each[1].record):
        if standing.question is not None or standing.provisional:
            placed = _of_question(passes, found, local_id, standing)
            if placed.match == "linked":
                if changed & {standing.child, placed.child}:
                    continue
                changed |= {standing.child, placed.child}
                answers |= {f"#{record}": placed for record in standing.records}
            elif placed.match != "kept":
                answers[f"#{standing.record}"] = placed
        else:
            answers |= _of_rest(passes, found, standing)
    return answers


def _of_question(passes: Passes, found: Gathered, local_id: str, standing: Standing) -> Placed:
    """All of a provisional child's records are judged as one."""
    came = found.held(standing.child)
    candidates = [
        weigh(came, found.held(child), child, passes.model, found.crowded)
        for child in found.pairs.get(local_id, ())
        if child != standing.child and found.records.get(child)
        and not any(found.set_apart(record, child) for record in standing.records)
    ]  # fmt: skip
    return place(standing, together(candidates, passes.model))


def _of_rest(passes: Passes, found: Gathered, standing: Standing) -> dict[str, Placed]:
    """Who joined a child only through a record that has left it leaves too; what holds together stays together."""
    records = {
        record: found.records[standing.child][record]
        for record in standing.records
        if record in found.records[standing.child]
    }
    first, *others = components(records, passes.model, found.crowded) or [[]]
    answers: dict[str, Placed] = {}
    for group, own in zip(others, new_children(len(others)), strict=True):
        outcome = _of_group(
            passes,
            found,
            standing.child,
            [records[each] for each in group],
            [records[each] for each in first],
        )
        for number, record in enumerate(group):
            asks = outcome.match == "question" and not number
            answers[f"#{record}"] = Placed(
                "question" if asks else "new", own, outcome if asks else Outcome("new", "left")
            )
    return answers


def _of_group(
    passes: Passes, found: Gathered, child: int, group: list[Account], first: list[Account]
) -> Outcome:
    candidate = weigh(join(group), join(first), child, passes.model, found.crowded)
    return together([candidate], passes.model) if candidate.ask else Outcome("new", "left")
