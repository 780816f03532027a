"""What the run tells of an extract, in the one shape that commands and pages print."""

from typing import Any

from django.db.models import Count

from apps.core import sql
from apps.core.errors import Refused
from apps.extracts.models import Extract, Feed, State

NO_COUNTS: dict[str, Any] = {
    "records": {"new": 0, "linked": 0, "question": 0},
    "involvements": {"opened": 0, "changed": 0, "ended": 0, "unchanged": 0},
    "sightings": 0,
    "observations": 0,
}


def feed(code: str, agency: str = "") -> Feed:
    """The active feed of that code; raise Refused where there is none or it belongs to another agency."""
    found = Feed.objects.select_related("agency").filter(code=code, active=True).first()
    if found is None:
        raise Refused(f"There is no feed called {code}. The feeds are listed by: manage.py feeds")
    if agency and found.agency.code != agency:
        raise Refused(f"The feed {code} belongs to the agency {found.agency.code}, not to {agency}.")
    return found


def known_bundles(feed: Feed) -> str:
    """SQL answering (local_id, bundle_hash) of every record as this feed last committed it."""
    return sql.statement("children", "known_bundles").replace("{feed}", f"{feed.pk:d}")


def summary(extract: Extract, *, ratings_changed: int, seconds: float) -> dict[str, Any]:
    """What became of an extract, as ``load_extract --json`` prints it."""
    extract.refresh_from_db()
    findings = extract.findings.values_list("code").annotate(n=Count("pk")).order_by("code")
    counts = {key: extract.counts.get(key, empty) for key, empty in NO_COUNTS.items()}
    return {
        "state": extract.state,
        "reason": extract.reason,
        "extract": extract.pk,
        "rows": extract.rows,
        "accepted": extract.accepted,
        "rejected": extract.rejected,
        "findings": dict(findings),
        **counts,
        **({"settings": extract.counts["settings"]} if "settings" in extract.counts else {}),
        "ratings_changed": ratings_changed,
        "seconds": round(seconds, 3),
    }


def refusal(sentence: str, *, extract: int | None = None) -> dict[str, Any]:
    """The same shape for files that could not be taken at all."""
    return {
        "state": State.REFUSED,
        "reason": sentence,
        "extract": extract,
        "rows": 0,
        "accepted": 0,
        "rejected": 0,
        "findings": {},
        **NO_COUNTS,
        "ratings_changed": 0,
        "seconds": 0.0,
    }
