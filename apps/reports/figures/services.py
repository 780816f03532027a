"""Services: caseloads, how many at once, who came and went, attendance, missing, placements."""

from apps.involvements.catalogue import SERVICES
from apps.reports.figures.kinds import Drawn, Figure, Named

FILES = "Involvements in the services’ own files"
SAME = " A service is one line of the child’s page: a child with a plan and a social worker is open to two."

FIGURES = (
    Figure(
        "services", "Children open to each service",
        "Children with a current involvement of the service at the end of the week. A child open to several is counted in each.",
        FILES, Named.SERVICES, partners=True,
    ),
    Figure(
        "overlap", "How many services at once",
        "Children by the number of services they are open to. Being on a roll is not one." + SAME,
        FILES, Named.WORDS, adds_up=("all",), partners=True,
        words={"0": "No service", "1": "One", "2": "Two", "3": "Three", "4": "Four", "5": "Five or more"},
    ),
    Figure(
        "turnover", "New and ended involvements",
        "New: open to the service at the end of the week and not at its beginning, as known then. Ended: the other way round. Last week’s"
        " caseload and what is new, less what has ended, is this week’s.",
        FILES, Named.SERVICES, head="Service", columns={"new": "New", "ended": "Ended"}, adds_up=("differ",), partners=True,
        drawn=Drawn.APART,
    ),
    Figure(
        "attendance", "Attendance of children with a social worker or a plan",
        "Of the children on a school roll who are open to the service, by the newest attendance any source gave.",
        "School censuses, attendance files and virtual school files", Named.SERVICES, head="Open to",
        columns={"from_90": "90 % and over", "under_90": "50 % to under 90 %", "under_50": "Under 50 %", "unknown": "Not known"},
        adds_up=("rows",), partners=True, drawn=Drawn.SHARES,
        partial="A figure that is not shared with your agency is not known here: such children stand under “Not known”.",
    ),
    Figure(
        "missing", "Missing and exploitation",
        "Missing: an episode in the files of social care or the police. Both: open to exploitation work and missing at least once in 90"
        " days. The lines overlap.",
        "Missing episodes and the exploitation panel’s file", Named.WORDS,
        words={"now": "Missing at the end of the week", "in_week": "Missing in the week", "often": "Missing three or more times in 90 days",
               "exploitation": f"Open to exploitation work ({SERVICES['vemt'].name})", "both": "Both"},
    ),
    Figure(
        "placements", "Placements of looked-after children",
        "Children looked after at the end of the week, by the kind of the placement they were in and how long they had been in it.",
        "Social care’s placement files", Named.PLACEMENTS, head="Placement",
        columns={"under_3m": "Under 3 months", "under_1y": "3 months to a year", "under_2y": "1 to 2 years", "from_2y": "2 years or more",
                 "unknown": "Not known"},
        adds_up=("rows", "columns"), drawn=Drawn.SHARES,
    ),
    Figure(
        "after", "Ratings before and after a service began",
        "Children whose involvement began 13 to 26 weeks before the end of the week: the rating on the day it began, against the one twelve"
        " weeks later. This does not say that the service was the cause. Help begins when things are worst, and much changes by itself;"
        " nobody alike without the service stands beside them.",
        "Involvements in the services’ own files, and ratings as worked out then", Named.SERVICES, head="Service",
        columns={"lower": "Lower", "same": "The same", "higher": "Higher", "unknown": "Not rated then"}, adds_up=("rows",),
        drawn=Drawn.SHARES,
    ),
)  # fmt: skip
