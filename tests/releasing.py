"""Tests send several files of one feed a day, as nobody does: one that is held for that alone is released as a person would."""

import re
from typing import Any

from apps.extracts.models import Extract
from apps.pipeline.actions import execute, release

SAME_DAY = r"This feed already has an extract as of [^.]*\. Commit this one only[^\n]*"


def released(summary: dict[str, Any]) -> dict[str, Any]:
    """What became of a load in the end."""
    if summary["state"] != "held" or not re.fullmatch(SAME_DAY, summary["reason"]):
        return summary
    extract = Extract.objects.get(pk=summary["extract"])
    return execute(run=release(extract=extract, reason="It corrects the one before it", by=None))
