"""Any CSV or workbook by a saved mapping: which column is what, how it writes days, and what its values mean.

A mapping's spec is ``{"columns": [{"heading", "field", "dates", "meanings"}], "service", "measure", "id_is"}``. The version is
part of the module's code, and so of every row's hash: rows mapped anew are read again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from apps.extracts import valuemaps
from apps.extracts.layouts.base import Bundle, Interpreted, Layout, Problem
from apps.extracts.layouts.fields import FIELDS, PERSON, british
from apps.extracts.layouts.specs import Heading, InvolvementSpec, ObservationSpec, SightingSpec
from apps.extracts.layouts.tabular import TabularLayout
from apps.extracts.rules import RULES

KEEP = "="
ETHNICITIES = {
    "a)": "WHITE", "b)": "MIXED", "c)": "ASIAN", "d)": "BLACK", "e)": "OTHER", "f)": "NOT STATED",
}  # fmt: skip
SHORT_CODE = 4


class Column(NamedTuple):
    """One column of a mapping; ``name`` is the field's own, or numbered where several columns hold it."""

    name: str
    heading: str
    field: str
    dates: str
    meanings: Mapping[str, str]


def generic(spec: Mapping[str, Any], version: int) -> Layout:
    """The layout a version of a mapping describes."""
    columns = columns_of(spec)
    layout = _tabular(spec, columns).layout()
    headings = {column.name: (column.heading,) for column in columns}
    if spec.get("id_is") and spec["id_is"] not in headings:
        headings[spec["id_is"]] = headings["local_id"]
    # A column that is no longer there says nothing, which is not the same as saying that all is over
    module = replace(
        layout.modules[0], code=f"mapping-{version}", headings=headings, required=tuple(headings)
    )
    return replace(
        layout,
        code="generic",
        title="this feed's mapping",
        modules=(module,),
        interpret=_reading(columns, layout.interpret, {name: said[0] for name, said in headings.items()}),
    )


def columns_of(spec: Mapping[str, Any]) -> list[Column]:
    """The columns of a mapping that are used, each with the name its values are staged under."""
    found: list[Column] = []
    for number, column in enumerate(spec["columns"]):
        code = column["field"]
        if code not in FIELDS:
            continue
        lines = sum(1 for each in found if each.field == code)
        name = f"address:{lines}" if code == "address" else f"{code}:{number}" if FIELDS[code].many else code
        found.append(
            Column(name, column["heading"], code, column.get("dates", ""), column.get("meanings", {}))
        )
    return found


def _tabular(spec: Mapping[str, Any], columns: Iterable[Column]) -> TabularLayout:
    """The mapping as a layout of one row an involvement, whose headings are the names of fields."""
    used = {column.field for column in columns}
    names: dict[str, Heading] = {code: code if code in used else "" for code in FIELDS}
    detail: dict[str, Heading] = {
        column.heading: column.name for column in columns if column.field == "detail"
    }
    person: dict[str, Heading | list[str]] = {code: code for code in PERSON & used - {"address"}}
    if lines := [column.name for column in columns if column.field == "address"]:
        person["address"] = lines
    if spec.get("id_is") and spec["id_is"] not in person:
        person[spec["id_is"]] = "local_id"
    return TabularLayout(
        code="generic",
        title="",
        local_id="local_id",
        person=person,
        involvements=tuple(_involvements(spec, columns, names, detail)) if "start" in used else (),
        sightings=(_sighting(names, detail if "start" not in used else {}),) if "seen_on" in used else (),
        observations=(_observation(spec, names),) if spec.get("measure") else (),
        restricted=names["restricted"],
    )


def _involvements(
    spec: Mapping[str, Any],
    columns: Iterable[Column],
    names: Mapping[str, Heading],
    detail: Mapping[str, Heading],
) -> Iterable[InvolvementSpec]:
    """One for the service of every row, or one for each service a column names."""
    meant = next((set(c.meanings.values()) for c in columns if c.field == "service"), None)
    for service in sorted(meant - {"", KEEP}) if meant is not None else [spec.get("service", "")]:
        if service:
            yield InvolvementSpec(
                service,
                start="start",
                end=names["end"],
                key=names["key"],
                category=names["category"],
                worker=names["worker"],
                setting=names["setting"],
                detail=detail,
                when=("service", (service,)) if meant is not None else None,
            )


def _sighting(names: Mapping[str, Heading], detail: Mapping[str, Heading]) -> SightingSpec:
    return SightingSpec(on="seen_on", by=names["seen_by"], how=names["seen_how"], detail=detail)


def _observation(spec: Mapping[str, Any], names: Mapping[str, Heading]) -> ObservationSpec:
    return ObservationSpec(
        spec["measure"],
        on=names["observed_on"],
        until=names["observed_until"],
        value=names["value"],
        text=names["text"],
    )


def _reading(
    columns: list[Column], read: Callable[[Bundle], Interpreted], labels: Mapping[str, str]
) -> Callable[[Bundle], Interpreted]:
    """Days and values turned into what the layout reads; findings then name the file's own headings."""
    days = [(column.name, column.dates) for column in columns if column.dates]
    coded = [(column.name, meaning_of(column)) for column in columns if is_coded(column)]
    rule = RULES["CODE_UNKNOWN"]

    def interpret(bundle: Bundle) -> Interpreted:
        unknown: list[Problem] = []
        for row in bundle.rows:
            for name, form in days:
                if value := row.data.get(name):
                    row.data[name] = british(value, form)
            for name, meaning in coded:
                if value := row.data.get(name):
                    said = meaning(value)
                    row.data[name] = value if said is None else said
                    if said is None and name not in ("sex", "ethnicity"):
                        unknown.append(
                            Problem(row.module, row.row_no, rule.code, rule.severity, name, rule.message)
                        )
        result = read(bundle)
        result.problems += unknown
        for problem in result.problems:
            problem.field = labels.get(problem.field, problem.field)
        return result

    return interpret


def is_coded(column: Column) -> bool:
    """Whether the column's values have a meaning to look up: by its field, by its heading, or because somebody taught one."""
    if FIELDS[column.field].kind != "coded":
        return False
    shipped = bool(valuemaps.map_of(column.heading))
    return bool(column.meanings) or shipped or column.field in ("sex", "ethnicity", "service")


def meaning_of(column: Column) -> Callable[[str], str | None]:
    """What a value of the column means; None where nobody knows."""
    about = column.field if column.field in ("sex", "ethnicity") else column.heading
    shorten = {"sex": _sex, "ethnicity": _ethnicity}.get(column.field, _bare)

    def meaning(value: str) -> str | None:
        said = column.meanings.get(valuemaps.plain(value))
        if said is not None:
            return value if said == KEEP else said if column.field == "service" else shorten(said, value)
        if column.field == "service":
            return None
        found = valuemaps.canonical(about, value)
        return None if found is None else shorten(found, value)

    return meaning


def _sex(category: str, _value: str) -> str:
    return valuemaps.SEXES.get(category, "unknown")


def _ethnicity(category: str, value: str) -> str:
    """The code that was sent where it is one of the census's, else the category's own word."""
    code = value.split()[0].strip("-:") if value.split() else ""
    if len(code) == SHORT_CODE and code.isupper() and code.isalpha():
        return code
    return ETHNICITIES.get(category[:2], category[:10])


def _bare(category: str, _value: str) -> str:
    """A category without its letter."""
    return valuemaps.PREFIX.sub("", category)
