"""What a layout is: files to rows, headings to fields, and a bundle of rows to one person and their facts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

#: Under this name a staged row carries the code of the rule its very shape breaks.
BROKEN = "!"


class RawRow(NamedTuple):
    """A staged row: its table of the set, its number as the spreadsheet shows it, its texts by field name."""

    module: str
    row_no: int
    data: dict[str, str]
    hash: str = ""


class Bundle(NamedTuple):
    """Every row of one extract about one local id, in file order."""

    local_id: str
    rows: list[RawRow]


@dataclass(slots=True)
class Fact:
    """One dated fact; the columns of ``extracts.StagedFact``.

    ``key`` tells facts of one code on one record apart and must be stable from week to week (an episode id, else
    the ISO start date).
    """

    kind: Literal["I", "S", "O"]
    code: str
    key: str
    start_on: date | None = None
    end_on: date | None = None
    value: Decimal | None = None
    text: str = ""
    setting_ref: str = ""
    worker_ref: str = ""
    category: str = ""
    detail: dict[str, str] = field(default_factory=dict)
    module: str = ""
    row_no: int = 0


@dataclass(slots=True)
class Problem:
    """A finding about one row: ``error`` rejects the row, ``warning`` keeps it.

    The message names the remedy, never the data.
    """

    module: str
    row_no: int
    code: str
    severity: Literal["error", "warning"]
    field: str
    message: str


@dataclass(slots=True)
class Interpreted:
    """What a bundle says.

    ``person`` holds NameFields and AddressFields by name (missing = not said), or None when every row was rejected.
    """

    person: dict[str, object] | None
    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    restricted: bool = False


@dataclass(frozen=True)
class Module:
    """One file or table of a layout: how to know it by its headings, and which column holds the local id."""

    code: str
    headings: Mapping[str, tuple[str, ...]]  # our field name -> accepted headings, however spaced or cased
    required: tuple[str, ...]  # our field names that must be there
    local_id: str | Callable[[dict[str, str]], str]  # field name, or a function of the row's data
    join: str = ""  # a field that joins this table to the main one when it carries no local id itself
    own: str = ""  # the field of this table's own row id, where other tables join it in turn
    notes: Callable[[dict[str, str]], bool] | None = (
        None  # tells a first row of instructions, which is no data
    )


@dataclass(frozen=True)
class XmlForm:
    """How a set of tables also comes as one XML file: the element of a child, and the rows of tables inside it."""

    element: str
    rows: Callable[
        [Mapping[str, str]], Iterator[tuple[str, dict[str, str]]]
    ]  # texts by path to (module, data)


@dataclass(frozen=True)
class Layout:
    """A kind of file set: its modules as data and the pure function that reads one bundle."""

    code: str
    title: str
    modules: tuple[Module, ...]
    interpret: Callable[[Bundle], Interpreted]
    kind: Literal["csv", "xml"] = "csv"  # csv layouts also take xlsx with the same headings
    xml: XmlForm | None = None  # for csv layouts that may come as XML too: the files decide
    needed: tuple[str, ...] = ()  # modules a set may not lack, by code; the first one where none is named
