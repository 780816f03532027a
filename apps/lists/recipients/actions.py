"""A setting's own word about who reads its lists."""

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.actions import record
from apps.core import sql
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.workdays import is_working
from apps.lists.models import Verification
from apps.lists.recipients import queries
from apps.lists.recipients.rules import AHEAD, verified_until


def check_can_verify(setting: Agency, user: User, by: User) -> None:
    """Refuse whoever does not administer this setting, oneself, and who has no role that reads its lists."""
    if setting.pk not in {agency.pk for agency in queries.belongs_to(by, "recipient.verify")}:
        raise Refused("Only an administrator of this setting says who reads its lists.")
    if user.pk == by.pk:
        raise Refused("You cannot verify yourself: ask another administrator of your setting.")
    if queries.reader_at(setting, user.pk) is None:
        raise Refused("This person has no role that reads the lists of your setting.")


@transaction.atomic
def verify(*, setting: Agency, user: User, by: User) -> Verification:
    """Say that this person reads the setting's lists, at the address of their account; until the term is over."""
    check_can_verify(setting, user, by)
    until = verified_until(today(), queries.spans_of(setting))
    made = Verification.objects.create(setting=setting, user=user, by=by, at=timezone.now(), until=until)
    detail = {"until": str(until)}
    record("recipient.verify", by=by, subject=f"user:{user.pk}", agency=setting, detail=detail)
    return made


@transaction.atomic
def withdraw(*, setting: Agency, user: User, reason: str, by: User) -> None:
    """Take the word back at once: the person opens no list of the setting from the next request on."""
    check_can_verify(setting, user, by)
    if not reason.strip():
        raise Refused("Say why this person no longer reads the lists.")
    ended = queries.standing().filter(setting=setting, user=user)
    if not ended.update(ended_at=timezone.now(), ended_by=by.pk, reason=reason.strip()):
        raise Refused("This person is not verified.")
    record("recipient.withdraw", by=by, subject=f"user:{user.pk}", agency=setting)


def remind() -> int:
    """On working days: each administrator of a setting where somebody waits, or the term's word is over soon; once for each such day."""
    if not is_working(today()):
        return 0
    given = {
        "readers": queries.holding("list.view"), "verifiers": queries.holding("recipient.verify"), "today": today(),
        "soon": today() + AHEAD, "at": timezone.now(),
    }  # fmt: skip
    return sql.run("lists", "queue_verifying", **given)
