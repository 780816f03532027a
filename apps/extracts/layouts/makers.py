"""Facts of one row from the specs of its layout, with every heading looked up once beforehand."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from apps.extracts.layouts.base import Fact
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.specs import Heading, InvolvementSpec, ObservationSpec, SightingSpec, When, name_of

Maker = Callable[[Cells], Fact | None]


def _holds(when: When | None) -> Callable[[Cells], bool]:
    if when is None:
        return lambda cells: True
    name, wanted = name_of(when[0]), {value.lower() for value in when[1]}
    if not wanted:
        return lambda cells: bool(cells.data.get(name))
    return lambda cells: cells.data.get(name, "").lower() in wanted


def _detail(fields: Mapping[str, Heading]) -> dict[str, str]:
    return {name: name_of(heading) for name, heading in fields.items()}


def _fields(*headings: Heading) -> tuple[str, ...]:
    return tuple(name_of(heading) if heading else "" for heading in headings)


def _key(cells: Cells, field: str, day: date | None) -> str:
    return (cells.ident(field) if field else "") or (day.isoformat() if day else "")


def involvement(spec: InvolvementSpec) -> Maker:
    start, end, key, category, worker, setting = _fields(
        spec.start, spec.end, spec.key, spec.category, spec.worker, spec.setting
    )
    holds, detail = _holds(spec.when), _detail(spec.detail)

    def make(cells: Cells) -> Fact | None:
        if not holds(cells):
            return None
        first, last = cells.span(start, end) if end else (cells.day(start), None)
        if first is None:
            if not cells.rejected and last:
                cells.problem("VALUE_MISSING", start)
            if not cells.rejected and (spec.when is not None or cells.data.get(key)):
                cells.problem("VALUE_MISSING", start)
            return None
        return Fact(
            "I",
            spec.service,
            _key(cells, key, first),
            first,
            last,
            setting_ref=cells.ident(setting) if setting else "",
            worker_ref=cells.ident(worker) if worker else "",
            category=cells.text(category) if category else "",
            detail=cells.details(detail),
            module=cells.row.module,
            row_no=cells.row.row_no,
        )

    return make


def sighting(spec: SightingSpec) -> Maker:
    on, by, how, key = _fields(spec.on, spec.by, spec.how, spec.key)
    holds, detail = _holds(spec.when), _detail(spec.detail)

    def make(cells: Cells) -> Fact | None:
        day = cells.day(on) if holds(cells) else None
        if day is None:
            return None
        return Fact(
            "S",
            "seen",
            _key(cells, key, day),
            day,
            text=cells.text(by) if by else "",
            category=cells.text(how) if how else "",
            detail=cells.details(detail),
            module=cells.row.module,
            row_no=cells.row.row_no,
        )

    return make


def observation(spec: ObservationSpec) -> Maker:
    on, until, value, part, whole, text, key = _fields(
        spec.on, spec.until, spec.value, spec.part, spec.whole, spec.text, spec.key
    )
    holds, detail = _holds(spec.when), _detail(spec.detail)

    def make(cells: Cells) -> Fact | None:
        day = cells.day(on) if holds(cells) else None
        if day is None:
            return None
        number = _percent(cells, part, whole) if part else cells.number(value) if value else None
        words = cells.text(text) if text else ""
        if number is None and not words:
            return None
        return Fact(
            "O",
            spec.measure,
            _key(cells, key, day),
            day,
            cells.day(until) if until else None,
            number,
            words,
            detail=cells.details(detail),
            module=cells.row.module,
            row_no=cells.row.row_no,
        )

    return make


def _percent(cells: Cells, part: str, whole: str) -> Decimal | None:
    some, every = cells.number(part), cells.number(whole)
    if some is None or not every:
        return None
    if not 0 <= some <= every:
        cells.problem("NUMBER_RANGE", part)
        return None
    return (some / every * 100).quantize(Decimal("0.1"))
