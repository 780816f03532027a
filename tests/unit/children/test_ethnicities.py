"""Codes of ethnic groups: two ways to write a group are one group, and every code of the census has its name."""

import pytest

from apps.children.ethnicities import GROUPS, NAMES, group_of
from apps.extracts.layouts.codes import ETHNICITIES


@pytest.mark.parametrize(
    ("code", "name"),
    [("WBRI", "White British"), ("A", "White British"), (" mwba ", "White and Black African"), ("99", "Not known or not said")],
)  # fmt: skip
def test_a_code_is_told_by_its_group(code, name):
    assert group_of(code) == name


def test_no_code_of_the_census_is_left_without_words_and_none_has_two():
    assert set(ETHNICITIES) <= set(NAMES)
    assert len(NAMES) == sum(len(codes) for codes in GROUPS.values())
    assert group_of("XX") == "XX"
