"""The algorithmic transparency record: every field of the standard once, filled from the scheme or said to be the authority's."""

from datetime import UTC, date, datetime

import pytest

from apps.pipeline.schemes import atrs
from apps.pipeline.schemes.atrs_words import FIELDS, SECTIONS
from apps.ragp.models import Scheme, WhatIf

BAND = {"code": "red", "label": "Red", "definition": "Seen this week", "from_points": 8, "rank": 1}
NONE = {
    "code": "none",
    "label": "Not rated",
    "definition": "Nothing that counts",
    "from_points": None,
    "rank": 0,
}
RULE = {
    "code": "eh", "sentence": "Early help", "kind": "open", "subject": "early_help", "points": 3, "floor": "", "categories": [],
    "policy": "",
}  # fmt: skip
DATA = {"bands": [NONE, BAND], "rules": [RULE]}
OWN = {"contact_email": "ratings@example.gov.uk", "team": "Early help", "third_party": "None."}


def record(state="Live", own=OWN, approved=None, tried=None, live=False):
    scheme = Scheme(title="Shipped", version="1", approved_at=approved, reason="Panel of 2 November")
    scheme.live_from = date(2026, 1, 1) if live else None
    known = atrs.Known(
        scheme, DATA, state, "Wenlow Council", ["CAMHS (NHS), every week"], ["A with B: Act."], tried
    )
    sections = atrs.record(known, own)
    return sections, {each.code: each for section in sections for each in section.fields}


def test_every_field_of_the_standard_stands_once_in_its_section():
    placed = [code for codes in SECTIONS.values() for code in codes]
    assert sorted(placed) == sorted(FIELDS)
    assert len(placed) == len(set(placed))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("name", "Shipped, version 1. Live."),
        ("organisation", "Wenlow Council"),
        ("detailed_description", "Early help is involved today: adds 3 points."),
        ("model_output", "Red: Seen this week"),
        ("model_version", "1"),
        ("data_sources", "CAMHS (NHS), every week"),
        ("operational_agreements", "A with B: Act."),
        ("contact_email", "ratings@example.gov.uk"),
        ("companies_house", "Not applicable."),
        ("models", "One: the additive rules described above. There is no statistical or learnt model."),
    ],
)
def test_a_field_is_filled_from_the_scheme_the_instance_or_the_authority(code, said):
    assert said in record()[1][code].paragraphs


@pytest.mark.parametrize(
    ("state", "phase"),
    [("Live", "Production"), ("Draft", "Pre-deployment"), ("Replaced", "Retired"), ("Approved, live from 1 Dec 2026", "Pre-deployment")],
)  # fmt: skip
def test_the_phase_follows_the_state(state, phase):
    assert record(state)[1]["phase"].paragraphs == [phase]


def test_what_only_the_authority_can_say_is_missing_until_it_says_it():
    sections, fields = record()
    assert [each.code for each in atrs.missing(sections)] == [
        "website", "senior_owner", "previous_process", "training", "appeals", "impact_assessments",
    ]  # fmt: skip
    assert fields["senior_owner"].paragraphs == []
    sections, _ = record(own={code: "said" for code, (_, always) in FIELDS.items() if not always})
    assert atrs.missing(sections) == []


def test_a_third_party_has_to_be_described():
    sections, _ = record(own={"third_party": "Acme Ltd hosts it."})
    assert {"companies_house", "procurement"} <= {each.code for each in atrs.missing(sections)}


def test_who_approved_and_on_how_many_it_was_tried_is_said():
    tried = WhatIf(children=10_380, seconds=2.5, done_at=datetime(2026, 11, 2, 12, tzinfo=UTC))
    fields = record(approved=datetime(2026, 11, 3, 12, tzinfo=UTC), tried=tried)[1]
    assert "on Tue 3 Nov 2026: Panel of 2 November" in " ".join(fields["human_decisions"].paragraphs)
    assert "on 10,380 children in 2.5 seconds" in " ".join(fields["frequency"].paragraphs)
    fields = record()[1]
    assert "came with the service" in record(live=True)[1]["human_decisions"].paragraphs[1]
    assert "not been approved yet" in " ".join(fields["human_decisions"].paragraphs)
    assert "not been tried" in " ".join(fields["frequency"].paragraphs)


def test_the_notice_is_made_of_the_record_and_leaves_out_what_nobody_has_said():
    sections, fields = record()
    told = {part.title: part for part in atrs.notice(sections)}
    assert (told["Bands"].paragraphs, told["Bands"].items) == ([], fields["model_output"].paragraphs)
    first, *rules = fields["detailed_description"].paragraphs
    assert first in told["How it works"].paragraphs and told["How it works"].items == rules
    assert "If you disagree" not in told
    assert told["Who is responsible"].paragraphs == ["Wenlow Council", "Early help", "ratings@example.gov.uk"]
    own = OWN | {"appeals": "Write to us."}
    assert "Write to us." in [line for part in atrs.notice(record(own=own)[0]) for line in part.paragraphs]
