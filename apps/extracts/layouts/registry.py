"""Every layout by its code."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from apps.core.errors import Refused
from apps.extracts.layouts.base import Layout

#: Modules of this package that each hold a list LAYOUTS.
SOURCES = ("ssda903", "cin_census", "school_census", "family_context", "agencies")


def _all() -> Iterator[Layout]:
    for name in (f"{__package__}.{source}" for source in SOURCES):
        if find_spec(name):
            yield from import_module(name).LAYOUTS


@cache
def layouts() -> dict[str, Layout]:
    """Code to layout."""
    return {layout.code: layout for layout in _all()}


def layout_of(code: str) -> Layout:
    """The layout of a feed; Refused where it has none."""
    if code not in layouts():
        raise Refused(
            f"The feed has the layout {code}, which is not known here. Correct the feed in the administration."
        )
    return layouts()[code]
