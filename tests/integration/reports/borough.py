"""A small borough with something in every figure, as commits leave it."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from apps.agencies.models import Agency, SharingAgreement
from apps.children.actions import restrict
from apps.children.models import RecordAddress, RecordVersion
from apps.core.clock import today, week_of
from apps.extracts.models import Feed
from apps.involvements.models import Sighting
from apps.lists import actions as lists
from apps.lists import receipts
from apps.lists.models import Return, WeeklyList
from apps.matching.models import Question
from apps.ragp.actions import assess
from apps.ragp.models import Assessment
from apps.reports.models import Population, SeenStandard
from apps.reviews import actions as reviews
from apps.reviews.models import Action, CaseReview
from apps.triage import actions as triage
from apps.triage.models import Item
from tests.integration.ragp.facts import child, days_ago, extract, feed, involve, observe, record
from tests.integration.reviews.reviewing import act, moved, raised

STANDARD = 28
numbers = count(1)


def say(on, postcode="", **fields):
    """What a feed says of who a record is, and where the child lives."""
    given = {
        "record": on,
        "feed": feed(),
        "extract_id": extract(feed()).pk,
        "row_no": 1,
        "recorded_from": timezone.now(),
    }
    RecordVersion.objects.create(
        bundle_hash=f"00000000-0000-4000-8000-{next(numbers):012}", **given, **fields
    )
    if postcode:
        RecordAddress.objects.create(postcode=postcode, **given)


def see(on, day):
    """Somebody saw the child."""
    Sighting.objects.create(
        record=on, feed=feed(), agency=on.agency, key=str(next(numbers)), extract_id=extract(feed()).pk, row_no=1,
        recorded_from=timezone.now(), seen_on=day,
    )  # fmt: skip


def known(services, postcode="ZZ1 1AA", seen=None, attendance=None, school=None, **fields):
    """A child with involvements of these services, begun ten days ago, on one record."""
    made = child(**fields)
    on = record(made)
    say(on, postcode, dob=made.dob, nhs_number=fields.get("nhs_number", ""), died_on=fields.get("died_on"))
    for service in services:
        involve(on, service, days_ago(10))
    if school:
        involve(on, "school_roll", days_ago(60), setting=school)
    if attendance is not None:
        observe(on, "attendance", days_ago(3), attendance)
    if seen is not None:
        see(on, days_ago(seen))
    return made


def settle(world):
    """Children, a week of lists and of triage; the reports know what they are held against."""
    school = Agency.objects.get(code="urn-900001")
    # a visit is told to whom a service of its feed is shared with
    Feed.objects.filter(pk=feed().pk).update(services=["child_protection"])
    # what these facts say is shared with the review administrator's agency, and with no other
    SharingAgreement.objects.create(
        provider=feed().agency, recipient=Agency.objects.get(code="council"), services=["*"], level="content",
        valid_from=days_ago(1),
    )  # fmt: skip
    SeenStandard.objects.create(
        from_week=week_of(today()), band="red", days=STANDARD, source="Practice standards"
    )
    Population.objects.create(from_week=week_of(today()), people=20_000, source="Mid-year estimates")
    for number in range(7):
        known(
            ["child_protection", "social_worker"],
            seen=number * 9,
            attendance=40 + 10 * number,
            school=school,
            nhs_number="9990000000",
        )
    for _ in range(6):
        known(
            ["child_in_need", "social_worker", "camhs", "early_help", "youth_justice", "vemt"],
            "ZZ2 2BB",
            school=school,
        )
    away = known(["vemt", "missing"], seen=80)
    for day in (2, 5, 9):
        involve(away, "missing", days_ago(day), days_ago(day - 1))
    for kind, days in (("U6", 20), ("K2", 200)):
        cared = known(["looked_after"])
        observe(cared.records.get(), "placement", days_ago(days))
        cared.records.get().observation_set.update(text=kind)
    known(["looked_after"])
    known(["child_protection"], died_on=date(2026, 1, 1))
    hidden = known(["child_protection"], "ZZ3 3CC", school=school)
    restrict(child=hidden, hides="address", reason="Refuge", by=None)
    long_ago, unrated = known([]), known([])
    for each in (long_ago, unrated):
        involve(each.records.get(), "early_help", days_ago(120))
    assess(by=None)
    Assessment.objects.filter(child=long_ago).update(assessed_at=timezone.now() - timedelta(days=200))
    _a_week_of_work(world, cared)
    _reviews(world)


def _reviews(world):
    late = raised(world)
    long_ago = timezone.now() - timedelta(hours=1)
    late.moves.update(due_at=long_ago)
    CaseReview.objects.filter(pk=late.pk).update(due_at=long_ago)
    decided = moved(
        world, raised(world, "cleo", "early_help_officer"), "accept", "schedule", "begin", "decide"
    )
    for _ in range(2):
        act(world, decided)
    overdue, done = act(world, decided), act(world, decided)
    Action.objects.filter(pk=overdue.pk).update(due_on=days_ago(1))
    reviews.end_action(action=done, done=True, outcome="Visited", by=world.user("review_admin"))


def _a_week_of_work(world, cared):
    lists.publish(week=week_of(today()), by=None)
    listed = WeeklyList.objects.filter(setting__code="urn-900001").get()
    receipts.keep(listed=listed, by=world.user("dsl"))
    receipts.acknowledge(listed=listed, by=world.user("dsl"))
    Return.objects.create(list=listed, sent_by=1, sent_at=timezone.now())
    for _ in range(3):
        known(["child_protection"])
    assess(by=None)
    triage.open_items(by=None)
    first, second, *_ = Item.objects.order_by("pk")
    triage.decide(items=[first], outcome="ask", reason="Ask", by=world.user("early_help_officer"))
    Item.objects.filter(pk=second.pk).update(due_at=timezone.now() - timedelta(hours=1))
    on = cared.records.get()
    Question.objects.create(record=on, child=cared, rule="x", extract_id=1, opened_at=timezone.now())
