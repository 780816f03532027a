"""A file of capacities is read cell by cell: what is wrong is said with its row, its column and what to write instead."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reports.entering.columns import FIELDS, HEADINGS, HELP
from apps.reports.entering.files import as_file, planned
from apps.reports.entering.plan import plan
from apps.reports.models import Capacity

MONDAY = date(2026, 11, 30)
NORTH = {
    "service": "early_help",
    "team": "North",
    "area": "",
    "places": 140,
    "cost": None,
    "from_week": MONDAY,
    "source": "Plan",
}
ROW = ["", "Early help", "North", "", "140", "", "30/11/2026", "Plan"]


def read(*rows, held=None, headings=HEADINGS):
    return plan(headings, list(enumerate(map(list, rows), 2)), held or {})


def with_(**cells):
    return [cells.get(heading.split()[0].lower(), cell) for heading, cell in zip(HEADINGS, ROW, strict=True)]


def test_a_row_without_a_reference_is_new():
    made = read(ROW)
    assert (made.new, made.changed, made.wrong) == ([NORTH], {}, [])


def test_a_row_is_found_by_its_reference_and_changed():
    made = read(with_(reference="C7", children="150", cost="£1,250,000"), held={7: NORTH})
    assert made.changed == {7: NORTH | {"places": 150, "cost": 1_250_000}} and not made.new


def test_a_row_that_stands_already_is_found_without_its_reference():
    made = read(with_(service="EARLY HELP", sector=" "), held={7: NORTH})
    assert made.does_nothing and made.same == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"service": "Magic"}, "column “Service”: “Magic” is no service. Write one of: "),
        ({"service": ""}, "column “Service”: an empty cell is no service. Write one of: "),
        ({"service": "School roll"}, "column “Service”: “School roll” is no service."),
        ({"team": " "}, "column “Team”: it is empty. Write the team’s name."),
        ({"team": "x" * 81}, "column “Team”: it has 81 letters. Shorten it to 80."),
        ({"sector": "North"}, "column “Sector”: “North” is no postcode sector. Write one like “TS18 1”"),
        ({"sector": "TS18 1AA"}, "column “Sector”: “TS18 1AA” is no postcode sector."),
        ({"children": "many"}, "column “Children at once”: “many” is no whole number. Write one like 25."),
        ({"children": ""}, "column “Children at once”: an empty cell is no whole number."),
        ({"children": "2.5"}, "is no whole number"),
        ({"children": "-3"}, "is no whole number"),
        ({"children": "50 %"}, "is no whole number"),
        ({"children": "99999999999"}, "is no whole number"),
        ({"cost": "cheap"}, "column “Cost a year”: “cheap” is no whole number. Write one like 250000, or leave it empty."),
        ({"from": "soon"}, "column “From week”: “soon” is no date. Write a Monday as dd/mm/yyyy."),
        ({"from": "01/12/2026"}, "column “From week”: 01/12/2026 is a Tuesday. Write the Monday of the week"),
        ({"source": ""}, "column “Source”: it is empty. Write where the figure is written"),
        ({"reference": "7"}, "column “Reference”: “7” is no reference. Leave it as it was downloaded, or empty for a new row."),
        ({"reference": "C9"}, "column “Reference”: “C9” is not there. Download the file again, or leave it empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_row_its_column_and_what_to_write(cells, said):
    made = read(with_(**cells), held={7: NORTH | {"team": "South"}})
    assert len(made.wrong) == 1 and made.wrong[0].startswith("Row 2, ") and said in made.wrong[0]
    assert made.does_nothing


def test_everything_wrong_is_said_at_once():
    assert len(read(with_(service="x", children="y"), with_(team="")).wrong) == 3


@pytest.mark.parametrize("marks", [("", ""), ("C7", ""), ("", "C7"), ("C7", "C7")])
def test_one_row_twice_is_told(marks):
    made = read(*(with_(reference=mark, children="9") for mark in marks), held={7: NORTH})
    assert len(made.wrong) == 1
    assert made.wrong[0].startswith(
        "Row 3, column “Team”: row 2 says the same service, team, sector and week."
    )


def test_a_row_cannot_become_one_that_stays():
    held = {7: NORTH, 8: NORTH | {"team": "South"}}
    made = read(with_(reference="C7", team="South"), held=held)
    assert made.wrong == [
        "Row 2, column “Team”: row C8 has this service, team, sector and week already. Correct that row instead."
    ]


def test_what_was_entered_elsewhere_comes_back_as_it_is_however_odd():
    odd = NORTH | {"area": "North side", "team": "'=South  team"}
    made = read(with_(reference="C7", sector="North side", team="'=South  team"), held={7: odd})
    assert made.does_nothing and made.same == 1 and made.wrong == []


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)
CAPACITIES = st.builds(
    Capacity,
    service=st.sampled_from(sorted(HELP)), team=TEXTS | st.sampled_from(["=1+1", "'=x", "-", "@team", " North "]),
    area=st.sampled_from(["", "TS18 1", "N1 9", "somewhere"]), places=st.integers(0, 10_000), cost=st.none() | st.integers(0, 10**8),
    from_week=st.integers(0, 500).map(lambda number: MONDAY - timedelta(7 * number)), source=TEXTS,
)  # fmt: skip


@given(
    st.lists(CAPACITIES, min_size=1, max_size=5, unique_by=lambda each: each.team.strip().lower()),
    st.sampled_from(["csv", "xlsx"]),
)
def test_what_was_downloaded_changes_nothing_when_it_comes_back(held, form):
    for number, each in enumerate(held, 1):
        each.pk = number
    values = {each.pk: {name: getattr(each, name) for name in FIELDS} for each in held}
    made = planned(io.BytesIO(as_file(held, form)), values)
    assert (made.wrong, made.new, made.changed, made.same) == ([], [], {}, len(held))


def test_nothing_in_the_csv_is_run_by_a_spreadsheet_program():
    made = as_file([Capacity(pk=1, **NORTH | {"team": "=cmd()"})], "csv").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(made)))["Team"] == "'=cmd()"
