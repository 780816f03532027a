"""Every layout by its code."""

from collections.abc import Mapping
from typing import Any, Protocol

from apps.core.errors import Refused
from apps.extracts.layouts import (
    agencies,
    annex_a,
    attendance_codes,
    cin_census,
    family_context,
    nhs_cohort,
    school_census,
    sen2,
    send_annex_a,
    ssda903,
)
from apps.extracts.layouts.base import Layout
from apps.extracts.layouts.generic import generic

#: The layout of a feed whose columns are mapped in a page.
GENERIC = "generic"
LAYOUTS: dict[str, Layout] = {
    layout.code: layout
    for source in (
        ssda903,
        cin_census,
        annex_a,
        school_census,
        send_annex_a,
        sen2,
        nhs_cohort,
        attendance_codes,
        family_context,
        agencies,
    )
    for layout in source.LAYOUTS
}


class Mapped(Protocol):
    """A version of a feed's mapping."""

    @property
    def version(self) -> int: ...

    @property
    def spec(self) -> Mapping[str, Any]: ...


def layout_of(code: str, mapping: Mapped | None = None) -> Layout:
    """The layout of a feed, by its mapping where it has one of its own; Refused where it has none."""
    if code == GENERIC and mapping is not None:
        return generic(mapping.spec, mapping.version)
    if code == GENERIC:
        raise Refused(
            "Nobody has said yet what this feed's columns mean. Map its columns on the imports page."
        )
    if code not in LAYOUTS:
        raise Refused(
            f"The feed's layout, {code}, is not known here. Correct the feed in the administration."
        )
    return LAYOUTS[code]
