"""What a school census counts of one pupil: exclusions, needs and attendance."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from apps.core import values
from apps.extracts.layouts import codes
from apps.extracts.layouts.base import Fact
from apps.extracts.layouts.cells import Cells

ZERO = Decimal(0)
MOST_SESSIONS = Decimal(400)


def exclusions(rows: list[Cells]) -> list[Fact]:
    """Suspensions (also of lunchtimes) and permanent exclusions; two on one day are told apart by their order."""
    facts: list[Fact] = []
    days: dict[str, int] = defaultdict(int)
    for cells in rows:
        day, category = cells.needed_day("startdate"), cells.code("category", codes.EXCLUSIONS)
        sessions = cells.number("sessions", ZERO, MOST_SESSIONS)
        if day is None:
            continue
        measure = "permanent_exclusion" if category == "PERM" else "suspension"
        key = f"{measure}/{day.isoformat()}"
        days[key] += 1
        key = day.isoformat() if days[key] == 1 else f"{day.isoformat()}/{days[key]}"
        facts.append(
            Fact(
                "O",
                measure,
                key,
                day,
                value=sessions,
                category=category,
                detail=_reasons(cells),
                module=cells.row.module,
                row_no=cells.row.row_no,
            )
        )
    return facts


def _reasons(cells: Cells) -> dict[str, str]:
    """Up to three reasons; before 2020 there was one column of them."""
    said = (
        cells.code(field, codes.EXCLUSION_REASONS)
        for field in ("reason1", "reason2", "reason3")
        if cells.data.get(field)
    )
    reasons = list(dict.fromkeys(filter(None, said)))
    return {"Reasons": ", ".join(reasons)} if reasons else {}


def meals(rows: list[Cells]) -> list[Fact]:
    """Free school meals: a period each; one that ends before it starts is left out with a warning."""
    facts = []
    for cells in rows:
        start, end = cells.day("fsmstartdate", "DATE_CHECK"), cells.day("fsmenddate", "DATE_CHECK")
        if start and end and end < start:
            cells.problem("DATE_ORDER", "fsmenddate")
        elif start:
            facts.append(
                Fact("O", "free_school_meals", start.isoformat(), start, end, text="Yes", module=cells.row.module,
                     row_no=cells.row.row_no)
            )  # fmt: skip
    return facts


def needs(rows: list[Cells]) -> list[Fact]:
    """The need of the first rank, the others beside it."""
    ranked = sorted(
        rows,
        key=lambda cells: (
            values.parse_number(cells.data.get("sentyperank", "")) or Decimal(99),
            cells.row.row_no,
        ),
    )
    if not ranked:
        return []
    first = ranked[0]
    others = ", ".join(cells.text("sentype", 40).upper() for cells in ranked[1:])
    return [
        Fact(
            "O",
            "sen_need",
            "census",
            text=first.code("sentype", codes.SEN_TYPES),
            detail={"others": others} if others else {},
            module=first.row.module,
            row_no=first.row.row_no,
        )
    ]


def attendance(pupils: list[Cells], sessions: list[Cells]) -> list[Fact]:
    """Percent of possible sessions attended in the term: possible less absences, which is what a census holds."""
    if not pupils or not (possible := pupils[0].number("possible", ZERO, MOST_SESSIONS)):
        return []
    absent = missed(sessions)
    cells = sessions[0] if sessions else pupils[0]
    if absent > possible:
        cells.problem("NUMBER_RANGE", "sessions")
        return []
    percent = ((possible - absent) / possible * 100).quantize(Decimal("0.1"))
    return [
        Fact(
            "O",
            "attendance",
            "census",
            value=percent,
            detail={"possible": f"{possible.normalize():f}", "missed": f"{absent.normalize():f}"},
            module=cells.row.module,
            row_no=cells.row.row_no,
        )
    ]


def missed(sessions: Iterable[Cells]) -> Decimal:
    """The sessions of absence, with leave or without; a code of no set is named and counts for nothing."""
    absent = ZERO
    for cells in sessions:
        code = cells.text("attendancereason", 40).upper()
        if code in codes.AUTHORISED or code in codes.UNAUTHORISED:
            absent += cells.number("sessions", ZERO, MOST_SESSIONS) or ZERO
        elif code not in codes.PRESENT and code not in codes.NOT_COUNTED:
            cells.problem("CODE_UNKNOWN", "attendancereason")
    return absent
