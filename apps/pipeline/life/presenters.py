"""A decision about a file in words: what it will do, what it keeps, what the button says."""

from typing import Any

from apps.children.models import Child
from apps.core import words
from apps.core.presenters import NOT_RATED, Band
from apps.extracts.models import Extract, State
from apps.pipeline.life.queries import Facts
from apps.pipeline.models import Run
from apps.pipeline.queries.undoing import Move

#: What is decided -> (title, button, the states it can be decided in).
DECISIONS = {
    "release": ("Commit the file all the same", "Commit it all the same", (State.HELD, State.PREVIEWED)),
    "undo": ("Undo the file", "Undo it", (State.COMMITTED,)),
    "redo": ("Commit the file again", "Commit it again", (State.UNDONE,)),
}
MAIN = {
    "release": "It becomes what the service knows from this agency. It can be undone afterwards.",
    "undo": "Every record, involvement, sighting and measure goes back to what it was before this file. Nothing is erased: what was"
    " known in between can still be looked up.",
    "redo": "The file takes its old place among the files of its feed.",
}


def decision(what: str, extract: Extract, facts: Facts) -> dict[str, Any]:
    """Everything the page of one decision shows."""
    title, button, states = DECISIONS[what]
    possible = extract.state in states and (what != "undo" or facts.offer.possible)
    return {
        "what": what,
        "extract": extract,
        "title": title,
        "note": named(extract),
        "button": button,
        "main": MAIN[what],
        "reasons": extract.reason.splitlines() if what == "release" else [],
        "ended": (extract.counts.get("involvements") or {}).get("ended", 0),
        "offer": facts.offer if what == "undo" else None,
        "since": facts.since if what == "undo" else [],
        "run": facts.newest_run,
        "impossible": ""
        if possible
        else facts.offer.sentence or f"This file is {extract.get_state_display().lower()}.",
    }


def refused(extract: Extract, sentence: str, run: int) -> dict[str, Any]:
    """The page that says why nothing was done."""
    return {"title": "That was not done", "note": named(extract), "sentence": sentence, "run": run}


def named(extract: Extract) -> str:
    """ "Early help, Mon 16 Nov 2026"."""
    return f"{extract.feed.title}, {words.longday(extract.as_of)}"


def matrix(moves: list[Move], bands: dict[str, Band]) -> dict[str, Any]:
    """From which band (rows) to which (columns) how many children would move, highest band first."""
    order = [*bands, *({move.from_band for move in moves} | {move.to_band for move in moves}) - set(bands)]
    used = [code for code in order if any(code in move[:2] for move in moves)]
    number = {move[:2]: move.number for move in moves}
    label = {code: bands.get(code, NOT_RATED) for code in used}
    return {
        "bands": [label[code] for code in used],
        "columns": ["From", *(f"{label[code].label}" for code in used)],
        "rows": [
            (label[was], [number.get((was, now), 0) for now in used])
            for was in used
            if any(number.get((was, now)) for now in used)
        ],
        "total": sum(move.number for move in moves),
    }


def movers(found: list[tuple[Child, str, str]], bands: dict[str, Band]) -> list[dict[str, Any]]:
    """The children whose band would change, with both bands."""
    return [
        {"child": child, "was": bands.get(was, NOT_RATED), "now": bands.get(now, NOT_RATED)}
        for child, was, now in found
    ]


def movers_said(shown: int, total: int) -> str:
    """How many of those who would move are named below: not all, where some are hidden from the reader or there are too many."""
    if shown == total:
        return f"{words.count(total, 'child', 'children')} whose rating would change"
    return f"{shown} of the {total:,} children whose rating would change"


def works(found: list[tuple[Run, str]]) -> list[dict[str, Any]]:
    """What was done with the file, by whom, when and why."""
    return [
        {"what": run.get_kind_display(), "by": by, "at": run.requested_at, "why": run.reason, "state": run.get_state_display(),
         "error": run.error}
        for run, by in found
    ]  # fmt: skip
