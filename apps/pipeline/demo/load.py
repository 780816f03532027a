"""Loading the borough as a council would: two weeks, file by file through the pipeline, then the lists."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from apps.audit.actions import seal
from apps.children.actions import restrict
from apps.children.models import Restriction, SourceRecord
from apps.core.clock import behind, today
from apps.core.errors import Refused
from apps.extracts.models import State
from apps.extracts.reference import install_reference
from apps.lists.actions import publish
from apps.pipeline.actions import Files, rate
from apps.pipeline.actions import load as load_feed
from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.files import Week, Written, write_borough
from apps.pipeline.demo.identifiers import local_id
from apps.pipeline.demo.meeting import hold_meetings
from apps.pipeline.demo.people import enlist, introduce
from apps.reports.actions import freeze
from apps.reports.models import Capacity, Population, SeenStandard
from apps.reports.reporting import pseudonymise

Say = Callable[[str], None]


def load_borough(*, out: Path, monday: date, children: int, seed: int, say: Say) -> Written:
    """Write both weeks' files and load them, with users, a hidden record and both weeks' lists."""
    started = time.monotonic()
    written = write_borough(out, monday, children, seed)
    install_reference(by=None)
    say(f"Wrote the files of {len(written.borough.children):,} children ({time.monotonic() - started:.0f} s)")
    first, second = written.weeks
    # the first week was known a week ago, so that the borough opens with a past
    with behind(timedelta(days=7)):
        _load_week(first, written.borough, say)
        _hide(written.borough)
        _hold_against(first, len(written.borough.children))
        _enter_capacity(first)
        _tell(first, started, say)
        _freeze(first)
    _load_week(second, written.borough, say)
    pseudonymise(by=None)
    _tell(second, started, say)
    say(f"{hold_meetings()} case reviews, and a weekly meeting that is being prepared")
    _freeze(second)
    # what was done until here has waited since it was done; from now on the timetable seals
    seal()
    return written


def _tell(week: Week, started: float, say: Say) -> None:
    """Rate everybody and publish the week's lists."""
    rate()
    counts = publish(week=week.monday, by=None)
    took = time.monotonic() - started
    say(f"{counts['lists']:,} lists of the week of {week.monday:%-d %B} ({took:.0f} s)")


def _freeze(week: Week) -> None:
    """Nobody waits for the week's end in a demonstration; of a week long over nothing was known by its end."""
    if week.monday + timedelta(weeks=1) > today():
        freeze(week=week.monday, by=None, early=True)


def _hold_against(week: Week, children: int) -> None:
    """What the reports are held against, invented like everything else."""
    people, source = children * 6, "Invented for the demonstration"
    Population.objects.create(from_week=week.monday, people=people, source=source)
    days = {"purple": 14, "red": 28, "amber": 42}
    SeenStandard.objects.bulk_create(
        SeenStandard(from_week=week.monday, band=band, days=number, source=source)
        for band, number in days.items()
    )


def _enter_capacity(week: Week) -> None:
    teams = [("early_help", "Family support North", "", 140, 610_000), ("early_help", "Family support South", "", 120, 540_000),
             ("camhs", "CAMHS getting help", "", 150, None), ("youth_justice", "Youth justice team", "", 60, 420_000),
             ("early_help", "Family hub", "BK1 3", 30, 150_000)]  # fmt: skip
    Capacity.objects.bulk_create(
        Capacity(
            from_week=week.monday,
            service=service,
            team=team,
            area=area,
            places=places,
            cost=cost,
            source="Invented for the demonstration",
        )
        for service, team, area, places, cost in teams
    )


def _load_week(week: Week, borough: Borough, say: Say) -> None:
    for feed in week.feeds:
        _load(feed, week, say)
        if feed == "gias" and week.folder.name == "week1":
            enlist(borough)
            introduce(borough)


def _load(feed: str, week: Week, say: Say) -> None:
    with ExitStack() as stack:
        files: Files = [(path.name, stack.enter_context(path.open("rb"))) for path in week.files(feed)]
        result = load_feed(feed, files, as_of=week.monday, by=None, rated=False)
    if result["state"] == State.REFUSED and not _is_unchanged(feed, week):
        raise Refused(f"{feed}: {result['reason']}")
    said = f"{result['state']}, {result['rows']:,} rows {result['reason']}".rstrip()
    say(f"  {week.monday:%d %b} {feed}: {said}")


def _is_unchanged(feed: str, week: Week) -> bool:
    """Whether the file is last week's: a feed with nothing new is refused, as it would be for a council."""
    before = week.folder.parent / "week1" / feed
    return week.folder.name != "week1" and all(
        path.read_bytes() == (before / path.name).read_bytes() for path in week.files(feed)
    )


def _hide(borough: Borough) -> None:
    """One whole record is hidden, as a panel would ask; addresses are hidden by what the source says."""
    child = borough.parts.get("hidden")
    if child is None:
        return
    record = SourceRecord.objects.select_related("child").get(
        id_scheme="la_child_id", local_id=local_id("la_child_id", child.n)
    )
    if not record.child.restricted:
        reason = "Adoption: the record is shown to named people alone."
        restrict(child=record.child, hides=Restriction.Hides.CHILD, reason=reason, by=None)
