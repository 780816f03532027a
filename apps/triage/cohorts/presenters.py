"""A cohort in plain English, its children as a page and as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.core import spreadsheets, words
from apps.core.presenters import Cause
from apps.ragp.drafting import condition
from apps.ragp.models import Band
from apps.ragp.presenters import source_of, worded
from apps.triage.models import Cohort, CohortCount, CohortStay
from apps.triage.presenters import school_of

MARKING = "OFFICIAL-SENSITIVE: PERSONAL"
HEADINGS = (
    "Surname",
    "Forename",
    "Date of birth",
    "Year",
    "School or setting",
    "Rating",
    "In the cohort since",
    "By which facts",
)


@dataclass(frozen=True)
class Row:
    """One child of a cohort."""

    stay: CohortStay
    note: str
    band: Band | None
    causes: list[Cause]
    href: str


def read_back(conditions: Sequence[Mapping[str, Any]], unseen_days: int | None) -> list[str]:
    """Each condition as a sentence."""
    said = [f"{condition(each)}." for each in conditions]
    if unseen_days:
        said.append(
            f"Nobody who reports it has seen the child for {words.count(unseen_days, 'day')} or more."
        )
    return said


def lines(cohort: Cohort) -> list[str]:
    """A cohort read back."""
    return read_back(cohort.conditions, cohort.unseen_days)


def facts(stay: CohortStay) -> list[Cause]:
    """By which facts a child fits; whoever may read the stay may be told all of them."""
    return [Cause("+", worded(each), _source(each)) for each in stay.contributions]


def _source(fact: Mapping[str, Any]) -> str:
    since = fact.get("since")
    parts = (
        source_of(fact["service"]) if fact["service"] else "last seen",
        words.day(date.fromisoformat(since)) if since else "",
    )
    return ", ".join(part for part in parts if part)


def row(stay: CohortStay, bands: Mapping[str, Band], standing: Mapping[int, str]) -> Row:
    """One line of the list."""
    child = stay.child
    note = ", ".join(part for part in (words.short_age(child.dob), school_of(child)) if part)
    href = reverse("profiles:child", args=[child.public_id])
    return Row(stay, note, bands.get(standing.get(child.pk, "")), facts(stay), href)


def cells(shown: Row) -> list[spreadsheets.Cell]:
    """One line of a file."""
    child = shown.stay.child
    return [
        child.surname, child.forename, child.dob, words.school_year(child.year_group), school_of(child),
        shown.band.label if shown.band else "Not rated", timezone.localdate(shown.stay.entered_at),
        "; ".join(f"{each.text} ({each.source})" for each in shown.causes),
    ]  # fmt: skip


def file(cohort: Cohort, rows: Sequence[Row], form: str) -> bytes:
    """The list as it leaves the service."""
    table = [cells(each) for each in rows]
    if form == "csv":
        return spreadsheets.csv_bytes(HEADINGS, table)
    about = [
        ("Cohort", cohort.name),
        ("Marking", MARKING),
        ("Who is in it", " ".join(lines(cohort))),
        ("Worked out", words.moment(cohort.worked_out_at)),
        ("Children", str(len(rows))),
        ("Who is not", "Children you do not reach, and those whose facts are not shared with your agency."),
    ]
    return spreadsheets.xlsx_bytes(cohort.name, MARKING, HEADINGS, table, about)


def most(counts: Sequence[CohortCount]) -> int:
    """The largest of the counts, for the bars."""
    return max((each.children for each in counts), default=0)
