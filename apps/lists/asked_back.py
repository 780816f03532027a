"""What a setting returns of a child: the questions and their answers, the same on screen and in the sheet."""

from typing import NamedTuple


class Question(NamedTuple):
    """One column: its name in a form, its heading in the sheet, its answers by code, or whether it is a day."""

    name: str
    heading: str
    answers: dict[str, str]
    is_day: bool = False
    width: int = 14


QUESTIONS = (
    Question(
        "attended",
        "Attended this week",
        {"every": "Every day", "some": "Some days", "none": "Not at all"},
        width=18,
    ),
    Question("seen_on", "Seen on", {}, is_day=True),
    Question("seen_by", "Seen by whom", {}, width=20),
    Question(
        "concern",
        "Concern",
        {"none": "No concern", "some": "Some concern", "serious": "Serious concern"},
        width=16,
    ),
    Question("words", "Concern in words", {}, width=40),
    Question("roll", "On your roll", {"ours": "Ours", "not_ours": "Not ours", "left": "Left"}),
    Question("left_on", "Left on", {}, is_day=True),
    Question("contact", "Contact made", {"yes": "Yes", "no": "No"}),
)
#: By which a row finds its child again, wherever it was sorted to.
REFERENCE = "Reference"


def reference(entry: int | None, version: int) -> str:
    """The row's own mark: the entry and the version of its list."""
    return f"{entry}-v{version}" if entry else ""


def referred(text: str) -> tuple[int, int] | None:
    """The entry and the version of a row's mark; None where it is none."""
    entry, _, version = text.strip().lower().partition("-v")
    return (
        (int(entry), int(version))
        if entry.isdecimal() and version.isdecimal() and len(entry) < 19 and len(version) < 5
        else None
    )
