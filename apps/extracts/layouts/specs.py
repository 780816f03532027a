"""What one row of a file may say, as data: an involvement, a sighting, an observation, each by its headings.

A heading is the text of a column's first row, or a tuple of spellings of which the first is the one findings
name. Headings are compared without regard to case, spaces, hyphens and underscores.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Heading = str | tuple[str, ...]
#: Holds where the column has one of these values, whatever their case; an empty tuple: where it is not blank.
When = tuple[Heading, tuple[str, ...]]


@dataclass(frozen=True)
class InvolvementSpec:
    """One involvement a row may hold: made where ``start`` is given and ``when`` holds.

    Without ``key`` the start date is its key.
    """

    service: str
    start: Heading
    end: Heading = ""
    key: Heading = ""
    category: Heading = ""
    worker: Heading = ""
    setting: Heading = ""
    detail: Mapping[str, Heading] = field(default_factory=dict)
    when: When | None = None


@dataclass(frozen=True)
class SightingSpec:
    """A day on which somebody saw the child: made where ``on`` is given. ``how`` and ``by`` are headings."""

    on: Heading
    by: Heading = ""
    how: Heading = ""
    key: Heading = ""
    detail: Mapping[str, Heading] = field(default_factory=dict)
    when: When | None = None


@dataclass(frozen=True)
class ObservationSpec:
    """A dated measure: a number (``value``), a percent (``part`` of ``whole``), or words (``text``)."""

    measure: str
    on: Heading
    until: Heading = ""
    value: Heading = ""
    part: Heading = ""
    whole: Heading = ""
    text: Heading = ""
    key: Heading = ""
    detail: Mapping[str, Heading] = field(default_factory=dict)
    when: When | None = None


def spellings(heading: Heading) -> tuple[str, ...]:
    """Every accepted text of a heading."""
    return (heading,) if isinstance(heading, str) else heading


def name_of(heading: Heading) -> str:
    """The field of a heading that is not about the person: its first spelling."""
    return spellings(heading)[0]


def conditions(spec: InvolvementSpec | SightingSpec | ObservationSpec) -> Iterator[Heading]:
    """The headings of a spec's detail and of its condition."""
    yield from spec.detail.values()
    if spec.when:
        yield spec.when[0]
