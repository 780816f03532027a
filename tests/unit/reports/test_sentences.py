"""Sentences say what the figures show, with their numbers; what is withheld is not said."""

import re
from datetime import UTC, date, datetime

import pytest

from apps.core.presenters import Band
from apps.reports.figures import FIGURES
from apps.reports.models import Report
from apps.reports.reading import Reading
from apps.reports.sentences import sentences

BANDS = {code: Band(code.title(), code, code) for code in ("purple", "red", "amber", "green")}
NOW = {
    "bands": {"purple": 38, "red": 147, "amber": 455, "green": 587, "none": 142},
    "movement": {"green/amber": 22, "amber/red": 9},
    "services": {"camhs": 140, "ehcp": 90},
    "overlap": {"0": 900, "5": 61},
    "turnover": {"camhs/new": 14, "camhs/ended": 2, "ehcp/new": 5},
    "unseen": {"red/within": 119, "red/longer": 23, "red/never": 5},
    "lists": {"released": 13, "opened": 11, "returned": 2},
    "triage": {"waiting": 23, "overdue": 1},
    "freshness": {"late/youth_justice": 1, "in_time/camhs": 1},
}  # fmt: skip


def report(week=date(2026, 11, 16), people=20_000, begun=True, **changed):
    figures = {code: {} for code in FIGURES} | NOW | changed
    basis = {
        "begun": begun, "scheme": "1", "standards": {"red": 28}, "feeds": {},
        "people": {"number": people, "source": "ONS"} if people else None,
    }  # fmt: skip
    return Report(week=week, as_at=datetime(2026, 11, 23, tzinfo=UTC), basis=basis, figures=figures)


def said(whole=True, before=None, **changed):
    reading = Reading(report(**changed), whole, before)
    reading.__dict__ |= {"bands": BANDS, "feeds": {"youth_justice": "Youth justice"}}
    return sentences(reading)


def test_the_week_in_sentences():
    before = report(
        date(2026, 11, 9), bands={"purple": 36, "red": 147, "amber": 455, "green": 587, "none": 141}
    )
    assert said(before=before) == [
        "1,369 children are known, 3 more than the week before: 684.5 of every 10,000 who live in the borough.",
        "38 are Purple, 3 % of them, 2 more than the week before.",
        "147 are Red, 11 % of them, as many as the week before.",
        "The most frequent move between ratings was from Green to Amber: 22 children.",
        "CAMHS changed most: 14 new and 2 ended, to 140 children.",
        "61 children are open to five or more services at once.",
        "Of 147 Red 28 (19 %) were not seen within 28 days.",
        "13 weekly lists went out; 11 were opened and 2 returned by the end of the week.",
        "24 children wait for a decision in triage, 1 of them beyond their time.",
        "1 source is late (Youth justice): figures that rest on it may be too low.",
    ]


def test_without_a_population_or_a_week_before_nothing_is_compared():
    first = said(people=None)[0]
    assert first == "1,369 children are known."


def test_in_the_first_week_nothing_is_called_new():
    told = " ".join(said(begun=False))
    assert "changed most" not in told and "most frequent move" not in told


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"bands": {"purple": 3, "red": 147, "amber": 455}}, "are Purple"),
        ({"overlap": {"0": 900, "1": 40, "5": 4}}, "five or more"),
        ({"unseen": {"red/within": 40, "red/longer": 2}}, "were not seen"),
        ({"triage": {"waiting": 23, "overdue": 4}}, "wait for a decision"),
    ],
)
def test_a_withheld_number_is_in_no_sentence(changed, word):
    assert any(word in sentence for sentence in said(**changed))
    assert not any(word in sentence for sentence in said(whole=False, **changed))


def test_every_sentence_carries_a_number():
    assert all(re.search(r"\d", sentence) for sentence in said())
