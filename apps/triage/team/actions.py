"""Sharing out the queue: views under a name, who takes which school or area, a second look at what was decided."""

import secrets
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.access.queries import agencies_of
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.actions import record
from apps.core.errors import Refused
from apps.triage import actions, rules
from apps.triage.models import Allocation, Decision, Draw, Item, SavedView, SecondLook
from apps.triage.parts import of_area, of_school, sector
from apps.triage.queries import waiting


@transaction.atomic
def save_view(*, name: str, query: str, shared: bool, by: User) -> SavedView:
    """Keep a part of the queue under a name; the same name again replaces the person's own view of it."""
    own = agencies_of(by)
    kept = {"query": query, "team": own[0] if shared and own else None}
    view, _ = SavedView.objects.update_or_create(owner=by.pk, name=name.strip(), defaults=kept)
    record(
        "view.save", by=by, subject=f"view:{view.pk}", agency=view.team_id, detail={"shared": bool(view.team)}
    )
    return view


@transaction.atomic
def drop_view(*, view: SavedView, by: User) -> None:
    """Delete a view; only its owner may."""
    if view.owner != by.pk:
        raise Refused("Only the person who saved this view can delete it.")
    record("view.drop", by=by, subject=f"view:{view.pk}")
    view.delete()


@transaction.atomic
def allocate(*, officer: User, setting: Agency | None = None, area: str = "", by: User) -> Allocation:
    """Let an officer take the children of a school or a postcode sector: what waits with nobody now, and what opens from now on."""
    key = sector(area)
    if bool(setting) == bool(key):
        raise Refused("Choose a school, or write a postcode sector, and not both.")
    taken = Allocation.objects.filter(setting=setting) if setting else Allocation.objects.filter(area=key)
    if taken.exists():
        raise Refused(f"Somebody takes {setting or area} already. Take that away first.")
    made = Allocation.objects.create(
        officer=officer.pk, setting=setting, area=key, by=by.pk, at=timezone.now()
    )
    given = _give(officer, of_school(setting.pk) if setting else of_area(key), by)
    detail = {"officer": officer.pk, "area": key, "items": len(given)}
    record(
        "allocation.made",
        by=by,
        subject=f"allocation:{made.pk}",
        agency=setting,
        children=given,
        detail=detail,
    )
    return made


@transaction.atomic
def end_allocation(*, allocation: Allocation, by: User) -> None:
    """Take an officer's school or area away; what is with the officer stays there."""
    detail = {"officer": allocation.officer, "area": allocation.area}
    record(
        "allocation.ended",
        by=by,
        subject=f"allocation:{allocation.pk}",
        agency=allocation.setting_id,
        detail=detail,
    )
    allocation.delete()


def _give(officer: User, part: Q, by: User) -> list[int]:
    unclaimed = waiting(by).filter(part, assigned_to=None, child__restricted=False)
    chosen = list(unclaimed.values_list("pk", "child"))
    Item.objects.filter(pk__in=[pk for pk, _ in chosen], assigned_to=None).update(assigned_to=officer.pk)
    return [child for _, child in chosen]


@transaction.atomic
def draw(*, week: date, by: User | int | str | None) -> int:
    """Draw a share of a week's decisions after which nothing was done, of every officer, for a second look; a week is drawn once."""
    begins = timezone.make_aware(datetime.combine(week, time.min))
    standing = Decision.objects.filter(
        outcome__in=Decision.NOTHING_DONE, undone_at=None, at__gte=begins, at__lt=begins + timedelta(days=7)
    )
    by_officer: dict[int, list[int]] = {}
    for officer, pk in standing.values_list("by", "pk"):
        by_officer.setdefault(officer, []).append(pk)
    made, new = Draw.objects.get_or_create(
        week=week,
        defaults={"seed": secrets.token_hex(16), "percent": rules.LOOKED_AT_AGAIN, "at": timezone.now()},
    )
    if not new:
        return 0
    chosen = rules.drawn(by_officer, made.seed, made.percent)
    SecondLook.objects.bulk_create(SecondLook(decision_id=pk, draw=made) for pk in chosen)
    detail = {"of": sum(map(len, by_officer.values())), "drawn": len(chosen)}
    record("second_look.draw", by=by, subject=f"draw:{made.pk}", detail=detail)
    return len(chosen)


@transaction.atomic
def look_again(*, look: SecondLook, agrees: bool, note: str, by: User) -> None:
    """Say whether a decision was right. Where it was not, it is undone, so that the item waits again unless a newer one does."""
    decision = look.decision
    if decision.by == by.pk:
        raise Refused("This is your own decision: somebody else looks at it again.")
    if not agrees and not note.strip():
        raise Refused("Say what was missed: the officer reads it.")
    seen = SecondLook.objects.filter(pk=look.pk, agrees=None)
    if not seen.update(agrees=agrees, note=note.strip(), by=by.pk, at=timezone.now()):
        raise Refused("Somebody has looked at this decision already.")
    record("second_look.done", by=by, subject=f"decision:{decision.pk}", children=[decision.item.child_id],
           detail={"agrees": agrees})  # fmt: skip
    if not agrees and decision.undone_at is None and not actions.newer_than([decision.item]):
        actions.undo(decisions=[decision], by=by)
