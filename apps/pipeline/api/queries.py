"""What the API tells of an extract: states, figures and findings by code; nothing of a child."""

from typing import Any

from django.db.models import Q, QuerySet

from apps.extracts.models import Extract, Feed, State
from apps.pipeline.models import Run, Token
from apps.pipeline.queries import findings_by_code
from apps.pipeline.summaries import NO_COUNTS

#: In these states the reason is the service's own sentence; in the others it is what a person wrote, which may name a child.
OWN_WORDS = (State.PREVIEWED, State.HELD, State.REFUSED)


def feed_for(token: Token, code: str) -> Feed | None:
    """An active feed that the token is for."""
    if not code.isprintable():
        return None
    return Feed.objects.select_related("agency").filter(_own(token, ""), code=code, active=True).first()


def extract_for(token: Token, pk: int) -> Extract | None:
    """An extract of a feed that the token is for."""
    return Extract.objects.select_related("feed").filter(_own(token, "feed__"), pk=pk).first()


def _own(token: Token, path: str) -> Q:
    return Q(**{f"{path}pk": token.feed_id}) if token.feed_id else Q(**{f"{path}agency": token.agency_id})


def told(extract: Extract) -> dict[str, Any]:
    """The extract as the document describes it."""
    works: QuerySet[Run] = extract.runs.filter(state__in=(Run.State.WAITING, Run.State.RUNNING))
    step = works.values_list("step", flat=True).first()
    return {
        "id": extract.pk,
        "feed": extract.feed.code,
        "as_of": extract.as_of.isoformat(),
        "state": extract.state,
        "finished": step is None,
        "step": step or "",
        "reason": extract.reason if extract.state in OWN_WORDS else "",
        "received_at": extract.received_at.isoformat(),
        "committed_at": extract.committed_at.isoformat() if extract.committed_at else None,
        "rows": extract.rows,
        "accepted": extract.accepted,
        "rejected": extract.rejected,
        "counts": {
            **{key: extract.counts.get(key, empty) for key, empty in NO_COUNTS.items()},
            "ratings_changed": extract.counts.get("ratings_changed", 0),
        },
        "findings": [
            {
                "code": each.code,
                "severity": each.severity,
                "column": each.field,
                "message": each.message,
                "rows": each.rows,
                "first": list(each.first),
            }
            for each in findings_by_code(extract)
        ],
    }
