"""Reviews to test with, built through actions."""

from datetime import timedelta

from apps.agencies.models import Agency
from apps.core.clock import today
from apps.reviews import actions
from apps.reviews.models import ReviewType

DAY = timedelta(days=1)


def agency(code):
    return Agency.objects.get(code=code)


def the_type(*codes, **fields):
    """The type that is there from the first, with these agencies invited."""
    found = ReviewType.objects.get(for_triage=True)
    found.agencies.set([agency(code) for code in codes])
    ReviewType.objects.filter(pk=found.pk).update(**fields)
    found.refresh_from_db()
    return found


def raised(world, name="ada", by="social_worker", reason="Too many absences"):
    """A review as somebody raised it."""
    return actions.raise_review(
        child=world.child(name),
        type=ReviewType.objects.get(for_triage=True),
        reason=reason,
        by=world.user(by),
    )


#: What each transition is given on the usual way.
GIVEN = {
    "schedule": lambda: {"meets_on": today()},
    "carry_over": lambda: {"meets_on": today() + DAY, "reason": "No time"},
    "decide": lambda: {"summary": "School leads", "next_review_on": today() + 30 * DAY},
    "decline": lambda: {"reason": "Seen already"},
    "defer": lambda: {"reason": "Holidays", "until": today() + 7 * DAY},
    "reopen": lambda: {"reason": "New facts"},
}


def moved(world, review, *steps, by="review_admin"):
    """Taken along these transitions."""
    for step in steps:
        given = GIVEN.get(step, dict)()
        review = actions.move(review=review, name=step, given=given, by=world.user(by))
    return review


def act(world, review, what="Visit at home", by="review_admin", code="csc"):
    """An action of a review."""
    return actions.add_action(
        review=review,
        what=what,
        agency=agency(code),
        owner="Sol Worker",
        due_on=today() + 3 * DAY,
        by=world.user(by),
    )
