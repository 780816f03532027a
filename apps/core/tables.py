"""A table that reads as cards on a narrow screen and keeps its roles when CSS takes its display away."""

import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from apps.core.presenters import Column, columns

CELL = re.compile(r"<(tr|td|th)\b([^>]*)>")
SPAN = re.compile(r'colspan="?(\d+)')


def table(
    rows: str, spec: str | Sequence[Column | str], caption: str, kind: str = "", show_caption: bool = False
) -> SafeString:
    """The whole table around rows already drawn.

    `kind` is a space-separated list such as "tight queue"; "narrow" tables stay tables on a narrow screen.
    """
    heads = columns(spec)
    classes = "".join(f" vcdb-{'table--' if word == 'tight' else ''}{word}" for word in kind.split())
    return format_html(
        '<table class="govuk-table vcdb-table{}{}" role="table"><caption{}>{}</caption>'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead><tbody role="rowgroup">{}</tbody></table>',
        "" if "narrow" in kind.split() else " vcdb-table--cards",
        classes,
        "" if show_caption else mark_safe(' class="vcdb-hide"'),
        caption,
        format_html_join("", "{}", ((head(column),) for column in heads)),
        mark_safe(label_cells(rows, ["" if column.hidden else column.label for column in heads])),  # noqa: S308
    )


def head(column: Column) -> SafeString:
    """A heading cell, with its link and its order where the column sorts."""
    label: str = (
        format_html('<span class="vcdb-hide">{}</span>', column.label) if column.hidden else column.label
    )
    if column.href:
        label = format_html('<a href="{}">{}</a>', column.href, label)
    align = format_html(' class="{}"', column.align) if column.align else ""
    order = format_html(' aria-sort="{}"', column.sort) if column.sort else ""
    return format_html('<th scope="col" role="columnheader"{}{}>{}</th>', align, order, label)


def label_cells(rows: str, labels: Sequence[str]) -> str:
    """Give every cell its role and its column's name, which narrow screens print before it.

    The rows were escaped by the template that drew them: a "<" that is left opens a tag.
    """
    at = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal at
        name, rest = found.groups()
        if name == "tr":
            at = 0
            return f'<tr role="row"{rest}>'
        label, at = (labels[at] if at < len(labels) else ""), at + int((SPAN.search(rest) or [0, 1])[1])
        return f"<{name}{_roles(name, rest)}{rest}{_label(rest, label)}>"

    return CELL.sub(mark, rows)


def _roles(name: str, rest: str) -> str:
    if "role=" in rest:
        return ""
    if name == "td":
        return ' role="cell"'
    return ' role="rowheader"' + (' class="t"' if 'scope="row"' in rest and "class=" not in rest else "")


def _label(rest: str, label: str) -> SafeString | str:
    if not label or "data-label" in rest or "rowgroup" in rest or "colgroup" in rest:
        return ""
    return _named(label)


@lru_cache(maxsize=512)
def _named(label: str) -> SafeString:
    return format_html(' data-label="{}"', label)
