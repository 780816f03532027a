"""The one wrapper over django-guardian: agency grants to groups, children given by name. Nothing else imports guardian.

Its defaults let one stray model-level permission, or the superuser flag, open every row: both are switched off here.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from guardian.shortcuts import assign_perm, get_objects_for_user, get_users_with_perms, remove_perm

from apps.access.models import Membership
from apps.access.roles import Reason, with_reason
from apps.agencies.models import Agency
from apps.core.clock import today

REACH_AGENCY = "agencies.view_agency"
OPEN_CHILD = "children.view_child"
SEE_SEALED = "matching.view_sealedlink"
PREFIX = "agency:"


def sync(user: Any) -> None:
    """Make the user's groups those of the agencies whose children they reach today."""
    reached = Agency.objects.filter(pk__in=_reached(user))
    stale = user.groups.filter(name__startswith=PREFIX).exclude(
        name__in=[_name(agency) for agency in reached]
    )
    user.groups.remove(*stale)
    user.groups.add(*(_group(agency) for agency in reached))


def agencies(user: Any) -> QuerySet[Agency]:
    """The agencies guardian says the user reaches: the same as Membership says, or a sync is missing."""
    return get_objects_for_user(user, REACH_AGENCY, Agency, accept_global_perms=False, with_superuser=False)


def give_child(user: Any, child: Any) -> None:
    """Grant one child by name."""
    assign_perm(OPEN_CHILD, user, child)


def take_child(user: Any, child: Any) -> None:
    """Withdraw one child."""
    remove_perm(OPEN_CHILD, user, child)


def named(child: Any) -> set[int]:
    """Who was given a child by name, as keys of users."""
    holders: Any = get_users_with_perms(
        child, only_with_perms_in=["view_child"], with_group_users=False, with_superusers=False
    )
    return {user.pk for user in holders}


def give_sealed(user: Any, link: Any) -> None:
    """Name somebody on a sealed link."""
    assign_perm(SEE_SEALED, user, link)


def take_sealed(user: Any, link: Any) -> None:
    """Name somebody on a sealed link no longer."""
    remove_perm(SEE_SEALED, user, link)


def _reached(user: Any) -> list[int]:
    day = today()
    current = Membership.objects.filter(
        user=user, role__in=with_reason(Reason.AGENCY, Reason.ROLL), valid_from__lte=day
    )
    return [m.agency_id for m in current if m.valid_until is None or m.valid_until >= day]


def _group(agency: Agency) -> Group:
    group, created = Group.objects.get_or_create(name=_name(agency))
    if created:
        assign_perm(REACH_AGENCY, group, agency)
    return group


def _name(agency: Agency) -> str:
    return f"{PREFIX}{agency.code}"
