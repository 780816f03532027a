"""Keeping that a list was talked through with a setting."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.actions import record
from apps.lists.models import Conversation


@transaction.atomic
def talked(*, setting: Agency, on: date, note: str, next_on: date | None, by: User) -> Conversation:
    """Keep a conversation and when the next one is."""
    made = Conversation.objects.create(
        setting=setting, on=on, note=note.strip(), next_on=next_on, by=by.pk, at=timezone.now()
    )
    record("list.talked", by=by, subject=f"agency:{setting.pk}", agency=setting)
    return made
