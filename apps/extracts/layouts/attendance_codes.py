"""Attendance counted by code, and suspensions, as flat files: what a school's system exports between two censuses."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

from apps.core import values
from apps.extracts.layouts import codes
from apps.extracts.layouts.base import Bundle, Fact, Interpreted, Layout, Module
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.census_counts import MOST_SESSIONS, ZERO, exclusions, missed
from apps.extracts.layouts.identity import merged, person_of

CHILD = {
    "upn": ("UPN", "Unique Pupil Number"),
    "surname": ("Surname", "Last Name", "Legal surname"),
    "forename": ("Forename", "First Name", "Legal forename"),
    "dob": ("Date of Birth", "DOB"),
    "sex": ("Gender", "Sex"),
    "school": ("School URN", "URN", "NativeId", "LAEstab"),
}
ATTENDANCE = {
    **CHILD,
    "from": ("Period Start", "From"),
    "until": ("Period End", "To"),
    "attendancereason": ("Attendance Code", "attendancereason", "Mark"),
    "sessions": ("Sessions",),
}
SUSPENSIONS = {
    **CHILD,
    "startdate": ("Start Date", "startdate"),
    "category": ("Category",),
    "sessions": ("Sessions",),
    "reason1": ("Reason 1", "Reason"),
    "reason2": ("Reason 2",),
    "reason3": ("Reason 3",),
    "senprovision": ("SEN Provision", "senprovision"),
}
LABELS = {field: headings[0] for field, headings in {**SUSPENSIONS, **ATTENDANCE}.items()}


def _upn(data: dict[str, str]) -> str:
    return values.upn(data.get("upn", ""))


def by_code(rows: list[Cells]) -> list[Fact]:
    """Percent attended of the sessions that count, one a school and period: present, absent with leave and without."""
    periods: dict[tuple[str, str], list[Cells]] = defaultdict(list)
    for cells in rows:
        if (day := cells.needed_day("until")) and not cells.rejected:
            periods[cells.ident("school"), day.isoformat()].append(cells)
    return [fact for (school, day), found in periods.items() if (fact := _period(school, day, found))]


def _period(school: str, day: str, rows: list[Cells]) -> Fact | None:
    present = sum((_sessions(cells) for cells in rows if _mark(cells) in codes.PRESENT), ZERO)
    absent = missed(rows)
    if not (possible := present + absent):
        return None
    first = rows[0]
    return Fact(
        "O",
        "attendance",
        f"{school}/{day}",
        first.day("until"),
        value=(present / possible * 100).quantize(Decimal("0.1")),
        detail={
            "possible": f"{possible.normalize():f}",
            "missed": f"{absent.normalize():f}",
            **first.details({"From": "from", "School (URN)": "school"}),
        },
        module=first.row.module,
        row_no=first.row.row_no,
    )


def _mark(cells: Cells) -> str:
    return cells.data.get("attendancereason", "").upper()


def _sessions(cells: Cells) -> Decimal:
    return cells.number("sessions", ZERO, MOST_SESSIONS) or ZERO


def _reader(facts_of: Callable[[list[Cells]], list[Fact]]) -> Callable[[Bundle], Interpreted]:
    def interpret(bundle: Bundle) -> Interpreted:
        read = [Cells(row, LABELS) for row in bundle.rows]
        said = [(cells, person_of(cells)) for cells in read]
        facts = facts_of(read)
        rejected = {(cells.row.module, cells.row.row_no) for cells in read if cells.rejected}
        said = [(cells, words) for cells, words in said if not cells.rejected]
        return Interpreted(
            merged(said) if said else None,
            [fact for fact in facts if (fact.module, fact.row_no) not in rejected],
            [problem for cells in read for problem in cells.problems],
        )

    return interpret


FactsOf = Callable[[list[Cells]], list[Fact]]


def _flat(
    code: str, title: str, headings: dict[str, tuple[str, ...]], needed: str, facts_of: FactsOf
) -> Layout:
    return Layout(code, title, (Module(code, headings, tuple(needed.split()), _upn),), _reader(facts_of))


LAYOUTS = [
    _flat(
        "attendance_codes", "attendance by code", ATTENDANCE, "upn until attendancereason sessions", by_code
    ),
    _flat("suspensions", "suspensions and exclusions", SUSPENSIONS, "upn startdate category", exclusions),
]
