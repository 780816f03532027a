"""Records as Splink takes them: the live ones, or those of a file; the keys are the linker's own."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection

from apps.children.nicknames import GROUPS
from apps.core import sql
from apps.core.values import name_key
from apps.matching.compare import names, places
from apps.matching.compare.variants import SPELLINGS
from apps.pipeline.evaluation.reading import Given
from apps.pipeline.evaluation.records import cells_of, said

BATCH = 10_000


def live() -> Iterator[dict[str, Any]]:
    """Every live record in its current words."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql.statement("pipeline", "records_to_train"))
        named = [column.name for column in cursor.description]
        while found := cursor.fetchmany(BATCH):
            for row in found:
                yield plain(dict(zip(named, row, strict=True)))


def of_file(people: Sequence[Given]) -> Iterator[dict[str, Any]]:
    """Every record of PEOPLE.csv in its last words."""
    last = {given.record: given for given in people}
    for given in last.values():
        yield plain({"unique_id": given.record_id} | said(cells_of([given])))


def plain(person: Mapping[str, Any]) -> dict[str, Any]:
    """A person's words as keys; what is not said, or says nothing, is None."""
    surname, forename = person.get("surname_key", ""), person.get("forename_key", "")
    first = forename.split()[0] if names.is_name(forename) else ""
    dob = None if person.get("unborn") else person.get("dob")
    row = {
        "unique_id": str(person["unique_id"]),
        "surname": surname.replace(" ", "") if names.is_name(surname) else "",
        "parts": sorted(names.parts(surname)),
        "forename": first,
        "spelling": spellings().get(first, first),
        "familiar": [number for number, group in enumerate(GROUPS) if first in group],
        "dob": dob.isoformat() if dob else "",
        "sex": person.get("sex", "").replace("U", ""),
        "nhs": person.get("nhs_number", ""),
        "upn": person.get("upn", ""),
        "former_upn": person.get("former_upn", ""),
        "mother": name_key(person.get("mother", "")),
        "address": places.household(person.get("address_key", "")),
        "postcode": places.postcode_of(person.get("postcode_key", "")),
    }
    return {name: value if value != "" else None for name, value in row.items()}


@cache
def spellings() -> dict[str, str]:
    """Each spelling of a name and the first that stands for all of them."""
    return {name: line.split()[0] for line in SPELLINGS.strip().splitlines() for name in line.split()}
