"""A week of a small borough, frozen: made once a module, as new for each test."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def _frozen(_cast: Any, django_db_blocker: Any) -> Iterator[Any]:
    from apps.core.clock import today, week_of
    from apps.reports.actions import freeze
    from tests.integration.reports.borough import settle
    from tests.kept import kept_for_module

    with kept_for_module(django_db_blocker):
        settle(_cast)
        yield freeze(week=week_of(today()), by=None, early=True)


@pytest.fixture
def report(_frozen: Any, db: None) -> Any:
    """The report; what a test changes is undone after it."""
    return _frozen
