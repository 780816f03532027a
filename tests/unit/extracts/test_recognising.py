"""Which table of a set a file is, told by its headings; and what is said where it is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.extracts.layouts import registry
from apps.extracts.layouts.base import Layout, Module
from apps.extracts.readers.table import Table
from apps.extracts.recognise import _listed, plain, recognise

MAIN = Module(
    "main", {"id": ("Child ID", "Ref"), "day": ("Day",), "note": ("Note", "Remark")}, ("id", "day"), "id"
)
MORE = Module("more", {"id": ("Child ID",), "score": ("Score",)}, ("id", "score"), "id")
LAYOUT = Layout("l", "the list", (MAIN, MORE), lambda bundle: None)
CSV = [layout for layout in registry.LAYOUTS.values() if layout.kind == "csv"]


def table(*headings, name="a.csv"):
    return Table(name, list(headings), iter(()))


def found(*tables):
    return [(item.module.code, item.columns) for item in recognise(LAYOUT, tables)]


def refusal(*tables):
    with pytest.raises(Refused) as refused:
        recognise(LAYOUT, tables)
    return str(refused.value)


@pytest.mark.parametrize(
    "heading", ["Child ID", "CHILD_ID", "child-id", "  Child   Id ", "ChildID", "Child.ID", "child id?"]
)
def test_a_heading_is_known_whatever_stands_between_its_letters(heading):
    assert found(table(heading, "Day"))[0][1][0] == ("id", 0)


@given(st.text(max_size=20))
def test_a_plain_heading_is_its_own(text):
    assert plain(plain(text)) == plain(text)


def test_the_first_spelling_that_is_there_counts():
    assert found(table("Remark", "Ref", "Day", "Note"))[0][1] == [("id", 1), ("day", 2), ("note", 3)]


def test_columns_nobody_asked_for_are_passed_over():
    assert found(table("x", "Ref", "y", "Day", ""))[0][1] == [("id", 1), ("day", 3)]


def test_tables_come_in_the_order_of_the_set_whatever_order_they_were_sent_in():
    one, two = table("Child ID", "Score"), table("Ref", "Day")
    assert [code for code, _columns in found(one, two)] == ["main", "more"]


def test_a_set_without_its_main_table_says_which():
    said = refusal(table("Child ID", "Score"))
    assert (
        said
        == "The set lacks its main table, main, with the columns Child ID and Day. Send it with the others."
    )


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (
            ["Ref", "Date"],
            "a.csv lacks the column Day. It has Ref and Date. Correct the headings and send it again.",
        ),
        (["Day"], "a.csv lacks the column Child ID. It has Day. Correct the headings and send it again."),
        (["Score"], "a.csv lacks the column Child ID. It has Score. Correct the headings and send it again."),
        (
            ["Marsh", "Una"],
            "a.csv has none of the headings of the list. Its first row must hold Child ID and Day.",
        ),
        ([], "a.csv has none of the headings of the list. Its first row must hold Child ID and Day."),
    ],
)
def test_what_is_missing_is_named_against_the_nearest_table(headings, said):
    assert refusal(table(*headings)) == said


def test_what_may_be_a_childs_data_is_not_repeated():
    said = refusal(table("Day", "14/03/2013", "TS20 1AA", "x" * 90))
    assert "2013" not in said and "TS20" not in said and "x" * 41 not in said


def test_at_most_twelve_headings_are_repeated():
    said = refusal(table("Day", *[f"Column {letter}" for letter in "abcdefghijklmnop"]))
    assert "Column k" in said and "Column l" not in said


@pytest.mark.parametrize("twice", [("Ref", "Ref"), ("Ref", "Child ID", "child_id")])
def test_a_column_that_stands_twice_is_refused(twice):
    assert "column" in refusal(table(*twice, "Day")) and "twice" in refusal(table(*twice, "Day"))


def test_a_column_nobody_reads_may_stand_twice():
    assert found(table("Ref", "Day", "Other", "Other"))


def test_sheets_of_notes_are_passed_over_only_beside_a_known_sheet_of_the_same_book():
    known, notes = table("Ref", "Day", name="b.xlsx, sheet Data"), table("Notes", name="b.xlsx, sheet Notes")
    assert len(found(known, notes)) == 1
    assert "c.xlsx, sheet Notes has none" in refusal(known, table("Notes", name="c.xlsx, sheet Notes"))
    assert "b.csv has none" in refusal(known, table("Notes", name="b.csv"))


@pytest.mark.parametrize(
    ("words", "said"), [([], "none"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed_in_english(words, said):
    assert _listed(words) == said


@pytest.mark.parametrize("layout", CSV, ids=lambda layout: layout.code)
def test_each_table_of_each_layout_is_known_by_its_own_headings(layout):
    tables = [
        table(
            *dict.fromkeys(module.headings[field][0] for field in module.headings), name=f"{module.code}.csv"
        )
        for module in layout.modules
    ]
    assert [item.module.code for item in recognise(layout, reversed(tables))] == [
        module.code for module in layout.modules
    ]


@pytest.mark.parametrize("layout", CSV, ids=lambda layout: layout.code)
def test_each_layout_is_known_by_what_it_requires_alone(layout):
    needed = [m for m in layout.modules if m.code in layout.needed] or [layout.modules[0]]
    found = recognise(
        layout, [table(*dict.fromkeys(m.headings[field][0] for field in m.required)) for m in needed]
    )
    assert [item.module for item in found] == needed
    assert all({field for field, _index in item.columns} >= set(item.module.required) for item in found)


@pytest.mark.parametrize("layout", CSV, ids=lambda layout: layout.code)
def test_one_heading_too_few_is_never_taken_for_the_main_table(layout):
    main = layout.modules[0]
    for lacking in main.required:
        names = [main.headings[field][0] for field in main.required if field != lacking]
        with pytest.raises(Refused):
            recognise(layout, [table(*names)])
