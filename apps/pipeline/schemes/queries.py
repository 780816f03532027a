"""What the pages of rating schemes read."""

from dataclasses import dataclass

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.children.models import Child
from apps.ragp.models import Band, Scheme, WhatIf, WhatIfMove
from apps.ragp.queries import current_scheme


@dataclass(frozen=True)
class Sheet:
    """A scheme with what its page needs."""

    scheme: Scheme
    live: Scheme
    bands: list[Band]
    live_bands: list[Band]
    asked: WhatIf | None
    people: dict[int, str]


def schemes() -> QuerySet[Scheme]:
    """Every scheme, newest first."""
    return Scheme.objects.order_by("-pk")


def sheet(version: str) -> Sheet | None:
    """One scheme; none where there is no such version."""
    scheme = Scheme.objects.filter(version=version).first()
    if scheme is None:
        return None
    live = current_scheme()
    named = [who for who in (scheme.written_by, scheme.approved_by) if who]
    return Sheet(
        scheme, live, list(scheme.bands.all()), list(live.bands.all()),
        scheme.what_ifs.order_by("-pk").first(),
        {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=named)},
    )  # fmt: skip


def moves(asked: WhatIf, user: User) -> QuerySet[WhatIfMove]:
    """The children a scheme would move that the user may see; biggest moves up first."""
    seen = Child.objects.visible_to(user)
    return (
        asked.moves.filter(child__in=seen)
        .select_related("child")
        .order_by("to_band", "from_band", "child__surname", "child__pk")
    )
