"""Reading reports, what they are compared with, and the rows behind a figure as far as the reader may see them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.children.models import Child
from apps.extracts.models import Feed
from apps.involvements.models import Sighting
from apps.lists.models import WeeklyList
from apps.ragp.models import Band
from apps.reports import working
from apps.reports.figures import Figure
from apps.reports.models import Capacity, Report
from apps.reports.moments import WEEK, YEAR, Span

#: How many weeks stand beside each other over time.
WEEKS = 26
ROWS = "select distinct r.id, r.child_id from ({rows}) r where r.key = %(key)s order by r.id"


def newest() -> Report | None:
    """The newest week that is frozen."""
    return Report.objects.order_by("-week").first()


def report_of(week: date) -> Report | None:
    """A frozen week."""
    return Report.objects.filter(week=week).first()


def beside(report: Report) -> tuple[Report | None, Report | None]:
    """The week before and the same week of the year before, where they are frozen."""
    return report_of(report.week - WEEK), report_of(report.week - YEAR)


def over_time(report: Report) -> list[Report]:
    """The last half year up to a report, oldest first."""
    return list(
        Report.objects.filter(week__lte=report.week, week__gt=report.week - WEEKS * WEEK).order_by("week")
    )


def weeks() -> list[date]:
    """Every frozen week, newest first."""
    return list(Report.objects.order_by("-week").values_list("week", flat=True))


def since(first: date) -> Report | None:
    """The first frozen week from a day on."""
    return Report.objects.filter(week__gte=first).order_by("week").first()


def capacities() -> list[Capacity]:
    """Everything that was entered of what teams can do."""
    return list(Capacity.objects.order_by("service", "team", "area"))


def bands_of(version: str) -> list[Band]:
    """The bands of a scheme, highest first."""
    return list(Band.objects.filter(scheme__version=version).order_by("-rank"))


def setting_names(codes: Collection[str]) -> dict[str, str]:
    """Names of settings by code."""
    return dict(Agency.objects.filter(code__in=codes).values_list("code", "name"))


def feed_titles() -> dict[str, str]:
    """Titles of feeds by code."""
    return dict(Feed.objects.values_list("code", "title"))


def rows(report: Report, figure: Figure, key: str) -> list[tuple[int, int | None]]:
    """What is counted under a key of a figure, as (id, child): only what the reader's reach and agreements let the statement see."""
    given = working.params(Span(report.week, report.as_at), report.basis) | {"key": key}
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(rows=working.rows_of(figure)), given)
        return cursor.fetchall()


def children(user: User, ids: Collection[int]) -> QuerySet[Child]:
    """Those of the children that the reader reaches, by name."""
    return Child.objects.visible_to(user).filter(pk__in=ids).order_by("surname_key", "forename_key", "pk")


def lists(ids: Collection[int]) -> list[WeeklyList]:
    """Weekly lists by the name of their setting."""
    return list(
        WeeklyList.objects.filter(pk__in=ids).select_related("setting").order_by("setting__name", "pk")
    )


def last_seen(ids: Sequence[int]) -> dict[int, Any]:
    """The last day each child was seen, by what is shared with the reader."""
    found = Sighting.objects.filter(recorded_to=None, record__child__in=ids).values_list("record__child")
    return dict(found.annotate(last=Max("seen_on")).values_list("record__child", "last"))
