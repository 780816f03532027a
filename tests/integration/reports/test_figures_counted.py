"""Every figure of the report, against a count that knows nothing of it."""

import pytest

from apps.reports.figures import FIGURES
from tests.integration.reports.borough import STANDARD
from tests.integration.reports.counting import STATEMENTS, counted


def test_every_figure_has_its_independent_count():
    assert set(STATEMENTS) == set(FIGURES)


@pytest.mark.parametrize("code", FIGURES)
def test_a_figure_equals_an_independent_count(report, code):
    assert report.figures[code] == counted(code, STANDARD)
    assert report.figures[code]
