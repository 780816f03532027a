"""One-row-per-involvement files as data: which heading is what, and the Layout that follows from it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from apps.core import values
from apps.extracts.layouts import makers
from apps.extracts.layouts.base import BROKEN, Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.identity import Person, merged, person_of
from apps.extracts.layouts.specs import (
    Heading,
    InvolvementSpec,
    ObservationSpec,
    SightingSpec,
    conditions,
    name_of,
    spellings,
)

__all__ = ["Heading", "InvolvementSpec", "ObservationSpec", "SightingSpec", "TabularLayout"]


@dataclass(frozen=True)
class TabularLayout:
    """A file of one row per involvement (or per child): whose id it is, who the child is and what each row says.

    ``person`` maps NameFields and AddressFields names (surname, dob, nhs_number, address, died_on ...) to headings; ``address``
    may be a list of headings, joined. ``restricted`` names a column whose yes hides the child.
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
        labels = {name: accepted[0] for name, accepted in headings.items()}
        begins = [
            *(s.start for s in self.involvements),
            *(s.on for s in self.sightings),
            *(s.on for s in self.observations),
        ]
        required = ("local_id", *(name for name in map(name_of, begins) if name not in self.optional))
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


def _headings(spec: TabularLayout) -> dict[str, tuple[str, ...]]:
    found = {"local_id": spellings(spec.local_id)}
    for name, heading in spec.person.items():
        if isinstance(heading, list):
            found.update({f"{name}:{number}": spellings(line) for number, line in enumerate(heading)})
        else:
            found[name] = spellings(heading)
    found.update({name_of(heading): spellings(heading) for heading in _used(spec) if heading})
    return found


def _used(spec: TabularLayout) -> Iterator[Heading]:
    yield spec.restricted
    for inv in spec.involvements:
        yield from (inv.start, inv.end, inv.key, inv.category, inv.worker, inv.setting, *conditions(inv))
    for seen in spec.sightings:
        yield from (seen.on, seen.by, seen.how, seen.key, *conditions(seen))
    for obs in spec.observations:
        yield from (obs.on, obs.until, obs.value, obs.part, obs.whole, obs.text, obs.key, *conditions(obs))


def _reader(spec: TabularLayout, labels: dict[str, str]) -> Callable[[Bundle], Interpreted]:
    """The pure function that reads one bundle, with every heading looked up once beforehand."""
    lines = {
        name: [f"{name}:{n}" for n in range(len(heading))]
        for name, heading in spec.person.items()
        if isinstance(heading, list)
    }
    make = (
        *(makers.involvement(each) for each in spec.involvements),
        *(makers.sighting(each) for each in spec.sightings),
        *(makers.observation(each) for each in spec.observations),
    )
    restricted = name_of(spec.restricted) if spec.restricted else ""

    def interpret(bundle: Bundle) -> Interpreted:
        said: list[tuple[Cells, Person]] = []
        facts: list[Fact] = []
        read: list[Cells] = []
        hidden = False
        for row in bundle.rows:
            for name, parts in lines.items():
                row.data[name] = "\n".join(row.data[part] for part in parts if row.data.get(part))
            cells = Cells(row, labels)
            read.append(cells)
            words = person_of(cells)
            found = [fact for maker in make if (fact := maker(cells)) is not None]
            if not cells.rejected:
                said.append((cells, words))
                facts.extend(found)
                hidden = hidden or values.is_yes(row.data.get(restricted, ""))
        person = merged(said) if said else None
        return Interpreted(person, facts, [problem for cells in read for problem in cells.problems], hidden)

    return interpret
