"""How one row of a file becomes facts, by what its layout says about the columns."""

from datetime import date
from decimal import Decimal

import pytest

from apps.extracts.layouts import makers
from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.cells import Cells
from apps.extracts.layouts.specs import (
    InvolvementSpec,
    ObservationSpec,
    SightingSpec,
    conditions,
    name_of,
    spellings,
)
from apps.extracts.layouts.tabular import TabularLayout

DAY = date(2025, 5, 1)


def cells(**data):
    return Cells(RawRow("m", 4, {name.replace("_", " "): text for name, text in data.items()}), {})


def codes(row):
    return [(problem.code, problem.field) for problem in row.problems]


@pytest.mark.parametrize(
    ("heading", "accepted", "name"),
    [("Start", ("Start",), "Start"), (("Start", "Begin"), ("Start", "Begin"), "Start")],
)
def test_a_heading_goes_by_its_first_spelling(heading, accepted, name):
    assert (spellings(heading), name_of(heading)) == (accepted, name)


def test_the_columns_of_a_condition_and_of_details_are_columns_too():
    spec = InvolvementSpec("s", "Start", detail={"Why": "Reason"}, when=("Kind", ("Help",)))
    assert list(conditions(spec)) == ["Reason", "Kind"]
    assert list(conditions(SightingSpec("Seen"))) == []


@pytest.mark.parametrize(
    ("when", "kind", "made"),
    [
        (None, "", True),
        (("Kind", ("Help", "Support")), "HELP", True),
        (("Kind", ("Help",)), "helped", False),
        (("Kind", ("Help",)), "", False),
        (("Kind", ()), "anything", True),
        (("Kind", ()), "", False),
    ],
)
@pytest.mark.parametrize("what", ["involvement", "sighting", "observation"])
def test_a_fact_is_made_only_where_its_condition_holds(what, when, kind, made):
    row = cells(Start="01/05/2025", Kind=kind, Value="3")
    spec = {
        "involvement": InvolvementSpec("s", "Start", when=when),
        "sighting": SightingSpec("Start", when=when),
        "observation": ObservationSpec("m", "Start", value="Value", when=when),
    }[what]
    assert (getattr(makers, what)(spec)(row) is not None) is made
    assert row.problems == []


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        ({}, []),
        ({"End": "01/06/2025"}, [("VALUE_MISSING", "Start")]),
        ({"Episode": "9"}, [("VALUE_MISSING", "Start")]),
        ({"Episode": "9", "End": "01/06/2025"}, [("VALUE_MISSING", "Start")]),
        ({"Start": "soon", "Episode": "9"}, [("DATE_WRONG", "Start")]),
        ({"Start": "02/06/2025", "End": "01/06/2025"}, [("END_BEFORE_START", "End")]),
    ],
)
def test_an_involvement_that_has_anything_needs_a_start(data, noted):
    row = cells(**data)
    fact = makers.involvement(InvolvementSpec("s", "Start", end="End", key="Episode"))(row)
    assert codes(row) == noted
    assert (fact is None) is ("Start" not in data or data["Start"] == "soon")


@pytest.mark.parametrize(("key", "found"), [("E7.0", "E7.0"), ("7.0", "7"), ("", "2025-05-01")])
@pytest.mark.parametrize("what", ["involvement", "sighting", "observation"])
def test_a_fact_is_known_by_its_key_or_by_its_day(what, key, found):
    spec = {
        "involvement": InvolvementSpec("s", "Start", key="Ref"),
        "sighting": SightingSpec("Start", key="Ref"),
        "observation": ObservationSpec("m", "Start", value="Value", key="Ref"),
    }[what]
    assert getattr(makers, what)(spec)(cells(Start="01/05/2025", Ref=key, Value="3")).key == found


@pytest.mark.parametrize(
    ("spec", "data", "value", "text", "noted"),
    [
        (ObservationSpec("m", "On", value="V"), {"V": "12.5"}, "12.5", "", []),
        (ObservationSpec("m", "On", value="V"), {"V": "many"}, None, None, [("NUMBER_WRONG", "V")]),
        (ObservationSpec("m", "On", value="V"), {}, None, None, []),
        (ObservationSpec("m", "On", text="T"), {"T": "Shielding"}, None, "Shielding", []),
        (ObservationSpec("m", "On", value="V", text="T"), {"V": "3", "T": "Low"}, "3", "Low", []),
        (ObservationSpec("m", "On", part="P", whole="W"), {"P": "0", "W": "10"}, "0.0", "", []),
        (ObservationSpec("m", "On", part="P", whole="W"), {"P": "10", "W": "10"}, "100.0", "", []),
        (ObservationSpec("m", "On", part="P", whole="W"), {"P": "1", "W": "3"}, "33.3", "", []),
        (ObservationSpec("m", "On", part="P", whole="W"), {"P": "2", "W": "3"}, "66.7", "", []),
        (
            ObservationSpec("m", "On", part="P", whole="W"),
            {"P": "-1", "W": "3"},
            None,
            None,
            [("NUMBER_RANGE", "P")],
        ),
        (ObservationSpec("m", "On", part="P", whole="W"), {"P": "1"}, None, None, []),
    ],
)
def test_a_measure_is_a_number_a_percent_or_words(spec, data, value, text, noted):
    row = cells(On="01/05/2025", **data)
    fact = makers.observation(spec)(row)
    assert codes(row) == noted
    assert (fact and (fact.value, fact.text)) == (None if text is None else (value and Decimal(value), text))


def test_a_measure_may_run_until_a_day():
    spec = ObservationSpec("m", "On", until="Until", text="T")
    fact = makers.observation(spec)(cells(On="01/05/2025", Until="03/05/2025", T="x"))
    assert (fact.start_on, fact.end_on) == (DAY, date(2025, 5, 3))


# the layout


def layout(**fields):
    own = {"code": "help", "title": "Help", "local_id": "Ref", "person": {"surname": "Surname"}}
    return TabularLayout(**(own | fields)).layout()


def test_what_begins_a_fact_is_required_once_and_what_is_optional_is_not():
    made = layout(
        involvements=(InvolvementSpec("a", "Start"), InvolvementSpec("b", "Start")),
        sightings=(SightingSpec("Seen"),), observations=(ObservationSpec("m", "Week", value="V"),), optional=("Seen",),
    )  # fmt: skip
    assert made.modules[0].required == ("local_id", "Start", "Week")


def test_rows_of_one_child_give_all_their_facts_and_one_person():
    made = layout(involvements=(InvolvementSpec("s", "Start"),))
    rows = [
        RawRow("help", 2, {"surname": "Marsh", "Start": "01/05/2025"}),
        RawRow("help", 3, {"Start": "02/05/2025"}),
    ]
    result = made.interpret(Bundle("1", rows))
    assert [(fact.row_no, fact.key) for fact in result.facts] == [(2, "2025-05-01"), (3, "2025-05-02")]
    assert result.person["surname"] == "Marsh"


@pytest.mark.parametrize(
    ("first", "second", "hidden"), [("No", "Yes", True), ("Yes", "", True), ("No", "", False)]
)
def test_one_row_that_hides_a_child_hides_it(first, second, hidden):
    made = layout(restricted="Hidden")
    rows = [RawRow("help", 2, {"Hidden": first}), RawRow("help", 3, {"Hidden": second})]
    assert made.interpret(Bundle("1", rows)).restricted is hidden


def test_no_address_line_leaves_an_empty_one_behind():
    made = layout(person={"address": ["Line 1", "Line 2", "Line 3"]})
    row = RawRow("help", 2, {"address:0": "1 High St", "address:2": "Norton"})
    assert made.interpret(Bundle("1", [row])).person["address"] == "1 High St, Norton"
