"""The boxes content is put into: panels, notices, figures, bars."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from apps.core.marks import fresh, icon, tel
from apps.core.presenters import Freshness, Step, Tile

BLOCK = re.compile(r"\s*<(p|ul|ol|dl|div|form|table|h\d)\b")
NOTICE_ICONS = {"": "info", "late": "late", "stop": "late", "done": "tick", "past": "clock"}


def attribute(name: str, value: str) -> SafeString | str:
    """An attribute with a leading space, or nothing."""
    return format_html(' {}="{}"', name, value) if value else ""


def panel(
    content: SafeString,
    title: str = "",
    id: str = "",
    fresh_line: Any = None,
    mark: bool = False,
    flush: bool = False,
    aside: str = "",
    level: int = 2,
    kind: str = "",
) -> SafeString:
    """A white box with a heading; `flush` leaves out the inner margin, for tables that fill it."""
    title_id = f"{id}-title" if id and title else ""
    right = fresh(fresh_line) if fresh_line else aside
    head = (
        format_html(
            '<div class="vcdb-panel__head"><h{0}{1}>{2}</h{0}>{3}</div>',
            level,
            attribute("id", title_id),
            title,
            right,
        )
        if title
        else ""
    )
    inner = content if flush else format_html('<div class="vcdb-panel__body">{}</div>', content)
    classes = "vcdb-panel" + (" vcdb-panel--mark" if mark else "") + (f" {kind}" if kind else "")
    return format_html(
        '<section class="{}"{}{}>{}{}</section>',
        classes,
        attribute("id", id),
        attribute("aria-labelledby", title_id),
        head,
        inner,
    )


def notice(content: SafeString, kind: str = "", title: str = "", mark: str = "") -> SafeString:
    """A box that says something first; `kind` is "", late, stop, done or past."""
    extra = f" vcdb-notice--{kind}" if kind else ""
    lead = format_html("<b>{}</b> ", title) if title else ""
    if BLOCK.match(content):
        body = format_html("<p>{}</p>{}", lead, content) if title else content
    else:
        body = format_html("<p>{}{}</p>", lead, content)
    shown = icon(mark or NOTICE_ICONS.get(kind, "info"))
    return format_html('<div class="vcdb-notice{}">{}<div>{}</div></div>', extra, shown, body)


def tiles(items: Iterable[Tile]) -> SafeString:
    """A row of figures, each a link to its rows where it has one."""
    return format_html(
        '<div class="vcdb-tiles">{}</div>', format_html_join("", "{}", ((_tile(item),) for item in items))
    )


def _tile(item: Tile) -> SafeString:
    shown = f"{item.figure:,}" if isinstance(item.figure, int) else item.figure
    figure = format_html('<a href="{}">{}</a>', item.href, shown) if item.href else shown
    note = format_html("<small>{}</small>", item.note) if item.note else ""
    return format_html(
        '<div class="vcdb-tile"><span class="l">{}</span><span class="vcdb-figure">{}</span>{}</div>',
        item.label,
        figure,
        note,
    )


def empty(title: str, text: str = "", bad: bool = False, yet: bool = False) -> SafeString:
    """What stands where there is nothing: good news with a tick, what is only not there ``yet``, or what went wrong."""
    if bad:
        return notice(format_html("{}", text), "stop", title)
    mark, extra = ("info", " vcdb-empty--yet") if yet else ("tick", "")
    return format_html(
        '<div class="vcdb-empty{}">{}<p><b>{}</b> {}</p></div>', extra, icon(mark), title, text
    )


def progress(done: float, total: float, label: str) -> SafeString:
    """A progress bar that a screen reader reads too; `total` 0 means it is not known how much there is."""
    value = format_html(' value="{}" max="{}"', done, total) if total else ""
    return format_html('<progress class="vcdb-progress" aria-label="{}"{}></progress>', label, value)


def steps(items: Iterable[Step]) -> SafeString:
    """The steps of a longer way, the present one marked."""
    rows = format_html_join("", "{}", ((_step(item, number),) for number, item in enumerate(items, 1)))
    return format_html('<ol class="vcdb-steps">{}</ol>', rows)


def _step(item: Step, number: int) -> SafeString:
    lead = {"done": icon("tick"), "stop": icon("late")}.get(item.status, f"{number}.")
    said = {"done": "Done: ", "stop": "Stopped: "}.get(item.status, "")
    current = mark_safe(' aria-current="step"') if item.status in ("now", "stop") else ""
    return format_html(
        '<li class="is-{}"{}>{} <span class="vcdb-hide">{}</span>{} <small>{}</small></li>',
        item.status,
        current,
        lead,
        said,
        item.label,
        item.note,
    )


def bulk(content: SafeString, noun: str = "selected") -> SafeString:
    """The bar over a table whose rows can be chosen; put it in a `<form data-bulk>` with the table."""
    return format_html(
        '<div class="vcdb-bulk"><b data-count aria-live="polite" data-noun="{}">'
        "Choose rows, then:</b>{}</div>",
        noun,
        content,
    )


def pick(name: str, value: Any, label: str, chosen: bool = False) -> SafeString:
    """The tick of one row of a bulk table."""
    return format_html(
        '<span class="vcdb-hit"><input class="vcdb-check" type="checkbox"'
        ' name="{}" value="{}" aria-label="{}"{}></span>',
        name,
        value,
        label,
        mark_safe(" checked") if chosen else "",
    )


def late(items: Iterable[Freshness]) -> SafeString | str:
    """One notice of every source that is late, with whom to ask; nothing when none is."""
    sources = [item for item in items if item.kind]
    told = [format_html("{}{}", item.gap, ask(item.phone)) for item in sources]
    if not told:
        return ""
    if len(told) == 1:
        return notice(format_html("{}.", told[0]), "late", "A source is late.")
    lines = format_html_join("", "<li>{}</li>", ((line,) for line in told))
    title = f"{len(told)} sources are late. What happened since is not on this page."
    return notice(format_html('<ul class="vcdb-plain">{}</ul>', lines), "late", title)


def ask(phone: str) -> SafeString | str:
    """Whom to phone about a source, where a number is known."""
    return format_html("; ask them: {}", tel(phone)) if phone else ""
