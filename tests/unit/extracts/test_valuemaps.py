"""Messy spellings: what the shipped maps make of them, and what they leave alone."""

import csv
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.valuemaps import MAPS, canonical, categories, map_of, plain
from tests.samples import sample

MEANT = [
    ("Gender", "b) Female", "b) Female"),
    ("gender", "FEMALE", "b) Female"),
    ("sex", " 1 - male ", "a) Male"),
    ("Ethnicity", "WBRI", "a) White"),
    ("ethnicity", "Mixed - White & Black Caribbean", "b) Mixed"),
    ("ethnicity", "mixed: white and black carribean", "b) Mixed"),
    ("Referral Source", "1C: Self", "a) Individual"),
    ("Contact Source", "Code 'POLICE' is not mapped", "g) Police"),
    ("Initial Category of Abuse", "Neglect; Emotional abuse", "e) Multiple"),
    ("category of abuse", "NEG", "a) Neglect"),
    ("category_of_abuse", "Physical Abuse", "b) Physical Abuse"),
    ("LA of Placement", "Stockton on Tees Borough Council", "Stockton-on-Tees"),
    ("LA of Placement", "808", "Stockton-on-Tees"),
    ("LA of Placement", "e06000004", "Stockton-on-Tees"),
    ("Was the Child Seen Alone?", "Y", "True"),
    ("Was the Child Seen Alone?", "Child not seen alone", "False"),
    ("Does the Child have a Disability", "AUT", "True"),
    ("Reason Ceased to be Looked After", "E11", "a) Adopted"),
    ("Case Status", "CPP", "b) Child Protection plan"),
]


@pytest.mark.parametrize(("field", "text", "category"), MEANT)
def test_a_spelling_means_its_category(field, text, category):
    assert canonical(field, text).casefold() == category.casefold()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("Gender", "banana"),
        ("Ethnicity", "QQQQ"),
        ("LA of Placement", "Atlantis"),
        ("Gender", ""),
        ("Weather", "Male"),
    ],
)
def test_what_no_map_knows_is_nobodys_guess(field, text):
    assert canonical(field, text) is None


def test_spellings_that_authorities_use_for_two_things_are_left_to_a_person():
    assert canonical("Contact Source", "CAFCASS") is None
    assert canonical("Contact Source", "Councillor") is None


def test_what_somebody_taught_comes_before_the_maps():
    learnt = {plain("CAFCASS"): "h) Other legal agency", plain("Police!"): ""}
    assert canonical("Contact Source", "cafcass.", learnt) == "h) Other legal agency"
    assert canonical("Contact Source", "Police", learnt) is None


def test_a_category_means_itself_with_and_without_its_letter():
    for row in csv.DictReader((MAPS / "fields.csv").open(encoding="utf-8")):
        assert categories(row["field"]), row
        for category in categories(row["field"]):
            assert canonical(row["field"], category) == category
            assert canonical(row["field"], category.upper()) == category


def test_no_phrase_stands_twice_in_a_map():
    for path in MAPS.glob("*.csv"):
        if path.stem not in ("fields", "authorities"):
            phrases = [row["phrase"] for row in csv.DictReader(path.open(encoding="utf-8"))]
            assert len(phrases) == len(set(phrases)), path.stem
            assert phrases == [plain_phrase(phrase) for phrase in phrases], path.stem


def plain_phrase(phrase: str) -> str:
    mark = phrase[0] if phrase[0] in "=^" else ""
    return mark + "+".join(plain(part) for part in phrase[len(mark) :].split("+"))


@given(st.sampled_from(["Gender", "Ethnicity", "Contact Source", "LA of Placement"]), st.text(max_size=400))
def test_any_text_gives_a_category_of_its_map_or_none(field, text):
    assert canonical(field, text) in {None, *categories(field)}


def test_shipped_maps_resolve_the_spellings_authorities_returned():
    path = sample("annex_a/annex_a_value_variants.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    stated = defaultdict(set)
    for row in rows:
        stated[row["column"], row["variant_as_recorded_by_LAs"]].add(
            " ".join(row["canonical"].casefold().split())
        )
    right = wrong = 0
    for row in rows:
        key = row["column"], row["variant_as_recorded_by_LAs"]
        found = canonical(*key)
        right += found is not None and found.casefold() in stated[key]
        wrong += found is not None and found.casefold() not in stated[key]
    assert len(rows) > 10_000
    assert right / len(rows) >= 0.97
    assert wrong / len(rows) <= 0.005


def test_every_column_of_the_published_list_has_a_map():
    rows = csv.DictReader(sample("annex_a/annex_a_value_variants.csv").open(encoding="utf-8"))
    assert not {row["column"] for row in rows if not map_of(row["column"])}
