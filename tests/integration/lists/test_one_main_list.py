"""Every living child on a roll is on exactly one main list, whatever happened to records and rolls: said by a second reckoning."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.involvements.models import Involvement
from apps.lists import actions, jobs
from apps.lists.models import Entry, Job, Snag, WeeklyList
from apps.matching.models import SourceRecord
from tests.integration.ragp.facts import child, days_ago, involve, link, record

pytestmark = pytest.mark.django_db

WEEKS = 4

DOUBLED = """
    with newest as (
        select distinct on (setting_id) id from lists_weeklylist where week = %(week)s order by setting_id, version desc
    )
    select child_id from lists_entry where list_id in (select id from newest) and not subsidiary group by child_id having count(*) > 1
"""


def rows(statement, given):
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def school(number):
    return Agency.objects.get_or_create(
        code=f"s{number}", defaults={"name": f"School {number}", "kind": "school"}
    )[0]


class Borough:
    """Children and four schools, to which things happen at random."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.schools = [school(number) for number in range(4)]
        self.children = [child() for _ in range(14)]
        for each in self.children:
            if self.random.random() < 0.8:
                self.enrol(each, days=self.random.randrange(100, 300))

    def enrol(self, of, *, days, category="C"):
        on = of.records.order_by("?").first() if self.random.random() < 0.5 else None
        start = None if self.random.random() < 0.05 else days_ago(days)
        involve(
            on or record(of),
            "school_roll",
            start,
            setting=self.random.choice(self.schools),
            category=category,
        )

    def current(self):
        return Involvement.objects.filter(recorded_to=None, end_on=None).order_by("pk")

    def any_child(self):
        return self.random.choice(list(Child.objects.filter(merged_into=None).order_by("pk")))

    def move(self):
        of = self.any_child()
        if self.random.random() < 0.6:  # else the old school has not told yet
            self.current().filter(record__child=of).update(end_on=today())
        self.enrol(of, days=self.random.randrange(0, 60))

    def late(self):
        """A file of weeks ago comes in now: it speaks of an enrolment before the one that is known."""
        self.enrol(self.any_child(), days=self.random.randrange(30, 400))

    def beside(self):
        self.enrol(self.any_child(), days=self.random.randrange(0, 60), category="S")

    def ends(self):
        found = self.current().order_by("?").first()
        if found:
            Involvement.objects.filter(pk=found.pk).update(end_on=today())

    def dies(self):
        field = self.random.choice(["died_on", "left_area_on"])
        Child.objects.filter(pk=self.any_child().pk).update(**{field: today()})

    def merge(self):
        gone, stays = self.any_child(), self.any_child()
        if gone != stays:
            for each in SourceRecord.objects.filter(child=gone):
                link(each, stays)
            Child.objects.filter(pk=gone.pk).update(merged_into=stays)

    def split(self):
        found = SourceRecord.objects.filter(child__merged_into=None).order_by("?").first()
        link(found, child())

    def something_happens(self, times):
        for _ in range(times):
            self.random.choice(
                [self.move, self.move, self.late, self.beside, self.ends, self.dies, self.merge, self.split]
            )()


def main_settings():
    """Child to main setting, reckoned one child at a time and not as the lists do it."""
    found = {}
    for each in Child.objects.filter(merged_into=None, died_on=None, left_area_on=None):
        on = Involvement.objects.filter(
            record__child=each, recorded_to=None, service="school_roll", setting__isnull=False
        )
        mains = [i for i in on.select_related("content") if not i.end_on and i.content.category != "S"]
        if mains:
            newest = max(mains, key=lambda i: (i.start_on is not None, i.start_on, i.recorded_from, i.pk))
            found[each.pk] = newest.setting_id
    return found


def on_lists(week, *states):
    """(child, setting) of every main entry of the newest lists of a week."""
    newest = WeeklyList.objects.filter(week=week, state__in=states, setting__kind="school").order_by(
        "setting_id", "-version"
    )
    entries = Entry.objects.filter(list__in=newest.distinct("setting_id").values("pk"), subsidiary=False)
    return list(entries.values_list("child_id", "list__setting_id"))


@pytest.mark.parametrize("seed", range(10))
def test_the_union_of_the_main_lists_is_the_living_children_on_roll_and_none_is_there_twice(seed):
    borough, week = Borough(seed), week_of(today())
    for number in range(WEEKS):
        monday = week + timedelta(days=7 * number)
        borough.something_happens(10)
        actions.draft(week=monday, by=None)
        found = on_lists(monday, "drafted")
        assert len(dict(found)) == len(found)
        assert dict(found) == main_settings()
        # set against set, in one statement of the database
        assert rows(DOUBLED, {"week": monday}) == []
        borough.something_happens(2)
        assert_only_what_is_so_goes_out(monday)


def assert_only_what_is_so_goes_out(monday):
    """What happened between the draft and the release keeps its lists back, and no other."""
    Snag.objects.exclude(kind="moved").delete()
    drafts = list(WeeklyList.objects.filter(week=monday, state="drafted").values_list("pk", flat=True))
    WeeklyList.objects.filter(pk__in=drafts).update(state="checked", checked_by=1)
    Snag.objects.bulk_create(
        Snag(list_id=pk, kind=kind, settled_by=1, settled_at="2026-01-01T00:00Z")
        for pk in drafts for kind in ("nobody", "shrunk", "contested", "closed")
    )  # fmt: skip
    job = Job.objects.create(
        kind="release", week=monday, lists=drafts, asked_by=2, asked_at="2026-01-01T00:00Z"
    )
    assert jobs.do(job_id=job.pk)
    truth, out, held = main_settings(), on_lists(monday, "released"), on_lists(monday, "drafted")
    assert all(truth.get(one) == setting for one, setting in out)
    released = set(
        WeeklyList.objects.filter(week=monday, state="released").values_list("setting_id", flat=True)
    )
    assert {one for one, setting in truth.items() if setting in released} == {one for one, _ in out}
    assert bool(held) <= (Snag.objects.filter(kind="moved", list__week=monday).exists())


def test_a_held_list_was_really_wrong():
    """The other side of the check: nothing happened, and everything goes out."""
    borough, week = Borough(99), week_of(today())
    actions.draft(week=week, by=None)
    assert_only_what_is_so_goes_out(week)
    assert not WeeklyList.objects.filter(state="drafted", setting__kind="school").exists()
    assert borough.children


# children of no setting


def test_children_of_no_setting_are_on_lists_of_their_own():
    from apps.involvements.models import Observation

    born = today().replace(year=today().year - 10, month=1, day=1)
    home, elsewhere, unknown, baby, here = (
        child(forename=name) for name in ("Home", "Elsewhere", "Unknown", "Baby", "Here")
    )
    Child.objects.filter(forename__in=["Home", "Elsewhere", "Unknown", "Here"]).update(dob=born)
    Child.objects.filter(pk=baby.pk).update(dob=days_ago(300))
    involve(here, "school_roll", days_ago(9), setting=school(1))
    away = involve(elsewhere, "school_roll", days_ago(9))
    Involvement.objects.filter(pk=away.pk).update(setting_ref="9991234")
    told = involve(home, "early_help", days_ago(9))
    Observation.objects.create(
        record=told.record, feed=told.feed, agency=told.agency, key="e", row_no=2, recorded_from=told.recorded_from,
        extract_id=told.extract_id, measure="education_status", text="Home educated",
    )  # fmt: skip
    actions.draft(week=week_of(today()), by=None)
    assert {(e.list.setting.code, e.forename) for e in Entry.objects.select_related("list__setting")} == {
        ("of-no-setting-home", "Home"), ("of-no-setting-elsewhere", "Elsewhere"), ("of-no-setting-unknown", "Unknown"), ("s1", "Here"),
    }  # fmt: skip
    assert baby.entries.count() == unknown.entries.count() - 1
