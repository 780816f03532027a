"""What is left of a meeting that was ended by somebody who does not reach every child on its agenda."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record
from apps.reviews.actions.moving import move
from apps.reviews.meetings import minutes, queries
from apps.reviews.meetings.actions import in_a_week, move_on, put_on
from apps.reviews.models import AgendaItem

By = User | int | str | None
#: For how long after a meeting a line that its minutes lack is still written: it says what stands by then.
LATELY = timedelta(days=1)


@transaction.atomic
def finish(*, by: By) -> int:
    """Do with reviews that whoever ended a meeting does not reach what ending it does with the others; how many.

    The service does it: the request of that person neither sees such a child nor may tell of it by being refused.
    """
    left = queries.left_behind()
    for item in left:
        if item.state == AgendaItem.State.WAITING:
            _carry_over(item, by)
        else:
            move_on(item.review, by)
    unsaid = queries.without_line(timezone.now() - LATELY)
    minutes.add_left(items=unsaid)
    if left or unsaid:
        children = sorted({each.review.child_id for each in (*left, *unsaid)})
        record(
            "meeting.finish", by=by, children=children, detail={"reviews": len(left), "lines": len(unsaid)}
        )
    return len(left)


def _carry_over(item: AgendaItem, by: By) -> None:
    """To the next meeting of the series, on its agenda where that is planned: whoever draws it may not reach the child either."""
    coming, given = queries.next_of(item.meeting), in_a_week(item.meeting)
    review = move(
        review=item.review,
        name="carry_over",
        given=given | ({"meets_on": coming.on} if coming else {}),
        by=by,
    )
    if coming and not coming.items.filter(review=review).exists():
        put_on(coming, [review])
