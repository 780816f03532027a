"""What is wrong with a mapping before it is saved: one sentence for each column, or for the whole where no column is at fault."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from apps.extracts.layouts.fields import DATE_FORMS, FIELDS
from apps.extracts.recognise import plain


class Fault(NamedTuple):
    """A sentence and the column it belongs to; None where it belongs to the whole."""

    column: int | None
    sentence: str


#: A field, what it cannot be without, and what to do.
NEEDS = (
    ("end", "start", "Choose the column that says when the involvement started, or leave this one out."),
    ("key", "start", "Choose the column that says when the involvement started, or leave this one out."),
    ("category", "start", "Choose the column that says when the involvement started, or leave this one out."),
    ("worker", "start", "Choose the column that says when the involvement started, or leave this one out."),
    ("setting", "start", "Choose the column that says when the involvement started, or leave this one out."),
    ("service", "start", "Choose the column that says when the involvement started, or leave this one out."),
    ("seen_by", "seen_on", "Choose the column with the day the child was seen, or leave this one out."),
    ("seen_how", "seen_on", "Choose the column with the day the child was seen, or leave this one out."),
    ("value", "observed_on", "Choose the column with the day of the measure, or leave this one out."),
    ("text", "observed_on", "Choose the column with the day of the measure, or leave this one out."),
    (
        "observed_until",
        "observed_on",
        "Choose the column with the day of the measure, or leave this one out.",
    ),
)


def faults(spec: Mapping[str, Any]) -> list[Fault]:
    """Everything that keeps a mapping from being saved."""
    columns = spec["columns"]
    where = {column["field"]: number for number, column in reversed(list(enumerate(columns)))}
    found = [fault for number in range(len(columns)) for fault in _of_column(number, columns)]
    if "local_id" not in where:
        found.insert(
            0,
            Fault(None, "Choose the column that holds the child's id: without it no row belongs to anybody."),
        )
    found += [
        Fault(where[field], said) for field, lacks, said in NEEDS if field in where and lacks not in where
    ]
    return found + _constants(spec, where)


def _of_column(number: int, columns: list[Mapping[str, Any]]) -> list[Fault]:
    column = columns[number]
    field, found = column["field"], []
    if not field:
        return []
    if field not in FIELDS or column.get("dates", "") not in DATE_FORMS:
        return [Fault(number, "Choose a field from the list.")]
    before = columns[:number]
    if not FIELDS[field].many and any(other["field"] == field for other in before):
        found.append(
            Fault(number, f"{FIELDS[field].label} is already another column. Choose one of the two.")
        )
    if not plain(column["heading"]):
        found.append(
            Fault(
                number, "This column has no heading to know it by. Give it one in the file, or leave it out."
            )
        )
    alike = Counter(plain(other["heading"]) for other in columns)
    if alike[plain(column["heading"])] > 1:
        found.append(
            Fault(number, "Two columns have this heading. Rename one of them in the file, or leave both out.")
        )
    return found


def _constants(spec: Mapping[str, Any], where: Mapping[str, int]) -> list[Fault]:
    """The service and the measure of every row, where no column says them."""
    found = []
    if "start" in where and "service" not in where and not spec.get("service"):
        found.append(Fault(None, "Choose the service these rows are about, or the column that says it."))
    if "service" in where and spec.get("service"):
        found.append(
            Fault(None, "Choose the service of every row, or the column that says it, but not both.")
        )
    if "start" not in where and spec.get("service"):
        found.append(Fault(None, "Choose the column that says when the involvement started, or no service."))
    measured = "observed_on" in where and ("value" in where or "text" in where)
    if "observed_on" in where and not (measured and spec.get("measure")):
        found.append(Fault(None, "Choose the measure, and the column with its number or its words."))
    if spec.get("measure") and "observed_on" not in where:
        found.append(Fault(None, "Choose the column with the day of the measure, or no measure."))
    return found
