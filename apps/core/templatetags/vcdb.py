"""The components of every page: ``{% load vcdb %}``. See them all at /styleguide/ (demo and debug only).

Shapes named in Capitals are dataclasses of ``apps.core.presenters``. Arguments in [brackets] may be left out.
A band is anything with ``.label`` and ``.colour`` (red, amber, green, purple, none), or a dict of them.

MARKS (one line each, cheap enough for every row of a table)
  {% icon "lock" %}  late clock lock phone arrow file person tick find down print plus minus cross info eye
  {% rating band [size="big|mini"] [was=True] %}     None draws "Not rated"
  {% move from_band to_band %}           rating change
  {% state item %}  State.known(since) .ended(until, since) .clear() .unchecked(reason) .held()
  {% state "known" since=d until=d reason="..." %}  in words; an unchecked one's <tr> is vcdb-unchecked
  {% held ["title"] ["text"] %}  "Not shared with your agency." in a dashed box; and for addresses
  {% fresh freshness [short=True] %}     Freshness(source, as_at, late="4 weeks late"); short leaves out the source
  {% fresh "any words" ["late|none"] %}
  {% clock opened_at due_at %}           time left or over, with its bar
  {% badge "text" [kind] [icon] %}       kind: new artefact late alert solid
  {% causes list_of_Cause %}             Cause(sign "+|-|?", text, source)
  {% tel number %}   {% few number %}    phone link; a number under five suppressed
  {% bar value most %}                   figure with a bar in proportion to the column's largest
  {% weight part %}                      bare bar of a share (0 to 1), beside a signed figure
  {% child_name surname forenames [href] %}          SURNAME, Forenames; a link when href is given

FILTERS
  d|day "9 Nov 2026"  d|longday "Mon 9 Nov 2026"  dt|moment "Mon 9 Nov 2026, 06:10"  d|ago "4 days ago"
  name|welcome "Good morning, Priya"  now|difference:before "+3"  n|number "8,412"  value|nhs "999 204 1188"
  born|age "13 years 8 months"   born|years "13"   code|school_year "Year 9"   n|plural:"child,children" "2 children"

BLOCKS (content goes between the tag and its end tag)
  {% panel "Title" [id=] [fresh=] [aside=] [mark=True] [flush=True] [level=2] [kind=] %}...{% endpanel %}
      flush: no inner margin, for a table; write <div class="vcdb-panel__body|__foot"> inside as needed
  {% notice ["late|stop|done|past"] [title="Bold start."] [icon=] %}words, or <p>s{% endnotice %}
  {% table "Caption" columns [kind="tight narrow inv facts queue ret"] [show_caption=] %}<tr>...</tr>{% endtable %}
      columns: "Child|Change|Points:r|Choose:nh" (r figures right, h heading for screen readers only, n the
      narrow tick column) or a list of Column(label, align, href, sort, hidden). Write plain <th scope="row">
      and <td>: roles and card labels are added. The first cell is the card's title on a narrow screen.
  {% filters "Label" [button="Show"] [clear=url] [target="#id"] [method="post"] %}{% filter form.field %}
      ...{% endfilters %}  names never go into an address: method="post" with {% csrf_token %} inside
  {% side "Title" [id=] [aside=html] %}...{% endside %}          decision panel that stays in view
  {% bulk %}buttons{% endbulk %}         inside <form data-bulk method="post">, above the table
  {% pick name value "Select SMITH, Jo" [chosen] %}  the tick of a row; script adds one for all
  {% actions %}buttons{% endactions %}   <button class="vcdb-btn [vcdb-btn--main|--stop|--small]">
  {% heading "Title" [note=words] [fresh=] %}buttons{% endheading %}   page heading with its actions

PARTS
  {% tiles list_of_Tile %}               Tile(label, figure, note, href)
  {% late list_of_Freshness %}           one notice of the late ones; nothing when none is
  {% timeline list_of_Entry %}           Entry(when, title, detail, icon, href, until), newest first
  {% empty "Title." ["text"] [bad=True] [yet=True] %}   a tick; yet: nothing is there so far
  {% progress done total "Rows recorded" %}
  {% steps list_of_Step %}               Step(label, status done|now|todo|stop, note)
  {% pages page_obj ["children"] %}      pagination that keeps the query
  {% back "label" url %}   {% crumbs list_of_Crumb %}            put in {% block back %}

FORMS
  {% errors form [form2 ...] %}          error summary, above the heading
  {% field form.name [label=] [hint=] %}  label, hint, error and control  {% fields form %} all of them
  {% rename form.name "label" %}         before {% errors %}: our own label for a form that is not ours
  apps.core.forms.DateField              dd/mm/yyyy typed as text

CHARTS (each with its table)
  {% points_bar facts thresholds %}      Fact(label, points, unsure), Threshold(band, points)
  {% share_bar percent %}                "91.2 %" with its bar
  {% share_line points bar %}            [(day, per cent)], oldest first, and the per cent they are held against
  {% rating_line changes bands until %}  Change(when, band, cause, by), bands highest first; with its table
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from apps.core import blocks, charts, forms, marks, tables, trends, words
from apps.core.clock import today
from apps.core.presenters import Band, Change, Clock, Column, Entry, Freshness, State

register = template.Library()

FILTERS = (
    '<form class="vcdb-filters" role="search" aria-label="{}" method="{}"{}>'
    '{}<button class="vcdb-btn">{}</button>{}</form>'
)
LIVE = (
    ' hx-get="" hx-trigger="change, submit" hx-target="{0}" hx-select="{0}"'
    ' hx-swap="outerHTML" hx-push-url="true"'
)

PLAIN: list[Callable[..., str]] = [
    *(
        marks.icon,
        marks.rating,
        marks.move,
        marks.held,
        marks.causes,
        marks.tel,
        marks.few,
        marks.bar,
        marks.weight,
    ),
    *(blocks.late, blocks.tiles, blocks.empty, blocks.progress, blocks.steps, blocks.pick, charts.points_bar),
    *(trends.share_line, trends.share_bar),
]
for plain in PLAIN:
    register.simple_tag(plain)
WORDED = (words.day, words.longday, words.moment, words.ago, words.age, words.years, words.nhs, words.number)
for worded in (
    *WORDED,
    words.school_year,
    words.welcome,
    words.signed_in,
    words.changed_since,
    words.difference,
):
    register.filter(worded)


@register.filter
def plural(number: int, nouns: str) -> str:
    """ "2 children" from 2|plural:"child,children"."""
    one, _, many = nouns.partition(",")
    return words.count(number, one, many)


@register.simple_tag
def state(
    item: State | str, since: date | None = None, until: date | None = None, reason: str = ""
) -> SafeString:
    """What a service says of a child."""
    return marks.state(State(item, since, until, reason) if isinstance(item, str) else item)


@register.simple_tag
def fresh(item: Freshness | str, kind: str = "", short: bool = False) -> SafeString:
    """How fresh what is shown is; `short` leaves out the source's name."""
    return marks.fresh(item, kind, short) if item else mark_safe("")


@register.simple_tag
def clock(opened_at: datetime, due_at: datetime | None) -> SafeString:
    """The time left; nothing where no time is set."""
    return (
        marks.clock(Clock.running(opened_at, due_at))
        if due_at
        else mark_safe('<span class="vcdb-soft">no time set</span>')
    )


@register.simple_tag
def badge(text: str, kind: str = "", icon: str = "") -> SafeString:
    """A small labelled box."""
    return marks.badge(text, kind, icon)


@register.simple_tag
def child_name(surname: str, forenames: str = "", href: str = "") -> SafeString:
    """A child's name as it stands in lists."""
    shown = words.list_name(surname, forenames)
    if href:
        return format_html('<a class="vcdb-name" href="{}">{}</a>', href, shown)
    return format_html('<span class="vcdb-name">{}</span>', shown)


@register.simple_block_tag
def panel(content: SafeString, title: str = "", fresh: Any = None, **options: Any) -> SafeString:
    """A white box with a heading."""
    return blocks.panel(content, title, fresh_line=fresh, **options)


@register.simple_block_tag
def notice(content: SafeString, kind: str = "", title: str = "", icon: str = "") -> SafeString:
    """A box that says something first."""
    return blocks.notice(content, kind, title, icon)


@register.simple_block_tag
def table(
    content: SafeString,
    caption: str,
    columns: str | Sequence[Column | str],
    kind: str = "",
    show_caption: bool = False,
) -> SafeString:
    """A table that reads as cards on a narrow screen."""
    return tables.table(content, columns, caption, kind, show_caption)


@register.simple_block_tag
def side(content: SafeString, title: str, id: str = "decide", aside: str = "") -> SafeString:
    """A decision panel that stays in view."""
    return blocks.panel(content, title, id=id, aside=aside, mark=True, kind="vcdb-side")


@register.simple_block_tag
def bulk(content: SafeString, noun: str = "selected") -> SafeString:
    """The bar over a table whose rows can be chosen."""
    return blocks.bulk(content, noun)


@register.simple_block_tag
def actions(content: SafeString) -> SafeString:
    """A row of buttons."""
    return format_html('<div class="vcdb-actions">{}</div>', content)


@register.simple_block_tag
def heading(content: SafeString, title: str, note: str = "", fresh: Freshness | str = "") -> SafeString:
    """The page's heading, how fresh the page is, and what can be done."""
    said = [(part,) for part in (note, marks.fresh(fresh) if fresh else "") if part]
    line = format_html("<p>{}</p>", format_html_join(" · ", "{}", said)) if said else ""
    buttons = format_html('<div class="vcdb-actions">{}</div>', content) if content.strip() else ""
    return format_html('<div class="vcdb-head"><div><h1>{}</h1>{}</div>{}</div>', title, line, buttons)


@register.simple_block_tag
def filters(
    content: SafeString,
    label: str,
    button: str = "Show",
    clear: str = "",
    target: str = "",
    method: str = "get",
) -> SafeString:
    """A row of filters; with `target` htmx replaces that part of the page as they change."""
    live = format_html(LIVE, target) if target else ""
    wipe = format_html('<a class="vcdb-clear" href="{}">Clear</a>', clear) if clear else ""
    return format_html(FILTERS, label, method, live, content, button, wipe)


@register.simple_tag
def rename(bound: BoundField, label: str) -> str:
    """Give a field of a form from elsewhere a label of our own, in its error summary too."""
    bound.label = bound.field.label = label
    return ""


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "") -> dict[str, Any]:
    """A form field with its label, hint and error."""
    return {
        "field": bound,
        "kind": forms.kind_of(bound),
        "control": forms.control(bound),
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "errors": forms.sentences(bound, label),
    }


@register.inclusion_tag("components/field.html", name="filter")
def filter_field(bound: BoundField, label: str = "") -> dict[str, Any]:
    """A field of a row of filters: no hint."""
    return field(bound, label) | {"hint": ""}


@register.inclusion_tag("components/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Every field of a form, hidden ones first."""
    return {"form": form}


@register.inclusion_tag("components/errors.html")
def errors(*given: BaseForm) -> dict[str, Any]:
    """The error summary of one form or several; nothing without errors."""
    return {"links": [link for form in given if form for link in forms.error_links(form)]}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Entry]) -> dict[str, Any]:
    """Dated entries by month, newest first."""
    newest = sorted(entries, key=lambda entry: entry.when, reverse=True)
    return {
        "months": [(month, list(group)) for month, group in groupby(newest, key=lambda e: f"{e.when:%B %Y}")]
    }


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Context, page: Page, noun: str = "rows") -> dict[str, Any]:
    """Which rows are shown, and the way to the others."""
    query = context["request"].GET.copy() if "request" in context else QueryDict(mutable=True)
    query.pop("page", None)
    lead = f"?{query.urlencode()}&page=" if query else "?page="
    return {
        "page": page,
        "noun": noun,
        "lead": lead,
        "numbers": page.paginator.get_elided_page_range(page.number),
    }


@register.simple_tag
def back(label: str, url: str) -> SafeString:
    """The way back, above the heading."""
    return format_html('<nav class="vcdb-crumb" aria-label="Back"><a href="{}">{}</a></nav>', url, label)


@register.inclusion_tag("components/crumbs.html")
def crumbs(items: Iterable[Any]) -> dict[str, Any]:
    """Where the page stands."""
    return {"items": items}


@register.inclusion_tag("components/rating_line.html")
def rating_line(
    changes: Sequence[Change], bands: Sequence[Band], until: date | None = None
) -> dict[str, Any]:
    """Twelve months of ratings: the line, and the table that says the same."""
    drawn = charts.rating_line(changes, bands, until or today())
    return {"drawing": drawn, "changes": sorted(changes, key=lambda change: change.when, reverse=True)}
