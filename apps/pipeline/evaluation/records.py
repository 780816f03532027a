"""Rows of PEOPLE.csv as staged people: cleaned by the very functions that read a delivered file."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from apps.core import values
from apps.extracts.layouts.base import Problem, RawRow
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import merged, person_of
from apps.extracts.models import Extract, StagedPerson
from apps.pipeline.evaluation.reading import Delivery, Given

MODULE = "people"
FIELDS = frozenset(field.name for field in StagedPerson._meta.get_fields())


def staged(delivery: Delivery, extract: Extract) -> Iterator[StagedPerson]:
    """One person for each record of a delivery."""
    for local_id, given in bundles(delivery.rows):
        person = said(cells_of(given))
        yield StagedPerson(
            extract=extract,
            local_id=local_id,
            bundle_hash=digest(given),
            module=MODULE,
            row_no=given[0].row_no,
            restricted=any(values.is_yes(row.words.get("restricted", "")) for row in given),
            **person,
        )


def bundles(rows: Iterable[Given]) -> Iterator[tuple[str, list[Given]]]:
    """The rows of each record, as they stand in the file."""
    in_order = sorted(rows, key=lambda row: (row.local_id, row.row_no))
    for local_id, group in groupby(in_order, key=lambda row: row.local_id):
        yield local_id, list(group)


def cells_of(given: Iterable[Given]) -> list[Cells]:
    """The rows of a record as the reader of a layout sees them."""
    return [Cells(RawRow(MODULE, row.row_no, dict(row.words)), {}) for row in given]


def said(rows: Iterable[Cells]) -> dict[str, Any]:
    """Who the rows of a record say the child is; what cannot be read is left out, as in the service."""
    rows = list(rows)
    person = merged((cells, person_of(cells)) for cells in rows)
    for cells in rows:
        if "unborn" in FIELDS and values.is_yes(cells.data.get("unborn", "")):
            person["unborn"] = True
        if "mother" in FIELDS and (mother := cells.text("mother", 200)):
            person.setdefault("mother", mother)
    return {name: value for name, value in person.items() if name in FIELDS}


def problems(rows: Sequence[Given]) -> list[Problem]:
    """What the reader found wrong with the rows: their number, column and remedy, never their words."""
    found: list[Problem] = []
    for cells in cells_of(rows):
        person_of(cells)
        found += cells.problems
    return found


def digest(given: Sequence[Given]) -> uuid.UUID:
    """The same for the same words, so that a record sent unchanged is not read again."""
    return uuid.uuid5(uuid.NAMESPACE_OID, repr([sorted(row.words.items()) for row in given]))
