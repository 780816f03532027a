"""Whatever arrives: every row is accepted or rejected, or the extract is refused with one sentence; nothing else is raised."""

import csv
import io
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.extracts.layouts.registry import LAYOUTS
from apps.extracts.models import StagedPerson
from tests.integration.extracts.loading import files, findings, load, people

pytestmark = pytest.mark.django_db
often = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

HOSTILE = [
    "",
    "1",
    "C1",
    "0",
    "-1",
    "1e999",
    "NaN",
    "#N/A",
    "\\.",
    "\\N",
    "\\",
    "'",
    '"',
    "=1+1",
    "\t",
    "\n",
    "a\n\\.\nb",
    "\u0000",
    "\ufeff",
    "\u202e",
    "é" * 300,
    "x" * 600,
    "01/01/2020",
    "31/12/2019",
    "31/02/2020",
    "9999-12-31",
    "0001-01-01",
    "99/99/9999",
    "9434765919",
    "12:00",
    "yes",
    "Current",
    "{}",
    '{"a": 1}',
    "\ud7ff",
    "\U0001f469\u200d\U0001f467",
    "S\u0301",
    "true",
    "SCH1",
    "PERM",
    "I",
    "C2",
]
cells = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))
FEEDS = sorted(
    code
    for code, layout in LAYOUTS.items()
    if layout.kind == "csv" and code not in ("ssda903", "school_census")
)


def as_csv(headings: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([headings, *rows])
    return out.getvalue().encode("utf-8", "ignore")


def headings_of(code: str, module: int = 0) -> list[str]:
    return list(dict.fromkeys(spellings[0] for spellings in LAYOUTS[code].modules[module].headings.values()))


def settle(code: str, sent: dict[str, bytes]) -> None:
    """One Refused, or every row is one or the other and every message is a rule's."""
    try:
        extract = load(code, files(**sent))
    except Refused as refusal:
        assert str(refusal).endswith(".")
        return
    assert extract.accepted + extract.rejected == extract.rows
    assert 0 <= extract.rejected <= extract.rows
    assert len(people(extract)) <= extract.accepted
    assert StagedPerson.objects.filter(extract=extract, local_id="").count() == 0


@pytest.mark.parametrize("code", ["early_help", "cin_census", "ssda903"])
@often
@given(content=st.binary(max_size=400))
def test_any_bytes(code, content):
    settle(code, {"a_csv": content})


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"<?xml ", b"<a>", b'"'])
@often
@given(content=st.binary(max_size=200))
def test_any_bytes_behind_a_known_start(start, content):
    settle("cin_census" if start.startswith(b"<") else "early_help", {"a_csv": start + content})


@pytest.mark.parametrize("code", FEEDS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_table_of_hostile_cells(code, data):
    headings = headings_of(code)
    rows = data.draw(st.lists(st.lists(cells, max_size=len(headings) + 1), max_size=6))
    settle(code, {"a_csv": as_csv(headings, rows)})


@pytest.mark.parametrize("code", ["ssda903", "school_census"])
@often
@given(data=st.data())
def test_any_set_of_hostile_tables(code, data):
    ids = st.sampled_from(["C1", "C2", "", "C" * 250])
    sent = {}
    for number, module in enumerate(LAYOUTS[code].modules):
        headings = headings_of(code, number)
        row = st.lists(cells, min_size=len(headings) - 1, max_size=len(headings) - 1)
        rows = data.draw(st.lists(st.tuples(ids, row).map(lambda pair: [pair[0], *pair[1]]), max_size=4))
        if code == "school_census":
            main = "pupilnolongeronrolltableid" if number == 1 else "pupilonrolltableid"
            headings = [main, *(heading for heading in headings if heading != main)]
        sent[f"{module.code}_csv"] = as_csv(headings, rows)
    settle(code, sent)


TAGS = [
    "ChildIdentifiers",
    "LAchildID",
    "PersonBirthDate",
    "Sex",
    "CINdetails",
    "CINreferralDate",
    "CINclosureDate",
    "ReferralNFA",
    "ChildProtectionPlans",
    "CPPstartDate",
    "CINPlanDates",
    "Assessments",
    "Disabilities",
    "Disability",
    "Child",
    "Unheard",
]
texts = st.sampled_from(["", "C1", "2020-01-01", "2019-01-01", "x" * 600, "é", "1", "true", "9999-99-99"])
elements = st.recursive(
    st.tuples(st.sampled_from(TAGS), texts).map(lambda pair: f"<{pair[0]}>{escape(pair[1])}</{pair[0]}>"),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=20,
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(elements, max_size=5))
def test_any_tree_of_elements(parts):
    known = "<ChildIdentifiers><LAchildID>C1</LAchildID></ChildIdentifiers>"
    settle("cin_census", {"a_xml": f"<Message><Child>{known}{''.join(parts)}</Child></Message>".encode()})


def test_the_marks_of_copy_are_plain_text_here():
    head = "EHM ID,Surname,Forename,Date of Birth,Address,Start Date,Last Contact Date\n"
    extract = load(
        "early_help", files(a_csv=head + 'E1,\\N,\\.,02/04/2012,"1 High St\n\\.\nNorton",01/05/2025,\n')
    )
    assert findings(extract) == {}
    person = people(extract)["E1"]
    assert (person.surname, person.forename, person.address) == ("\\N", "\\.", "1 High St, \\., Norton")


def test_a_formula_is_kept_as_the_text_it_is():
    head = "EHM ID,Surname,Forename,Start Date,Last Contact Date\n"
    extract = load("early_help", files(a_csv=head + 'E1,"=HYPERLINK(""x"")",+1,01/05/2025,\n'))
    assert people(extract)["E1"].surname == '=HYPERLINK("x")'
