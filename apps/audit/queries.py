"""Whether the record of events is whole."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection

from apps.core import sql


@dataclass
class Verdict:
    """What checking every seal found; ``broken`` names each seal that does not hold and why."""

    seals: int = 0
    events: int = 0
    unsealed: int = 0
    head: str = ""
    broken: list[dict[str, Any]] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing was edited, removed, inserted or cut off."""
        return not self.broken

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"ok": self.whole, **asdict(self)}


def verify(head: str = "") -> Verdict:
    """Check every event against its seal and every seal against the one before; with ``head``, that this logged hash is still there."""
    verdict = Verdict()
    for seal, sealed, found, first, last, events_hold, chain_holds in sql.rows("audit", "verify", {}):
        verdict.seals, verdict.events = verdict.seals + 1, verdict.events + found
        if problem := _problem(sealed, found, events_hold, chain_holds):
            verdict.broken.append(
                {"seal": seal, "first_event": first, "last_event": last, "problem": problem}
            )
    verdict.head, verdict.unsealed = _head()
    if head and not _sealed_under(head):
        cut = "logged head is missing: seals were cut off"
        verdict.broken.append({"seal": None, "first_event": None, "last_event": None, "problem": cut})
    return verdict


def _problem(sealed: int, found: int, events_hold: bool, chain_holds: bool) -> str:
    if found < sealed:
        return f"{sealed - found} removed"
    if found > sealed:
        return f"{found - sealed} inserted"
    if not events_hold:
        return "edited"
    return "" if chain_holds else "seal before it is missing or changed"


def _head() -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce((select hash from audit_seal order by id desc limit 1), ''),"
            " (select count(*) from audit_event where xid >= coalesce((select max(xid_to) from audit_seal), 0))"
        )
        head, unsealed = cursor.fetchone()
    return head, unsealed


def _sealed_under(head: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists(select 1 from audit_seal where hash = %s)", [head])
        return bool(cursor.fetchone()[0])
