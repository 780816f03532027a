"""What is agreed about children: case reviews and actions."""

from apps.reports.figures.kinds import Figure, Named

FIGURES = (
    Figure(
        "reviews", "Case reviews and their clocks",
        "What was raised and decided in the week, and which reviews were under way at its end, by whether the time for where they stood"
        " had run out.",
        "Reviews and their moves", Named.WORDS,
        words={"raised": "Raised", "decided": "Decided", "open": "Under way, within their time", "overdue": "Under way, beyond their time"},
    ),
    Figure(
        "actions", "Actions and their days",
        "What was written down and done in the week, by whether its day was over, and what was open at its end. Of an action that was"
        " handed on, the day that held then counts.",
        "The action log", Named.WORDS,
        words={"written": "Written down", "done_in_time": "Done in time", "done_late": "Done late", "dropped": "Not done, with a reason",
               "open": "Open, within its time", "overdue": "Open, beyond its time"},
    ),
)  # fmt: skip
