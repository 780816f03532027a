"""The small marks a page is made of, as safe HTML: icons, ratings, states, freshness, clocks, badges.

They are drawn hundreds of times a page, so they are plain functions over cached strings, not templates.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from apps.core import words
from apps.core.presenters import NOT_RATED, SHAPES, Cause, Clock, Freshness, State

SVG = '<svg class="vcdb-i" aria-hidden="true" focusable="false"><use href="#{}"/></svg>'


@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    """A drawing from the sprite: a bare name means `i-name`; `r-red` and `s-known` stand as they are."""
    return format_html(SVG, name if name[:2] in ("r-", "s-", "i-") else f"i-{name}")


def field(thing: Any, name: str, fallback: str = "") -> str:
    """An attribute or key of a band given as an object, a model or a dictionary."""
    found = thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)
    return str(found) if found else fallback


def rating(band: Any = None, size: str = "", was: bool = False) -> SafeString:
    """The rating tag: word, colour and shape. No band is "Not rated"; `size` is "", big or mini."""
    band = band or NOT_RATED
    colour = field(band, "colour").lower()
    return _rating(colour if colour in SHAPES else "none", field(band, "label", str(band)), size, was)


@lru_cache(maxsize=256)
def _rating(colour: str, label: str, size: str, was: bool) -> SafeString:
    extra = (f" vcdb-rating--{size}" if size else "") + (" vcdb-rating--was" if was else "")
    return format_html(
        '<span class="vcdb-rating vcdb-rating--{}{}">{}{}</span>', colour, extra, icon(f"r-{colour}"), label
    )


def move(was: Any = None, now: Any = None) -> SafeString:
    """A rating change: from, arrow (read as "to"), to."""
    arrow = icon("arrow")
    return format_html(
        '<span class="vcdb-move">{}{}<span class="vcdb-hide">to</span>{}</span>',
        rating(was),
        arrow,
        rating(now),
    )


def state(item: State) -> SafeString:
    """One of the answers a service can give; never blank."""
    mark = "i-lock" if item.kind == "held" else f"s-{item.kind}"
    return format_html(
        '<span class="vcdb-state vcdb-state--{}">{}<span>{}</span></span>',
        item.kind,
        icon(mark),
        state_words(item),
    )


def state_words(item: State) -> SafeString | str:
    """The answer in words, bold where it must not be overlooked."""
    if item.kind == "known":
        return f"Known since {words.day(item.since)}" if item.since else "Known"
    if item.kind == "ended":
        began = f", from {words.day(item.since)}" if item.since else ""
        return f"Ended {words.day(item.until)}{began}" if item.until else "Ended"
    if item.kind == "clear":
        return "Checked, not known"
    if item.kind == "held":
        return "Not shared with your agency"
    return format_html("<b>Not checked</b> ({})", item.reason or "source late")


def held(title: str = "Not shared with your agency.", text: str = "") -> SafeString:
    """A dashed box with a padlock, for what an agreement or a restriction holds back."""
    return format_html(
        '<span class="vcdb-held">{}<span><b>{}</b> {}</span></span>', icon("lock"), title, text
    )


def fresh(item: Freshness | str, kind: str = "", short: bool = False) -> SafeString:
    """How fresh what is shown is, from a Freshness or in words of one's own."""
    text = item if isinstance(item, str) else item.short[:1].upper() + item.short[1:] if short else item.text
    kind = kind if isinstance(item, str) else item.kind
    extra = f" vcdb-fresh--{kind}" if kind else ""
    mark = icon("late" if kind else "clock")
    return format_html('<span class="vcdb-fresh{}">{}<span>{}</span></span>', extra, mark, text)


def clock(item: Clock) -> SafeString:
    """The time left or over in words, with a bar."""
    extra = f" vcdb-clock--{item.kind}" if item.kind else ""
    return format_html(
        '<span class="vcdb-clock{}"><b>{}</b>{}{}</span>',
        extra,
        item.left,
        item.window,
        meter(item.part, "clock__bar"),
    )


def meter(part: float, name: str = "meter") -> SafeString:
    """A bare bar filled to a share of its width; always beside words that say the same."""
    width = round(min(max(part, 0), 1) * 100)
    return format_html(
        '<svg class="vcdb-{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><path class="on" d="M0 3h{}"/></svg>',
        name,
        width,
    )


def bar(value: float, most: float) -> SafeString:
    """A figure with a bar in proportion to the largest of its column."""
    return format_html(
        '<span class="vcdb-bar">{}<b>{}</b></span>', meter(value / most if most else 0), words.number(value)
    )


def weight(part: float) -> SafeString:
    """The bar of a weight beside its signed figure; what counts against is drawn apart by the class round it."""
    return meter(part)


def badge(text: str, kind: str = "", mark: str = "") -> SafeString:
    """A small labelled box; `kind` is "", new, artefact, late, alert or solid."""
    extra = f" vcdb-badge--{kind}" if kind else ""
    return format_html('<span class="vcdb-badge{}">{}{}</span>', extra, icon(mark) if mark else "", text)


def causes(items: Iterable[Cause]) -> SafeString:
    """What a change came from: + gained, - lost, ? unsure, each with its source."""
    said = {"+": ("+", "gained"), "-": (mark_safe("&minus;"), "lost"), "?": ("?", "unsure")}
    row = (
        '<li><span class="sign">{}<span class="vcdb-hide"> {}</span></span>'
        '<span>{} <span class="vcdb-soft">{}</span></span></li>'
    )
    rows = ((*said.get(item.sign, said["?"]), item.text, item.source) for item in items)
    return format_html('<ul class="vcdb-cause">{}</ul>', format_html_join("", row, rows))


def tel(number: str | None) -> SafeString | str:
    """A telephone number to press; empty stays empty."""
    if not number:
        return ""
    dial = "".join(char for char in number if char.isdigit() or char == "+")
    return format_html('<a class="vcdb-tel" href="tel:{}">{}</a>', dial, words.phone(number))


def few(number: int | None, least: int = 5) -> SafeString | str:
    """A small number suppressed: under five is "under 5"; None is "withheld"."""
    if number is None:
        return mark_safe('<span class="vcdb-few">withheld</span>')
    return (
        format_html('<span class="vcdb-few">under {}</span>', least) if 0 < number < least else f"{number:,}"
    )
