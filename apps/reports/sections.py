"""A reading as tables, the same for page, paper and workbook."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.core.presenters import NOT_RATED, Band, Column
from apps.core.vega import Drawing
from apps.reports import rules
from apps.reports.figures import About, Figure, Named
from apps.reports.reading import Numbers, Reading

#: What the first column is called where the figure does not say.
HEADS = {Named.BANDS: "Rating", Named.SERVICES: "Service"}


@dataclass(frozen=True)
class Cell:
    """A number of a table: None is withheld, "" is not there; ``key`` leads to its rows."""

    number: int | float | str | None
    key: str = ""
    before: int | str | None = ""

    @property
    def text(self) -> str:
        """As it is read on paper."""
        return (
            "withheld"
            if self.number is None
            else f"{self.number:,}"
            if isinstance(self.number, int | float)
            else self.number
        )


@dataclass(frozen=True)
class Row:
    """A line of a table."""

    label: str
    cells: tuple[Cell, ...]
    band: Band | None = None
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A figure as a table."""

    figure: Figure
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    compared: str = ""
    left_out: int = 0
    empty: str = ""
    drawing: Drawing | None = None

    @property
    def columns(self) -> list[Column]:
        """Its headings as the table component takes them; a figure's name is there already for who sees it."""
        return [Column(self.heads[0]), *(Column(head, align="r") for head in self.heads[1:])]

    @property
    def compares(self) -> bool:
        """Whether beneath some number stands by how much it has changed."""
        return any(cell.before for row in self.rows for cell in row.cells)


def sections(reading: Reading) -> list[Section]:
    """Every figure of the reading in its order."""
    return [section(reading, figure) for figure in reading.figures.values()]


def section(reading: Reading, figure: Figure) -> Section:
    """One figure as a table."""
    if figure.about == About.FEEDS:
        return _sources(reading, figure)
    if figure.columns or figure.moves:
        return _crossed(reading, figure)
    return _listed(reading, figure)


def _listed(reading: Reading, figure: Figure) -> Section:
    now, people = reading.now(figure.code), reading.people if figure.about == About.CHILDREN else None
    weeks = [(reading.before, reading.before_label), (reading.year, "Year before")]
    told = [(label, reading.of(report, figure.code)) for report, label in weeks if report]
    heads = [figure.head or HEADS.get(figure.rows, "What"), "Now", *(label for label, _ in told)]
    heads += ["Difference"] * bool(reading.before) + ["Per 10,000"] * bool(people)
    others = [numbers for _, numbers in told]
    rows = tuple(_line(reading, figure, part, others, people) for part in reading.parts(figure, now))
    compared = reading.before_label if reading.before else ""
    return Section(figure, tuple(heads), rows, compared, empty=_empty(reading, figure))


def _line(reading: Reading, figure: Figure, part: str, others: list[Numbers], people: int | None) -> Row:
    number = reading.now(figure.code).get(part, 0)
    cells = [Cell(number, part), *(Cell(numbers.get(part, 0)) for numbers in others)]
    if reading.before:
        cells.append(Cell(difference(number, others[0].get(part, 0))))
    if people:
        cells.append(Cell(None if number is None else rules.per_10_000(number, people)))
    return Row(reading.label(figure, part), tuple(cells), _band(reading, figure, part))


def _crossed(reading: Reading, figure: Figure) -> Section:
    now, before = reading.now(figure.code), None
    if reading.before and (reading.before.basis["begun"] or not _of_a_week(figure)):
        before = reading.of(reading.before, figure.code)
    columns = _columns(reading, figure)
    parts = [*columns] if figure.moves else reading.parts(figure, now)
    shown = parts[: figure.most] if figure.most else parts

    def line(part: str) -> Row:
        cells = (
            Cell("–") if figure.moves and part == column else _crossing(f"{part}/{column}", now, before)
            for column in columns
        )
        return Row(reading.label(figure, part), tuple(cells), _band(reading, figure, part))

    heads, left, empty = (figure.head, *columns.values()), len(parts) - len(shown), _empty(reading, figure)
    return Section(figure, heads, tuple(map(line, shown)), left_out=left, empty=empty)


def _of_a_week(figure: Figure) -> bool:
    """Whether it is of what came and went: in the first week of all that is everything, and nothing to compare with."""
    return figure.moves or "differ" in figure.adds_up


def _crossing(key: str, now: Numbers, before: Numbers | None) -> Cell:
    number = now.get(key, 0)
    moved = difference(number, before.get(key, 0)) if before is not None else ""
    return Cell(number, key, "" if moved == "0" else moved)


def _columns(reading: Reading, figure: Figure) -> Mapping[str, str]:
    if figure.moves:
        return {code: band.label for code, band in reading.bands.items()} | {"none": NOT_RATED.label}
    return figure.columns


def _sources(reading: Reading, figure: Figure) -> Section:
    now = reading.report.figures.get(figure.code, {})
    rows = [
        Row(words, (Cell(len(names)),), note=", ".join(names))
        for state, words in figure.words.items()
        for names in [
            sorted(
                reading.feeds.get(rules.parted(key)[1], rules.parted(key)[1])
                for key in now
                if rules.parted(key)[0] == state
            )
        ]
    ]
    return Section(figure, (figure.head, "Sources"), tuple(rows))


def _band(reading: Reading, figure: Figure, part: str) -> Band | None:
    return reading.bands.get(part, NOT_RATED) if figure.rows == Named.BANDS else None


def _empty(reading: Reading, figure: Figure) -> str:
    if figure.code == "unseen" and not reading.report.basis["standards"]:
        return "No standard has been entered for how soon children of a rating are seen."
    if _of_a_week(figure):
        return (
            ""
            if reading.report.basis["begun"]
            else "Nothing was held when the week began: everything is new."
        )
    return ""


def difference(now: int | None, before: int | None) -> str:
    """ "+3", "−2" or "0"; nothing where either number is withheld."""
    if now is None or before is None:
        return ""
    return f"+{now - before:,}" if now > before else f"−{before - now:,}" if before > now else "0"
