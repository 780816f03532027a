"""Installing what a new instance starts with. What is there already stays as the council has made it."""

from datetime import date
from typing import Any

from django.db import transaction

from apps.agencies.models import Agency, Kind, SharingAgreement
from apps.audit.actions import record
from apps.extracts.catalogue import AGENCIES, AGREEMENTS, FEEDS, Agreement
from apps.extracts.models import Feed

VALID_FROM = date(2026, 1, 1)


@transaction.atomic
def install_reference(*, by: Any = None) -> dict[str, int]:
    """Install the agencies, feeds and sharing agreements that are missing; says how many of each were."""
    made = {"agencies": _agencies(), "feeds": 0, "agreements": 0}
    agencies = Agency.objects.in_bulk(list(AGENCIES), field_name="code")
    made["feeds"] = _feeds(agencies)
    made["agreements"] = _agreements(agencies)
    if any(made.values()):
        record("reference.install", by=by, detail=made)
    return made


def _agencies() -> int:
    there = set(Agency.objects.filter(code__in=AGENCIES).values_list("code", flat=True))
    missing = [
        Agency(code=code, name=name, kind=kind)
        for code, (name, kind) in AGENCIES.items()
        if code not in there
    ]
    Agency.objects.bulk_create(missing)
    return len(missing)


def _feeds(agencies: dict[str, Agency]) -> int:
    there = set(Feed.objects.values_list("code", flat=True))
    missing = [
        Feed(
            code=spec.code, title=spec.title, agency=agencies[spec.agency], layout=spec.code,
            id_scheme=spec.scheme,
            services=list(spec.services), is_full=spec.full, priority=spec.priority, every_days=spec.days,
        )
        for spec in FEEDS
        if spec.code not in there
    ]  # fmt: skip
    Feed.objects.bulk_create(missing)
    return len(missing)


def _agreements(agencies: dict[str, Agency]) -> int:
    """One row a recipient, known by its reference: an agreement the council ended does not come back."""
    there = set(SharingAgreement.objects.values_list("reference", flat=True))
    missing = [
        agreement
        for number, spec in enumerate(AGREEMENTS, 1)
        for recipient in spec.recipients
        if (agreement := _agreement(number, spec, recipient, agencies)).reference not in there
    ]
    SharingAgreement.objects.bulk_create(missing)
    return len(missing)


def _agreement(
    number: int, spec: Agreement, recipient: str | Kind, agencies: dict[str, Agency]
) -> SharingAgreement:
    known = {
        "services": list(spec.services), "level": spec.level, "shows_rating": spec.rating,
        "legal_basis": spec.basis, "valid_from": VALID_FROM, "reference": f"ISA-{number:02d}-{recipient}",
    }  # fmt: skip
    if isinstance(recipient, Kind):
        return SharingAgreement(provider=agencies[spec.provider], recipient_kind=recipient, **known)
    return SharingAgreement(provider=agencies[spec.provider], recipient=agencies[recipient], **known)
