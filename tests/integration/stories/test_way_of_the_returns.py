"""The whole way of the statutory returns and of two agencies without a shared id: many rows of a child become one story."""

from datetime import date
from pathlib import Path

import pytest

from apps.agencies.models import Agency, SettingAlias
from apps.children.models import RecordVersion, SourceRecord
from apps.extracts.models import Finding, Row
from apps.involvements.models import Involvement, Observation
from apps.lists.models import Entry
from apps.pipeline.actions import map_setting
from apps.ragp.models import Assessment
from apps.triage.models import Item
from tests.integration.stories import telling
from tests.integration.stories.telling import (
    child_of,
    lines_of,
    look,
    send_files,
    somebody,
    text_of,
    the,
)

pytestmark = pytest.mark.usefixtures("ground")

FIXTURES = Path(__file__).parents[2] / "fixtures"


def files_of(feed, pattern="*.csv"):
    """The sample set of a return, as it lies in the repository."""
    return {path.name: path.read_bytes() for path in sorted((FIXTURES / feed).glob(pattern))}


def current(**which):
    return Involvement.objects.filter(recorded_to=None, **which)


def band_of(child):
    return Assessment.objects.get(child=child, superseded_at=None).band


def looked_after(child="L1", ceased="", dob=telling.BORN):
    """The two tables of a return that say a child is looked after, with a strengths and difficulties score."""
    return {
        "header.csv": text_of([{"CHILD": child, "SEX": "2", "DOB": dob, "ETHNIC": "WBRI", "UPN": "", "MOTHER": "", "MC_DOB": ""}]),
        "episodes.csv": text_of([{
            "CHILD": child, "DECOM": "01/02/2026", "RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": "U4", "PLACE_PROVIDER": "PR1",
            "DEC": ceased, "REC": "E4A" if ceased else "", "REASON_PLACE_CHANGE": "", "HOME_POST": "", "PL_POST": "", "URN": "",
        }]),
        "oc2.csv": text_of([{
            "CHILD": child, "DOB": dob, "SDQ_SCORE": "19", "SDQ_REASON": "", "CONVICTED": "", "HEALTH_CHECK": "",
            "HEALTH_ASSESSMENT": "", "SUBSTANCE_MISUSE": "",
        }]),
    }  # fmt: skip


def test_a_child_of_the_903_is_the_child_social_care_named(ground):
    telling.publish_week()
    summary = send_files("ssda903", looked_after())
    assert (summary["state"], summary["rows"], summary["rejected"]) == ("committed", 3, 0)
    ada = the("Ada")
    record = SourceRecord.objects.get(id_scheme="la_child_id", local_id="L1")
    assert record.child == ada
    assert set(RecordVersion.objects.filter(record=record, recorded_to=None).values_list("feed__code", flat=True)) == {
        "csc_people", "ssda903",
    }  # fmt: skip
    assert ada.surname == "Marsh"
    assert summary["records"]["question"] == 0
    fact = current(service="looked_after").get()
    assert (fact.start_on, fact.end_on, fact.record) == (date(2026, 2, 1), None, record)
    assert band_of(ada) == "amber"
    assert Item.objects.get(child=ada).state == "open"


def test_a_looked_after_child_reaches_the_schools_list_and_only_its_existence(ground):
    telling.publish_week()
    send_files("ssda903", looked_after())
    telling.publish_week(telling.NEXT_MONDAY)
    entry = Entry.objects.get(child=the("Ada"), list__week=telling.NEXT_MONDAY)
    [shared] = entry.services
    assert (shared["service"], entry.band, entry.mark) == ("looked_after", "amber", "up")
    school = somebody("school_dsl", f"urn-{telling.ELM}")
    line = lines_of(look(school, the("Ada")))["looked_after"]
    assert (line.state.kind, line.category) == ("known", "")
    owner = somebody("practitioner", "csc")
    assert lines_of(look(owner, the("Ada")))["looked_after"].category


def test_the_score_of_the_return_counts_for_its_own_people_only(ground):
    send_files("ssda903", looked_after())
    score = Observation.objects.get(measure="sdq", recorded_to=None)
    assert (score.value, score.record.child) == (19, the("Ada"))
    contributions = Assessment.objects.get(child=the("Ada"), superseded_at=None).contributions
    assert {each["rule"] for each in contributions} >= {"looked_after", "sdq_high"}
    assert "19" in shown_of(somebody("practitioner", "csc"))
    assert "19" not in shown_of(somebody("school_dsl", f"urn-{telling.ELM}"))


def shown_of(user):
    """Figures of the strengths and difficulties score that somebody sees on Ada's page."""
    page = look(user, the("Ada")).context["page"]
    return " ".join(meter.figure for meter in page.meters if meter.name.startswith("Strengths"))


def test_ceasing_to_be_looked_after_ends_it_on_the_day_the_return_says(ground):
    send_files("ssda903", looked_after())
    summary = send_files("ssda903", looked_after(ceased="01/10/2026"))
    assert summary["involvements"]["ended"] == 1
    fact = current(service="looked_after").get()
    assert (fact.end_on, fact.end_inferred) == (date(2026, 10, 1), False)
    assert "looked_after" not in {each["rule"] for each in Assessment.objects.get(
        child=the("Ada"), superseded_at=None).contributions}  # fmt: skip


def test_a_child_only_the_return_knows_is_kept_without_a_name_until_social_care_gives_it(ground):
    send_files("ssda903", looked_after("L9", dob="01/05/2015"))
    nameless = child_of("la_child_id", "L9")
    assert (nameless.provisional, nameless.provisional_because, nameless.surname) == (True, "nameless", "")
    assert band_of(nameless) == "amber"
    named = telling.social_care(
        "L9", "Ivy", **{"Surname": "Quill", "Date of Birth": "01/05/2015", "Postcode": "ZZ9 9ZZ"}
    )
    telling.bring("csc_people", *telling.known_to_social_care(), named)
    child = child_of("la_child_id", "L9")
    assert (child.pk, child.full_name, child.provisional) == (nameless.pk, "QUILL, Ivy", False)
    assert current(record__child=child, service="looked_after").exists()
    assert band_of(child) == "amber"


def test_every_table_of_the_sample_903_is_staged_and_findings_name_table_and_row(ground):
    files = files_of("ssda903")
    summary = send_files("ssda903", files)
    assert summary["state"] == "committed"
    rows = Row.objects.filter(extract_id=summary["extract"])
    assert summary["accepted"] + summary["rejected"] == summary["rows"] == rows.count()
    assert set(rows.values_list("module", flat=True)) == {name.removesuffix(".csv") for name in files}
    found = Finding.objects.filter(extract=summary["extract"])
    assert sum(summary["findings"].values()) == found.count() > 0
    for finding in found:
        assert finding.module in {name.removesuffix(".csv") for name in files}
        assert finding.local_id not in finding.message or not finding.local_id


def test_the_cin_census_opens_need_and_protection_on_one_record(ground):
    telling.publish_week()
    summary = send_files("cin_census", files_of("cin_census", "*.xml"))
    assert summary["state"] == "committed", summary
    assert summary["accepted"] + summary["rejected"] == summary["rows"] == 3
    child = child_of("la_child_id", "C001")
    open_now = set(current(record__child=child, end_on=None).values_list("service", flat=True))
    assert open_now == {"child_in_need", "child_protection"}
    plans = current(record__child=child, service="child_protection").order_by("start_on")
    assert [(plan.start_on, plan.end_on) for plan in plans] == [
        (date(2024, 3, 1), date(2024, 9, 1)), (date(2025, 2, 1), None),
    ]  # fmt: skip
    assert plans[0].content.category == "PHY"
    assert band_of(child) == "amber"
    assert Assessment.objects.get(child=child, superseded_at=None).points == 13
    # closed before it was referred: the child of that row is not made
    assert summary["rejected"] == 1
    assert not SourceRecord.objects.filter(id_scheme="la_child_id", local_id="C051").exists()


def test_the_903_and_the_census_of_one_authority_meet_in_one_child(ground):
    send_files("cin_census", files_of("cin_census", "*.xml"))
    send_files("ssda903", files_of("ssda903"))
    child = child_of("la_child_id", "C001")
    assert set(current(record__child=child).values_list("feed__code", flat=True)) == {"ssda903", "cin_census"}
    assert SourceRecord.objects.filter(id_scheme="la_child_id", local_id="C001").count() == 1
    assert child.upn == "U801200001000"


def test_a_pupil_of_the_school_census_waits_for_the_school_and_then_is_on_its_list(ground):
    telling.publish_week()
    summary = send_files("school_census", files_of("school_census"))
    assert summary["state"] == "committed", summary
    zoe = child_of("upn", "H801200001001")
    assert zoe.setting is None
    asked = set(SettingAlias.objects.filter(setting=None).values_list("scheme", "code"))
    assert asked == {("school_census", code) for code in ("SCH1", "SCH2", "SCH3")}
    oak = Agency.objects.get(urn=telling.OAK)
    alias = SettingAlias.objects.get(code="SCH1")
    concerned = set(current(setting_ref="SCH1").values_list("record__child", flat=True))
    assert zoe.pk in concerned
    assert map_setting(alias=alias, setting=oak, by=somebody("data_officer", "council")) == len(concerned)
    zoe.refresh_from_db()
    assert (zoe.setting, zoe.year_group) == (oak, "6")
    assert oak.pk in zoe.reach
    telling.publish_week(telling.NEXT_MONDAY)
    assert set(Entry.objects.filter(list__setting=oak).values_list("child", flat=True)) == concerned
    entry = Entry.objects.get(child=zoe)
    assert (entry.list.setting, entry.year_group, entry.upn) == (oak, "6", "H801200001001")
    assert look(somebody("school_dsl", f"urn-{telling.OAK}"), zoe).status_code == 200


def test_attendance_and_needs_of_the_census_are_joined_by_table_id(ground):
    send_files("school_census", files_of("school_census"))
    zoe, jo = child_of("upn", "H801200001001"), child_of("upn", "J801200001002")
    found = {each.measure: each for each in Observation.objects.filter(record__child=zoe, recorded_to=None)}
    assert round(found["attendance"].value, 1) == pytest.approx(round((136 - 17) / 136 * 100, 1), abs=0.11)
    assert Observation.objects.filter(record__child=jo, measure="suspension", recorded_to=None).exists()
    assert current(record__child=zoe, service="sen_support").exists()
    assert current(record__child=jo, service="ehcp").exists()
    assert not current(record__child=zoe, service="ehcp").exists()


def test_persons_of_the_ground_are_not_drawn_into_the_returns(ground):
    """Ben and Cal, who are in none of these files, stay as they were."""
    before = {
        name: lines_of(look(somebody("early_help", "early-help"), the(name))) for name in ("Ben", "Cal")
    }
    send_files("ssda903", looked_after())
    send_files("school_census", files_of("school_census"))
    for name, lines in before.items():
        now = lines_of(look(somebody("early_help", "early-help"), the(name)))
        assert {
            code: line.state.kind for code, line in now.items() if line.state.kind in ("known", "ended")
        } == {code: line.state.kind for code, line in lines.items() if line.state.kind in ("known", "ended")}
