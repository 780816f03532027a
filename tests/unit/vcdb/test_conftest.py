"""Workers of one test run do not meet in each other's database, queue or files."""

import os

from django.conf import settings


def test_each_worker_has_files_and_a_queue_of_its_own() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    assert settings.VCDB_DATA.name == f"files-{worker}"
    assert settings.REDIS_URL.endswith(f"?db={int(worker.removeprefix('gw')) + 1 if worker != 'main' else 0}")
    assert settings.VCDB_HOME.parent.name == ".vcdb-test" or "VCDB_TEST_HOME" in os.environ
