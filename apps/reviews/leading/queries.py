"""Who leads on a child and who is round it, as far as the reader may know: the database holds them to it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.access.queries import may, shared_with
from apps.accounts.models import User
from apps.children.models import Child
from apps.reviews.models import Lead, Member
from apps.reviews.queries import own


def current(child: Child) -> Lead | None:
    """Who leads, if that is known to whoever asks."""
    return Lead.objects.filter(child=child, state=Lead.State.CURRENT).select_related("agency").first()


def proposed(child: Child) -> Lead | None:
    """Who is asked to."""
    return Lead.objects.filter(child=child, state=Lead.State.PROPOSED).select_related("agency").first()


def told(user: User, more: str = "") -> Q:
    """One's own, what one's agency wrote down, and those of agencies of which one may know that they are involved; as the policy."""
    if may(user, "review.manage"):
        return Q()
    ours, known = own(user), {agency for agency, _ in shared_with(user, "existence")}
    extra = Q((f"{more}__in", ours)) if more else Q()
    return Q(agency__in={*ours, *known}) | Q(by_agency__in=ours) | extra


def leads(user: User, child: Child) -> list[Lead]:
    """Everybody who leads, led or was asked, the newest first."""
    found = Lead.objects.filter(told(user, "heir"), child=child).select_related("agency")
    return list(found.order_by("-at"))


@dataclass(frozen=True)
class Standing:
    """Who leads, who is asked to, and who was asked last and did not accept."""

    stands: Lead | None = None
    asked: Lead | None = None
    refused: Lead | None = None


def standing(found: list[Lead]) -> Standing:
    """How it stands by everybody who leads, led or was asked, the newest first: a refusal is told of until somebody else is named."""
    first = {state: next((each for each in found if each.state == state), None) for state in Lead.State}
    refused = found[0] if found and found[0].state == Lead.State.REFUSED else None
    return Standing(first[Lead.State.CURRENT], first[Lead.State.PROPOSED], refused)


def told_words(user: User, children: list[int]) -> set[tuple[int, str]]:
    """Of each child, as minutes write them: those who lead or led of whom the person is told."""
    found = Lead.objects.filter(told(user, "heir"), child__in=children).select_related("agency")
    return {(each.child_id, f"{each.name}, {each.agency.name}") for each in found}


def lead(user: User, pk: int) -> Lead | None:
    """One of them, of a child within reach."""
    reached = Lead.objects.filter(told(user, "heir"), child__in=Child.objects.visible_to(user))
    return reached.select_related("child", "agency").filter(pk=pk).first()


def team(user: User, child: Child) -> QuerySet[Member]:
    """Who is of the team now."""
    found = Member.objects.filter(told(user), child=child, ended_at=None)
    return found.select_related("agency").order_by("agency__name", "name")


def member(user: User, pk: int) -> Member | None:
    """One of a team, of a child within reach."""
    reached = Member.objects.filter(told(user), child__in=Child.objects.visible_to(user))
    return reached.select_related("child").filter(pk=pk).first()
