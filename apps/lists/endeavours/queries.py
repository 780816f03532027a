"""What a setting has said of one of its children, whatever list it said it from."""

from django.db.models import BigIntegerField, Func

from apps.lists.models import Endeavour, Entry, WeeklyList
from apps.lists.queries import living


def entry_on(listed: WeeklyList, pk: int) -> Entry | None:
    """A child of a list, with the child it stands for now; none who has died or left the area since."""
    found = living(listed.entries.filter(pk=pk))
    return found[0] if found else None


def said_of(entry: Entry, listed: WeeklyList) -> list[Endeavour]:
    """All that the setting has said of the child and not taken back, the newest first."""
    stands = Func("child_id", function="vcdb_standing", output_field=BigIntegerField())
    found = Endeavour.objects.annotate(stands=stands).filter(setting=listed.setting_id, withdrawn_at=None)
    return list(found.filter(stands=entry.stands))  # type: ignore[attr-defined]


def said_with(listed: WeeklyList, pk: int) -> Endeavour | None:
    """One of them."""
    return Endeavour.objects.filter(setting=listed.setting_id, pk=pk).first()
