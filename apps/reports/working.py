"""Working the figures of a week out: one statement each, over what was known at a moment."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from apps.core import sql
from apps.extracts.models import Feed
from apps.involvements.presenters import GRACE
from apps.ragp.queries import current_scheme
from apps.reports.figures import FIGURES, Figure
from apps.reports.models import Population, SeenStandard
from apps.reports.moments import Span

Figures = dict[str, dict[str, int]]
COUNTED = (
    "select r.key, count(r.id), count(r.id) filter (where r.restricted) from (select s.key, s.id, coalesce(bool_or(h.child_id is not null),"
    " false) as restricted from ({rows}) s left join report_restricted h on h.child_id = s.child_id group by s.key, s.id) r"
    " group by r.key order by r.key"
)
#: What nearly every figure begins with, and the table of ``keep_shared.sql`` that holds it while a week is worked out.
SHARED = {
    "vcdb_report_links(%(known)s)": "report_links",
    "vcdb_report_children(%(known)s, %(day)s)": "report_children",
    "vcdb_report_open(%(known)s, %(day)s)": "report_open",
}
BEGUN = "select exists (select from vcdb_report_links(%s))"


def basis(span: Span) -> dict[str, Any]:
    """What holds in the week: the scheme, the standards and the population entered, and how often each feed is due."""
    standards = SeenStandard.objects.filter(from_week__lte=span.week).order_by("from_week")
    people = Population.objects.filter(from_week__lte=span.week).order_by("-from_week").first()
    with connection.cursor() as cursor:
        cursor.execute(BEGUN, [span.begin])
        (begun,) = cursor.fetchone()
    return {
        "begun": begun,
        "scheme": current_scheme(span.day).version,
        "standards": {each.band: each.days for each in standards},
        "people": {"number": people.people, "source": people.source} if people else None,
        "feeds": dict(Feed.objects.filter(active=True).order_by("code").values_list("code", "every_days")),
    }


def figures(span: Span, held: Mapping[str, Any]) -> tuple[Figures, Figures]:
    """Every figure of the week, by its parts; and how many of each part were restricted, where any were."""
    given = params(span, held)
    with connection.cursor() as cursor:
        # a borough is joined as a whole: what fits into memory is not sorted on disk
        cursor.execute("set local work_mem = '256MB'")
        cursor.execute(sql.statement("reports", "keep_shared"), given)
        sql.analyze(*SHARED.values(), "report_restricted")
        counted = {code: _counted(cursor, figure, given) for code, figure in FIGURES.items()}
    all_ = {code: {key: number for key, number, _ in rows} for code, rows in counted.items()}
    restricted = {code: {key: less for key, _, less in rows if less} for code, rows in counted.items()}
    return all_, {code: parts for code, parts in restricted.items() if parts}


def params(span: Span, held: Mapping[str, Any]) -> dict[str, Any]:
    """What the statements are told."""
    return {
        "known": span.known, "day": span.day, "week": span.week, "begin": span.begin, "begin_day": span.begin_day,
        "standards": json.dumps(held["standards"]), "feeds": json.dumps(held["feeds"]), "grace": GRACE.days,
    }  # fmt: skip


def rows_of(figure: Figure) -> str:
    """The statement that answers with the rows of a figure: key, id, child_id."""
    return sql.statement(figure.app, f"figures/{figure.code}")


def written(found: Figures) -> str:
    """The figures written out, always the same way."""
    return json.dumps(found, sort_keys=True, separators=(",", ":"))


def digest(found: Figures) -> str:
    """By which two sets of figures are told apart."""
    return hashlib.sha256(written(found).encode()).hexdigest()


def _counted(cursor: Any, figure: Figure, given: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    text = COUNTED.format(rows=rows_of(figure))
    for asked, kept in SHARED.items():
        text = text.replace(asked, kept)
    cursor.execute(text, given)
    return list(cursor.fetchall())
