"""The cast, for every integration test that asks for it: made once a module, as new for each test."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection


@pytest.fixture(scope="module")
def _cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    from tests import world
    from tests.kept import kept_for_module

    with kept_for_module(django_db_blocker):
        yield world.build()


@pytest.fixture
def world(_cast: Any, db: None) -> Any:
    """Who there is; what a test changes is undone after it."""
    return _cast


@pytest.fixture
def swept(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tables as after a night's vacuum: what other tests took back lies in them still, and a long test waits on every row of it."""
    with django_db_blocker.unblock():
        kept = connection.settings_dict
    whose = {"dbname": kept["NAME"], "user": kept["USER"], "host": kept["HOST"], "port": kept["PORT"]}
    with psycopg.connect(**whose, autocommit=True) as owner:
        owner.execute("vacuum (analyze, skip_locked)")


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
