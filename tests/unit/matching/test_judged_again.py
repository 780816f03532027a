"""What becomes of a record known already that is judged once more."""

import pytest

from apps.matching.again import Standing, place
from apps.matching.compare.accounts import Levels
from apps.matching.judging import Candidate, Outcome

OWN, ASKED_ABOUT_IT, NOT_ASKED = 1, 2, 3


def standing(**other):
    known = {
        "local_id": "S1", "record": 10, "child": OWN, "question": None, "rule": "", "asked": (), "by_person": False, "nameless": False,
        "provisional": False, "whole": True, "records": (10,),
    }  # fmt: skip
    return Standing(**(known | other))


def question(*candidates):
    undecided = {ASKED_ABOUT_IT: frozenset({OWN}), NOT_ASKED: frozenset()}
    found = [
        Candidate(child, Levels(), {}, 30.0, ask="no_address", undecided=undecided[child])
        for child in candidates
    ]
    return Outcome("question", "no_address", None, found)


@pytest.mark.parametrize(
    "candidates, other, becomes",
    [
        ((ASKED_ABOUT_IT,), {}, "kept"),
        ((NOT_ASKED,), {}, "question"),
        ((ASKED_ABOUT_IT, NOT_ASKED), {}, "question"),
        ((ASKED_ABOUT_IT,), {"nameless": True}, "question"),
        ((ASKED_ABOUT_IT,), {"provisional": True}, "question"),
        ((ASKED_ABOUT_IT,), {"records": (10, 11)}, "question"),
        ((NOT_ASKED,), {"question": 5, "asked": (NOT_ASKED,)}, "kept"),
    ],
)
def test_a_pair_is_asked_about_once(candidates, other, becomes):
    assert place(standing(**other), question(*candidates)).match == becomes
