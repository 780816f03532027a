"""A weekly meeting with a few reviews on its agenda, so that the demonstration shows one being prepared."""

from datetime import timedelta

from django.db import connection

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.clock import today
from apps.reviews import actions
from apps.reviews.leading.actions import join_team, name_lead
from apps.reviews.log.actions import keep_contact
from apps.reviews.meetings import actions as meetings
from apps.reviews.meetings.pages import next_day
from apps.reviews.models import CaseReview, ReviewType

INVITED = ("csc", "early-help", "education", "health-camhs", "youth-justice")
PEOPLE = (
    ("Priya Venn", "csc"),
    ("Rowan Aldous", "early-help"),
    ("Idris Callaghan-Moss", "health-camhs"),
    ("Farrah Steele", "youth-justice"),
)
REASONS = (
    "Missing three times since half-term; school has not seen their friends change.",
    "The plan has not moved on for six weeks and attendance falls.",
    "Two agencies see the family in the same week and neither knew.",
    "Excluded for five days; the youth worker asks for a plan before he is back.",
    "Mother has asked for help with the youngest and does not know whom to ring.",
    "Rating rose twice within a month.",
)
SAID = ("Seen at home on two visits, once alone. The kitchen is warm and there is food.", "His grandmother takes him to school.",
        "The shared house is noisy at night.", "One person for the family to ring.")  # fmt: skip

#: Children of the highest bands whom nothing hides, in an order that does not change.
WORST = """
    select c.id from ragp_standing s
    join ragp_scheme k on k.state = 'approved'
    join ragp_band b on b.scheme_id = k.id and b.code = s.band
    join children_child c on c.id = s.child_id
    where not c.restricted and not c.address_hidden and c.merged_into_id is null and not c.provisional and %s = any(c.reach)
    order by b.rank desc, c.surname_key, c.forename_key, c.id limit %s
"""


def hold_meetings() -> int:
    """Set up the type and the series, raise reviews, ask and answer, plan the next meeting and draw its agenda; how many reviews."""
    admin, worker = (User.objects.get(username=name) for name in ("sol.whitlow", "priya.venn"))
    agencies = Agency.objects.in_bulk(INVITED, field_name="code")
    type_ = ReviewType.objects.get(for_triage=True)
    type_.agencies.set(agencies.values())
    children = _worst(agencies["csc"].pk, len(REASONS))
    made = [
        actions.raise_review(child=child, type=type_, reason=reason, by=worker)
        for child, reason in zip(children, REASONS, strict=False)
    ]
    for review in made[:-1]:
        actions.move(review=review, name="accept", given={}, by=admin)
    for review in made[:2]:
        own = review.contributions.get(agency=agencies["csc"])
        actions.contribute(contribution=own, answers=SAID, version=0, by=worker)
    _around(made, agencies, admin, worker)
    series = meetings.save_series(
        series=None, name="Weekly multi-agency meeting", type=type_, weekday=2, place="Town hall, room 3", chair="Sol Whitlow",
        people=[[name, agencies[code].pk] for name, code in PEOPLE], by=admin,
    )  # fmt: skip
    meetings.draw(meeting=meetings.plan(series=series, on=next_day(series), by=admin), by=admin)
    return len(made)


def _around(made: list[CaseReview], agencies: dict[str, Agency], admin: User, worker: User) -> None:
    """Who leads on the first child, an action, and a contact."""
    if not made:
        return
    first, day = made[0], today()
    name_lead(
        child=first.child, name="Priya Venn", job="Social worker", phone="01632 960181", agency=agencies["csc"], by=worker
    )  # fmt: skip
    join_team(
        child=first.child, name="Tobias Wheatley", job="Family support worker", phone="01632 960207",
        agency=agencies["early-help"], by=worker,
    )  # fmt: skip
    for review, what, code, owner, days in (
        (first, "Return interview", "csc", "Priya Venn", 1),
        (first, "Refer to the exploitation group", "youth-justice", "Farrah Steele", 3),
        (made[-1], "Ring the family", "early-help", "Tobias Wheatley", 0),
    ):
        actions.add_action(
            review=review,
            what=what,
            agency=agencies[code],
            owner=owner,
            due_on=day + timedelta(days=days),
            by=admin,
        )
    keep_contact(
        child=first.child, on=day, way="visit", with_whom="The child and her aunt", made=True, child_seen=True,
        said="She likes the new art teacher and wants to stay at her school.", offered="A lift on Mondays", met="partly", by=worker,
    )  # fmt: skip


def _worst(agency: int, most: int) -> list[Child]:
    with connection.cursor() as cursor:
        cursor.execute(WORST, [agency, most])
        return [Child.objects.get(pk=pk) for (pk,) in cursor.fetchall()]
