"""Words on paper: a typst sheet filled with data, as a tagged PDF (PDF/UA-1)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def tagged_pdf(sheet: Path, data: Mapping[str, Any]) -> bytes:
    """The sheet as a PDF. Words go in as data, never as markup: nothing in a name is run."""
    made: bytes = typst.compile(
        sheet.read_bytes(), sys_inputs={"data": json.dumps(data)}, format="pdf", pdf_standards=["ua-1"]
    )
    return made
