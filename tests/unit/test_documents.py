"""That what the documents name is there: files, commands with their options, settings, the words of pages."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

from apps.pipeline.timetable import TIMETABLE

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "DEVELOPERS.md", *ROOT.glob("docs/**/*.md")])
HOW_TOS = sorted(ROOT.glob("docs/how-to/*.md"))
OPERATIONS = (ROOT / "docs/operations.md").read_text()
COMPOSE = (ROOT / "docker-compose.yml").read_text()
OWN = {
    path.stem
    for folder in ("vcdb", "apps/*")
    for path in ROOT.glob(f"{folder}/management/commands/[a-z]*.py")
}
SETTING = re.compile(r"\b(?:VCDB|DATABASE|EMAIL)_[A-Z_]+\b|\bREDIS_URL\b|\bSECRET_KEY\b|\bALLOWED_HOSTS\b")
#: Nobody's to set: what the program says itself, and what tests and trials are given.
NOT_SETTINGS = {"VCDB_SERVICE_NAME", "VCDB_REDIS_DB", "VCDB_SAMPLES", "VCDB_NOTIFY_URL"}
#: What docker-compose.yml says itself, or has no use for.
NOT_PASSED = {"VCDB_VERSION", "VCDB_BIND", "VCDB_PORT", "VCDB_STATIC"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def each(documents: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", documents, ids=name)


@each(DOCUMENTS)
def test_every_file_it_leads_to_is_there(path: Path) -> None:
    leads = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text())
    assert [lead for lead in leads if not (path.parent / lead).exists()] == []


@each(DOCUMENTS)
def test_every_file_of_the_code_it_names_is_there(path: Path) -> None:
    named = re.findall(r"`((?:apps|vcdb|tests|docs|templates|static)/[\w./-]+)`", path.read_text())
    # CAPITALS stand for whatever there is
    assert [each for each in named if not (ROOT / each).exists() and not re.search(r"\b[A-Z]+\b", each)] == []


@each([*DOCUMENTS, ROOT / "Makefile", ROOT / "Dockerfile", ROOT / "docker-compose.yml"])
def test_every_command_and_option_it_names_is_there(path: Path) -> None:
    commands, wrong = get_commands(), []
    for command, rest in re.findall(r"manage\.py ([a-z]\w+)(?!\.)\b([^`\n|]*)", path.read_text()):
        given = set(re.findall(r"--[a-z][a-z-]+", rest.partition("&&")[0]))
        known = options(command) if command in commands else set()
        wrong += [command] * (command not in commands) + sorted(given - known)
    assert wrong == []


@cache
def options(command: str) -> set[str]:
    parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
    return {option for action in parser._actions for option in action.option_strings}


@each(DOCUMENTS)
def test_every_target_of_make_it_names_is_there(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"(?:^```\n|`)make ([a-z-]+)", path.read_text(), re.M)) <= targets


@pytest.mark.parametrize("command", sorted(OWN))
def test_every_command_of_ours_is_told_of_and_says_what_it_does(command: str) -> None:
    assert any(re.search(rf"`?\b{command}\b", path.read_text()) for path in DOCUMENTS)
    assert load_command_class(get_commands()[command], command).help


def test_every_setting_that_is_read_is_explained_and_the_other_way_round() -> None:
    code = [*ROOT.glob("vcdb/**/*.py"), ROOT / "Makefile", ROOT / "docker-compose.yml"]
    read = {
        found
        for path in code
        for found in re.findall(r"""["' ]([A-Z][A-Z_]+)["':=]|\{([A-Z_]+)[:}]""", path.read_text())
        for found in found
        if SETTING.fullmatch(found)
    }
    told = {setting for row in settings_rows() for setting in SETTING.findall(row)}
    assert told - read == set()
    assert read - NOT_SETTINGS - set(SETTING.findall(OPERATIONS)) == set()


def test_every_setting_reaches_the_containers() -> None:
    of_the_service = COMPOSE.partition("\nservices:")[0]
    settings = {setting for row in settings_rows() for setting in SETTING.findall(row.split("|")[1])}
    missing = {
        each for each in settings - NOT_PASSED if each not in of_the_service and not own_of_a_service(each)
    }
    assert missing == set()


def own_of_a_service(setting: str) -> bool:
    """Whether it is one that each service is given by itself: addresses of the database, its role and pool."""
    return re.search(rf"^      {setting}:", COMPOSE, re.M) is not None


def settings_rows() -> list[str]:
    table = OPERATIONS.partition("## Settings")[2].partition("\n## ")[0]
    return [row for row in table.splitlines() if row.startswith("| `")]


@pytest.mark.parametrize("name", sorted(TIMETABLE))
def test_the_document_says_when_the_timetable_does_something(name: str) -> None:
    assert f"| {when(TIMETABLE[name]['schedule'])} |" in OPERATIONS


def when(schedule: Any) -> str:
    """A time of the timetable as the table of the document writes it; what a task leaves out on days off it says itself."""
    if isinstance(schedule, timedelta):
        every = {30: "30 seconds", 60: "minute", 600: "ten minutes"}
        return f"every {every[int(schedule.total_seconds())]}"
    (minute,) = schedule.minute
    if len(schedule.hour) == 24:
        return f"{minute} past every hour" if minute <= 30 else f"{60 - minute} to every hour"
    (hour,) = schedule.hour
    at = f"{hour:02}:{minute:02}"
    if schedule.day_of_week == {1}:
        return f"{at} on Mondays"
    return at if f"| {at} |" in OPERATIONS else f"{at} on working days"


@cache
def words_of_pages() -> str:
    """All that a page can say, as one line without regard to capitals."""
    written = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("apps/**/*.py"), *ROOT.glob("static/vcdb/*.js")]
    pages = " ".join(path.read_text() for path in written if "migrations" not in path.parts)
    return " ".join(re.sub(r"[“”\"]", " ", pages).split()).lower()


@each(HOW_TOS)
def test_every_word_of_a_page_it_names_stands_on_a_page(path: Path) -> None:
    italics = re.findall(r"(?<![*\w`])\*([^*`]+)\*(?![*\w])", path.read_text())
    named = [" ".join(re.sub(r"[“”\"]", " ", words).split()).lower() for words in italics]
    pages = words_of_pages()
    # “Triage, Team” names a page of another
    assert [
        words
        for words in named
        if words not in pages and not all(part in pages for part in words.split(", "))
    ] == []
