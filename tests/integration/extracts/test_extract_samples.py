"""The real files others have published, unchanged, with the counts they are known to hold."""

import pytest
from django.conf import settings

from apps.core.errors import Refused
from apps.extracts.models import Row, StagedFact, StagedPerson
from tests.integration.extracts.loading import facts, files, findings, load, people, rows
from tests.samples import sample

pytestmark = pytest.mark.django_db


def found(folder: str, *names: str) -> list:
    return files(**{name: sample(f"{folder}/{name}") for name in names})


def test_the_looked_after_set():
    names = [path.name for path in sample("ssda903").glob("*.csv") if "rule_info" not in path.name]
    extract = load("ssda903", found("ssda903", *names))
    assert StagedPerson.objects.filter(extract=extract).count() == 2675
    placements = StagedFact.objects.filter(extract=extract, code="placement")
    assert placements.count() == 5050
    assert placements.filter(end_on=None).count() == 1413
    # 62 children have episodes that overlap: 56 by their dates, the others because an earlier one has no end.
    assert findings(extract)["EPISODES_OVERLAP"] == 56
    # One child of two small modules is in no header: its two rows are named, the others all count.
    assert findings(extract)["NOT_IN_MAIN"] == extract.rejected == 2
    assert extract.accepted + extract.rejected == extract.rows == rows(extract)
    assert facts(extract, "looked_after", category__in=["V3", "V4"]) == []


def test_the_looked_after_set_as_xml():
    extract = load("ssda903", files(fake_903_xml=sample("ssda903/fake_903.xml")))
    assert (extract.rows, extract.accepted, extract.rejected) == (2454, 2454, 0)
    assert len(people(extract)) == 253
    placements = StagedFact.objects.filter(extract=extract, code="placement")
    assert (placements.count(), placements.filter(end_on=None).count()) == (459, 133)
    assert StagedFact.objects.filter(extract=extract, code="missing").count() == 6


@pytest.mark.parametrize("name", ["Annex_A.xlsx", "Annex_A_2024_Jan.xlsx"])
def test_the_annex_a_workbook(name):
    extract = load("annex_a", files(**{name: sample(f"annex_a/{name}")}))
    assert (extract.rows, extract.accepted, extract.rejected) == (59, 54, 5)
    # List 11 holds five adults: counted, and neither a person nor a word of them kept
    assert findings(extract)["ADULTS"] == 5
    kept = Row.objects.filter(extract_id=extract.pk, module="list_11").values_list("data", "local_id")
    assert list(kept) == [({"!": "ADULTS"}, "")] * 5
    assert not {"7105179", "10898578"} & set(people(extract))
    assert len(people(extract)) == 48
    services = set(StagedFact.objects.filter(extract=extract, kind="I").values_list("code", flat=True))
    assert services == {
        "social_care_referral", "early_help", "child_in_need", "child_protection", "looked_after", "care_leaver",
    }  # fmt: skip
    assert StagedFact.objects.filter(extract=extract, kind="S").count() == 17


@pytest.mark.parametrize(
    ("name", "children", "in_need", "plans"),
    [
        ("cin_census/CIN_Census_2021.xml", 1, 1, 1),
        ("cin_census/CIN_Census_2024.xml", 2, 1, 1),
        ("cin_census/CIN_Census_2026.xml", 2, 1, 1),
        ("cin_census_liia/cin-2022.xml", 1, 1, 1),
        ("cin_census_liia/BAR_cin_2022.xml", 1, 1, 1),
        ("cin_census/CIN_la_issues_2887Q.xml", 1, 1, 1),
        ("cin_census/fake_CIN_data.xml", 332, 0, 0),
    ],
)
def test_every_years_children_in_need_census(name, children, in_need, plans):
    extract = load("cin_census", files(census_xml=sample(name)))
    assert (extract.rows, extract.accepted) == (children, children)
    assert len(people(extract)) == children
    assert len(facts(extract, "child_in_need")) == in_need
    assert len(facts(extract, "child_protection")) == plans


def test_the_school_census():
    names = [path.name for path in sample("school_census").glob("*.csv")]
    extract = load("school_census", found("school_census", *names))
    enrolled = StagedFact.objects.filter(extract=extract, code="school_roll", end_on=None)
    assert enrolled.count() == 9498
    assert enrolled.filter(category="S").count() == 1033
    assert enrolled.values("setting_ref").distinct().count() == 8
    assert (extract.rows, extract.rejected) == (78142, 0)
    assert (
        StagedFact.objects.filter(extract=extract, code__in=["suspension", "permanent_exclusion"]).count()
        == 10064
    )


def test_the_two_family_context_files():
    social_care = load("family_context_csc", found("family_context", "csc.csv"))
    education = load("family_context_education", found("family_context", "education.csv"))
    assert (social_care.accepted, education.accepted) == (500, 500)
    assert len(facts(social_care, "social_worker", end_on=None)) == 253
    assert len(facts(education, "school_roll", end_on=None)) == 234
    keys = [
        {(p.surname_key, p.forename_key, p.dob, p.address_key) for p in people(extract).values()}
        for extract in (social_care, education)
    ]
    assert len(keys[0] & keys[1]) == 474


@pytest.mark.parametrize(
    "name",
    sorted(path.name for path in (settings.VCDB_SAMPLES / "mavis_cohort_import").glob("*.csv"))
    or ["valid.csv"],
)
def test_a_file_for_another_system_is_refused_with_a_sentence(name):
    with pytest.raises(Refused) as refusal:
        load("early_help", files(**{name: sample(f"mavis_cohort_import/{name}")}))
    assert str(refusal.value).endswith(".")
    assert name in str(refusal.value)
