"""The cast, for every integration test that asks for it: made once, a copy for each module, as new for each test."""

from collections.abc import Iterator
from contextlib import ExitStack
from copy import deepcopy
from typing import Any

import pytest

from tests import migrated
from tests.kept import kept_for_module

#: Fixtures that bring a database of their own.
FILLED = {"_cast", "_ground"}


@pytest.fixture(scope="module", autouse=True)
def _own_database(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """A database of the module's own. What earlier tests took back lies in the tables still, and what the planner was told of tables
    that seemed empty then makes minutes of seconds."""
    mine = [item.fixturenames for item in request.session.items if item.path == request.path]
    if any(FILLED & set(names) for names in mine):
        yield  # it gets one with something in it
        return
    with ExitStack() as ending:
        with django_db_blocker.unblock():
            ending.enter_context(migrated.copied(migrated.template(), "own"))
        yield
        with django_db_blocker.unblock():
            ending.close()


@pytest.fixture(scope="module")
def _cast(cast_made: tuple[str, Any], django_db_blocker: Any) -> Iterator[Any]:
    """A copy of it for the module, as new for each test."""
    name, cast = cast_made
    with (
        django_db_blocker.unblock(),
        migrated.copied(name, "now"),
        kept_for_module(django_db_blocker),
    ):
        yield deepcopy(cast)


@pytest.fixture
def world(_cast: Any, db: None) -> Any:
    """Who there is; what a test changes is undone after it."""
    return _cast


@pytest.fixture
def _no_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django would empty every table after such a test, reference data included, and the audit record refuses."""
    monkeypatch.setattr("django.test.TransactionTestCase._fixture_teardown", lambda case: None)


@pytest.fixture
def committed(_no_flush: None, transactional_db: None) -> Iterator[None]:
    """Real commits, in tables that were empty before: for what only shows once a transaction is over."""
    from tests.integration.committed import leaving_nothing

    with leaving_nothing():
        yield
