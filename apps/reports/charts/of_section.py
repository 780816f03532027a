"""The drawing of one figure, from the very cells of its table."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from apps.core.vega import BANDS, INK, TINTS, Drawing
from apps.reports.charts import specs
from apps.reports.charts.parts import MOST
from apps.reports.figures import Drawn
from apps.reports.sections import Cell, Row, Section

Found = list[dict[str, Any]]


def drawn(sections: Sequence[Section]) -> list[Section]:
    """The sections with their drawings."""
    return [replace(section, drawing=drawing(section)) for section in sections]


def drawing(section: Section) -> Drawing | None:
    """The figure as its kind is drawn; none where it has nothing to show."""
    kind = section.figure.drawn
    if kind == Drawn.NOT or not any(_told(kind, row) for row in section.rows):
        return None
    rows = _named_apart([row for row in section.rows if any(cell.number != 0 for cell in row.cells)][:MOST])
    return Drawing(_says(section, rows), DRAWERS[kind](section, rows))


def _told(kind: Drawn, row: Row) -> int:
    """How many children a line speaks of, as far as that is told."""
    cells = row.cells[:1] if kind in (Drawn.BARS, Drawn.WITHIN) else row.cells
    return sum(cell.number for cell in cells if isinstance(cell.number, int))


def _named_apart(rows: list[Row]) -> list[Row]:
    """Two schools of one name are two lines."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.label] += 1
        if seen[row.label] > 1:
            rows[rows.index(row)] = replace(row, label=f"{row.label}, no. {seen[row.label]}")
    return rows


def _says(section: Section, rows: list[Row]) -> str:
    """What is most, in words, as far as it is told."""
    told = sorted(((_told(section.figure.drawn, row), row.label) for row in rows), key=lambda pair: -pair[0])[
        :3
    ]
    most = ", ".join(f"{label} {number:,}" for number, label in told if number)
    return f"Drawing of “{section.figure.title}”. Most: {most}. The table with it has every number."


def _bars(section: Section, rows: list[Row]) -> Callable[[int], specs.Spec]:
    values = [_bar(row, bool(section.compared)) for row in rows]
    return partial(specs.bars, values, before=section.compared)


def _bar(row: Row, before: bool) -> dict[str, Any]:
    fill, edge = BANDS[row.band.colour] if row.band else (TINTS[1], TINTS[1])
    now, was = row.cells[0].number, row.cells[1].number if before else None
    end = max(now or 0, was or 0) if now is not None else 0
    return {"line": row.label, "now": now, "before": was, "end": end, "said": row.cells[0].text, "fill": fill, "edge": edge}  # fmt: skip


def _within(section: Section, rows: list[Row]) -> Callable[[int], specs.Spec]:
    names, values = section.heads[1:3], []
    for row in rows:
        whole, part = row.cells[:2]
        said = f"{part.text} of {whole.text}"
        values += [
            {"line": row.label, "part": name, "number": cell.number, "end": whole.number or 0, "said": said if first else ""}
            for name, cell, first in ((names[0], whole, True), (names[1], part, False))
        ]  # fmt: skip
    return partial(specs.within, values, names)


def _apart(section: Section, rows: list[Row]) -> Callable[[int], specs.Spec]:
    names = section.heads[1:3]
    values = [
        {"line": row.label, "part": name, "place": way * (cell.number or 0), "said": "" if cell.number == 0 else cell.text}
        for row in rows
        for name, cell, way in zip(names, row.cells, (1, -1), strict=False)
    ]  # fmt: skip
    return partial(specs.apart, values, names)


def _shares(section: Section, rows: list[Row]) -> Callable[[int], specs.Spec]:
    names = section.heads[1:]
    values = [each for row in rows for each in _share(row, names)]
    return partial(specs.shares, values, names)


def _share(row: Row, names: tuple[str, ...]) -> Found:
    """A line with a part that is withheld is not drawn: its other parts would look like the whole."""
    whole = sum(_count(cell) for cell in row.cells)
    withheld = any(cell.number is None for cell in row.cells)
    if withheld or not whole:
        instead = "withheld in part" if withheld else "none"
        return [_piece(row.label, names[0], Cell(0), 0, 1, len(names)) | {"instead": instead}]
    line = f"{row.label} ({whole:,})"
    pieces = enumerate(zip(names, row.cells, strict=True))
    return [_piece(line, name, cell, place, whole, len(names)) for place, (name, cell) in pieces]


def _piece(line: str, name: str, cell: Cell, place: int, whole: int, parts: int) -> dict[str, Any]:
    on = specs.ON[TINTS.index(specs.tints(parts)[place])]
    share = _count(cell) / whole
    return {"line": line, "part": name, "number": cell.number, "order": place, "said": cell.text, "share": share, "on": on}  # fmt: skip


def _count(cell: Cell) -> int:
    return cell.number if isinstance(cell.number, int) else 0


def _moves(section: Section, rows: list[Row]) -> Callable[[int], specs.Spec]:
    names = section.heads[1:]
    told = [cell.number for row in section.rows for cell in row.cells if isinstance(cell.number, int)]
    values = [
        _move(row.label, name, cell, max(told))
        for row in section.rows
        for name, cell in zip(names, row.cells, strict=True)
    ]
    return partial(specs.moves, values, names)


def _move(row: str, to: str, cell: Cell, most: int) -> dict[str, Any]:
    number = _count(cell)
    said = "" if cell.number == 0 else cell.text
    return {"from": row, "to": to, "number": number, "said": said, "on": "#fff" if number > most / 2 else INK}


DRAWERS: dict[Drawn, Callable[[Section, list[Row]], Callable[[int], specs.Spec]]] = {
    Drawn.BARS: _bars, Drawn.WITHIN: _within, Drawn.APART: _apart, Drawn.SHARES: _shares, Drawn.MOVES: _moves,
}  # fmt: skip
