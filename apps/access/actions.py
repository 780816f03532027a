"""Giving and taking away roles, and children by name."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from apps.access import grants
from apps.access.models import Membership
from apps.access.queries import forget
from apps.access.roles import role_named
from apps.agencies.models import SETTING_KINDS, Agency
from apps.audit.actions import record
from apps.core.clock import today
from apps.core.errors import Refused


@transaction.atomic
def grant(
    *,
    user: Any,
    agency: Agency,
    role: str,
    by: Any,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Membership:
    """Give a user a role in an agency, or change the dates of one they have."""
    check_can_hold(role, agency)
    dates = {"valid_from": valid_from or today(), "valid_until": valid_until}
    membership, _ = Membership.objects.update_or_create(user=user, agency=agency, role=role, defaults=dates)
    settle(user)
    record(
        "access.grant",
        by=by,
        subject=f"user:{user.pk}",
        agency=agency,
        detail={"role": role, "until": str(valid_until or "")},
    )
    return membership


@transaction.atomic
def revoke(*, membership: Membership, by: Any, reason: str) -> None:
    """End a role as of yesterday, so that it is gone at the next request."""
    if not reason.strip():
        raise Refused("Say why the role ends.")
    yesterday = today() - timedelta(days=1)
    membership.valid_from = min(membership.valid_from, yesterday)
    membership.valid_until = yesterday
    membership.save(update_fields=["valid_from", "valid_until"])
    settle(membership.user)
    record(
        "access.revoke", by=by, subject=f"user:{membership.user_id}", agency=membership.agency_id,
        detail={"role": membership.role, "reason": reason},
    )  # fmt: skip


@transaction.atomic
def grant_child(*, user: Any, child: Any, reason: str, by: Any) -> None:
    """Give a user one child by name, restricted or not."""
    if not reason.strip():
        raise Refused("Say why this person is given the child.")
    grants.give_child(user, child)
    record(
        "access.grant_child", by=by, subject=f"user:{user.pk}", children=[child], detail={"reason": reason}
    )


@transaction.atomic
def withdraw_child(*, user: Any, child: Any, reason: str, by: Any) -> None:
    """Take away a child given by name."""
    if not reason.strip():
        raise Refused("Say why the child is withdrawn.")
    grants.take_child(user, child)
    record(
        "access.withdraw_child", by=by, subject=f"user:{user.pk}", children=[child], detail={"reason": reason}
    )


def check_can_hold(role: str, agency: Agency) -> None:
    """Refuse a role the agency's kind has no use for: settings have safeguarding leads and administrators, and no other role."""
    if role_named(role).of_settings != (agency.kind in SETTING_KINDS):
        raise Refused(
            f"{role_named(role).name} is not a role in {agency.name}: safeguarding leads and setting administrators belong to settings,"
            " other roles elsewhere."
        )


def settle(user: Any) -> None:
    """Bring guardian's groups in line with the user's memberships, and forget what was read before."""
    grants.sync(user)
    forget(user)
