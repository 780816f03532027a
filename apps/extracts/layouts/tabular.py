"""One-row-per-involvement files as data: a TabularLayout says which heading is what, and ``layout()`` makes the Layout.

A heading is the text of a column's first row, or a tuple of spellings of which the first is the one findings name.
Headings are compared without regard to case, spaces, hyphens and underscores.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from apps.core import values
from apps.extracts.layouts.base import BROKEN, Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import merged, person_of

Heading = str | tuple[str, ...]
#: Holds where the column has one of these values (compared without case); an empty tuple: where it is not blank.
When = tuple[Heading, tuple[str, ...]]


@dataclass(frozen=True)
class InvolvementSpec:
    """One involvement a row may hold: made where ``start`` is given and ``when`` holds. Without ``key`` the start date is its key."""

    service: str
    start: Heading
    end: Heading = ""
    key: Heading = ""
    category: Heading = ""
    worker: Heading = ""
    setting: Heading = ""
    detail: Mapping[str, Heading] = field(default_factory=dict)
    when: When | None = None


@dataclass(frozen=True)
class SightingSpec:
    """A day on which somebody saw the child: made where ``on`` is given. ``how`` and ``by`` are headings."""

    on: Heading
    by: Heading = ""
    how: Heading = ""
    key: Heading = ""
    detail: Mapping[str, Heading] = field(default_factory=dict)
    when: When | None = None


@dataclass(frozen=True)
class ObservationSpec:
    """A dated measure: a number (``value``), a percent of two columns (``part`` of ``whole``), or words (``text``)."""

    measure: str
    on: Heading
    until: Heading = ""
    value: Heading = ""
    part: Heading = ""
    whole: Heading = ""
    text: Heading = ""
    key: Heading = ""
    detail: Mapping[str, Heading] = field(default_factory=dict)
    when: When | None = None


@dataclass(frozen=True)
class TabularLayout:
    """A file of one row per involvement (or per child): whose id it is, who the child is and what each row says.

    ``person`` maps IdentityFields names (surname, forename, dob, sex, nhs_number, upn, address, postcode, died_on ...) to headings;
    ``address`` may be a list of headings, joined. ``restricted`` names a column whose yes hides the child.
    """

    code: str
    title: str
    local_id: Heading
    person: Mapping[str, Heading | list[str]]
    involvements: tuple[InvolvementSpec, ...] = ()
    sightings: tuple[SightingSpec, ...] = ()
    observations: tuple[ObservationSpec, ...] = ()
    restricted: Heading = ""
    optional: tuple[str, ...] = ()  # first spellings of start/on headings a file may lack
    upper_id: bool = False  # for ids that agencies type in either case

    def layout(self) -> Layout:
        """The Layout that reads such files."""
        headings = _headings(self)
        labels = {name: spellings[0] for name, spellings in headings.items()}
        started = (
            *(s.start for s in self.involvements),
            *(s.on for s in (*self.sightings, *self.observations)),
        )
        required = ("local_id", *(name for name in map(_name, started) if name not in self.optional))
        module = Module(self.code, headings, tuple(dict.fromkeys(required)), _identifier(self))
        return Layout(self.code, self.title, (module,), _reader(self, labels))


def _identifier(spec: TabularLayout) -> str | Callable[[dict[str, str]], str]:
    """How a row's id is read: an NHS number that is the id has to be right, for the whole row hangs on it."""
    if spec.person.get("nhs_number") == spec.local_id:
        return _nhs_id
    return _upper_id if spec.upper_id or spec.person.get("upn") == spec.local_id else "local_id"


def _upper_id(data: dict[str, str]) -> str:
    return values.upn(data.pop("local_id", ""))


def _nhs_id(data: dict[str, str]) -> str:
    number = values.nhs_number(data.pop("local_id", ""))
    if not number or values.nhs_number_valid(number):
        return number
    data[BROKEN] = "NHS_ID"
    return ""


def _spellings(heading: Heading) -> tuple[str, ...]:
    return (heading,) if isinstance(heading, str) else heading


def _name(heading: Heading) -> str:
    """The field of a heading that is not about the person: its first spelling."""
    return _spellings(heading)[0]


def _headings(spec: TabularLayout) -> dict[str, tuple[str, ...]]:
    found = {"local_id": _spellings(spec.local_id)}
    for name, heading in spec.person.items():
        if isinstance(heading, list):
            found.update({f"{name}:{number}": _spellings(line) for number, line in enumerate(heading)})
        else:
            found[name] = _spellings(heading)
    found.update({_name(heading): _spellings(heading) for heading in _used(spec) if heading})
    return found


def _used(spec: TabularLayout) -> Iterator[Heading]:
    yield spec.restricted
    for inv in spec.involvements:
        yield from (inv.start, inv.end, inv.key, inv.category, inv.worker, inv.setting)
    for seen in spec.sightings:
        yield from (seen.on, seen.by, seen.how, seen.key)
    for obs in spec.observations:
        yield from (obs.on, obs.until, obs.value, obs.part, obs.whole, obs.text, obs.key)
    for each in (*spec.involvements, *spec.sightings, *spec.observations):
        yield from each.detail.values()
        yield each.when[0] if each.when else ""


def _reader(spec: TabularLayout, labels: dict[str, str]) -> Callable[[Bundle], Interpreted]:
    """The pure function that reads one bundle, with every heading looked up once beforehand."""
    lines = {
        name: [f"{name}:{n}" for n in range(len(heading))]
        for name, heading in spec.person.items()
        if isinstance(heading, list)
    }
    makers = (
        *(_involvement(each) for each in spec.involvements),
        *(_sighting(each) for each in spec.sightings),
        *(_observation(each) for each in spec.observations),
    )
    restricted = _name(spec.restricted) if spec.restricted else ""

    def interpret(bundle: Bundle) -> Interpreted:
        said, facts, read, hidden = [], [], [], False
        for row in bundle.rows:
            for name, parts in lines.items():
                row.data[name] = "\n".join(row.data[part] for part in parts if row.data.get(part))
            cells = Cells(row, labels)
            read.append(cells)
            person = person_of(cells)
            found = [fact for make in makers if (fact := make(cells)) is not None]
            if not cells.rejected:
                said.append((cells, person))
                facts.extend(found)
                hidden = hidden or values.is_yes(row.data.get(restricted, ""))
        person = merged(said) if said else None
        return Interpreted(person, facts, [problem for cells in read for problem in cells.problems], hidden)

    return interpret


Maker = Callable[[Cells], Fact | None]


def _holds(when: When | None) -> Callable[[Cells], bool]:
    if when is None:
        return lambda cells: True
    name, wanted = _name(when[0]), {value.lower() for value in when[1]}
    if not wanted:
        return lambda cells: bool(cells.data.get(name))
    return lambda cells: cells.data.get(name, "").lower() in wanted


def _detail(fields: Mapping[str, Heading]) -> dict[str, str]:
    return {name: _name(heading) for name, heading in fields.items()}


def _fields(*headings: Heading) -> tuple[str, ...]:
    return tuple(_name(heading) if heading else "" for heading in headings)


def _key(cells: Cells, field: str, day: date | None) -> str:
    return (cells.ident(field) if field else "") or (day.isoformat() if day else "")


def _involvement(spec: InvolvementSpec) -> Maker:
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


def _sighting(spec: SightingSpec) -> Maker:
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


def _observation(spec: ObservationSpec) -> Maker:
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
