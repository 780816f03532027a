"""Whatever agencies write into the columns of any layout: nothing is raised, and no finding repeats it."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.extracts.layouts import registry
from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.rules import RULES

LAYOUTS = list(registry.LAYOUTS.values())
TABLES = [layout for layout in LAYOUTS if layout.kind == "csv"]
#: A word that occurs in no rule and no heading: were a cell repeated, it would be seen.
SECRET = "Zxqj"
CELL = st.one_of(
    st.just(""),
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from(
        ["01/02/2024", "31/02/2024", "M", "2", "N1", "Yes", "Current", "Historic", "9434765919", "H801200001001", "1e9", "-4", "100"]
    ),
    st.text(max_size=12).map(lambda text: SECRET + text),
    st.sampled_from(["=1+1", "\x00", "\n\n", "٣٤", "ﷺ" * 30, "x" * 600, "1" * 300]).map(lambda text: text + SECRET),
)  # fmt: skip


def bundles(layout):
    """Rows of any modules of a layout, each with any of its fields."""

    def row(module):
        cells = st.dictionaries(st.sampled_from(sorted(module.headings)), CELL, max_size=10)
        return cells.map(lambda data: (module.code, data))

    rows = st.lists(st.one_of([row(module) for module in layout.modules]), min_size=1, max_size=5)
    return rows.map(
        lambda found: Bundle(
            "1", [RawRow(code, number, data) for number, (code, data) in enumerate(found, 2)]
        )
    )


def labels(layout):
    return {text for module in layout.modules for texts in module.headings.values() for text in texts} | {
        field for module in layout.modules for field in module.headings
    }


@pytest.mark.parametrize("layout", TABLES, ids=lambda layout: layout.code)
@given(st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_row_is_read_or_rejected_and_never_repeated(layout, data):
    bundle = data.draw(bundles(layout))
    rows = {(row.module, row.row_no) for row in bundle.rows}
    result = layout.interpret(copy.deepcopy(bundle))
    for problem in result.problems:
        assert (problem.module, problem.row_no) in rows
        assert RULES[problem.code].severity == problem.severity
        assert SECRET not in problem.message + problem.field
        assert problem.field in labels(layout)
    for fact in result.facts:
        assert fact.kind in "ISO"
        assert fact.code and fact.key
        assert (fact.module, fact.row_no) in rows
        assert (
            fact.start_on is None or fact.end_on is None or fact.kind == "O" or fact.end_on >= fact.start_on
        )
        assert len(fact.setting_ref) <= 200 and len(fact.worker_ref) <= 200


@pytest.mark.parametrize("layout", TABLES, ids=lambda layout: layout.code)
@given(st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_reading_a_row_twice_gives_the_same(layout, data):
    bundle = data.draw(bundles(layout))
    assert layout.interpret(copy.deepcopy(bundle)) == layout.interpret(copy.deepcopy(bundle))


@pytest.mark.parametrize("layout", TABLES, ids=lambda layout: layout.code)
@given(st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_rejected_row_says_nothing_of_anybody(layout, data):
    bundle = data.draw(bundles(layout))
    result = layout.interpret(copy.deepcopy(bundle))
    bad = {(each.module, each.row_no) for each in result.problems if each.severity == "error"}
    if bad >= {(row.module, row.row_no) for row in bundle.rows}:
        assert result.person is None
    assert not [fact for fact in result.facts if (fact.module, fact.row_no) in bad]


PATHS = st.sampled_from([
    "ChildIdentifiers/LAchildID", "ChildIdentifiers/PersonBirthDate", "ChildIdentifiers/Sex", "ChildIdentifiers/UPN",
    "ChildCharacteristics/Ethnicity", "ChildCharacteristics/Disabilities/Disability", "CINdetails/CINreferralDate",
    "CINdetails[2]/CINreferralDate", "CINdetails/CINclosureDate", "CINdetails/ReferralNFA", "CINdetails/PrimaryNeedCode",
    "CINdetails/ChildProtectionPlans/CPPstartDate", "CINdetails/ChildProtectionPlans[3]/CPPendDate",
    "CINdetails/Section47/S47ActualStartDate", "CINdetails/Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors[2]",
])  # fmt: skip


@given(st.dictionaries(PATHS, CELL))
def test_any_child_of_the_children_in_need_census_is_read_or_rejected(data):
    result = registry.layout_of("cin_census").interpret(Bundle("1", [RawRow("Child", 1, data)]))
    for problem in result.problems:
        assert RULES[problem.code].severity == problem.severity
        assert SECRET not in problem.message + problem.field
    if any(problem.severity == "error" for problem in result.problems):
        assert (result.person, result.facts) == (None, [])
    assert all(fact.end_on is None or fact.end_on >= fact.start_on for fact in result.facts if fact.start_on)
