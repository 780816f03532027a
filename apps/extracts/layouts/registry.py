"""Every layout by its code."""

from apps.core.errors import Refused
from apps.extracts.layouts import agencies, cin_census, family_context, school_census, ssda903
from apps.extracts.layouts.base import Layout

LAYOUTS: dict[str, Layout] = {
    layout.code: layout
    for source in (ssda903, cin_census, school_census, family_context, agencies)
    for layout in source.LAYOUTS
}


def layout_of(code: str) -> Layout:
    """The layout of a feed; Refused where it has none."""
    if code not in LAYOUTS:
        raise Refused(
            f"The feed's layout, {code}, is not known here. Correct the feed in the administration."
        )
    return LAYOUTS[code]
