"""Taking a file in: whole or not at all."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.errors import Refused
from apps.reports.entering.columns import FIELDS
from apps.reports.entering.files import planned
from apps.reports.entering.plan import SHOWN, Plan
from apps.reports.models import Capacity


class Faulty(Refused):
    """A file with mistakes; ``sentences`` names each by row and column."""

    def __init__(self, sentences: list[str]) -> None:
        more = len(sentences) - SHOWN
        self.sentences = sentences[:SHOWN] + ([f"And {more:,} more of such sentences."] if more > 0 else [])
        super().__init__("Nothing was taken from the file. Correct what follows, and upload it again.")


def take(*, file: Any, by: User) -> Plan:
    """Take what a file of capacities says that does not stand yet; one that says nothing new changes nothing."""
    try:
        with transaction.atomic():
            held = {each.pk: each for each in _held()}
            plan = planned(
                file, {pk: {name: getattr(each, name) for name in FIELDS} for pk, each in held.items()}
            )
            if plan.wrong:
                raise Faulty(plan.wrong)
            if not plan.does_nothing:
                _keep(plan, held, by)
            return plan
    except IntegrityError:
        raise Refused(
            "Somebody else entered the same meanwhile. Download the file again, and change that."
        ) from None


def _held() -> QuerySet[Capacity]:
    return Capacity.objects.select_for_update().order_by("pk")


def _keep(plan: Plan, held: dict[int, Capacity], by: User) -> None:
    changed = []
    for pk, values in plan.changed.items():
        for name, value in values.items():
            setattr(held[pk], name, value)
        changed.append(held[pk])
    Capacity.objects.bulk_update(changed, FIELDS)
    added = Capacity.objects.bulk_create(Capacity(**values) for values in plan.new)
    detail = {"added": [each.pk for each in added], "changed": sorted(plan.changed)}
    record("capacity.upload", by=by, subject="reports.capacity", detail=detail)
