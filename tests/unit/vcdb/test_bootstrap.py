"""Set-up does nothing twice: a lock that is installed needs no network."""

from pathlib import Path

import pytest

from vcdb import bootstrap


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, folder in (
        ("ROOT", tmp_path),
        ("VENV", tmp_path / ".venv"),
        ("NODE_MODULES", tmp_path / "node_modules"),
    ):
        monkeypatch.setattr(bootstrap, name, folder)
        folder.mkdir(exist_ok=True)
    for lock in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        (tmp_path / lock).write_text(f"what {lock} names")
    return tmp_path


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    commands: list[str] = []
    monkeypatch.setattr(bootstrap, "run", lambda command: commands.append(" ".join(map(str, command))))
    return commands


def test_a_lock_is_installed_once(place: Path, ran: list[str]) -> None:
    bootstrap.install_python("requirements.txt")
    bootstrap.install_python("requirements.txt")
    assert len(ran) == 1
    assert "--require-hashes --requirement requirements.txt" in ran[0]


def test_a_changed_lock_is_installed_again(place: Path, ran: list[str]) -> None:
    bootstrap.install_python("requirements.txt")
    (place / "requirements.txt").write_text("what a newer lock names")
    bootstrap.install_python("requirements.txt")
    assert len(ran) == 2


def test_the_development_lock_serves_the_service_too(place: Path, ran: list[str]) -> None:
    bootstrap.install_python("requirements-dev.txt")
    bootstrap.install_python("requirements.txt")
    assert len(ran) == 1


def test_node_packages_run_no_scripts_and_are_installed_once(
    place: Path, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/npm")
    monkeypatch.setenv("PATH", "/usr/bin")
    bootstrap.install_node()
    bootstrap.install_node()
    assert len(ran) == 1
    assert ran[0].startswith("npm ci --ignore-scripts")


def test_node_itself_comes_from_a_lock_where_the_machine_has_none(
    place: Path, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    monkeypatch.setenv("PATH", "/usr/bin")
    bootstrap.install_node()
    assert "requirements-node.txt" in ran[0]
    assert ran[1].startswith("npm ci")


def test_a_browser_on_the_machine_is_used(
    place: Path, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        bootstrap.shutil, "which", lambda name: "/usr/bin/chromium" if name == "chromium" else None
    )
    monkeypatch.setattr(bootstrap, "apt", lambda package: pytest.fail("nothing was to be installed"))
    bootstrap.find_browser()
    assert ran == []


def test_playwright_brings_a_browser_where_nobody_else_does(
    place: Path, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    monkeypatch.setattr(bootstrap, "apt", lambda package: False)
    bootstrap.find_browser()
    bootstrap.find_browser()
    assert [command.split(" -m ")[1] for command in ran] == ["playwright install chromium"]
