"""Periods of care out of the episodes of one child: contiguous ones are one period, short breaks are none."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from apps.extracts.layouts.base import Fact
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.codes import (
    CEASED,
    LEGAL_STATUSES,
    NEEDS,
    NEW_EPISODES,
    PLACE_CHANGES,
    PLACEMENTS,
    PROVIDERS,
    RESPITE,
)

#: Column, code set, the rule a code outside it breaks, and whether an empty cell breaks it too.
CODED = (
    ("LS", LEGAL_STATUSES, "DFE_144", True),
    ("RNE", NEW_EPISODES, "DFE_143", True),
    ("CIN", NEEDS, "DFE_145", True),
    ("PLACE", PLACEMENTS, "DFE_146", True),
    ("PLACE_PROVIDER", PROVIDERS, "DFE_178", False),
    ("REC", CEASED, "DFE_149", False),
    ("REASON_PLACE_CHANGE", PLACE_CHANGES, "DFE_1009", False),
)

EPISODE_DETAIL = {
    "placement": "PLACE",
    "provider": "PLACE_PROVIDER",
    "placement_postcode": "PL_POST",
    "placement_urn": "URN",
    "reason_for_change": "REASON_PLACE_CHANGE",
    "reason_new_episode": "RNE",
}
CARE_DETAIL = {**EPISODE_DETAIL, "need": "CIN"}
ENDED_DETAIL = {**CARE_DETAIL, "reason_ceased": "REC"}


class Episode(NamedTuple):
    """One episode of care whose dates could be read."""

    start: date
    end: date | None
    cells: Cells


def episode_of(cells: Cells) -> Episode | None:
    start = cells.needed_day("DECOM")
    end = cells.day("DEC")
    if start and end and end < start:
        cells.problem("END_BEFORE_START", "DEC")
    for field, known, rule, needed in CODED:
        if not cells.code(field, known, rule) and needed:
            cells.problem(rule, field)
    return None if cells.rejected or start is None else Episode(start, end, cells)


def care_of(episodes: list[Episode], asylum: Cells | None) -> list[Fact]:
    """Of episodes in their order: placements, one an episode, and one involvement a period of care.

    Respite (V3, V4) is a placement but no period of care.
    """
    facts = [_placement(episode) for episode in episodes]
    for period in _periods([e for e in episodes if e.cells.data.get("LS", "").upper() not in RESPITE]):
        care = _looked_after(period)
        if asylum is not None:
            care.detail["unaccompanied_asylum_seeker_until"] = asylum.text("DUC")
        facts.append(care)
    overlap = _overlap(episodes)
    if overlap is not None:
        overlap.cells.problem("EPISODES_OVERLAP", "DECOM")
    return facts


def ordered(episodes: Iterable[Episode]) -> list[Episode]:
    """By their first day, the open one last among those of a day."""
    return sorted(episodes, key=lambda e: (e.start, e.end or date.max))


def _overlap(episodes: list[Episode]) -> Episode | None:
    """The first episode that starts before the end of an earlier one; one without an end is DFE_142, see ``care_checks``."""
    latest = date.min
    for episode in episodes:
        if episode.start < latest:
            return episode
        latest = max(latest, episode.end or latest)
    return None


def _periods(episodes: list[Episode]) -> list[list[Episode]]:
    """Episodes that follow on from one another on the same day, or overlap, are one period."""
    periods: list[list[Episode]] = []
    until = date.min
    for episode in episodes:
        if periods and episode.start <= until:
            periods[-1].append(episode)
        else:
            periods.append([episode])
            until = date.min
        until = max(until, episode.end or date.max)
    return periods


def _looked_after(period: list[Episode]) -> Fact:
    """A period of care: its content is that of the newest episode, an open one before all others."""
    newest = max(period, key=lambda e: (e.end is None, e.start, e.end or date.max))
    start = period[0].start
    end = None if any(e.end is None for e in period) else max(e.end for e in period if e.end)
    detail = newest.cells.details(ENDED_DETAIL if end else CARE_DETAIL)
    row = newest.cells.row
    return Fact(
        "I",
        "looked_after",
        start.isoformat(),
        start,
        end,
        category=newest.cells.text("LS").upper(),
        detail=detail,
        module=row.module,
        row_no=row.row_no,
    )


def _placement(episode: Episode) -> Fact:
    cells = episode.cells
    return Fact(
        "O",
        "placement",
        episode.start.isoformat(),
        episode.start,
        episode.end,
        text=cells.text("PLACE").upper(),
        category=cells.text("LS").upper(),
        detail=cells.details(EPISODE_DETAIL),
        module=cells.row.module,
        row_no=cells.row.row_no,
    )


def died_in_care(episodes: list[Episode]) -> date | None:
    return next((e.end for e in episodes if e.end and e.cells.text("REC").upper() == "E2"), None)
