"""What the first pages share: the page itself, addresses, bands and how a child is noted."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse

from apps.children.models import Child
from apps.core import words
from apps.core.presenters import NOT_RATED
from apps.core.presenters import Band as BandMark
from apps.profiles.presenters.header import mark_of
from apps.ragp.queries import current_bands

#: The parts of the first pages whose rows name a child.
NAMED = ("children", "told", "oldest", "raised", "moved")


@dataclass(frozen=True)
class Home:
    """A first page, ready to draw."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def children(self) -> list[int]:
        """Whose names are on it."""
        return [row["child"] for part in NAMED for row in self.context.get(part) or ()]


def address(name: str, *args: Any) -> str:
    """Where a page is; empty where there is none of that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def bands() -> dict[str, BandMark]:
    """The live scheme's bands as pages draw them, highest first."""
    current = current_bands()
    return {code: mark_of(code, list(current.values())) for code in current}


def label(marks: dict[str, BandMark], code: str) -> str:
    """A band's word."""
    return marks.get(code, NOT_RATED).label


def note_of(child: Child) -> str:
    """ "11, Quillgate Primary"."""
    setting = "school restricted" if child.address_hidden else child.setting.name if child.setting else ""
    return ", ".join(part for part in (words.short_age(child.dob), setting) if part)
