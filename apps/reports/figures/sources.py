"""What the figures rest on: how fresh the files are, and what they lack."""

from apps.reports.figures.kinds import About, Drawn, Figure, Named

FIGURES = (
    Figure(
        "freshness", "How fresh the sources are",
        "Every feed in use, by the day its newest file is of: late once the day it was due and the days of grace are over.",
        "Files taken in by the end of the week", Named.WORDS, about=About.FEEDS, head="State",
        words={"in_time": "In time", "late": "Late", "never": "No file has ever come"}, partners=True,
        drawn=Drawn.NOT,
    ),
    Figure(
        "quality", "What the records lack",
        "Children of whom no agency’s record holds the number or the date, and records that wait for somebody to say whose they are.",
        "Every agency’s own words of who a child is", Named.WORDS,
        words={"no_nhs": "No NHS number", "no_dob": "No date of birth", "no_upn": "On a school roll without a UPN",
               "question": "May be the same child as another"},
        partial="A record that is not shared with your agency is not known here, so some of these children may lack nothing.",
    ),
)  # fmt: skip
