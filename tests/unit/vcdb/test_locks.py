"""What is installed is locked by hash, and no tracked file names where it came from."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# In pieces, so that this file does not name them either.
HOSTS = re.compile(r"(pyp" + r"i|pythonhoste" + r"d|npmj" + r"s|debia" + r"n)\.(org|com)", re.IGNORECASE)
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")


def pins(lock: str) -> dict[str, list[str]]:
    """Each pinned package of a lock with the lines that follow its name."""
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text(), flags=re.IGNORECASE)
    return {entry.split("==")[0].strip(): entry.splitlines() for entry in entries if "==" in entry}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_a_version_and_a_hash(lock: str) -> None:
    found = pins(lock)
    assert found
    assert [
        name for name, lines in found.items() if not any("--hash=sha256:" in line for line in lines)
    ] == []


def test_the_development_lock_holds_the_whole_of_the_other() -> None:
    """The same version; one that is needed here and there alone may be needed everywhere for development."""
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name for name in run if name not in dev or not covers(dev[name][0], run[name][0])} == set()


def covers(wide: str, narrow: str) -> bool:
    version, _, where = wide.rstrip(" \\").partition(" ;")
    return wide == narrow or not where and narrow.startswith(f"{version} ;")


def test_celery_finds_what_its_redis_transport_needs() -> None:
    assert {"redis", "packaging"} <= pins("requirements.txt").keys()


def test_every_npm_package_has_a_hash_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    locked = {name: package for name, package in packages.items() if name}
    assert {"node_modules/govuk-frontend", "node_modules/@ministryofjustice/frontend"} <= locked.keys()
    assert [
        name for name, package in locked.items() if "integrity" not in package or "resolved" in package
    ] == []


def test_no_tracked_file_names_a_package_index() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    assert paths
    assert [
        path.name for path in paths if path.is_file() and HOSTS.search(path.read_text(errors="ignore"))
    ] == []
