"""The tests' own PostgreSQL and Valkey: one server of each, kept between runs, a database for each worker."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.instance import take_home

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

# Before the settings are read: the tests' own servers, as the owner, and a queue of each worker's own.
os.environ["DJANGO_SETTINGS_MODULE"] = "vcdb.settings"
os.environ["VCDB_ENV"] = "test"
if not WORKER:
    # Held until this process ends; workers inherit the choice.
    home, HELD = take_home(Path(os.environ.get("VCDB_TEST_HOME", ROOT / ".vcdb-test")))
    os.environ["VCDB_HOME"] = str(home)
os.environ["VCDB_DB_ROLE"] = "owner"
os.environ["VCDB_REDIS_DB"] = str(int(WORKER.removeprefix("gw") or -1) + 1)
os.environ["VCDB_DATA"] = str(Path(os.environ["VCDB_HOME"]) / f"files-{WORKER or 'main'}")
for name in ("DATABASE_URL", "REDIS_URL", "DEBUG", "SECRET_KEY"):
    os.environ.pop(name, None)
# Playwright's loop runs in the test's thread; the ORM calls beside it are not made from coroutines.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import pytest  # noqa: E402
from hypothesis import HealthCheck  # noqa: E402
from hypothesis import settings as hypothesis  # noqa: E402

from vcdb.embedded import ensure, stop  # noqa: E402

# How fast the machine is says nothing of the code.
hypothesis.register_profile("vcdb", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("vcdb")


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers once; reading the settings lets pytest-django set Django up."""
    from django.conf import settings

    assert settings.VCDB_ENV == "test"
    if not WORKER:
        # Workers inherit the environment: with this in it, pytest-django would read the settings before this file.
        del os.environ["DJANGO_SETTINGS_MODULE"]
    if not WORKER and not config.option.collectonly:
        ensure(os.environ["VCDB_HOME"], queue=True, for_tests=True)


def pytest_unconfigure() -> None:
    """Stop the servers: what they hold is kept for the next run."""
    if not WORKER:
        stop(os.environ["VCDB_HOME"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in tests/browser drives a browser."""
    for item in items:
        if "browser" in item.path.relative_to(ROOT / "tests").parts[:1]:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """A worker's database is a copy of one that is migrated already."""
    from tests.migrated import use_migrated

    with django_db_blocker.unblock():
        use_migrated()


@pytest.fixture(scope="session")
def cast_made(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, Any]]:
    """A database with the cast in it, made once, and who is in it."""
    from tests import migrated, world

    with ExitStack() as ending:
        with django_db_blocker.unblock():
            made = ending.enter_context(migrated.filled("cast", world.build))
        yield made
        with django_db_blocker.unblock():
            ending.close()


@pytest.fixture(autouse=True)
def empty_queue(request: pytest.FixtureRequest) -> None:
    """No test sees what another left in the queue's server."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        from django.core.cache import cache

        cache.clear()
