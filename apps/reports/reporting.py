"""The reporting schema: views for reporting tools, and the pseudonyms by which they name children."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core import sql

#: Its tables are there, the role is there, and these are the schema's own words for them.
READY = "select to_regclass('public.reports_pseudonym') is not null and exists (select from pg_roles where rolname = 'vcdb_reporting')"
BLOCK = 64


def take_down(using: str = "default", **_: Any) -> None:
    """Before ``migrate``: no view stands on a column that a migration alters."""
    with connections[using].cursor() as cursor:
        cursor.execute("drop schema if exists reporting cascade")


def put_up(using: str = "default", **_: Any) -> None:
    """After ``migrate``: the views as their file says; nothing where set-up has not made the role yet."""
    take_down(using)
    with connections[using].cursor() as cursor:
        cursor.execute(READY)
        if cursor.fetchone()[0]:
            cursor.execute(sql.statement("reports", "reporting"))


def blocks(key: str) -> tuple[bytes, bytes]:
    """The inner and the outer block that an HMAC-SHA-256 with this key begins its two hashes with."""
    padded = hashlib.sha256(key.encode()).digest().ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)


@transaction.atomic
def pseudonymise(*, by: User | str | None) -> int:
    """Give each child that has none under today's key a pseudonym; without a key nobody gets one, and the views show no child."""
    if not settings.VCDB_REPORTING_KEY:
        return 0
    inner, outer = blocks(settings.VCDB_REPORTING_KEY)
    mark = hashlib.sha256(b"mark" + inner).hexdigest()[:12]
    made = sql.run("reports", "pseudonymise", inner=inner, outer=outer, mark=mark)
    if made:
        record("reporting.pseudonymise", by=by, subject=f"key:{mark}", detail={"children": made})
    return made
