"""The ground the stories stand on: made once a module, as new for each test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def _ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from tests.integration.stories.telling import lay_ground

    with django_db_blocker.unblock(), transaction.atomic():
        lay_ground()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def ground(_ground: None, db: None) -> None:
    """Three schools, and three children known to social care and on a roll."""
