"""Rules that no single child breaks: one statement over every row of an extract, changed or not."""

import json

from apps.core import sql
from apps.extracts.layouts.base import Layout
from apps.extracts.models import Extract
from apps.extracts.rules import RULES

NUMBERS = {"upn": "UPN_TWICE", "nhs_number": "NHS_TWICE"}


def check_across(*, extract: Extract, layout: Layout) -> None:
    """Find the numbers that two children of an extract share."""
    fields = numbers_of(layout)
    if fields:
        rules = [RULES[code]._asdict() for code in NUMBERS.values()]
        sql.run(
            "extracts",
            "numbers_twice",
            extract=extract.pk,
            fields=json.dumps(fields),
            rules=json.dumps(rules),
        )


def numbers_of(layout: Layout) -> list[dict[str, str]]:
    """The fields that hold a number of one child alone; where it is the row's id, two cannot share it."""
    found = {
        (field, headings[0], code)
        for module in layout.modules
        for field, headings in module.headings.items()
        if (code := NUMBERS.get(field.rpartition("/")[2].lower()))
        and "local_id" in module.headings
        and module.headings["local_id"] != headings
    }
    return [{"field": field, "label": label, "code": code} for field, label, code in sorted(found)]
