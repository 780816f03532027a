"""Which changes may share one decision."""

from dataclasses import dataclass

import pytest

from apps.triage.rules import check_same_kind


@dataclass
class Change:
    to_band: str
    nature: str = "real"


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ([Change("red")], True),
        ([Change("red"), Change("red")], True),
        ([Change("red"), Change("amber")], False),
        ([Change("red"), Change("red", "artefact")], False),
        ([], True),
    ],
)
def test_changes_share_a_decision_when_nature_and_new_band_are_the_same(changes, may):
    assert (check_same_kind(changes) == "") is may
