"""What the pages of reports show, put together from readings."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from apps.access.queries import may
from apps.accounts.models import User
from apps.core.presenters import NOT_RATED, Tile
from apps.core.words import longday, moment
from apps.lists.weeks import name_of
from apps.ragp.queries import standing_bands
from apps.reports import capacity, queries
from apps.reports.charts.of_section import drawn
from apps.reports.charts.of_weeks import Weeks
from apps.reports.entering.forms import UploadForm
from apps.reports.figures import FIGURES, About, Figure
from apps.reports.models import Report
from apps.reports.moments import term_of
from apps.reports.reading import Reading
from apps.reports.sections import section, sections
from apps.reports.sentences import known, sentences

ON_A_PAGE = 50


def reading_of(report: Report, user: User) -> Reading:
    """The report as the person is told it."""
    return whole_or_not(report, may(user, "report.rows"))


def whole_or_not(report: Report, whole: bool) -> Reading:
    """The report beside other weeks, with small numbers or without: without them too where nobody counted who was restricted."""
    whole = whole and report.restricted is not None
    return Reading(report, whole, *queries.beside(report), past=queries.over_time(report))


def termly(report: Report) -> tuple[str, Reading]:
    """The newest week as schools and partners are given it: beside the beginning of its term, small numbers withheld from everybody."""
    name, first = term_of(report.week)
    begun = queries.since(first)
    before = begun if begun and begun.week < report.week else None
    _, year = queries.beside(report)
    shared = {code: figure for code, figure in FIGURES.items() if figure.partners}
    return name, Reading(report, False, before, year, "Start of term", shared)


def week(report: Report, user: User) -> dict[str, Any]:
    """The page of one week."""
    reading = reading_of(report, user)
    return {
        "reading": reading,
        "name": name_of(report.week),
        "week_words": longday(report.week),
        "drill": name_of(report.week) if reading.whole else "",
        "over_time": Weeks(reading),
        "tiles": _tiles(reading),
        "sentences": sentences(reading),
        "sections": drawn(sections(reading)),
        "weeks": [(each, name_of(each)) for each in queries.weeks() if each != report.week][:53],
    }


def resources(report: Report, user: User) -> dict[str, Any]:
    """The page of what teams can do beside what is needed."""
    reading = reading_of(report, user)
    held = capacity.in_force(queries.capacities(), report.week)
    services = capacity.by_service(reading, held)
    return {
        "reading": reading, "name": name_of(report.week), "week_words": longday(report.week), "entered": bool(held), "services": services,
        "areas": capacity.by_area(reading, held), "said": capacity.said(services), "after": drawn([section(reading, FIGURES["after"])])[0],
        "drill": name_of(report.week) if reading.whole else "", "upload": UploadForm() if may(user, "capacity.enter") else None,
    }  # fmt: skip


def term(report: Report) -> dict[str, Any]:
    """The page of a term."""
    name, reading = termly(report)
    return {
        "name": name,
        "reading": reading,
        "sentences": sentences(reading),
        "sections": drawn(sections(reading)),
    }


def rows(report: Report, figure: Figure, key: str, user: User, page: str | None) -> dict[str, Any]:
    """The rows behind a number that the reader may see."""
    found, reading = queries.rows(report, figure, key), reading_of(report, user)
    context = {
        "figure": figure, "name": name_of(report.week), "report": report, "number": _told(reading.of(report, figure.code).get(key, 0)),
        "what": _what(reading, figure, key), "children": [], "lists": [],
        "note": f"Week of {longday(report.week)}", "fresh": f"As known {moment(report.as_at)}",
    }  # fmt: skip
    if figure.about == About.LISTS:
        return context | {"lists": queries.lists([row for row, _ in found])}
    reached = Paginator(queries.children(user, {child for _, child in found if child}), ON_A_PAGE).get_page(
        page
    )
    shown = [child.pk for child in reached]
    bands, seen = standing_bands(shown), queries.last_seen(shown)
    lines = [
        {"child": child, "href": reverse("profiles:child", args=[child.public_id]), "seen": seen.get(child.pk),
         "band": reading.bands.get(bands.get(child.pk, ""), NOT_RATED)}
        for child in reached
    ]  # fmt: skip
    return context | {"children": lines, "page": reached, "shown": shown}


def _what(reading: Reading, figure: Figure, key: str) -> str:
    if not (figure.columns or figure.moves):
        return reading.label(figure, key)
    first, _, second = key.partition("/")
    if figure.moves:
        return f"{reading.label(figure, first)} to {reading.label(figure, second)}"
    return f"{reading.label(figure, first)}: {figure.columns.get(second, second)}"


def _tiles(reading: Reading) -> list[Tile]:
    before = reading.known_in(reading.before) if reading.before else None
    numbers, queue, lists = reading.now("bands"), reading.now("triage"), reading.now("lists")
    compared = (
        f"{before:,} the week before" if before is not None else f"week of {longday(reading.report.week)}"
    )
    high = [
        Tile(band.label, _told(numbers.get(code, 0)), "of the children known")
        for code, band in list(reading.bands.items())[:2]
    ]
    waiting, overdue = queue.get("waiting", 0), queue.get("overdue", 0)
    together = None if waiting is None or overdue is None else waiting + overdue
    return [
        Tile("Children known", known(reading), compared),
        *high,
        Tile("Waiting in triage", _told(together), f"{_told(overdue)} beyond their time"),
        Tile(
            "Weekly lists out", _told(lists.get("released", 0)), f"{_told(lists.get('returned', 0))} returned"
        ),
    ]


def _told(number: int | None) -> int | str:
    return "withheld" if number is None else number
