"""What the modules of the return on children looked after add to the periods of care."""

from datetime import date

import pytest

from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.ssda903 import MODULES, interpret

HEADER = RawRow("header", 2, {"sex": "2", "dob": "27/03/2008", "ethnicity": "WBRI", "upn": "H801200001001"})
EPISODE = {
    "DECOM": "01/02/2024", "RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": "U4", "PLACE_PROVIDER": "PR1", "PL_POST": "TS20 1AA",
    "URN": "SC123456", "REASON_PLACE_CHANGE": "CARPL",
}  # fmt: skip


def read(*rows, header=HEADER):
    return interpret(Bundle("C1", [*([header] if header else []), *rows]))


def row(module, **data):
    return RawRow(module, 3, {name: text for name, text in data.items() if text})


def codes(result):
    """Without the department's own rules, see test_dfe_rules."""
    return [(p.code, p.field) for p in result.problems if not p.code.startswith("DFE_")]


def facts(result, code):
    return [fact for fact in result.facts if fact.code == code]


def test_the_header_says_who_the_child_is():
    assert read().person == {
        "dob": date(2008, 3, 27),
        "sex": "F",
        "ethnicity": "WBRI",
        "upn": "H801200001001",
    }


def test_a_child_without_a_header_belongs_to_nobody_in_every_row():
    result = read(row("episodes", **EPISODE), row("missing", MIS_START="01/02/2024"), header=None)
    assert (result.person, result.facts) == (None, [])
    assert codes(result) == [("NOT_IN_MAIN", "CHILD"), ("NOT_IN_MAIN", "CHILD")]


def test_a_module_sent_in_two_files_is_read_as_one():
    result = read(row("episodes 2", **EPISODE))
    assert [fact.module for fact in facts(result, "placement")] == ["episodes 2"]


def test_an_episode_is_a_placement_and_begins_a_period_of_care():
    result = read(row("episodes", **EPISODE))
    [placement], [care] = facts(result, "placement"), facts(result, "looked_after")
    detail = {
        "placement": "U4", "provider": "PR1", "placement_postcode": "TS20 1AA", "placement_urn": "SC123456",
        "reason_for_change": "CARPL", "reason_new_episode": "S",
    }  # fmt: skip
    assert (placement.kind, placement.text, placement.category, placement.detail) == ("O", "U4", "C2", detail)
    assert (care.kind, care.category, care.detail) == ("I", "C2", {**detail, "need": "N1"})


def test_why_care_ended_is_told_only_when_it_has():
    [still] = facts(read(row("episodes", **EPISODE, REC="X1")), "looked_after")
    [over] = facts(read(row("episodes", **EPISODE, DEC="01/03/2024", REC="E4A")), "looked_after")
    assert ("reason_ceased" in still.detail, over.detail["reason_ceased"]) == (False, "E4A")


def test_a_period_of_care_says_what_its_newest_episode_says():
    first = row("episodes", **EPISODE, DEC="01/06/2024", REC="X1")
    second = row("episodes", **(EPISODE | {"DECOM": "01/06/2024", "LS": "J1", "PLACE": "K2"}))
    for order in ([first, second], [second, first]):
        [care] = facts(read(*order), "looked_after")
        assert (care.key, care.category, care.detail["placement"]) == ("2024-02-01", "J1", "K2")


@pytest.mark.parametrize(
    ("score", "value", "noted"),
    [
        ("0", 0, []),
        ("40", 40, []),
        ("41", None, [("NUMBER_RANGE", "SDQ_SCORE")]),
        ("-1", None, [("NUMBER_RANGE", "SDQ_SCORE")]),
        ("high", None, [("NUMBER_WRONG", "SDQ_SCORE")]),
        ("", None, []),
    ],
)
def test_the_strengths_and_difficulties_score_runs_from_nought_to_forty(score, value, noted):
    result = read(row("oc2", SDQ_SCORE=score))
    assert ([fact.value for fact in facts(result, "sdq")], codes(result)) == (
        [] if value is None else [value],
        noted,
    )


@pytest.mark.parametrize(
    ("touch", "counted"),
    [("YES", True), ("NO", True), ("REFU", True), ("NREQ", True), ("DIED", False), ("RHOM", False)],
)
def test_a_care_leaver_who_died_or_went_home_is_none(touch, counted):
    result = read(row("oc3", IN_TOUCH=touch, ACTIV="F1", ACCOM="B"))
    found = facts(result, "care_leaver")
    assert bool(found) is counted
    for fact in found:
        assert (fact.key, fact.category) == ("oc3", "F1")
        assert fact.detail == {"in_touch": touch, "activity": "F1", "accommodation": "B"}


@pytest.mark.parametrize(
    ("start", "end", "span", "noted"),
    [
        ("01/02/2024", "03/02/2024", (date(2024, 2, 1), date(2024, 2, 3)), []),
        ("01/02/2024", "", (date(2024, 2, 1), None), []),
        ("", "03/02/2024", None, [("VALUE_MISSING", "MIS_START")]),
        ("03/02/2024", "01/02/2024", None, [("END_BEFORE_START", "MIS_END")]),
        ("soon", "", None, [("DATE_WRONG", "MIS_START")]),
    ],
)
def test_a_time_missing_has_a_start(start, end, span, noted):
    result = read(row("missing", MISSING="M", MIS_START=start, MIS_END=end))
    assert codes(result) == noted
    assert [(fact.start_on, fact.end_on) for fact in facts(result, "missing")] == ([span] if span else [])


def test_a_social_worker_is_known_by_their_number():
    result = read(row("sw_episodes", SW_ID="7.0", SW_DECOM="01/02/2024", SW_DEC="", SW_REASON="NEWSW"))
    [worker] = facts(result, "social_worker")
    assert (worker.key, worker.end_on, worker.worker_ref) == ("2024-02-01", None, "7")
    assert worker.detail == {"reason_for_change": "NEWSW"}


def test_a_review_without_a_real_date_is_named():
    result = read(row("reviews", REVIEW="31/02/2024", REVIEW_CODE="PN1"))
    assert (codes(result), result.facts) == ([("DATE_WRONG", "REVIEW")], [])


@pytest.mark.parametrize("module", ["ad1", "placed_for_adoption", "previous_permanence", "dolo"])
def test_modules_that_say_nothing_of_a_service_are_taken_without_a_fact(module):
    result = read(row(module, dob="27/03/2008"))
    assert (result.facts, codes(result)) == ([], [])


def test_a_rejected_header_leaves_nobody_but_keeps_what_is_dated():
    header = RawRow("header", 2, {"sex": "2", "dob": "31/02/2008"})
    result = read(row("episodes", **EPISODE), header=header)
    assert result.person is None
    assert codes(result) == [("DATE_WRONG", "DOB")]
    assert [fact.code for fact in result.facts] == ["placement", "looked_after"]


def test_two_headers_that_disagree_are_one_warning():
    second = RawRow("header", 3, {"sex": "2", "dob": "28/03/2008"})
    assert codes(read(second)) == [("DUPLICATE_IN_FILE", "DOB")]


@pytest.mark.parametrize("module", [module for module in MODULES if "dob" in module.headings and module.code != "header"],
                         ids=lambda module: module.code)  # fmt: skip
def test_another_birth_date_in_any_module_is_a_warning(module):
    result = read(
        row(module.code, dob="28/03/2008", SDQ_SCORE="4", MIS_START="01/02/2024", SW_DECOM="01/02/2024")
    )
    assert [code for code, _field in codes(result)] == ["DUPLICATE_IN_FILE"]
    assert result.person["dob"] == date(2008, 3, 27)
