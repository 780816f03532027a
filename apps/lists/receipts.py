"""Who at a setting has opened its list."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from apps.access.queries import agencies_of
from apps.accounts.models import User
from apps.lists.models import Receipt, WeeklyList


def keep(*, listed: WeeklyList, by: Any, download: bool = False) -> None:
    """Keep that one of the setting's own people opened the list, and whether they took it as a file; an officer's look is none of it."""
    if not isinstance(by, User) or listed.setting_id not in {agency.pk for agency in agencies_of(by)}:
        return
    kept, _ = Receipt.objects.get_or_create(list=listed, user=by, defaults={"opened_at": timezone.now()})
    if download:
        Receipt.objects.filter(pk=kept.pk).update(downloads=F("downloads") + 1)


def readers(listed: WeeklyList) -> list[dict[str, Any]]:
    """Who has opened a list, when first, and how often it left as a file."""
    found = Receipt.objects.filter(list=listed).order_by("opened_at", "pk")
    return [
        {"user": each.user_id, "opened_at": each.opened_at.isoformat(), "downloads": each.downloads}
        for each in found
    ]
