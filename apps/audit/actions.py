"""Writing the record of who did and looked at what, and sealing it."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from apps.core import sql

log = structlog.get_logger("vcdb.audit")

INSERT = """
    insert into audit_event (kind, by, by_label, agency, children, subject, detail)
    values (%s, %s, %s, %s, %s, %s, %s::jsonb) returning id
"""

NUMBERS_AT_ONCE = 100_000
#: Each commit takes a number; outside a transaction alone.
USE_UP = "do $$ begin for each in 1..{:d} loop perform pg_current_xact_id(); commit; end loop; end $$"


def record(
    kind: str,
    *,
    by: Any,
    subject: str = "",
    children: Iterable[Any] = (),
    agency: Any = None,
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Write one event in the caller's transaction and return its id.

    ``by`` is a user, a user id, or the name of a process (None: "system"); children and agency are objects or ids.
    """
    who = _id(by) if not isinstance(by, str) else None
    label = by if isinstance(by, str) else "" if who is not None else "system"
    values: list[Any] = [
        kind,
        who,
        label[:60],
        _id(agency),
        [_id(child) for child in children],
        subject[:80],
        _json(detail or {}),
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        return int(cursor.fetchone()[0])


def record_search(
    *,
    by: Any,
    terms: Mapping[str, Any],
    children: Iterable[Any] = (),
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Write a search: its words in an erasable row, in the event only a keyed hash that proves what they were."""
    with transaction.atomic():
        event = record(
            "search.run", by=by, children=children, detail={**(detail or {}), "terms_hash": hash_terms(terms)}
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into audit_searchterms (event, terms) values (%s, %s::jsonb)", [event, _json(terms)]
            )
    return event


def hash_terms(terms: Mapping[str, Any]) -> str:
    """A keyed hash of search terms, the same whatever the order of the fields."""
    words = json.dumps(terms, sort_keys=True, default=str)
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


def seal() -> int | None:
    """Seal every event whose transaction is over; returns how many, or None where there was nothing new.

    The head hash also goes to the log, so that cutting the newest seals off shows up against the log.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(7082002)")
        sealed = sql.rows("audit", "seal", {})
    if not sealed:
        return None
    number, events, head = sealed[0]
    log.info("audit sealed", seal=number, events=events, head=head)
    return int(events)


def pass_sealed_numbers() -> int:
    """Use up this server's transaction numbers until new events lie behind the last seal; returns how many.

    A server that the database was restored into counts from its own start: what is written there would lie in ranges that are sealed.
    """
    behind = left = max(0, int(sql.rows("audit", "behind", {})[0][0]))
    with connection.cursor() as cursor:
        while left:
            now = min(left, NUMBERS_AT_ONCE)
            cursor.execute(USE_UP.format(now))
            left -= now
    if behind:
        log.warning("audit numbers passed", numbers=behind)
    return behind


def _json(words: Mapping[str, Any]) -> str:
    return json.dumps(dict(words), cls=DjangoJSONEncoder)


def _id(thing: Any) -> int | None:
    return thing if thing is None or isinstance(thing, int) else thing.pk
