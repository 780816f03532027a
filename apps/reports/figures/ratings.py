"""Ratings: how many children are in each band, how they moved, whether they were seen, and where they live and learn."""

from apps.reports.figures.kinds import Drawn, Figure, Named

RATINGS = "Ratings as worked out from every agency’s files"
HIGH = {"all": "All children", "high": "In the two highest bands"}

FIGURES = (
    Figure(
        "bands", "Children by rating",
        "Every child an agency holds a record of, but for those who have died, left the area or are over age, by the band worked out for"
        " them. A band set by a professional is not counted: figures that mixed judgement into the rule could not be worked out again.",
        RATINGS, Named.BANDS, adds_up=("all",), partners=True,
    ),
    Figure(
        "movement", "Moves between ratings",
        "Children whose band really moved in the week, from the band on the left to the one above. Moves that only a late or repaired file"
        " made are left out. A child that moved twice is in two cells.",
        RATINGS, Named.BANDS, moves=True, head="From", adds_up=("rows", "columns"), partners=True,
        drawn=Drawn.MOVES,
    ),
    Figure(
        "unseen", "Seen within the standard of their rating",
        "Children of each band for which a standard was entered, by the last time somebody who reports it saw them.",
        "Sightings in every agency’s files and in the returns of settings", Named.BANDS, head="Rating",
        columns={"within": "Within the standard", "longer": "Longer ago", "never": "Never, by the files"}, adds_up=("rows",),
        drawn=Drawn.SHARES,
        partial="A visit that is not shared with your agency is not known here, so some of these children may have been seen.",
    ),
    Figure(
        "areas", "Where children live",
        "Children by the postcode sector of their most trusted address; a sector stands for a ward, as a list of wards that came later"
        " would say something else of an old week. A hidden address is “Not known”.",
        "Addresses in every agency’s files", Named.SECTORS, head="Sector", columns=HIGH, adds_up=("columns",), most=12,
        drawn=Drawn.WITHIN,
    ),
    Figure(
        "schools", "Where children learn",
        "Children by the school whose roll they joined last; children on no roll are not in it, nor are hidden ones.",
        "School rolls", Named.SCHOOLS, head="School", columns=HIGH, most=12, drawn=Drawn.WITHIN,
    ),
)  # fmt: skip
