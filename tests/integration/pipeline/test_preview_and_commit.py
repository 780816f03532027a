"""What a preview counts is what the commit comes to, questions that resolve by themselves at the commit among it."""

import csv
import io

import pytest

from apps.children.models import Child
from apps.core.clock import today
from apps.extracts.models import Extract
from apps.matching.models import Decision, LinkVersion, Question
from apps.pipeline import plan
from apps.pipeline.actions import load
from apps.ragp.models import PlannedMove
from tests.releasing import released
from tests.world import COLUMNS

pytestmark = pytest.mark.django_db

NHS = "9990000018"
COUNTED = ("records", "resolved", "involvements", "sightings", "observations")
OLD, NEW = ("1 Fern Row", "ZZ1 1AA"), ("9 Elm Close", "ZZ9 9ZZ")


def send(feed, *rows, preview=False):
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS[feed].split(", "), restval="")
    writer.writeheader()
    writer.writerows(rows)
    file = io.BytesIO(text.getvalue().encode())
    return released(load(feed, [(f"{feed}.csv", file)], as_of=today(), preview=preview))


def early_help(where):
    return {
        "EHM ID": "E1", "Forename": "Marla", "Surname": "Marsh", "Date of Birth": "09/03/2014", "Address": where[0], "Postcode": where[1],
        "Episode ID": "EP1", "Start Date": "01/10/2026", "Support Level": "Family support",
    }  # fmt: skip


def social_care(where, number="C1"):
    return {
        "LA Child ID": number, "NHS Number": NHS, "Forename": "Marla", "Surname": "Marsh", "Date of Birth": "09/03/2014",
        "Address": where[0], "Postcode": where[1], "Allocated Worker ID": "W1", "Allocation Date": "01/10/2026",
    }  # fmt: skip


@pytest.fixture
def asked(world):
    """CAMHS knows a child at the old address with its number; early help's record of the new address is in question."""
    child = {"Local Patient ID": "P1", "NHS Number": NHS, "Family Name": "Marsh", "Given Name": "Marla"}
    at_home = {"Birth Date": "09/03/2014", "Address": OLD[0], "Postcode": OLD[1]}
    send(
        "camhs",
        child | at_home | {"Referral ID": "R1", "Referral Received": "01/09/2026", "Pathway": "Anxiety"},
    )
    send("early_help", early_help(NEW))
    return Question.objects.get(closed_at=None)


def test_a_question_that_resolves_at_the_commit_is_in_the_preview(asked):
    seen = send("csc_people", social_care(NEW), preview=True)
    shown = Extract.objects.get(pk=seen["extract"]).counts
    assert (seen["state"], seen["records"], shown["resolved"]) == (
        "previewed", {"new": 0, "linked": 1, "question": 0}, 1,
    )  # fmt: skip
    done = send("csc_people", social_care(NEW))
    kept = Extract.objects.get(pk=done["extract"]).counts
    assert not Question.objects.filter(closed_at=None).exists()
    assert {each: shown[each] for each in COUNTED} == {each: kept[each] for each in COUNTED}
    assert seen["ratings_changed"] == done["ratings_changed"] > 0


def test_looking_ahead_leaves_everything_as_it_was(asked):
    def live():
        return [
            sorted(Child.objects.values_list("pk", "merged_into", "provisional")),
            sorted(LinkVersion.objects.values_list("pk", "child", "recorded_to")),
            Decision.objects.count(),
            Question.objects.filter(closed_at=None).count(),
        ]

    before = live()
    seen = send("csc_people", social_care(NEW), preview=True)
    assert live() == before
    moves = PlannedMove.objects.filter(extract_id=seen["extract"])
    assert moves.count() == seen["ratings_changed"] > 0
    # the plan that the commit will carry out is the plan as it was written
    extract = Extract.objects.get(pk=seen["extract"])
    assert plan.records(extract=extract) == seen["records"]


def test_a_question_of_the_file_itself_that_resolves_in_it_is_not_counted_as_one(world):
    """Early help's record would be asked about; another row of the same file brings what settles it."""
    send("camhs", {
        "Local Patient ID": "P1", "NHS Number": NHS, "Family Name": "Marsh", "Given Name": "Marla", "Birth Date": "09/03/2014",
        "Address": OLD[0], "Postcode": OLD[1], "Referral ID": "R1", "Referral Received": "01/09/2026", "Pathway": "Anxiety",
    })  # fmt: skip
    rows = social_care(NEW), social_care(NEW, "C2") | {"NHS Number": ""}
    seen = send("csc_people", *rows, preview=True)
    done = send("csc_people", *rows)
    assert seen["records"] == done["records"]
    assert done["records"]["question"] == Question.objects.filter(closed_at=None).count()
