"""What the pages of rating schemes read."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.agencies.models import SharingAgreement
from apps.children.models import Child
from apps.core.clock import today
from apps.involvements.presenters import senders_of
from apps.involvements.queries import sources
from apps.ragp.models import Band, Rule, Scheme, WhatIf, WhatIfMove
from apps.ragp.queries import current_scheme

RHYTHM = {7: "every week", 31: "every month", 365: "every year"}


@dataclass(frozen=True)
class Sheet:
    """A scheme with what its page needs."""

    scheme: Scheme
    live: Scheme
    bands: list[Band]
    live_bands: list[Band]
    asked: WhatIf | None
    people: dict[int, str]

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.scheme.state == Scheme.State.DRAFT

    @property
    def reached(self) -> list[tuple[str, str]]:
        """The bands that points can reach, as (code, label)."""
        return [(band.code, band.label) for band in self.bands if band.from_points is not None]


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


def draft(version: str) -> Sheet | None:
    """A scheme that can still be changed; none where it cannot."""
    found = sheet(version)
    return found if found and found.is_draft else None


def moves(asked: WhatIf, user: User) -> QuerySet[WhatIfMove]:
    """The children a scheme would move that the user may see; biggest moves up first."""
    seen = Child.objects.visible_to(user)
    return (
        asked.moves.filter(child__in=seen)
        .select_related("child")
        .order_by("to_band", "from_band", "child__surname", "child__pk")
    )


def sources_of(scheme: Scheme) -> list[str]:
    """The sources whose facts the scheme speaks of, each with its agency and rhythm."""
    subjects = Rule.objects.filter(scheme=scheme).values_list("subject", flat=True)
    every = sources()
    heard = {each.code for subject in set(subjects) for each in senders_of(subject, every)}
    return [
        f"{each.title} ({each.agency_name}), {RHYTHM.get(each.every_days, f'every {each.every_days} days')}"
        for each in sorted(every, key=lambda source: source.title)
        if each.code in heard
    ]


def agreements_in_force() -> list[str]:
    """Who shares with whom and on which basis, as agreed today; one line for each provider and basis."""
    day = today()
    found = SharingAgreement.objects.filter(valid_from__lte=day).filter(
        Q(valid_until=None) | Q(valid_until__gte=day)
    )
    bases: dict[tuple[str, str], set[str]] = {}
    for each in found.select_related("provider", "recipient"):
        whom = each.recipient.name if each.recipient else f"every {each.get_recipient_kind_display().lower()}"
        bases.setdefault((each.provider.name, each.legal_basis or "no basis recorded"), set()).add(whom)
    return [
        f"{provider} with {', '.join(sorted(whom))}: {basis}."
        for (provider, basis), whom in sorted(bases.items())
    ]
