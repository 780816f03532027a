"""The linkage model: a file that is whole, and weights that a common name lowers."""

import json

import pytest

from apps.matching.linkage import model
from apps.matching.linkage.model import faults, live, read


def content():
    return json.loads((model.FOLDER / f"model-{model.LIVE}.json").read_text())


def test_the_live_model_is_whole_and_names_its_own_version():
    assert faults(content()) == []
    assert live().version == model.LIVE


@pytest.mark.parametrize("field", model.LEVELS)
def test_a_model_without_a_weight_is_refused(field):
    given = content()
    del given["weights"][field]["missing"]
    with pytest.raises(ValueError, match=f"“{field}” has no weight for “missing”"):
        read(given)


@pytest.mark.parametrize(
    ("table", "name"),
    [("thresholds", "margin"), ("crowd", "surnames_at_address"), ("frequencies", "surname")],
)
def test_a_model_without_one_of_its_tables_is_refused(table, name):
    given = content()
    del given[table][name]
    with pytest.raises(ValueError, match=name):
        read(given)


def test_what_is_no_number_is_no_weight():
    given = content()
    given["weights"]["dob"]["exact"] = True
    given["frequencies"]["forename"]["ada"] = 2
    given["version"] = ""
    assert len(faults(given)) == 3


def test_agreement_on_a_common_name_weighs_less_than_on_a_rare_one():
    assert live().bits("surname", "exact", "smith") < live().bits("surname", "exact", "quill") == 12
    assert live().bits("surname", "differs", "smith") == live().bits("surname", "differs", "quill")
    assert live().rarity()["surname"]["smith"] == live().bits("surname", "exact", "smith")
    assert "smith" in live().common("surname", 0.01)
