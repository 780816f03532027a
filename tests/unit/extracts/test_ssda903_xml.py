"""The XML form of the return on children looked after says what its CSV files say."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.extracts.actions.staging import prepared
from apps.extracts.layouts.registry import layout_of
from apps.extracts.layouts.ssda903 import MODULES
from tests.samples import sample

LAYOUT = layout_of("ssda903")
CHILD = """<EXPSSDA903><CHILD><HEADER><CHILDID>7</CHILDID><UPN>H801200001001</UPN><SEX>2</SEX><DOB>28/07/2010</DOB>
<ETHNIC>BAFR</ETHNIC><UASC>1</UASC><DUC>28/07/2028</DUC>
<AREVIEW><REVIEW>27/09/2015</REVIEW><REVIEW_CODE>PN0</REVIEW_CODE></AREVIEW>
<AREVIEW><REVIEW>14/07/2016</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW><MOTHER /><MC_DOB />
<AMISSING><MISSING>A</MISSING><MIS_START>29/07/2017</MIS_START><MIS_END>15/09/2017</MIS_END></AMISSING>
<PERMANENCE><PREV_PERM>Z1</PREV_PERM></PERMANENCE><OC2><SDQ_SCORE>21</SDQ_SCORE><CONVICTED>1</CONVICTED></OC2>
<IN_TOUCH>YES</IN_TOUCH><ACTIV>F1</ACTIV><ACCOM>B1</ACCOM></HEADER>
<EPISODE><DECOM>06/01/2017</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N4</CIN><PL>U4</PL><DEC>06/10/2017</DEC><REC>X1</REC></EPISODE>
<EPISODE><DECOM>06/10/2017</DECOM><RNE>P</RNE><LS>C2</LS><CIN>N4</CIN><PL>K2</PL><DEC /><REC /></EPISODE>
</CHILD></EXPSSDA903>"""
AS_CSV = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n7,2,28/07/2010,BAFR,H801200001001,,\n",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\n7,06/01/2017,S,C2,N4,U4,06/10/2017,X1\n7,06/10/2017,P,C2,N4,K2,,\n",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE\n7,28/07/2010,27/09/2015,PN0\n7,28/07/2010,14/07/2016,PN1\n",
    "uasc": "CHILD,SEX,DOB,DUC\n7,2,28/07/2010,28/07/2028\n",
    "oc2": "CHILD,DOB,SDQ_SCORE,CONVICTED\n7,28/07/2010,21,1\n",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n7,28/07/2010,YES,F1,B1\n",
    "previous_permanence": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\n7,28/07/2010,Z1,,\n",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END\n7,28/07/2010,A,29/07/2017,15/09/2017\n",
}


def rows(folder, *texts):
    files = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.bin"
        path.write_text(text)
        files.append((f"file {number}", path))
    return [(module, local_id, list(data.items())) for module, _n, local_id, data in prepared(files, LAYOUT)]


def test_the_xml_stages_the_rows_the_csv_files_stage(tmp_path):
    assert sorted(rows(tmp_path, CHILD)) == sorted(rows(tmp_path, *AS_CSV.values()))


def test_what_another_export_sends_in_one_xml_is_numbered_by_kind(tmp_path):
    (tmp_path / "a.xml").write_text(CHILD)
    found = [(m, n) for m, n, _id, _data in prepared([("a.xml", tmp_path / "a.xml")], LAYOUT)]
    assert ("episodes", 1) in found and ("episodes", 2) in found and ("reviews", 2) in found
    assert len(found) == len(set(found)) == 10


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<EXPSSDA903><PUPIL/></EXPSSDA903>", "holds no CHILD element"),
        ("<EXPSSDA903><CHILD>", "not well formed"),
    ],
)
def test_an_xml_of_something_else_is_refused_in_a_sentence(tmp_path, text, words):
    with pytest.raises(Refused, match=words):
        rows(tmp_path, text)


def test_a_set_of_both_forms_is_refused(tmp_path):
    with pytest.raises(Refused, match="XML"):
        rows(tmp_path, CHILD, AS_CSV["header"])


def test_every_element_of_the_sample_is_a_row():
    path = sample("ssda903/fake_903.xml")
    found = [module for module, *_rest in prepared([("fake_903.xml", path)], LAYOUT)]
    counts = {module.code: found.count(module.code) for module in MODULES if module.code in found}
    assert counts == {
        "header": 253, "episodes": 459, "reviews": 1206, "uasc": 12, "oc2": 253, "oc3": 6, "ad1": 3,
        "placed_for_adoption": 3, "previous_permanence": 253, "missing": 6,
    }  # fmt: skip


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.code)
def test_the_regional_form_with_its_two_columns_more_is_the_same_module(tmp_path, module):
    headings = [accepted[0] for accepted in module.headings.values()]
    lines = StringIO()
    writer = csv.writer(lines)
    writer.writerow(["LA", "YEAR", *headings])
    writer.writerow(["808", "2025", "C1", *["2024-02-01"] * (len(headings) - 1)])
    main = "" if module is MODULES[0] else AS_CSV["header"]
    found = rows(tmp_path, *filter(None, [main, lines.getvalue()]))
    [(code, local_id, data)] = [row for row in found if row[1] == "C1"]
    assert (code, local_id, len(data)) == (module.code, "C1", len(headings) - 1)


LEAVES = st.sampled_from(
    ["CHILDID", "DOB", "SEX", "DECOM", "PL", "REVIEW", "DUC", "ACCOM", "SDQ_SCORE", "ODD"]
)
PATHS = st.builds("/".join, st.tuples(st.sampled_from(["HEADER", "EPISODE", "HEADER/OC2[2]", "X/Y"]), LEAVES))


@given(st.dictionaries(PATHS, st.text(max_size=5)))
def test_whatever_an_element_holds_becomes_rows_of_known_modules_and_fields(found):
    fields = {module.code: set(module.headings) for module in MODULES}
    for module, data in LAYOUT.xml.rows(found):
        assert data.keys() <= fields[module]
