"""One-row-per-involvement files as data: a TabularLayout says which heading is what, and ``layout()`` makes the Layout.

A heading is the text of a column's first row, or a tuple of spellings of which the first is the one findings name.
Headings are compared without regard to case, spaces, hyphens and underscores.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import people_of, restricted_by

Heading = str | tuple[str, ...]
#: Holds where the column has one of these values (compared without case); an empty tuple: where it is not blank.
When = tuple[Heading, tuple[str, ...]]


@dataclass(frozen=True)
class InvolvementSpec:
    """One involvement a row may hold: made where ``start`` is given and ``when`` holds. Without ``key`` the start date is its key."""

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
    """A dated measure: a number (``value``), a percent of two columns (``part`` of ``whole``), or words (``text``)."""

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


@dataclass(frozen=True)
class TabularLayout:
    """A file of one row per involvement (or per child): whose id it is, who the child is and what each row says.

    ``person`` maps IdentityFields names (surname, forename, dob, sex, nhs_number, upn, address, postcode, died_on ...) to headings;
    ``address`` may be a list of headings, joined. ``restricted`` names a column whose yes hides the child.
    """

    code: str
    title: str
    local_id: Heading
    person: Mapping[str, Heading | list[str]]
    involvements: tuple[InvolvementSpec, ...] = ()
    sightings: tuple[SightingSpec, ...] = ()
    observations: tuple[ObservationSpec, ...] = ()
    restricted: Heading = ""
    optional: tuple[str, ...] = ()  # first spellings of start/on headings a file may lack
