"""What the pages of sealed links read; row-level security leaves everybody else's out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from apps.accounts.models import User
from apps.matching.models import SealedLink


@dataclass(frozen=True)
class Identity:
    """One side of a link, as those named on it read it."""

    side: str
    public_id: UUID
    surname: str
    forename: str
    dob: date | None

    @property
    def title(self) -> str:
        """Which of the two it is."""
        return "Old identity" if self.side == "former" else "New identity"


def links() -> list[SealedLink]:
    """The links the reader is named on, and, for a keeper, those that wait for a second person."""
    return list(SealedLink.objects.order_by("-proposed_at", "-pk"))


def link(pk: int) -> SealedLink | None:
    """One of them; another's and a missing one are None alike."""
    return SealedLink.objects.filter(pk=pk).first()


def identities(link: SealedLink) -> list[Identity]:
    """Both sides, the old one first: a sealed link's for those named on it, a proposal's for the keepers who reach both."""
    if link.sealed_at is None:
        sides = (("former", link.former), ("present", link.present))
        return [Identity(side, one.public_id, one.surname, one.forename, one.dob) for side, one in sides]
    with connection.cursor() as cursor:
        cursor.execute("select * from vcdb_sealed_names(%s) order by side", [link.pk])
        return [Identity(*row) for row in cursor.fetchall()]


def people(link: SealedLink) -> list[str]:
    """Who is named on it."""
    return [
        user.display_name
        for user in User.objects.filter(pk__in=link.named).order_by("last_name", "first_name")
    ]
