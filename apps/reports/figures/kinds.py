"""What a figure is: a statement that answers with rows, and the words that say what it counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class About(StrEnum):
    """What the rows of a figure are."""

    CHILDREN = "children"
    LISTS = "lists"
    FEEDS = "sources"


class Named(StrEnum):
    """Where the word for the first part of a key comes from."""

    BANDS = "bands"
    SERVICES = "services"
    SCHOOLS = "schools"
    FEEDS = "feeds"
    PLACEMENTS = "placements"
    SECTORS = "sectors"
    WORDS = "words"


class Drawn(StrEnum):
    """How a figure is drawn."""

    BARS = "bars"  # a bar for each line
    SHARES = "shares"  # the parts of each line end to end
    WITHIN = "within"  # one column as a part of the other
    APART = "apart"  # one column to the right, the other to the left
    MOVES = "moves"  # from line to column, the more the darker
    NOT = "not"


@dataclass(frozen=True)
class Figure:
    """A figure of the report. Its statement is ``apps/<app>/sql/figures/<code>.sql``: one row for each thing counted, under a key.

    A key has one part, or two with a stroke between them; then ``columns`` are the second ones.
    """

    code: str
    title: str
    definition: str
    source: str
    rows: Named
    words: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    head: str = ""
    about: About = About.CHILDREN
    app: str = "reports"
    #: Parts that add up to a figure told elsewhere: each first part by itself ("rows"), each second part ("columns"), all ("all");
    #: or of which it is told by how much they differ, as by two caseloads ("differ").
    adds_up: tuple[str, ...] = ()
    #: What to say beside its rows, where not knowing of a fact would put a child among them.
    partial: str = ""
    #: Whether schools and partners are given it each term.
    partners: bool = False
    #: Columns are bands too: from row to column.
    moves: bool = False
    #: How it is drawn beside its table.
    drawn: Drawn = Drawn.BARS
    #: How many rows are shown before the rest is left to the workbook.
    most: int = 0

    def whole(self) -> "Figure":
        """The same with every row shown."""
        return replace(self, most=0)
