"""Who reads a setting's lists, and whether its own administrator has said so this term."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from apps.access.models import Membership
from apps.access.queries import access_of
from apps.access.roles import ROLES
from apps.accounts.models import User
from apps.agencies.models import SETTING_KINDS, Agency, Kind
from apps.core.clock import today
from apps.lists.models import Term, Verification
from apps.lists.recipients.rules import AHEAD, Span


def holding(permission: str) -> list[str]:
    """Codes of the roles that hold a permission."""
    return [code for code, role in ROLES.items() if permission in role.permissions]


def members(permission: str) -> QuerySet[Membership]:
    """Memberships in force of those who hold a permission."""
    day = today()
    held = Q(valid_until=None) | Q(valid_until__gte=day)
    return Membership.objects.filter(
        held, role__in=holding(permission), valid_from__lte=day, user__is_active=True
    )


def standing() -> QuerySet[Verification]:
    """What was said and holds today."""
    return Verification.objects.filter(until__gte=today(), ended_at=None)


def readers() -> QuerySet[Membership]:
    """Memberships in force of those who open their own setting's list: at a setting, only who is verified this term."""
    said = standing().filter(setting=OuterRef("agency"), user=OuterRef("user"))
    return members("list.view").filter(~Q(agency__kind__in=SETTING_KINDS) | Exists(said))


def belongs_to(user: User, permission: str) -> list[Agency]:
    """Where the user holds a permission today, by name."""
    roles = holding(permission)
    found = {each.agency_id: each.agency for each in access_of(user).memberships if each.role in roles}
    return sorted(found.values(), key=lambda agency: agency.name)


def own_settings(user: User) -> list[Agency]:
    """The schools and settings whose lists the user opens today."""
    mine = belongs_to(user, "list.view")
    said = set(standing().filter(user=user, setting__in=mine).values_list("setting", flat=True))
    return [agency for agency in mine if agency.kind not in SETTING_KINDS or agency.pk in said]


def waits(user: User) -> list[Agency]:
    """Settings whose list the user would open if somebody there had verified them."""
    opens = {agency.pk for agency in own_settings(user)}
    return [agency for agency in belongs_to(user, "list.view") if agency.pk not in opens]


def administrators(settings: Collection[int]) -> list[Membership]:
    """Who may verify at some settings, by name."""
    found = members("recipient.verify").filter(agency__in=settings).select_related("user", "agency")
    return list(found.order_by("agency__name", "user__last_name", "user__first_name", "pk"))


def everyone_at(settings: Collection[int]) -> list[Membership]:
    """Who reads, or would read, the lists of some settings, each with the last day of what was said of them, and by whom."""
    newest = Verification.objects.filter(
        setting=OuterRef("agency"), user=OuterRef("user"), ended_at=None
    ).order_by("-until", "-pk")
    found = members("list.view").filter(agency__in=settings).select_related("user", "agency")
    return list(
        found.annotate(
            until=Subquery(newest.values("until")[:1]),
            said_by=Subquery(newest.values("by")[:1]),
            said_at=Subquery(newest.values("at")[:1]),
        ).order_by("agency__name", "user__last_name", "user__first_name", "pk")
    )


def waiting_of(setting: Agency) -> list[User]:
    """Who would read a setting's lists and is not verified this term; in a team of the council nobody has to be."""
    if setting.kind not in SETTING_KINDS:
        return []
    return [each.user for each in everyone_at([setting.pk]) if is_over(each.until)]  # type: ignore[attr-defined]


def unsettled() -> QuerySet[Membership]:
    """Of all settings: who waits to be verified, then whose term's word is over soon."""
    newest = Verification.objects.filter(
        setting=OuterRef("agency"), user=OuterRef("user"), ended_at=None
    ).order_by("-until")
    found = members("list.view").filter(agency__kind__in=SETTING_KINDS).select_related("user", "agency")
    found = found.annotate(until=Subquery(newest.values("until")[:1]))
    found = found.filter(Q(until=None) | Q(until__lte=today() + AHEAD))
    return found.order_by(F("until").asc(nulls_first=True), "agency__name", "user__last_name", "pk")


def waiting() -> tuple[int, int]:
    """How many people wait to be verified, and at how many settings."""
    said = standing().filter(setting=OuterRef("agency"), user=OuterRef("user"))
    found = members("list.view").filter(~Exists(said), agency__kind__in=SETTING_KINDS)
    return found.count(), found.order_by().values("agency").distinct().count()


def reader_at(setting: Agency, pk: int) -> User | None:
    """Somebody who reads, or would read, the lists of a setting."""
    found = members("list.view").filter(agency=setting, user=pk).select_related("user").first()
    return found.user if found else None


def spans_of(setting: Agency) -> list[Span]:
    """The terms a setting keeps: its own, else for a school those of all schools."""
    own = list(Term.objects.filter(setting=setting).values_list("first_day", "last_day"))
    if own or setting.kind != Kind.SCHOOL:
        return own
    return list(Term.objects.filter(setting=None).values_list("first_day", "last_day"))


def is_soon(until: date | None) -> bool:
    """Whether what was said is over soon, or already."""
    return until is None or until <= today() + AHEAD


def is_over(until: date | None) -> bool:
    """Whether nothing that was said holds today."""
    return until is None or until < today()
