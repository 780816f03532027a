"""Every figure of the report, against a count that knows nothing of it."""

import pytest

from apps.core.clock import today, week_of
from apps.reports.actions import freeze
from apps.reports.figures import FIGURES
from tests.integration.reports.borough import STANDARD, settle
from tests.integration.reports.counting import STATEMENTS, counted
from tests.kept import kept_for_module


@pytest.fixture(scope="module")
def _frozen(_cast, django_db_blocker):
    with kept_for_module(django_db_blocker):
        settle(_cast)
        yield freeze(week=week_of(today()), by=None, early=True)


@pytest.fixture
def report(_frozen, db):
    """Made once a module, as new for each test."""
    return _frozen


def test_every_figure_has_its_independent_count():
    assert set(STATEMENTS) == set(FIGURES)


@pytest.mark.parametrize("code", FIGURES)
def test_a_figure_equals_an_independent_count(report, code):
    assert report.figures[code] == counted(code, STANDARD)
    assert report.figures[code]
