"""Who at a setting has opened its list."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.access.queries import agencies_of
from apps.accounts.models import User
from apps.audit.actions import record
from apps.lists.agreements import check_open
from apps.lists.models import Receipt, WeeklyList


def keep(*, listed: WeeklyList, by: Any, download: bool = False) -> None:
    """Keep that one of the setting's own people opened the list, and whether they took it as a file; an officer's look is none of it."""
    if not isinstance(by, User) or listed.setting_id not in {agency.pk for agency in agencies_of(by)}:
        return
    kept, _ = Receipt.objects.get_or_create(list=listed, user=by, defaults={"opened_at": timezone.now()})
    if download:
        Receipt.objects.filter(pk=kept.pk).update(downloads=F("downloads") + 1)


@transaction.atomic
def acknowledge(*, listed: WeeklyList, by: User) -> None:
    """Say that one has read the list and keeps it to those who need it; a list that is closed cannot be."""
    check_open(listed)
    keep(listed=listed, by=by)
    Receipt.objects.filter(list=listed, user=by, acknowledged_at=None).update(acknowledged_at=timezone.now())
    record(
        "list.acknowledge", by=by, subject=f"weeklylist:{listed.pk}", agency=listed.setting_id,
        detail={"version": listed.version},
    )  # fmt: skip


def acknowledged(listed: WeeklyList) -> Receipt | None:
    """Who of the setting said first that they have read it."""
    found = Receipt.objects.filter(list=listed).exclude(acknowledged_at=None)
    return found.select_related("user").order_by("acknowledged_at").first()


def readers(listed: WeeklyList) -> list[dict[str, Any]]:
    """Who has opened a list, when first, and how often it left as a file."""
    found = Receipt.objects.filter(list=listed).order_by("opened_at", "pk")
    return [
        {"user": each.user_id, "opened_at": each.opened_at.isoformat(), "downloads": each.downloads}
        for each in found
    ]
