"""The ground the stories stand on: laid once, a copy for each module, as new for each test."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests import migrated
from tests.kept import kept_for_module


@pytest.fixture(scope="session")
def _ground_made(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database with the ground in it, laid once."""
    from tests.integration.stories.telling import lay_ground

    with ExitStack() as ending:
        with django_db_blocker.unblock():
            name, _ = ending.enter_context(migrated.filled("ground", lay_ground))
        yield name
        with django_db_blocker.unblock():
            ending.close()


@pytest.fixture(scope="module")
def _ground(_ground_made: str, django_db_blocker: Any) -> Iterator[None]:
    """A copy of it for the module."""
    with (
        django_db_blocker.unblock(),
        migrated.copied(_ground_made, "now"),
        kept_for_module(django_db_blocker),
    ):
        yield


@pytest.fixture
def ground(_ground: None, db: None) -> None:
    """Three schools, and three children known to social care and on a roll."""
