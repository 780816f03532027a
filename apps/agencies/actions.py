"""Keeping settings in step with the national register, and the agreements that decide who sees what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction

from apps.agencies import gias, wards
from apps.agencies.models import Agency, Level, SharingAgreement
from apps.audit.actions import record
from apps.core import sql
from apps.core.clock import today
from apps.core.errors import Refused


class Taken(NamedTuple):
    """How many rows of a register could be used, and what they did to the settings, in figures."""

    used: int
    counts: dict[str, int]


def import_establishments(rows: Iterable[Mapping[str, str]], *, by: Any) -> int:
    """Add or update settings, trusts and predecessor links from register rows; returns how many rows could be used.

    A row without a URN or a name cannot. Settings are never removed: old ones go on arriving in files.
    """
    return take_register(rows, by=by).used


@transaction.atomic
def take_register(rows: Iterable[Mapping[str, str]], *, by: Any) -> Taken:
    """Import register rows and say what they did: settings new, changed, closed, as they were."""
    read = [gias.read(row) for row in rows]
    sql.run("agencies", "incoming")
    _copy("incoming_establishment", [found for found in read if isinstance(found, gias.Establishment)])
    _copy("incoming_link", [found for found in read if isinstance(found, gias.Link)])
    [(new, changed, closed, same)] = sql.rows("agencies", "compare_settings", {})
    counts = {
        "new": new,
        "changed": changed,
        "closed": closed,
        "same": same,
        "trusts": sql.run("agencies", "save_trusts"),
        "settings": sql.run("agencies", "save_settings"),
        "links": sql.run("agencies", "save_links"),
        "skipped": read.count(None),
    }
    with connection.cursor() as cursor:
        cursor.execute("drop table incoming_establishment, incoming_link")
    record("agencies.import", by=by, detail=counts)
    return Taken(len(read) - counts["skipped"], counts)


@transaction.atomic
def take_wards(rows: Iterable[Mapping[str, str]], *, by: Any) -> Taken:
    """Learn from a list in which ward each postcode lies."""
    read = [found for row in rows if (found := wards.read(row))]
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table incoming_ward (postcode text, code text, name text) on commit drop"
        )
        _copy("incoming_ward", read)
        changed = sql.run("agencies", "save_wards")
        cursor.execute("drop table incoming_ward")
    record("wards.import", by=by, detail={"read": len(read), "changed": changed})
    return Taken(len(read), {})


@transaction.atomic
def set_contact(*, agency: Agency, phone: str, by: Any, safeguarding_lead: str = "") -> None:
    """Say whom to ask for at an agency, and on which number: the register of settings does not tell."""
    agency.phone, agency.safeguarding_lead = phone, safeguarding_lead
    agency.save(update_fields=["phone", "safeguarding_lead"])
    record("agency.contact", by=by, subject=f"agency:{agency.pk}", agency=agency)


@transaction.atomic
def agree(
    *,
    provider: Agency,
    services: Sequence[str],
    level: str,
    by: Any,
    recipient: Agency | None = None,
    recipient_kind: str = "",
    shows_rating: bool = False,
    reference: str = "",
    legal_basis: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> SharingAgreement:
    """Let one recipient, or every agency of a kind, see the existence or the content of a provider's services."""
    check_can_agree(services, level, recipient, recipient_kind)
    agreement = SharingAgreement.objects.create(
        provider=provider, recipient=recipient, recipient_kind=recipient_kind, services=list(services), level=level,
        shows_rating=shows_rating, reference=reference, legal_basis=legal_basis,
        valid_from=valid_from or today(), valid_until=valid_until,
    )  # fmt: skip
    record(
        "agreement.made",
        by=by,
        subject=f"agreement:{agreement.pk}",
        agency=provider,
        detail=_terms(agreement),
    )
    return agreement


@transaction.atomic
def end_agreement(*, agreement: SharingAgreement, reason: str, by: Any) -> None:
    """End an agreement now: what it showed is gone at the next request."""
    if not reason.strip():
        raise Refused("Say why the agreement ends.")
    yesterday = date.fromordinal(today().toordinal() - 1)
    agreement.valid_from, agreement.valid_until = min(agreement.valid_from, yesterday), yesterday
    agreement.save(update_fields=["valid_from", "valid_until"])
    record(
        "agreement.ended", by=by, subject=f"agreement:{agreement.pk}", agency=agreement.provider_id,
        detail={**_terms(agreement), "reason": reason},
    )  # fmt: skip


def check_can_agree(
    services: Sequence[str], level: str, recipient: Agency | None, recipient_kind: str
) -> None:
    """Refuse an agreement with no service, an unknown level, or not exactly one recipient."""
    if not services:
        raise Refused("Name at least one service, or * for all of the provider's.")
    if level not in Level.values:
        raise Refused(f"Choose what is shared: {' or '.join(Level.values)}.")
    if (recipient is None) == (not recipient_kind):
        raise Refused("Name one recipient, or one kind of recipient.")


def _terms(agreement: SharingAgreement) -> dict[str, Any]:
    return {
        "recipient": agreement.recipient_id or agreement.recipient_kind,
        "services": agreement.services,
        "level": agreement.level,
        "until": str(agreement.valid_until or ""),
    }


def _copy(table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"copy {table} from stdin") as copy:
        for row in rows:
            copy.write_row(row)
