"""The rules and the page that lists them."""

from pathlib import Path

import pytest
from django.conf import settings

from apps.extracts.rules import RULES, table

PAGE = Path(settings.BASE_DIR) / "docs" / "reference" / "import-rules.md"


def test_the_page_lists_every_rule_as_it_is():
    told = "Write the page anew: python -m tests.unit.extracts.test_rules_table"
    assert PAGE.read_text(encoding="utf-8").endswith(table() + "\n"), told


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_is_one_that_a_table_of_findings_can_show(rule):
    assert rule.severity in ("error", "warning")
    assert len(rule.code) <= 40
    assert rule.message.endswith(".") and "|" not in rule.message and "{" not in rule.message


if __name__ == "__main__":
    before, _mark, _rest = PAGE.read_text(encoding="utf-8").partition("| rule |")
    PAGE.write_text(before + table() + "\n", encoding="utf-8")
