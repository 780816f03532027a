"""How far lists are on their way: drafted, checked, released, opened; and what a job did."""

from collections.abc import Mapping
from typing import Any

from apps.core import words
from apps.core.presenters import Tile
from apps.lists import progress
from apps.lists.asked_back import QUESTIONS
from apps.lists.models import Answer, Entry, Job, Notice, WeeklyList


def tiles(figures: Mapping[str, int]) -> list[Tile]:
    """How many lists of the week stand where."""
    return [
        Tile("Drafted", figures["drafted"], "nobody has looked yet"),
        Tile("Checked", figures["checked"], "a second person releases"),
        Tile("Released", figures["released"], "their settings can open them"),
        Tile("Opened", figures["opened"], "by one of the setting"),
        Tile("Returned", figures["returned"], "sent back to the council"),
        Tile("Recalled", figures["recalled"], "nobody can open them"),
    ]


def job_line(job: Job) -> tuple[str, str]:
    """What was last asked for, as the kind of notice and its words."""
    what = "Drafting" if job.kind == Job.Kind.DRAFT else "Releasing"
    if job.done_at is None:
        told = progress.told(job.week) if job.kind == Job.Kind.DRAFT else None
        far = f": {told[0]:,} of {words.count(told[1], 'setting')}" if told else ""
        return "", f"{what} since {words.moment(job.asked_at)}{far}. Load this page again to see how it goes."
    outcome: dict[str, Any] = job.outcome
    if "refused" in outcome:
        return "late", str(outcome["refused"])
    if job.kind == Job.Kind.RELEASE:
        held = f"; {words.count(outcome['held'], 'list')} held back, marked below" if outcome["held"] else ""
        said = f"{words.count(outcome['released'], 'list')} released{held}: {words.moment(job.done_at)}."
        return ("late" if held else "done"), said
    drafted = words.count(outcome["lists"], "list")
    return "done", f"{drafted} drafted anew, the others are as they were: {words.moment(job.done_at)}."


def sent_line(counted: Mapping[str, int]) -> str:
    """How many e-mails about a week's lists have left, while some have not; empty where all have."""
    of, sent = sum(counted.values()) - counted.get(Notice.State.DROPPED, 0), counted.get(Notice.State.SENT, 0)
    if of == sent:
        return ""
    said = [f"{sent:,} of {words.count(of, 'e-mail')} sent"]
    for state, label in (
        (Notice.State.FAILED, "refused by the e-mail service"),
        (Notice.State.UNSURE, "perhaps sent, the e-mail service cannot tell"),
    ):
        if counted.get(state):
            said.append(f"{counted[state]:,} {label}: phone these settings")
    return "; ".join(said) + "."


def way(listed: WeeklyList, who: Mapping[int, str]) -> list[tuple[str, str]]:
    """Each step of one list so far: what, and when by whom."""
    steps = (
        ("Drafted", listed.as_at, listed.drafted_by, "the timetable"),
        ("Checked", listed.checked_at, listed.checked_by, ""),
        ("Released", listed.released_at, listed.released_by, "a command"),
        ("Recalled", listed.recalled_at, listed.recalled_by, ""),
    )
    return [
        (label, f"{words.moment(at)} by {who.get(by, 'somebody') if by else otherwise}")
        for label, at, by, otherwise in steps
        if at
    ]


def answer_line(answer: Answer) -> tuple[Entry, list[tuple[str, str]]]:
    """What a setting returned of a child, in the words of the form; what it left empty is left out."""
    said = []
    for question in QUESTIONS:
        value = getattr(answer, question.name)
        if value:
            words_of = words.day(value) if question.is_day else question.answers.get(value, value)
            said.append((question.heading, words_of))
    return answer.entry, said
