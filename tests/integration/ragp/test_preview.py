"""What a preview says would change is what the commit changes: one statement reads both."""

import csv
import io

import pytest

from apps.core.clock import today
from apps.pipeline.actions import load
from apps.ragp.models import Assessment
from tests.releasing import released
from tests.world import COLUMNS

pytestmark = pytest.mark.django_db

EPISODE = {
    "Date of Birth": "04/05/2022",
    "Postcode": "ZZ2 1ZZ",
    "Start Date": "01/10/2026",
    "Support Level": "Family support",
}
CLEO = {"EHM ID": "H3", "Forename": "Cleo", "Surname": "Cole", "Episode ID": "EH3", **EPISODE}
DAN = {"EHM ID": "H4", "Forename": "Dan", "Surname": "Dunne", "Episode ID": "EH4", **EPISODE}
NEW = [
    {"EHM ID": f"N{n}", "Forename": f"New{n}", "Surname": f"Newby{n}", "Episode ID": f"EN{n}", **EPISODE}
    for n in range(3)
]


def early_help(*rows, preview):
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS["early_help"].split(", "), restval="")
    writer.writeheader()
    writer.writerows(rows)
    file = io.BytesIO(text.getvalue().encode())
    return released(load("early_help", [("early_help.csv", file)], as_of=today(), preview=preview))


@pytest.mark.parametrize(
    ("rows", "changed"),
    [
        ([CLEO, DAN, *NEW], 3),
        ([CLEO | {"End Date": "20/11/2026"}, DAN], 1),
        ([CLEO | {"Support Level": "Other"}, DAN], 0),
        ([CLEO | {"End Date": "20/11/2026"}, DAN, *NEW], 4),
    ],
    ids=["new children", "an ending", "other words", "both"],
)
def test_a_preview_counts_what_the_commit_then_changes(world, rows, changed):
    before = Assessment.objects.count()
    seen = early_help(*rows, preview=True)
    assert (seen["state"], seen["ratings_changed"]) == ("previewed", changed)
    assert Assessment.objects.count() == before
    done = early_help(*rows, preview=False)
    assert (done["state"], done["ratings_changed"]) == ("committed", changed)
