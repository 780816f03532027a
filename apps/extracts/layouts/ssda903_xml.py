"""The XML form of SSDA903: the elements of one child as the rows of the twelve modules."""

from collections.abc import Callable, Iterator, Mapping

from apps.extracts.layouts.base import BROKEN, Module

#: Elements named otherwise than the column of the CSV.
RENAMED = {"PL": "PLACE", "ETHNICITY": "ETHNIC"}
#: What stands directly in HEADER belongs to these, in this order; everything else has an element of its own.
FLAT = ("header", "uasc", "oc3", "ad1")
WHO = ("local_id", "dob", "sex")

Rows = Iterator[tuple[str, dict[str, str]]]


def rows_of(modules: tuple[Module, ...]) -> Callable[[Mapping[str, str]], Rows]:
    """The function that gives the rows of a child, each with its fields in the order the CSV stages them in."""
    columns = {
        module.code: {headings[0]: field for field, headings in module.headings.items()} for module in modules
    }
    nested = {
        code: {heading for heading, field in names.items() if field not in WHO}
        for code, names in columns.items()
        if code not in FLAT
    }

    def rows(found: Mapping[str, str]) -> Rows:
        groups = _groups(found)
        head = groups.pop("HEADER", {})
        who = {"local_id": head.get("CHILDID", ""), "dob": head.get("DOB", ""), "sex": head.get("SEX", "")}
        for code in FLAT:
            names = columns[code]
            data = {field: head[heading] for heading, field in names.items() if heading in head}
            if code == "header" or data.keys() - WHO:
                yield code, _whole(names, who, data) | _mark(found)
        for group in groups.values():
            code = max(nested, key=lambda code: len(nested[code] & group.keys()))
            names = columns[code]
            data = {field: group[heading] for heading, field in names.items() if heading in group}
            if data:
                yield code, _whole(names, who, data)

    return rows


def _whole(names: Mapping[str, str], who: Mapping[str, str], data: dict[str, str]) -> dict[str, str]:
    said = {**who, **data}
    return {field: said[field] for field in ("local_id", *names.values()) if field in said}


def _mark(found: Mapping[str, str]) -> dict[str, str]:
    return {BROKEN: found[BROKEN]} if BROKEN in found else {}


def _groups(found: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The texts of each element by its path."""
    groups: dict[str, dict[str, str]] = {}
    for path, text in found.items():
        above, _slash, leaf = path.rpartition("/")
        groups.setdefault(above, {})[RENAMED.get(leaf, leaf)] = text
    groups.pop("", None)
    return groups
