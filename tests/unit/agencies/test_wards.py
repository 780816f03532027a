"""A row of a list of wards, as the ONS and councils write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.agencies.wards import Place, read


@pytest.mark.parametrize(
    "row, found",
    [
        ({"pcds": "ZZ1 1AA", "wd25cd": "E05014000", "wd25nm": "Elm"}, Place("ZZ11AA", "E05014000", "Elm")),
        ({"pcd": "ZZ1 1AA", "osward": "E05014000"}, Place("ZZ11AA", "E05014000", "E05014000")),
        ({"Postcode": "zz11aa", "Ward name": "Elm"}, Place("ZZ11AA", "", "Elm")),
        (
            {"Postcode": "ZZ1 1AA", "Ward code": "E05014000", "Ward name": "Elm"},
            Place("ZZ11AA", "E05014000", "Elm"),
        ),
        ({"pcd": "ZZ1 1AA", "laua": "E06000002"}, None),
        ({"pcds": "not one", "wd25nm": "Elm"}, None),
    ],
)
def test_a_row_says_which_ward_a_postcode_lies_in(row, found):
    assert read(row) == found


@given(st.dictionaries(st.sampled_from(["pcds", "wd25cd", "wd25nm", "osward", ""]), st.text() | st.none()))
def test_no_row_fails(row):
    found = read(row)
    assert found is None or (found.postcode and found.name and len(found.name) <= 80)
