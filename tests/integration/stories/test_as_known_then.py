"""As known then: whatever came since, the page, the rating and the list of an earlier moment read as they were shown."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.children.models import Child
from apps.core.clock import today
from apps.lists.models import Entry, WeeklyList
from apps.profiles.presenters.page import as_json, page
from apps.profiles.queries.child import Moment, history, read
from apps.profiles.queries.sight import whole
from apps.ragp.models import Assessment
from tests.integration.stories import telling
from tests.integration.stories.telling import apart, bring, the

pytestmark = pytest.mark.usefixtures("ground")

#: What says that a page is of the past, or is about today whatever the moment: not what was known.
ABOUT_NOW = {"past", "alike", "provisional", "day", "public_id"}
CAST = ("Ada", "Ben", "Cal")


class Undo(Exception):
    """Ends one example and takes its extracts back."""


def shown(child, at=None):
    """The child's page as plain values."""
    found = as_json(page(read(child, whole(), Moment(today(), at)), whole=True))
    return {name: value for name, value in found.items() if name not in ABOUT_NOW}


def rated(child, at):
    """Band and points as known at a moment."""
    last = history(child, Moment(today(), at)).last()
    return (last.band, last.points) if last else None


def standing(child):
    """Band and points now."""
    found = Assessment.objects.filter(child=child, superseded_at=None).first()
    return (found.band, found.points) if found else None


def differing(then, now):
    """Names of the parts of a page that no longer read as they did; ratings of relatives are shown on today's page alone."""
    return {name for name in then if then[name] != now[name]} - {"family_rated"}


helped = st.dictionaries(
    st.sampled_from(CAST), st.sampled_from(["Family support", "Intensive", "ended"]), min_size=1
)
treated = st.dictionaries(st.sampled_from(CAST), st.sampled_from(["Anxiety", "ADHD", "ended"]), min_size=1)
placed = st.fixed_dictionaries({name: st.sampled_from([telling.ELM, telling.OAK]) for name in CAST})
EXTRACTS = st.lists(
    st.one_of(
        st.tuples(st.just("help"), helped),
        st.tuples(st.just("camhs"), treated),
        st.tuples(st.just("roll"), placed),
    ),
    min_size=2,
    max_size=4,
)


def deliver(kind, words, turn):
    """Bring one extract; the turn is a word in it, so that no file is the same as an earlier one."""
    said = {"Reason": f"turn {turn}"}
    end = telling.days_ago(1)
    if kind == "help":
        rows = [
            telling.early_help(f"H{name}", name, end=end if level == "ended" else "")
            | apart(name) | said | {"Support Level": "Family support" if level == "ended" else level}
            for name, level in words.items()
        ]  # fmt: skip
        bring("early_help", *rows)
    elif kind == "camhs":
        rows = [
            telling.camhs(f"P{name}", name, end=end if pathway == "ended" else "")
            | apart(name) | said | {"Pathway": "Anxiety" if pathway == "ended" else pathway}
            for name, pathway in words.items()
        ]  # fmt: skip
        bring("camhs", *rows)
    else:
        rows = [
            telling.on_roll(f"Y{n}", name, urn) | apart(name) | said
            for n, (name, urn) in enumerate(words.items(), 1)
        ]
        bring("early_years_roll", *rows)


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(EXTRACTS)
def test_after_any_extracts_each_earlier_moment_reads_as_it_was_shown(extracts):
    try:
        with transaction.atomic():
            moments = []
            for turn, (kind, words) in enumerate(extracts):
                deliver(kind, words, turn)
                at = timezone.now()
                moments.append((at, {name: (shown(the(name)), standing(the(name))) for name in CAST}))
            for at, known in moments:
                for name, (then, rating) in known.items():
                    assert differing(then, shown(the(name), at)) == set()
                    assert rated(the(name), at) == rating
            raise Undo
    except Undo:
        pass


@pytest.fixture
def before():
    """Ada as she is shown before anything else happens, and the moment."""
    return shown(the("Ada")), timezone.now()


CAME_SINCE = {
    "a new service": lambda: bring("camhs", telling.camhs("P1", "Ada")),
    "another school": lambda: bring("early_years_roll", *[
        row | ({"Setting URN": telling.OAK} if row["Forename"] == "Ada" else {}) for row in telling.whole_roll()]),
    "another surname": lambda: bring("csc_people", *[
        row | ({"Surname": "Marsh-Lee"} if row["Forename"] == "Ada" else {}) for row in telling.known_to_social_care()]),
    "another house": lambda: bring("csc_people", *[
        row | ({"Postcode": "ZZ8 8ZZ"} if row["Forename"] == "Ada" else {}) for row in telling.known_to_social_care()]),
    "being missing from every file": lambda: bring("csc_people", *[
        row for row in telling.known_to_social_care() if row["Forename"] != "Ada"]),
    "a social worker": lambda: bring("csc_people", *[
        row | ({"Allocated Worker ID": "W7", "Allocation Date": telling.days_ago(1)} if row["Forename"] == "Ada" else {})
        for row in telling.known_to_social_care()]),
    "having been seen": lambda: bring("csc_people", *[
        row | ({"Last Seen Date": telling.days_ago(2), "Last Seen By": "A. Reader"} if row["Forename"] == "Ada" else {})
        for row in telling.known_to_social_care()]),
}  # fmt: skip


@pytest.mark.parametrize("happened", CAME_SINCE)
def test_what_came_since_is_on_the_page_of_today_and_not_on_that_of_then(before, happened):
    then, at = before
    CAME_SINCE[happened]()
    assert differing(then, shown(the("Ada"), at)) == set()
    if happened != "being missing from every file":
        assert differing(then, shown(the("Ada")))


def test_a_record_that_joined_the_child_later_is_not_among_those_of_then(before):
    then, at = before
    bring("camhs", telling.camhs("P1", "Ada"))
    assert "P1" not in str(shown(the("Ada"), at))
    assert "P1" in str(shown(the("Ada")))
    assert "P1" not in str(then)


def test_a_fact_that_was_corrected_reads_wrongly_as_it_then_did():
    bring("camhs", telling.camhs("P1", "Ada"))
    at = timezone.now()
    bring(
        "camhs",
        telling.camhs("P1", "Ada")
        | {"Pathway": "Eating disorder", "Referral Received": telling.days_ago(10)},
    )
    assert "Anxiety" in str(shown(the("Ada"), at)) and "Eating disorder" not in str(shown(the("Ada"), at))
    assert "Eating disorder" in str(shown(the("Ada"))["groups"])


def test_a_rating_worked_out_then_stays_the_rating_of_then():
    bring("early_help", telling.early_help("H1", "Ada"))
    at = timezone.now()
    bring(
        "vemt",
        {
            "VEMT Ref": "V1",
            **apart("Ada"),
            "Case Opened": telling.days_ago(2),
            "Case Closed": "",
            "Concern": "x",
        },
    )
    assert (rated(the("Ada"), at), rated(the("Ada"), timezone.now())) == (("green", 3), ("amber", 11))
    assert standing(the("Ada")) == ("amber", 11)


def test_the_frozen_list_keeps_its_words_whatever_the_agencies_correct():
    telling.publish_week()
    listed = WeeklyList.objects.get()
    frozen = list(Entry.objects.filter(list=listed).order_by("pk").values())
    for happened in CAME_SINCE.values():
        happened()
    telling.publish_week(telling.NEXT_MONDAY)
    assert list(Entry.objects.filter(list=listed).order_by("pk").values()) == frozen
    newer = Entry.objects.get(
        list__week=telling.NEXT_MONDAY, child=Child.objects.get(pk=frozen[0]["child_id"])
    )
    assert newer.list_id != listed.pk


def test_a_child_not_yet_heard_of_has_an_empty_page_then():
    at = timezone.now()
    ivy = telling.camhs("P9", "Ivy") | telling.person("Ivy", "Quill", "01/05/2015", "ZZ9 9ZZ")
    bring("camhs", ivy)
    then = page(read(the("Ivy"), whole(), Moment(today(), at)), whole=True)
    assert (then.known, then.person.name, then.versions) == (False, "Name not known", [])


def test_the_day_before_yesterday_knows_nothing_of_today():
    early = Moment.of(today() - timedelta(days=2))
    assert early.at is not None
    assert as_json(page(read(the("Ada"), whole(), early), whole=True))["known"] is False
    assert Moment.of(today()).at is None
    assert Moment.of(today() + timedelta(days=1)).at is None
