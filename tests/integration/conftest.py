"""The cast, for every integration test that asks for it: made once a module, as new for each test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def _cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    from tests import world

    with django_db_blocker.unblock(), transaction.atomic():
        yield world.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(_cast: Any, db: None) -> Any:
    """Who there is; what a test changes is undone after it."""
    return _cast
