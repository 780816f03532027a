"""The shape of the house: floors, privacy of every field, and where a few things may live."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
FLOORS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
    "layers"
]
LEVEL = {name.strip(): height for height, floor in enumerate(reversed(FLOORS)) for name in floor.split("|")}
OURS = [config for config in apps.get_app_configs() if config.name.startswith("apps.")]
MODELS = [model for config in OURS for model in config.get_models()]


def sources(pattern="apps/**/*.py"):
    return [path for path in ROOT.glob(pattern) if "/migrations/" not in str(path)]


def test_imports_go_down_never_sideways(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_every_app_stands_on_a_floor():
    assert {config.label for config in OURS} == set(LEVEL)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_down_or_stay(model):
    """Those written as strings too, which no import shows."""
    here = model._meta.app_label
    for field in model._meta.get_fields():
        if field.concrete and field.is_relation and field.related_model._meta.app_label in LEVEL:
            there = field.related_model._meta.app_label
            assert there == here or LEVEL[there] < LEVEL[here], f"{field} points up or sideways to {there}"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_says_what_it_is(model):
    """Identifying, sensitive or plain."""
    classified = set(getattr(model, "PRIVACY", {}))
    fields = {field.name for field in model._meta.get_fields() if field.concrete and not field.primary_key}
    keys = {field.name for field in model._meta.get_fields() if field.concrete and field.primary_key}
    assert not fields - classified, f"Say in {model._meta.label}.PRIVACY what these are"
    assert not classified - fields - keys, f"{model._meta.label}.PRIVACY names fields that are gone"
    assert set(model.PRIVACY.values()) <= {"identifying", "sensitive", "plain"}


def test_tables_are_named_after_their_app():
    for model in MODELS:
        assert model._meta.db_table.startswith(f"{model._meta.app_label}_"), model


def imported(path):
    """Modules a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_guardian_is_spoken_to_in_one_place():
    assert {
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if any(name.startswith("guardian") for name in imported(path))
    } == {"apps/access/grants.py"}


def test_celery_tasks_live_in_one_file():
    assert {
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if re.search(r"^@(shared_task|app\.task)", path.read_text(), re.M)
    } <= {"apps/pipeline/tasks.py"}


@pytest.mark.parametrize(
    "path", sources("apps/**/views.py") + sources("apps/*/views/*.py"), ids=lambda path: path.parent.name
)
def test_views_neither_query_nor_write(path):
    found = re.findall(
        r"\.objects\b|(?<!actions)\.save\(|\.delete\(|\.update\(|\.bulk_create\(", path.read_text()
    )
    assert not found, "A view calls queries and actions"


def test_domain_apps_use_no_model_signals():
    """Signals are a back door: a later step sweeps what an earlier one marked."""
    for path in sources():
        assert not re.search(r"\b(pre|post)_(save|delete)\b|m2m_changed", path.read_text()), path


def test_the_innermost_middleware_sets_the_reach():
    assert settings.MIDDLEWARE[-1] == "apps.access.middleware.ReachMiddleware"
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


ONE_LOOK = {"is_visible", "is_hidden", "is_enabled", "is_disabled", "is_checked", "input_value", "inner_text"}


@pytest.mark.parametrize("path", sources("tests/browser/**/test_*.py"), ids=lambda path: path.stem)
def test_browser_tests_wait_for_what_they_claim(path):
    """A page is there before all of it is: `expect` waits, a plain look at it fails by chance."""
    claims = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Assert)]
    looks = [
        node
        for claim in claims
        for node in ast.walk(claim.test)
        if isinstance(node, ast.Attribute) and node.attr in ONE_LOOK
    ]
    assert [f"line {look.lineno}: expect(...) instead of {look.attr}" for look in looks] == []
