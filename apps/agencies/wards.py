"""Rows of a list of wards by postcode, as the ONS publishes them (ONSPD, NSPL) or a council keeps its own."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from apps.core import values

POSTCODE = ("pcds", "pcd", "pcd7", "pcd8", "postcode")
#: The code carries the year of its boundaries in newer releases: wd25cd; the name likewise.
CODE = re.compile(r"(os)?ward|wd\d\dcd|wardcode|electoralward")
NAME = re.compile(r"wd\d\dnm|wardname")


class Place(NamedTuple):
    """Which ward a postcode lies in; the name is the code where the list gives codes only."""

    postcode: str
    code: str
    name: str


def read(row: Mapping[str, str]) -> Place | None:
    """One row; None where it has no postcode or no ward."""
    cells = {
        re.sub(r"[^a-z0-9]", "", heading.lower()): values.clean(str(text or ""))
        for heading, text in row.items()
    }
    postcode = next((found for name in POSTCODE if (found := values.postcode(cells.get(name, "")))), "")
    code = next((text for heading, text in cells.items() if text and CODE.fullmatch(heading)), "")
    name = next((text for heading, text in cells.items() if text and NAME.fullmatch(heading)), "") or code
    if not postcode or not name:
        return None
    return Place(postcode.replace(" ", ""), code[:12], name[:80])
