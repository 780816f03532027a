"""What holds for every layout and every rule."""

import re
from pathlib import Path

import pytest

from apps.extracts.catalogue import FEEDS
from apps.extracts.layouts import agencies, registry
from apps.extracts.layouts.agencies import LAYOUTS as AGENCIES
from apps.extracts.layouts.base import Bundle, RawRow
from apps.extracts.layouts.tabular import TabularLayout
from apps.extracts.models import AddressFields, NameFields
from apps.extracts.recognise import plain
from apps.extracts.rules import RULES
from apps.involvements.catalogue import MEASURES, SERVICES

SPECS = [spec for spec in vars(agencies).values() if isinstance(spec, TabularLayout)]
SOURCE = Path(registry.__file__).parent.parent


@pytest.mark.parametrize("layout", registry.LAYOUTS.values(), ids=lambda layout: layout.code)
def test_what_a_module_requires_it_has_headings_for(layout):
    for module in layout.modules:
        assert set(module.required) <= set(module.headings)
        assert not module.join or module.join in module.headings
        spellings = [plain(spelling) for field in module.required for spelling in module.headings[field]]
        assert all(spellings)


@pytest.mark.parametrize(
    "layout", [each for each in registry.LAYOUTS.values() if each.kind == "csv"], ids=lambda each: each.code
)
def test_no_two_modules_of_a_set_require_the_same_headings(layout):
    required = [
        frozenset(plain(module.headings[field][0]) for field in module.required) for module in layout.modules
    ]
    assert len(set(required)) == len(required)


@pytest.mark.parametrize("layout", registry.LAYOUTS.values(), ids=lambda layout: layout.code)
def test_an_empty_row_is_read_without_an_exception(layout):
    for module in layout.modules:
        result = layout.interpret(Bundle("1", [RawRow(module.code, 2, {})]))
        assert all(problem.code in RULES for problem in result.problems)


def test_every_layout_of_the_agencies_is_registered():
    assert {layout.code for layout in AGENCIES} <= set(registry.LAYOUTS)
    assert len(SPECS) == len(AGENCIES)


def test_every_feed_has_a_layout_or_is_reference_data():
    assert {feed.code for feed in FEEDS} - set(registry.LAYOUTS) == {"gias", "professionals", "wards"}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.code)
def test_services_measures_and_fields_are_known(spec):
    assert {involvement.service for involvement in spec.involvements} <= set(SERVICES)
    assert {observation.measure for observation in spec.observations} <= set(MEASURES)
    assert set(spec.person) <= {
        field.name for fields in (NameFields, AddressFields) for field in fields._meta.get_fields()
    }


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_names_a_remedy_and_never_a_value(rule):
    assert rule.severity in ("error", "warning")
    assert rule.message.endswith(".")
    assert not re.search(r"[{}%]", rule.message)


def test_every_code_a_layout_names_is_a_rule_and_every_rule_is_used():
    text = "".join(
        path.read_text()
        for folder in ("layouts", "actions", "readers")
        for path in (SOURCE / folder).glob("*.py")
    )
    used = set(re.findall(r'"([A-Z][A-Z0-9_]+)"', text)) & set(RULES)
    named = set(re.findall(r'problem\(\s*"([A-Z0-9_]+)"', text))
    unmarked = {"ID_MISSING", "TOO_DEEP"}
    assert named <= set(RULES)
    assert set(RULES) - used <= unmarked
