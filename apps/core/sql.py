"""Set-based steps kept as .sql files beside their app, one file a step."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

APPS = Path(__file__).resolve().parent.parent


@cache
def statement(app: str, name: str) -> str:
    """The text of ``apps/<app>/sql/<name>.sql``; a missing file raises FileNotFoundError."""
    return (APPS / app / "sql" / f"{name}.sql").read_text()


def run(app: str, name: str, **params: Any) -> int:
    """Execute a step with named parameters and return the number of rows its last statement touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement(app, name), params)
        return max(cursor.rowcount, 0)


def rows(app: str, name: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Execute a step that answers with rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement(app, name), params)
        return cursor.fetchall()


def analyze(*tables: str) -> None:
    """Count the rows a step has just written: the planner would take a table it has not counted since for an empty one."""
    with connection.cursor() as cursor:
        # a small sample is enough to tell thousands from none, and is ten times as quick
        cursor.execute("set local default_statistics_target = 10; analyze " + ", ".join(tables))
        cursor.execute("set local default_statistics_target to default")
