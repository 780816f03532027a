"""Papers as tagged PDFs (PDF/UA-1): a sheet of typst and data; words go in as data, never as markup, so nothing in a name is run."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def pdf(sheet: Path, data: Mapping[str, Any]) -> bytes:
    """The sheet filled with the data."""
    made: bytes = typst.compile(
        sheet.read_bytes(), sys_inputs={"data": json.dumps(dict(data))}, format="pdf", pdf_standards=["ua-1"]
    )
    return made
