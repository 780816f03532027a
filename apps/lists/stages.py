"""How far lists are on their way: drafted, checked, released, opened, returned."""

from collections.abc import Mapping

from apps.core import words
from apps.core.presenters import Tile
from apps.lists.asked_back import QUESTIONS
from apps.lists.models import Answer, Entry, Notice, WeeklyList


def tiles(figures: Mapping[str, int]) -> list[Tile]:
    """How many lists of the week stand where."""
    return [
        Tile("Drafted", figures["drafted"], "nobody has looked yet"),
        Tile("Checked", figures["checked"], "a second person releases"),
        Tile("Released", figures["released"], "out to their settings"),
        Tile("Opened", figures["opened"], "by one of the setting"),
        Tile("Returned", figures["returned"], "sent back to the council"),
        Tile("Recalled", figures["recalled"], "nobody can open them"),
    ]


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
