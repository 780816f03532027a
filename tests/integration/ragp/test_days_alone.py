"""What time alone changes in a rating, with the clock stepped and no file: lapses, nobody seeing the child, birthdays, old sources."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from apps.core.clock import behind, today
from apps.extracts.models import Extract
from apps.involvements.models import Sighting
from apps.ragp.actions import assess
from apps.ragp.install import draft, exported
from apps.ragp.models import Assessment, Scheme
from apps.ragp.queries import current_scheme
from tests.integration.ragp.facts import (
    change,
    child,
    days_ago,
    extract,
    feed,
    involve,
    mark,
    observe,
    rating,
    record,
    rules_of,
)

pytestmark = pytest.mark.django_db
UNSEEN = {
    "code": "unseen", "kind": "unseen", "subject": "child_protection", "window_days": 14, "points": 10,
    "sentence": "Not seen for 14 days while on a child protection plan",
}  # fmt: skip


def live(**changes):
    """Another scheme, live now: the shipped one with these changes."""
    data = exported(current_scheme()) | {"title": "Another"} | changes
    data["rules"] = data["rules"] + changes.pop("more_rules", [])
    data.pop("more_rules", None)
    made = draft(data=data, by=None)
    Scheme.objects.filter(pk=made.pk).update(state="approved", live_from=date(2026, 1, 2))
    return made


def seen(of, on):
    where = record(of)
    source = feed()
    Sighting.objects.create(
        record=where, feed=source, agency=source.agency, key=f"s{on}", row_no=2, recorded_from=timezone.now(),
        extract_id=extract(source).pk, seen_on=on,
    )  # fmt: skip
    mark(of)


@pytest.mark.parametrize(
    ("last_seen", "began", "holds"),
    [
        (13, 40, False),
        (14, 40, True),
        (15, 40, True),
        (None, 13, False),
        (None, 14, True),
        (30, 13, False),
        (None, None, True),
    ],
)
def test_not_seen_for_14_days_at_above_and_below_its_edge(last_seen, began, holds):
    live(more_rules=[UNSEEN])
    one = child()
    involve(one, "child_protection", None if began is None else days_ago(began))
    if last_seen is not None:
        seen(one, days_ago(last_seen))
    assess(by=None)
    assert ("unseen" in rules_of(one)) is holds


def test_the_day_on_which_nobody_has_seen_the_child_comes_without_a_file():
    live(more_rules=[UNSEEN])
    one = child()
    with behind(timedelta(days=3)):
        involve(one, "child_protection", today() - timedelta(days=60))
        seen(one, today() - timedelta(days=11))
        assess(by=None)
        assert "unseen" not in rules_of(one)
        assert rating(one).holds_until == today() + timedelta(days=3)
        assert assess(by=None)["assessed"] == 0
    with behind(timedelta(days=1)):
        assert assess(by=None)["assessed"] == 0
    assert assess(by=None)["assessed"] == 1
    assert rules_of(one) == {"child_protection", "unseen"}
    assert (rating(one).band, change(one).nature) == ("red", "real")


def test_seen_again_it_counts_no_more():
    live(more_rules=[UNSEEN])
    one = child()
    involve(one, "child_protection", days_ago(60))
    assess(by=None)
    assert "unseen" in rules_of(one)
    seen(one, days_ago(1))
    assess(by=None)
    assert "unseen" not in rules_of(one)


def test_a_lapse_comes_on_its_day_and_not_before():
    one = child()
    with behind(timedelta(days=5)):
        observe(one, "attendance", today() - timedelta(days=57), 40)
        assess(by=None)
        assert "attendance_under_50" in rules_of(one)
    with behind(timedelta(days=3)):
        assert assess(by=None)["assessed"] == 0
    with behind(timedelta(days=2)):
        assert assess(by=None)["assessed"] == 1
        assert rules_of(one) == set()


def test_the_birthday_comes_on_its_day_and_not_before():
    day = today()
    one = child(
        dob=day.replace(year=day.year - 26) if (day.month, day.day) != (2, 29) else date(day.year - 26, 3, 1)
    )
    with behind(timedelta(days=2)):
        involve(one, "ehcp", today() - timedelta(days=9))
        assess(by=None)
        assert rating(one).band == "green"
    with behind(timedelta(days=1)):
        assert assess(by=None)["assessed"] == 0
    assess(by=None)
    assert (rating(one).band, rating(one).unrated) == ("none", "grown")


# not rated for want of a fresh source

STALE = {"unrated_after_days": 28, "unrated_up_to": "green"}


def newest(days, source=None):
    """The newest file of every feed, or of one, is so many days old."""
    found = Extract.objects.all() if source is None else Extract.objects.filter(feed=source)
    found.update(as_of=days_ago(days), committed_at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(("days", "band"), [(27, "green"), (28, "none"), (29, "none")])
def test_without_a_fresh_source_a_low_rating_is_not_given(days, band):
    live(**STALE)
    one = child()
    involve(one, "early_help", days_ago(90))
    newest(days)
    assess(by=None)
    assert (rating(one).band, rating(one).points) == (band, 3)
    assert rules_of(one) == {"early_help"}, "what counts is told all the same"


def test_a_higher_rating_stands_however_old_its_sources():
    live(**STALE)
    one = child()
    involve(one, "child_protection", days_ago(90))
    newest(300)
    assess(by=None)
    assert (rating(one).band, rating(one).unrated) == ("amber", "")


def test_one_fresh_source_is_enough():
    live(**STALE)
    one = child()
    involve(one, "early_help", days_ago(90))
    involve(one, "ehcp", days_ago(90), source=feed("other"))
    newest(90)
    newest(3, feed("other"))
    assess(by=None)
    assert rating(one).band == "green"


def test_it_comes_with_the_day_and_goes_with_the_file_and_is_news_neither_time():
    live(**STALE)
    one = child()
    with behind(timedelta(days=2)):
        involve(one, "early_help", days_ago(90))
        newest(27)
        assess(by=None)
        assert rating(one).holds_until == days_ago(-1)
    with behind(timedelta(days=-1)):
        assert assess(by=None)["assessed"] == 1
    assert (rating(one).band, rating(one).unrated) == ("none", "stale")
    assert (change(one).nature, change(one).why) == ("artefact", "No source behind it is fresh")
    newest(1)
    Extract.objects.update(committed_at=timezone.now() + timedelta(days=1, minutes=5))
    with behind(timedelta(days=-1)):
        assert assess(by=None)["assessed"] == 1
    assert (rating(one).band, rating(one).unrated) == ("green", "")
    assert (change(one).nature, change(one).why) == ("artefact", "A source behind it has come again")


def test_the_shipped_scheme_has_no_such_condition():
    one = child()
    involve(one, "early_help", days_ago(90))
    newest(300)
    assess(by=None)
    assert rating(one).band == "green"
    assert not Assessment.objects.filter(unrated="stale").exists()
