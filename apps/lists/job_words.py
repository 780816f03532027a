"""What became of a job: how far it is, what stopped it and what happens next, what it did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from apps.core import words
from apps.lists import jobs, progress
from apps.lists.models import Job

#: A worker that runs takes a job at once.
TAKEN_WITHIN = timedelta(minutes=2)
#: Settings named in the notice; all of them are marked in the table.
NAMED = 5


@dataclass(frozen=True)
class JobShown:
    """The notice of a job: its kind and words; a bar while somebody is at it; ``draft`` the week to ask for again where it was given up."""

    kind: str
    said: str
    live: bool = False
    bar: tuple[int, int] | None = None
    draft: date | None = None


def shown(job: Job, at_work: bool, week: date | None) -> JobShown:
    """A job as the page of a week tells it; of another week by its name."""
    found = _done(job) if job.done_at else _at_work(job) if at_work else _left(job)
    if job.week == week:
        return found
    said = f"Week of {words.longday(job.week)}: {found.said[0].lower()}{found.said[1:]}"
    return JobShown(found.kind, said, found.live, found.bar, found.draft)


def _what(job: Job) -> str:
    return "Drafting" if job.kind == Job.Kind.DRAFT else "Releasing"


def _at_work(job: Job) -> JobShown:
    since = f"{_what(job)} since {words.moment(job.begun_at or job.asked_at)}"
    again = f" This is try {job.tries} of {jobs.MOST_TRIES}." if job.tries > 1 else ""
    if job.kind == Job.Kind.RELEASE:
        return JobShown("", f"{since}: {words.count(len(job.lists), 'list')}.{again}", True, (0, 0))
    done, of = progress.told(job.week) or (0, 0)
    far = f"{done:,} of {words.count(of, 'setting')}" if of else "working out who is on whose list"
    return JobShown("", f"{since}: {far}.{again}", True, (done, of))


def _left(job: Job) -> JobShown:
    """Nobody is at it: not yet, not any more, or not again."""
    what, asked = _what(job), words.moment(job.asked_at)
    if job.tries >= jobs.MOST_TRIES:
        said = f"{what} stopped {job.tries} times before it was done{_why(job)}. Nothing has changed: every list is as it was."
        again = " Ask for it again; if it stops again, the cause is in the worker’s log."
        return JobShown("stop", said + again, draft=job.week if job.kind == Job.Kind.DRAFT else None)
    if job.tries:
        said = f"{what} stopped{_far(job)}{_why(job)}. Nothing of it is kept, so that no list is half done."
        return JobShown("late", f"{said} It begins anew by itself within two minutes.", True)
    if timezone.now() - job.asked_at > TAKEN_WITHIN:
        said = f"{what} was asked for {asked} and no worker has taken it: tell whoever runs the service."
        return JobShown("late", said, True)
    return JobShown("", f"{what} was asked for {asked} and waits for a worker.", True)


def _far(job: Job) -> str:
    done, of = (progress.told(job.week) if job.kind == Job.Kind.DRAFT else None) or (0, 0)
    return f" at {done:,} of {words.count(of, 'setting')}" if of else ""


def _why(job: Job) -> str:
    return f" (error: {job.error})" if job.error else ", its worker was ended"


def _done(job: Job) -> JobShown:
    outcome: Mapping[str, Any] = job.outcome
    at = words.moment(job.done_at)
    if "refused" in outcome:
        return JobShown("late", str(outcome["refused"]))
    if job.kind == Job.Kind.RELEASE:
        held = f"; {words.count(outcome['held'], 'list')} held back, marked below" if outcome["held"] else ""
        said = f"{words.count(outcome['released'], 'list')} released{held}: {at}."
        return JobShown("late" if held else "done", said)
    drafted = f"{words.count(outcome['lists'], 'list')} drafted anew, the others are as they were: {at}."
    failed = outcome.get("failed", [])
    return JobShown("late", f"{drafted} {_failed(failed)}") if failed else JobShown("done", drafted)


def _failed(settings: list[str]) -> str:
    more = f" and {len(settings) - NAMED:,} more" if len(settings) > NAMED else ""
    named = ", ".join(settings[:NAMED])
    number = words.count(len(settings), "list")
    return (
        f"{number} could not be drafted and cannot be released: {named}{more}."
        " Something known of a child there cannot be kept; the cause is in the worker’s log."
    )
