"""Which module of a layout a table is, by its headings; what is missing where it is none."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from apps.core.errors import Refused
from apps.extracts.layouts.base import Layout, Module
from apps.extracts.readers.table import Table


class Recognised(NamedTuple):
    """A table with its module and where each field's column stands."""

    module: Module
    columns: list[tuple[str, int]]
    table: Table


def plain(heading: str) -> str:
    """A heading as it is compared: without case, spaces, hyphens and underscores."""
    return re.sub(r"[\W_]+", "", heading.casefold())


def recognise(layout: Layout, tables: Iterable[Table]) -> list[Recognised]:
    """Each table as a module, in the layout's order of modules."""
    found: list[Recognised] = []
    unknown: list[Table] = []
    for table in tables:
        best = _best(layout, table)
        if best:
            found.append(best)
        else:
            unknown.append(table)
    for table in unknown:
        if not _beside(table, found):
            raise Refused(_unknown(layout, table))
    for module in _needed(layout):
        if not any(item.module is module for item in found):
            raise Refused(_lacking(module, layout))
    return sorted(found, key=lambda item: layout.modules.index(item.module))


def _needed(layout: Layout) -> list[Module]:
    """What a set may not lack: a table that does not come would end everything it holds."""
    return [m for m in layout.modules if m.code in layout.needed] if layout.needed else [layout.modules[0]]


def _lacking(module: Module, layout: Layout) -> str:
    columns = _listed(_labels(module))
    if layout.needed:
        name = module.code.replace("_", " ").capitalize()
        return (
            f"{name} of {layout.title} was not found. Send the sheet with the columns {columns}, "
            "even where no row stands under them."
        )
    return (
        f"The set lacks its main table, {module.code}, with the columns {columns}. Send it with the others."
    )


def _beside(table: Table, found: list[Recognised]) -> bool:
    """Whether a table is a sheet of a workbook that has a known sheet: notes and code lists are passed over."""
    book, sheet, _title = table.name.rpartition(", sheet ")
    return bool(sheet) and any(item.table.name.rpartition(", sheet ")[0] == book for item in found)


def _best(layout: Layout, table: Table) -> Recognised | None:
    places = _places(table)
    whole = [m for m in layout.modules if all(_column(m, field, places) is not None for field in m.required)]
    if not whole:
        return None
    module = max(whole, key=lambda m: (len(m.required), len(_columns(m, places))))
    _check_twice(module, table)
    return Recognised(module, _columns(module, places), table)


def _places(table: Table) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, heading in enumerate(table.headings):
        places.setdefault(plain(heading), index)
    places.pop("", None)
    return places


def _column(module: Module, field: str, places: dict[str, int]) -> int | None:
    return next(
        (places[plain(heading)] for heading in module.headings[field] if plain(heading) in places), None
    )


def _columns(module: Module, places: dict[str, int]) -> list[tuple[str, int]]:
    found = ((field, _column(module, field, places)) for field in module.headings)
    return [(field, index) for field, index in found if index is not None]


def _check_twice(module: Module, table: Table) -> None:
    wanted = {plain(heading) for headings in module.headings.values() for heading in headings}
    twice = [
        heading
        for heading, times in Counter(map(plain, table.headings)).items()
        if times > 1 and heading in wanted
    ]
    if twice:
        label = next(heading for heading in table.headings if plain(heading) == twice[0])
        raise Refused(f"{table.name} has the column {label} twice. Leave one of them out and send it again.")


def _labels(module: Module) -> list[str]:
    return [module.headings[field][0] for field in module.required]


def _unknown(layout: Layout, table: Table) -> str:
    """Name what is missing against the nearest module. What stands in the first row is named only where it can be headings."""
    places = _places(table)
    nearest = max(
        layout.modules,
        key=lambda m: sum(_column(m, field, places) is not None for field in m.required) / len(m.required),
    )
    lacking = [
        nearest.headings[field][0] for field in nearest.required if _column(nearest, field, places) is None
    ]
    wanted = {
        plain(heading)
        for module in layout.modules
        for headings in module.headings.values()
        for heading in headings
    }
    if wanted.isdisjoint(places):
        return f"{table.name} has none of the headings of {layout.title}. Its first row must hold {_listed(_labels(nearest))}."
    shown = [
        heading[:40] for heading in table.headings if heading and not any(char.isdigit() for char in heading)
    ]
    return f"{table.name} lacks the column {_listed(lacking)}. It has {_listed(shown[:12])}. Correct the headings and send it again."


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "none"
