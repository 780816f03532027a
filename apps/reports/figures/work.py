"""Work: weekly lists and triage."""

from apps.reports.figures.kinds import About, Figure, Named

FIGURES = (
    Figure(
        "lists", "Weekly lists",
        "The week’s newest list of each setting that was out at the end of the week, and what had become of it by then. A return that is"
        " sent again counts from its last sending.",
        "Releases, receipts and returns", Named.WORDS, about=About.LISTS, partners=True,
        words={"released": "Released", "opened": "Opened", "acknowledged": "Said to have been read", "returned": "Returned"},
    ),
    Figure(
        "triage", "Triage and its clocks",
        "What came to be decided in the week, what was decided in it, by whether its clock had run out, and what waited at its end.",
        "The queue and its decisions", Named.WORDS,
        words={"opened": "Came in", "decided_in_time": "Decided in time", "decided_late": "Decided late",
               "waiting": "Waiting, within its time", "overdue": "Waiting beyond its time"},
    ),
)  # fmt: skip
