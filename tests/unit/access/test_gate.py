"""A page names a permission of the table, or it does not start."""

import pytest

from apps.access.rls import closed, protect
from apps.access.views import needs, open_to_all


def test_a_gate_names_its_permission():
    assert needs("child.view")(lambda request: None).permission == "child.view"


def test_a_gate_with_an_unknown_permission_fails_at_import():
    with pytest.raises(ValueError, match="not in the table"):
        needs("child.veiw")


def test_an_open_page_says_so():
    assert open_to_all(lambda request: None).permission == ""


def test_a_protected_table_raises_without_reach_before_it_asks_its_condition():
    on, off = protect("some_table", "true", writes="insert")
    assert on.index("vcdb_reach_is_set") < on.index("and (true)")
    assert "grant select, insert on some_table to vcdb_web" in on
    assert "revoke all on some_table from vcdb_web" in off


def test_a_closed_table_grants_the_web_nothing():
    assert "vcdb_web" not in closed("some_table")[0]
