"""What the queue of rating changes says, to whom."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.clock import today
from apps.involvements.models import Sighting
from apps.ragp.models import Assessment, Band, Change
from apps.triage import presenters
from apps.triage.models import Decision, Item
from apps.triage.queries import Around

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
BANDS = {code: Band(code=code, label=code.capitalize(), colour=code) for code in ("red", "amber")}
PLAN = {
    "rule": "cp",
    "sentence": "Child protection plan",
    "points": 8,
    "service": "child_protection",
    "since": "2026-11-13",
}
LOW = {"rule": "att", "sentence": "Attendance below 80%", "points": 3, "service": "school_roll", "value": 74}


def child(**fields):
    own = {"public_id": UUID(int=7), "surname": "Marsh", "forename": "Una", "dob": date(2013, 3, 14)}
    return Child(**(own | fields))


def born(months_ago):
    return today() - timedelta(days=months_ago * 31)


def everything(contribution):
    return True


def only_school(contribution):
    return contribution["service"] == "school_roll"


def item(
    gained=(PLAN,), lost=(), nature="real", why="", assigned=None, who=None, before=(LOW,), after=(LOW, PLAN)
):
    change = Change(
        from_band="amber", to_band="red", gained=list(gained), lost=list(lost), nature=nature, why=why, at=NOW,
        before=Assessment(points=3, contributions=list(before)) if before else None,
        after=Assessment(points=11, contributions=list(after)),
    )  # fmt: skip
    return Item(pk=1, change=change, child=who or child(), assigned_to=assigned, opened_at=NOW, due_at=NOW)


def row(given=None, sight=everything, names=None, query="", me=5):
    return presenters.row(given or item(), BANDS, names or {}, sight, me, query)


# a row


def test_a_row_says_who_and_from_what_to_what():
    shown = row()
    assert (shown.name, shown.was.label, shown.now.label, shown.artefact) == (
        "MARSH, Una",
        "Amber",
        "Red",
        False,
    )
    assert shown.child == str(UUID(int=7))
    assert "Child protection plan" in shown.causes[0].text


@pytest.mark.parametrize(
    ("assigned", "names", "whose"),
    [(5, {}, "You"), (6, {6: "Rowan Aldous"}, "Rowan Aldous"), (6, {}, "Nobody"), (None, {}, "Nobody")],
)
def test_whose_a_change_is(assigned, names, whose):
    assert row(item(assigned=assigned), names=names).with_whom == whose


@pytest.mark.parametrize("query", ["", "to=red"])
def test_a_row_opens_its_panel_and_keeps_the_filter(query):
    href = row(query=query).href
    assert href.endswith(f"child={UUID(int=7)}#decide")
    assert href.startswith(f"?{query}&" if query else "?child=")


def test_nothing_of_where_a_hidden_child_is_stands_in_the_queue():
    hidden = child(address_hidden=True, setting=Agency(name="Wenlow High"))
    assert "Wenlow" not in row(item(who=hidden)).note
    assert "Wenlow High" in row(item(who=child(setting=Agency(name="Wenlow High")))).note


def test_a_child_without_a_setting_and_a_birth_date_has_a_note_all_the_same():
    note = row(item(who=child(dob=None))).note
    assert note and not note.startswith(",")


def test_a_baby_is_months_old_and_not_none_of_a_year():
    assert row(item(who=child(dob=born(5)))).note.startswith("5 months")
    assert row(item(who=child(dob=born(25)))).note.startswith("2, ")


def test_causes_of_services_not_shared_are_one_line():
    assert [(cause.sign, cause.text) for cause in row(sight=only_school).causes] == [("?", "Other services")]


@pytest.mark.parametrize(
    ("why", "said"), [("The school feed is late", "The school feed is late"), ("", "Time alone")]
)
def test_a_change_without_a_cause_says_what_it_came_from(why, said):
    [cause] = row(item(gained=(), why=why)).causes
    assert cause.sign == "?" and cause.text.startswith(said)


def test_a_likely_artefact_is_marked():
    assert row(item(nature="artefact")).artefact


# the panel


def around(seen=None):
    return Around(lead=None, seen=seen)


def detail(sight=everything, **fields):
    given = item(**fields)
    return presenters.detail(row(given, sight), around(), sight)


def test_points_are_told_to_those_who_see_all_that_adds_up_to_them():
    assert detail().points == "3 to 11 points"
    assert detail(sight=only_school).points == ""


def test_a_first_rating_begins_at_nought():
    assert detail(before=None).points == "0 to 11 points"


def test_what_was_gained_comes_before_what_was_lost():
    shown = detail(gained=[PLAN], lost=[LOW])
    assert [(each.sign, each.reason.label) for each in shown.moved] == [
        ("+", "Child protection plan"),
        ("-", "Attendance below 80% (74%)"),
    ]
    assert not shown.others


def test_reasons_not_shared_are_not_among_those_that_moved():
    shown = detail(sight=only_school, gained=[PLAN], lost=[LOW])
    assert [each.reason.service for each in shown.moved] == ["school_roll"]
    assert shown.others


@pytest.mark.parametrize(
    ("by", "how", "said"),
    [
        ("J. Marr", "in school", "Fri 13 Nov 2026, by J. Marr, in school"),
        ("", "in school", "Fri 13 Nov 2026, in school"),
        ("J. Marr", "", "Fri 13 Nov 2026, by J. Marr"),
        ("", "", "Fri 13 Nov 2026"),
    ],
)
def test_when_the_child_was_last_seen(by, how, said):
    assert presenters.last_seen(around(Sighting(seen_on=date(2026, 11, 13), by=by, how=how))) == said


def test_a_child_nobody_saw_is_not_said_to_be_unseen():
    assert presenters.last_seen(around()) == "not recorded where you can see it"


# what was decided


def decision(pk, who=None):
    return Decision(pk=pk, item=item(who=who), outcome=Decision.Outcome.RAISE_REVIEW)


def test_what_was_decided_names_one_child_and_counts_several():
    one, two = presenters.done([decision(1)]), presenters.done([decision(1), decision(2)])
    assert (one.who, one.outcome, one.ids) == ("MARSH, Una", "Raise a review", [1])
    assert (two.who, two.ids) == ("2 children", [1, 2])
    assert presenters.done([]) is None


def test_a_decision_about_several_is_headed_so():
    shown = row()
    assert presenters.together([shown]) == "Decide about one change"
    assert presenters.together([shown, shown, shown]) == "Decide about 3 changes together"
