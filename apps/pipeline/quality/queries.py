"""What the data quality pages read: figures of feeds, and, for the file to an agency, its own records."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from apps.children.models import RecordAddress, RecordVersion
from apps.core import sql
from apps.extracts.models import Extract, Feed, Finding, State
from apps.pipeline.models import Figures
from apps.pipeline.quality.rules import Share
from apps.pipeline.queries import lateness

#: Label, and the column of Figures that counts it.
FIELDS = (
    ("Name", "named"),
    ("Date of birth", "with_dob"),
    ("Sex", "with_sex"),
    ("Ethnicity", "with_ethnicity"),
    ("Address", "with_address"),
)
COUNTED = [each.name for each in Figures._meta.fields if each.name not in ("extract", "measured_at")]
POINTS = 52


@dataclass(frozen=True)
class Count:
    """The figures of one feed at one time."""

    records: int
    named: int
    fields: list[tuple[str, Share]]
    nhs_number: Share
    nhs_number_known: Share
    upn: Share
    errors: int
    warnings: int


@dataclass(frozen=True)
class Line:
    """One feed: how old its newest file is, and what its records hold; no count before its first file."""

    code: str
    title: str
    agency: str
    as_of: date | None
    late: str
    measured_at: datetime | None
    waiting: int
    count: Count | None = field(default=None)


def lines(feed: str = "") -> list[Line]:
    """Every active feed, or one, in one statement."""
    return [_line(*row) for row in sql.rows("pipeline", "quality", {"feed": feed})]


def _line(
    code: str, title: str, agency: str, every: int, as_of: date | None, at: datetime | None, waiting: int, *counted: Any
) -> Line:  # fmt: skip
    count = count_of(dict(zip(COUNTED, counted, strict=True))) if at else None
    return Line(code, title, agency, as_of, lateness(as_of, every), at, waiting, count)


def count_of(given: dict[str, int]) -> Count:
    """The kept figures as shares; a column that no record fills is one the feed does not send."""
    fields = [(label, Share(given[name], given["records"], given[name] > 0)) for label, name in FIELDS]
    return Count(
        given["records"],
        given["named"],
        fields,
        Share(given["with_nhs_number"], given["born"], given["with_nhs_number"] > 0),
        Share(given["nhs_number_known"], given["born"]),
        Share(given["with_upn"], given["school_age"], given["any_upn"] > 0),
        given["errors"],
        given["warnings"],
    )


def over_time(feed: str) -> list[tuple[date, Count]]:
    """One point for each committed extract of a feed, oldest first."""
    kept = Figures.objects.filter(extract__feed__code=feed, extract__state=State.COMMITTED)
    newest = kept.order_by("-extract__as_of", "-extract").values("extract__as_of", *COUNTED)[:POINTS]
    return [(row.pop("extract__as_of"), count_of(row)) for row in reversed(newest)]


def feed(code: str) -> Feed | None:
    """An active feed by its code."""
    return Feed.objects.select_related("agency").filter(code=code, active=True).first()


def newest_extract(feed: Feed) -> Extract | None:
    """The file a feed's figures stand on."""
    good = Extract.objects.filter(feed=feed, state=State.COMMITTED)
    return good.order_by("-as_of", "-pk").first()


def records_of(feed: Feed) -> QuerySet[RecordVersion]:
    """What a feed says of its children now, and whether it gives an address; of hidden addresses nothing is asked."""
    place = RecordAddress.objects.filter(record=OuterRef("record"), feed=feed, recorded_to=None)
    found = RecordVersion.objects.filter(feed=feed, recorded_to=None).select_related("record")
    return found.annotate(
        hidden=F("record__child__address_hidden"),
        where=Subquery(place.values("address_key")[:1]),
        postcode=Subquery(place.values("postcode_key")[:1]),
        child=F("record__child"),
    ).order_by("record__local_id", "pk")


def findings_of(extract: Extract | None, most: int) -> Iterator[Finding]:
    """Each finding of a file with the row as the agency's own spreadsheet numbers it; no message repeats what a cell holds."""
    found = Finding.objects.filter(extract=extract).only(
        "module", "row_no", "code", "severity", "field", "message"
    )
    yield from found.order_by("severity", "module", "row_no", "pk")[:most]
