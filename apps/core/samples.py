"""Invented content for the style guide: every component in every state. Nobody named here exists."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from apps.core.forms import DateField
from apps.core.presenters import (
    NOT_RATED,
    Band,
    Cause,
    Change,
    Clock,
    Column,
    Entry,
    Fact,
    Freshness,
    State,
    Step,
    Threshold,
    Tile,
)

RED, AMBER, GREEN = Band("Red", "red"), Band("Amber", "amber"), Band("Green", "green")
PURPLE = Band("Purple", "purple")
BANDS = [PURPLE, RED, AMBER, GREEN, NOT_RATED]
DAY = date(2026, 11, 16)


class Sample(forms.Form):
    """One field of each kind."""

    reason = forms.CharField(help_text="Kept with the decision.", widget=forms.Textarea(attrs={"rows": 2}))
    surname = forms.CharField(required=False)
    born = DateField(label="Date of birth")
    kind = forms.ChoiceField(
        label="What is it for?", choices=[("a", "Strategy discussion"), ("b", "Court or police request")]
    )
    outcome = forms.ChoiceField(
        label="What happens next?",
        widget=forms.RadioSelect,
        choices=[
            ("review", "Raise a review"),
            ("school", "Contact the school"),
            ("none", "No further action"),
        ],
    )
    told = forms.BooleanField(label="The school has been told")


def clocks() -> list[Clock]:
    """One clock in each state."""
    now = timezone.now()
    lengths = [(10, 14), (21, 3), (29, -5)]
    return [Clock(now - timedelta(hours=past), now + timedelta(hours=left), now) for past, left in lengths]


def queue() -> list[dict[str, Any]]:
    """Rows of a triage queue."""
    gained, lost = (
        Cause("+", "Child protection plan", "social care, 13 Nov"),
        Cause("-", "Attendance below 80%", "school"),
    )
    people = [
        ("Varnell", "Ottilie", "11, Quillgate Primary"),
        ("Delacroix-Mensah", "Kit", "15, Wenlow High"),
        ("Pembridge", "Soraya", "13, Larkmoor Academy"),
    ]
    moves = [
        (AMBER, RED, [gained]),
        (GREEN, RED, [gained, Cause("+", "Suspended 5 days", "school")]),
        (AMBER, NOT_RATED, [lost]),
    ]
    return [
        {
            "surname": surname,
            "forenames": forenames,
            "note": note,
            "was": was,
            "now": now,
            "causes": causes,
            "clock": clock,
        }
        for (surname, forenames, note), (was, now, causes), clock in zip(people, moves, clocks(), strict=True)
    ]


def involvements() -> list[dict[str, Any]]:
    """One row for each answer a service can give."""
    return [
        {
            "service": "Child protection plan",
            "state": State.known(date(2026, 11, 9)),
            "who": "Priya Venn, social worker",
            "tel": "01632 960 181",
        },
        {
            "service": "Child in need plan",
            "state": State.ended(date(2026, 11, 9), date(2026, 9, 9)),
            "who": "",
            "tel": "",
        },
        {"service": "Looked after", "state": State.clear(), "who": "", "tel": ""},
        {"service": "Youth justice", "state": State.unchecked("source late"), "who": "", "tel": ""},
        {"service": "CAMHS", "state": State.held(), "who": "", "tel": ""},
    ]


def timeline() -> list[Entry]:
    """Entries of two months."""
    return [
        Entry(
            date(2026, 11, 12),
            "Seen at home, alone",
            "Priya Venn, social worker. Children's social care, 13 Nov",
            "eye",
        ),
        Entry(date(2026, 11, 9), "Rating: Amber to Red", "13 to 18 points", "r-red"),
        Entry(date(2026, 11, 9), "Child protection plan began: neglect", "Children's social care"),
        Entry(date(2026, 10, 31), "Missing from home", "7 hours", "late"),
        Entry(date(2026, 10, 2), "Early help plan", "Early help", "s-ended", until=date(2026, 11, 2)),
    ]


def changes() -> list[Change]:
    """Ratings of twelve months."""
    moves = [
        (date(2025, 10, 1), NOT_RATED),
        (date(2026, 1, 12), GREEN),
        (date(2026, 4, 4), AMBER),
        (date(2026, 6, 2), GREEN),
        (date(2026, 9, 9), AMBER),
        (date(2026, 11, 9), RED),
    ]
    return [Change(day, band, "Child in need plan, attendance", "R. Aldous") for day, band in moves]


def freshness() -> list[Freshness]:
    """A source on time, one late, one that never came."""
    came = datetime(2026, 11, 16, 6, 10, tzinfo=UTC)
    late = datetime(2026, 10, 19, 8, 0, tzinfo=UTC)
    return [
        Freshness("Children's social care", came),
        Freshness("Youth justice", late, "4 weeks late"),
        Freshness("Housing", None),
    ]


def everything() -> dict[str, Any]:
    """The style guide's context."""
    facts = [
        Fact("Child protection plan", 8),
        Fact("Missing twice", 4),
        Fact("Attendance", 3),
        Fact("Suspended", 2),
        Fact("Health", 1),
    ]
    return {
        "bands": BANDS,
        "red": RED,
        "amber": AMBER,
        "green": GREEN,
        "purple": PURPLE,
        "day": DAY,
        "queue": queue(),
        "rows": involvements(),
        "entries": timeline(),
        "changes": changes(),
        "fresh": freshness(),
        "clocks": clocks(),
        "facts": [*facts, Fact("Youth justice", 4, unsure=True)],
        "thresholds": [Threshold(GREEN, 1), Threshold(AMBER, 7), Threshold(RED, 15)],
        "tiles": [
            Tile("Waiting", 24, "oldest 29 hours", "#queue"),
            Tile("Over time", 1),
            Tile("Due today", 2),
            Tile("Artefacts", 3, "one file held"),
        ],
        "steps": [
            Step("Received", "done", "8,412 rows"),
            Step("Checked", "done", "31 rejected"),
            Step("Committed", "now", "under way"),
            Step("Rated"),
        ],
        "columns": [
            Column("Choose", "n", hidden=True),
            Column("Child", href="#queue", sort="ascending"),
            Column("Change"),
            Column("Cause"),
            Column("Clock"),
        ],
        "form": Sample(),
        "wrong": Sample({"wrong-born": "13/27/2013"}, prefix="wrong"),
        "page": Paginator(range(120), 10).page(4),
    }
