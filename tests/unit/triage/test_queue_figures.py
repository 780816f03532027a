"""The figures above the queue of rating changes, and how it is headed."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.core.presenters import Freshness
from apps.triage import presenters
from apps.triage.queries import Counts

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)


# the figures


def counts(**fields):
    return Counts(
        **(
            {
                "waiting": 0,
                "over": 0,
                "due_today": 0,
                "artefacts": 0,
                "oldest": None,
                "decided": 0,
                "undone": 0,
            }
            | fields
        )
    )


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr(presenters.timezone, "now", lambda: NOW)


def tiles(**fields):
    return {tile.label: tile for tile in presenters.tiles(counts(**fields))}


def test_an_empty_queue_leads_nowhere(now):
    shown = tiles()
    assert (shown["Waiting"].note, shown["Over time"].note) == ("nobody waits", "none late")
    assert not any(shown[label].href for label in ("Over time", "Due today", "Likely data artefacts"))


def test_each_figure_leads_to_its_part(now):
    shown = tiles(
        waiting=9, over=2, due_today=3, artefacts=1, decided=4, undone=1, oldest=NOW - timedelta(hours=30)
    )
    assert shown["Waiting"].note == "oldest 30 h"
    assert shown["Over time"].href.endswith("?clock=over") and shown["Due today"].href.endswith(
        "?clock=today"
    )
    assert shown["Likely data artefacts"].href.endswith("?kind=artefact")
    assert shown["Decided in 7 days"].note == "1 undone"


@pytest.mark.parametrize(
    ("length", "said"),
    [(timedelta(minutes=59), "under an hour"), (timedelta(hours=1), "1 h"), (timedelta(days=3), "3 days")],
)
def test_how_long_something_has_waited(length, said):
    assert presenters.waited(length) == said


def test_how_fresh_the_queue_is():
    assert presenters.freshness(None) == Freshness("Changes of rating", None)
    assert presenters.freshness(NOW) == "Changes worked out Mon 16 Nov 2026, 12:00"


@pytest.mark.parametrize(
    ("number", "shown", "sort", "said"),
    [
        (1, 1, "due", "1 rating change waits for a decision, least time left first."),
        (2, 2, "oldest", "2 rating changes wait for a decision, oldest first."),
        (1204, 25, "school", "1,204 rating changes wait for a decision, by school. 25 shown."),
        (3, 3, "nonsense", "3 rating changes wait for a decision, least time left first."),
    ],
)
def test_the_caption_says_how_many_wait_and_in_what_order(number, shown, sort, said):
    assert presenters.caption(number, shown, sort) == said
