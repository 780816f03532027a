"""Each rule of the department is broken by the case that breaks it, and a return without fault breaks none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extracts.dfe_rules import DFE_RULES
from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.ssda903 import LABELS, MODULES, interpret
from apps.extracts.rules import RULES

HEADER = {"sex": "2", "dob": "27/03/2008", "ethnicity": "WBRI", "upn": "A123456789012"}
FIRST = {"DECOM": "01/02/2024", "RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": "U4", "PLACE_PROVIDER": "PR1",
         "DEC": "01/06/2024", "REC": "X1", "REASON_PLACE_CHANGE": "CARPL", "HOME_POST": "TS18 1AA", "PL_POST": "TS20 1AA"}  # fmt: skip
SECOND = {
    **FIRST,
    "DECOM": "01/06/2024",
    "RNE": "P",
    "PLACE": "K2",
    "DEC": "",
    "REC": "",
    "REASON_PLACE_CHANGE": "",
}
CEASED = {**SECOND, "DEC": "01/09/2024", "REC": "E4A"}
MISSING = {"MISSING": "M", "MIS_START": "01/03/2024", "MIS_END": "03/03/2024"}
LEAVER = {"IN_TOUCH": "YES", "ACTIV": "F1", "ACCOM": "B1"}
WORKER = {"SW_ID": "SW1", "SW_DECOM": "01/02/2024", "SW_DEC": "01/05/2024", "SW_REASON": "LEFTRL"}
NEXT = {**WORKER, "SW_DECOM": "01/05/2024", "SW_DEC": "", "SW_REASON": ""}
DECIDED = {"DATE_PLACED": "01/03/2024", "DATE_PLACED_CEASED": "01/05/2024", "REASON_PLACED_CEASED": "RD1"}
FAULTLESS = {
    "header": [HEADER], "episodes": [FIRST, SECOND], "missing": [MISSING], "oc3": [LEAVER], "sw_episodes": [WORKER, NEXT],
    "uasc": [{"sex": "2", "DUC": "27/03/2026"}], "reviews": [{"REVIEW": "01/03/2024", "REVIEW_CODE": "PN1"}],
    "ad1": [{"DATE_INT": "01/03/2024", "DATE_MATCH": "01/04/2024"}], "placed_for_adoption": [DECIDED],
    "oc2": [{"SDQ_SCORE": "4"}], "previous_permanence": [{"PREV_PERM": "Z1"}],
}  # fmt: skip


def broken(**modules):
    """The department's rules that a child breaks; modules not named are faultless or, but for the header, absent."""
    rows = {"header": [HEADER], **modules}
    order = [module.code for module in MODULES]
    raw = [
        RawRow(code, number, {field: text for field, text in data.items() if text})
        for code in sorted(rows, key=order.index)
        for number, data in enumerate(rows[code], 2)
    ]
    result = interpret(Bundle("7", raw))
    return {(p.code, p.module, p.row_no) for p in result.problems if p.code.startswith("DFE_")}


def header(**change):
    return {"header": [{**HEADER, **change}]}


def first(**change):
    return {"episodes": [{**FIRST, **change}, SECOND]}


def second(**change):
    return {"episodes": [FIRST, {**SECOND, **change}]}


def missing(*spells, **change):
    return {"episodes": [FIRST, SECOND], "missing": [*spells, {**MISSING, **change}]}


def leaver(**change):
    return {"oc3": [{**LEAVER, **change}]}


def ended(reason, born):
    return {**header(dob=born), "episodes": [FIRST, {**CEASED, "REC": reason}]}


CASES = {
    "DFE_101": header(sex="9"),
    "DFE_102": header(dob=""),
    "DFE_103": header(ethnicity="WXYZ"),
    "DFE_104": {"uasc": [{"DUC": "soon"}]},
    "DFE_112": {"ad1": [{"DATE_INT": "soon"}]},
    "DFE_113": {"ad1": [{"DATE_MATCH": "soon"}]},
    "DFE_115": {"placed_for_adoption": [{**DECIDED, "DATE_PLACED": ""}]},
    "DFE_116": {"placed_for_adoption": [{**DECIDED, "DATE_PLACED_CEASED": "soon"}]},
    "DFE_119": {"placed_for_adoption": [{**DECIDED, "DATE_PLACED_CEASED": ""}]},
    "DFE_120": {"placed_for_adoption": [{**DECIDED, "REASON_PLACED_CEASED": "XXX"}]},
    "DFE_131": leaver(IN_TOUCH="MAYBE"),
    "DFE_132": leaver(ACTIV="P9"),
    "DFE_133": leaver(ACCOM="01"),
    "DFE_142": first(DEC="", REC=""),
    "DFE_143": first(RNE=""),
    "DFE_144": first(LS="C9"),
    "DFE_145": first(CIN=""),
    "DFE_146": first(PLACE="Q1"),
    "DFE_148": second(REC="E4A"),
    "DFE_149": second(DEC="01/09/2024", REC="E99"),
    "DFE_153": leaver(ACTIV=""),
    "DFE_166": {"reviews": [{"REVIEW_CODE": "PN1"}]},
    "DFE_167": {"reviews": [{"REVIEW": "01/03/2024", "REVIEW_CODE": "PN8"}]},
    "DFE_168": header(upn="UN9"),
    "DFE_178": first(PLACE_PROVIDER="PR9"),
    "DFE_302": {**header(dob="02/02/2024"), **first()},
    "DFE_304": {"uasc": [{"sex": "2", "DUC": "28/03/2026"}]},
    "DFE_352": {**header(dob="01/02/2006"), **first()},
    "DFE_353": {**header(dob="01/01/1990"), **first(DECOM="13/10/1991")},
    "DFE_354": second(DECOM="01/06/2999", RNE="S"),
    "DFE_355": second(DEC="01/06/2024", REC="E4A"),
    "DFE_385": second(DEC="01/06/2999", REC="E4A"),
    "DFE_386": ended("E11", "01/09/2006"),
    "DFE_387": ended("E5", "02/09/2010"),
    "DFE_388": {"episodes": [FIRST]},
    "DFE_389": ended("E7", "02/09/2008"),
    "DFE_392C": first(PL_POST="nowhere"),
    "DFE_407": ended("E46", "01/09/2006"),
    "DFE_431": second(RNE="S"),
    "DFE_432": {"episodes": [{**FIRST, "REC": "E4A"}, SECOND]},
    "DFE_433": second(DECOM="02/06/2024"),
    "DFE_437": first(REC="E2"),
    "DFE_442": header(upn=""),
    "DFE_460": ended("E17", "02/09/2006"),
    "DFE_522": {"placed_for_adoption": [{**DECIDED, "DATE_PLACED": "02/05/2024"}]},
    "DFE_565": missing(MISSING=""),
    "DFE_570": missing(MIS_START="01/03/2999", MIS_END=""),
    "DFE_571": missing(MIS_END="01/03/2999"),
    "DFE_574": missing({**MISSING, "MIS_START": "28/02/2024", "MIS_END": "02/03/2024"}),
    "DFE_577": {"episodes": [FIRST, CEASED], "missing": [{**MISSING, "MIS_END": ""}]},
    "DFE_578": {"episodes": [FIRST, CEASED], "missing": [{**MISSING, "MIS_START": "02/09/2024", "MIS_END": "03/09/2024"}]},
    "DFE_581": missing(MIS_START="31/01/2024"),
    "DFE_586": missing(MIS_START="26/03/2008"),
    "DFE_1000": {"episodes": [FIRST, {**CEASED, "REC": "E2"}], "oc3": [LEAVER]},
    "DFE_1006": missing(MISSING="Q"),
    "DFE_1009": first(REASON_PLACE_CHANGE="WHIM"),
    "DFE_INT21": {"uasc": [{"sex": "1", "DUC": "27/03/2026"}]},
    "DFE_INT31": {"ad1": [{"FOSTER_CARE": "1"}, {"FOSTER_CARE": "0"}]},
    "DFE_INT32": {"header": [HEADER, HEADER]},
    "DFE_INT33": {"oc2": [{"SDQ_SCORE": "1"}, {"SDQ_SCORE": "1"}]},
    "DFE_INT34": {"oc3": [LEAVER, LEAVER]},
    "DFE_INT35": {"previous_permanence": [{"PREV_PERM": "Z1"}, {"PREV_PERM": "P1"}]},
    "DFE_INT36": {"uasc": [{"DUC": "27/03/2026"}, {"DUC": "27/03/2026"}]},
    "DFE_SW02STG1": {"sw_episodes": [{**NEXT, "SW_ID": "77"}]},
    "DFE_SW06STG2": {"sw_episodes": [{**NEXT, "SW_DECOM": "01/05/2999"}]},
    "DFE_SW108STG2": {"sw_episodes": [{**WORKER, "SW_DEC": ""}, NEXT]},
    "DFE_SW10STG2": {"sw_episodes": [WORKER, {**NEXT, "SW_DECOM": "30/04/2024"}]},
    "DFE_SW13STG1": {"sw_episodes": [{**WORKER, "SW_REASON": "SWLAZY"}]},
}  # fmt: skip


def test_every_rule_has_its_case():
    assert CASES.keys() == {code for code, *_rest in DFE_RULES}


def test_a_return_without_fault_breaks_no_rule():
    assert broken(**FAULTLESS) == set()


@pytest.mark.parametrize("code", CASES)
def test_the_case_breaks_the_rule_and_little_else(code):
    found = {code for code, _module, _row in broken(**CASES[code])}
    assert code in found
    assert len(found) <= 3, found


@pytest.mark.parametrize(("code", "columns", "message"), DFE_RULES, ids=[rule[0] for rule in DFE_RULES])
def test_a_rule_warns_names_columns_that_exist_and_says_what_to_do(code, columns, message):
    assert RULES[code].severity == "warning"
    assert set(columns.split()) <= set(LABELS.values())
    assert message.endswith(".") and message.count(".") >= 2


@pytest.mark.parametrize("number", ["UN1", "un4", "UN5"])
def test_a_code_for_no_upn_is_no_fault_and_nobodys_number(number):
    result = interpret(Bundle("7", [RawRow("header", 2, {**HEADER, "upn": number})]))
    assert ("upn" in result.person, result.problems) == (False, [])


def test_a_care_leaver_who_died_in_care_is_none():
    rows = [
        RawRow("header", 2, HEADER),
        RawRow("episodes", 2, {**FIRST, "REC": "E2"}),
        RawRow("oc3", 2, LEAVER),
    ]
    assert "care_leaver" not in {fact.code for fact in interpret(Bundle("7", rows)).facts}


@pytest.mark.parametrize(
    ("day", "late"),
    [("26/03/2026", False), ("27/03/2026", False), ("28/03/2026", True), ("01/01/2027", True)],
)
def test_the_asylum_seeking_status_may_end_on_the_eighteenth_birthday(day, late):
    assert ("DFE_304" in {code for code, *_rest in broken(uasc=[{"DUC": day}])}) is late


DAYS = st.sampled_from(["", "01/02/2024", "29/02/2024", "01/06/2024", "31/12/2999", "x", "01/01/1980"])
CODES = st.sampled_from(["", "S", "X1", "E2", "E11", "C2", "V4", "U4", "M", "UN1", "2", "zz", "\x00"])


@given(
    st.lists(
        st.sampled_from(MODULES).flatmap(
            lambda module: st.tuples(
                st.just(module.code), st.fixed_dictionaries(dict.fromkeys(module.headings, DAYS | CODES))
            )
        ),
        max_size=8,
    )
)
def test_whatever_the_modules_hold_gives_findings_and_never_an_exception(rows):
    order = [module.code for module in MODULES]
    rows.sort(key=lambda row: order.index(row[0]))
    raw = [
        RawRow(code, n, {field: text for field, text in data.items() if text})
        for n, (code, data) in enumerate(rows, 2)
    ]
    result = interpret(Bundle("7", raw))
    assert {problem.code for problem in result.problems} <= RULES.keys()
    rejected = {(p.module, p.row_no) for p in result.problems if p.severity == "error"}
    assert not {(fact.module, fact.row_no) for fact in result.facts} & rejected
