"""A worksheet that is given its rows whole: a thousand lists are written in the time that cell by cell takes for three hundred."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

#: What no XML holds, and what a spreadsheet program would take for the code of it.
ODD = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
FIRST = date(1899, 12, 30)


class QuickSheet(Worksheet):
    """Rows below the heading, as words and days alone: nothing in them is a formula or an address."""

    rows: Sequence[Sequence[str | date | None]] = ()

    def hold(self, rows: Sequence[Sequence[str | date | None]], columns: int, words: Any, days: Any) -> None:
        """Keep the rows until the file is written; words and days are the formats of their cells."""
        self.rows, self.words, self.days = rows, words, days
        self.letters = [xl_col_to_name(number) for number in range(columns)]
        # what the sheet says of its own size, which some programs read no further than
        self._check_dimensions(0, 0)
        self._check_dimensions(max(len(rows), 1), columns - 1)

    def _write_rows(self) -> None:
        super()._write_rows()  # the heading
        words, days = self.words._get_xf_index(), self.days._get_xf_index()
        out: Any = self.fh  # open by now
        out.write("".join(self._lines(words, days)))

    def _lines(self, words: int, days: int) -> Iterable[str]:
        for line, row in enumerate(self.rows, 2):
            yield f'<row r="{line}">'
            for letter, value in zip(self.letters, row, strict=True):
                if isinstance(value, date):
                    yield f'<c r="{letter}{line}" s="{days}"><v>{(value - FIRST).days}</v></c>'
                elif value:
                    yield f'<c r="{letter}{line}" s="{words}" t="inlineStr"><is>{in_xml(value)}</is></c>'
            yield "</row>"


def in_xml(text: str) -> str:
    """A cell's words."""
    kept = "" if text == text.strip() else ' xml:space="preserve"'
    if ODD.search(text):
        text = ODD.sub(lambda found: "".join(coded(found[0])), text)
    return f"<t{kept}>{escape(text)}</t>"


def coded(odd: str) -> Iterable[str]:
    """Each character that no XML holds as its code; an underscore that would begin a code, as the code of it."""
    if odd.startswith("_x"):
        return ["_x005F", odd]
    return [f"_x{ord(odd):04X}_"]
