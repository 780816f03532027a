"""What a person may do, in which agencies, and what is shared with them: read from Membership and the agreements of today."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Q

from apps.access.models import Membership
from apps.access.roles import ROLES, Reason, Role, with_reason
from apps.agencies.models import Agency
from apps.core.clock import today

NOBODY = Role("", "No role", "Has no role yet.", frozenset(), frozenset())


class Access:
    """One person's memberships in force today, read once. A request has a fresh user, so what ended is gone at the next one."""

    def __init__(self, user: Any) -> None:
        self.user_id: int = (user.pk or 0) if user.is_active else 0

    @cached_property
    def memberships(self) -> list[Membership]:
        """Those in force today, in the order of the role table."""
        day = today()
        found = Membership.objects.filter(user_id=self.user_id, role__in=ROLES, valid_from__lte=day).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )
        order = list(ROLES)
        return sorted(found.select_related("agency"), key=lambda membership: order.index(membership.role))

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Of all roles held."""
        return frozenset().union(*(ROLES[membership.role].permissions for membership in self.memberships))

    def agencies(self, *reasons: Reason) -> list[Agency]:
        """Where a role with any of these reasons is held; without reasons, where any role is."""
        roles = with_reason(*reasons) if reasons else frozenset(ROLES)
        return list({m.agency_id: m.agency for m in self.memberships if m.role in roles}.values())

    def reaches(self, reason: Reason) -> bool:
        """Whether any role held reaches children for this reason."""
        return any(reason in ROLES[membership.role].reasons for membership in self.memberships)


def access_of(user: Any) -> Access:
    """The person's access, kept on the user object: one question a request."""
    if not hasattr(user, "_vcdb_access"):
        user._vcdb_access = Access(user)
    return user._vcdb_access


def forget(user: Any) -> None:
    """Read the person's access again when next asked."""
    if hasattr(user, "_vcdb_access"):
        del user._vcdb_access


def permissions_of(user: Any) -> frozenset[str]:
    """Codes of ``roles.PERMISSIONS`` the person holds today."""
    return access_of(user).permissions


def may(user: Any, permission: str) -> bool:
    """Whether the person holds a permission today."""
    return permission in permissions_of(user)


def role_of(user: Any) -> Role:
    """The role that decides the first page: the first held, in the order of the role table."""
    held = access_of(user).memberships
    return ROLES[held[0].role] if held else NOBODY


def agencies_of(user: Any) -> list[Agency]:
    """The agencies through which the person reaches children: they hold a record, or have the child on roll."""
    return access_of(user).agencies(Reason.AGENCY, Reason.ROLL)


def sees_borough(user: Any) -> bool:
    """Whether the person reaches every child that no restriction hides."""
    return access_of(user).reaches(Reason.BOROUGH)


def opened_by(user: Any) -> list[int]:
    """Ids of the children the person was given by name or is the named worker of."""
    return list(_answer("vcdb_opened_of(%s)", access_of(user).user_id))


def shared_with(user: Any, level: str) -> frozenset[tuple[int, str]]:
    """(agency id, service code) of what agreements show the person at this level; the code is "*" for all of an agency's."""
    return _pairs(_answer("vcdb_shared_of(%s, %s)", access_of(user).user_id, level))


def sharing_of(user: Any) -> tuple[frozenset[tuple[int, str]], frozenset[tuple[int, str]], bool]:
    """What is shared with the person in existence and in content, and whether they see rating bands: one question for all three."""
    uid = access_of(user).user_id
    with connection.cursor() as cursor:
        cursor.execute(
            "select vcdb_shared_of(%s, 'existence'), vcdb_shared_of(%s, 'content'), vcdb_sees_rating_of(%s)",
            [uid, uid, uid],
        )
        existence, content, rating = cursor.fetchone()
    return _pairs(existence), _pairs(content), bool(rating)


def seen_and_opened(
    user: Any,
) -> tuple[frozenset[tuple[int, str]], frozenset[tuple[int, str]], bool, list[int]]:
    """The same with ``opened_by``, for a page that needs all four: still one question."""
    uid = access_of(user).user_id
    with connection.cursor() as cursor:
        cursor.execute(
            "select vcdb_shared_of(%s, 'existence'), vcdb_shared_of(%s, 'content'), vcdb_sees_rating_of(%s), vcdb_opened_of(%s)",
            [uid] * 4,
        )
        existence, content, rating, opened = cursor.fetchone()
    return _pairs(existence), _pairs(content), bool(rating), list(opened)


def shares_of(user: Any, shared: list[str]) -> Callable[[int, str], bool]:
    """Says of an agency's service whether it is the person's own or among what ``vcdb_shared_of`` answered."""
    own, pairs = {agency.pk for agency in agencies_of(user)}, _pairs(shared)
    return lambda agency, service: agency in own or not pairs.isdisjoint({(agency, service), (agency, "*")})


def services_seen(user: Any, level: str) -> frozenset[str]:
    """Service codes an agreement shows the person at this level from any agency; holds "*" where some agency shares all."""
    return frozenset(service for _, service in shared_with(user, level))


def sees_rating(user: Any) -> bool:
    """Whether the person sees rating bands: everybody who reaches children, but a setting only where its agreement says so."""
    return bool(_answer("vcdb_sees_rating_of(%s)", access_of(user).user_id))


def _pairs(shared: list[str]) -> frozenset[tuple[int, str]]:
    pairs = (pair.split(":", 1) for pair in shared)
    return frozenset((int(agency), service) for agency, service in pairs)


def _answer(call: str, *params: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"select {call}", params)
        return cursor.fetchone()[0]
