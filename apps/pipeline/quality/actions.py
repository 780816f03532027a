"""Handing a list of what is lacking to somebody who sends it on."""

from django.db import transaction

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.errors import Refused
from apps.extracts.models import Feed
from apps.pipeline.quality import export, queries

KINDS = ("xlsx", "csv")


@transaction.atomic
def take_lacking(*, feed: Feed, kind: str, by: User) -> bytes:
    """A file of what the feed's own records lack, as far as the taker sees those children; raise Refused before its first file."""
    extract, [line] = queries.newest_extract(feed), queries.lines(feed.code)
    if extract is None or line.count is None:
        raise Refused("Nothing is known of this feed yet: there is nothing to send back.")
    count = line.count
    told = [("NHS number", count.nhs_number), ("UPN", count.upn), *count.fields]
    sent = [
        label
        for label in export.LACKS
        if any(label.lower() == name.lower() and share.sent for name, share in told)
    ]
    rows = export.lacking(queries.records_of(feed).iterator(), sent, extract.as_of)
    cells = [row for _, row in rows]
    record(
        "quality.export",
        by=by,
        agency=feed.agency_id,
        subject=f"feed:{feed.pk}",
        children=sorted({child for child, _ in rows}),
        detail={"form": kind, "extract": extract.pk, "rows": len(rows)},
    )
    if kind == "csv":
        return export.as_csv(cells)
    return export.as_xlsx(feed, extract.as_of, cells, export.found(queries.findings_of(extract, export.MOST)))
