"""Logs carry ids and codes, never rows."""

import json
import logging
import logging.config
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from vcdb import logs


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    out = StringIO()
    config = logs.configure("INFO")
    config["handlers"]["stderr"]["stream"] = out
    before = logging.getLogger().handlers[:]
    # Whatever another test did to a logger of its own.
    monkeypatch.setattr(logging.getLogger("django.request"), "level", logging.NOTSET)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", False)
    logging.config.dictConfig(config)
    yield out
    logging.getLogger().handlers = before


def lines(out: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_exception_gives_its_type_and_place_but_not_its_words(said: StringIO) -> None:
    try:
        raise ValueError("duplicate key (upn)=(A123456789012)")
    except ValueError:
        logging.getLogger("apps.children").exception("record refused")
    (line,) = lines(said)
    assert "A123456789012" not in said.getvalue()
    assert line["error"] == "builtins.ValueError"
    assert "test_logs.py" in str(line["at"])


def test_a_task_that_fails_is_named_without_its_arguments(said: StringIO) -> None:
    data = {
        "id": "4f2",
        "name": "apps.pipeline.tasks.run_extract",
        "args": "['Ada Byron']",
        "exc": "Ada Byron",
    }
    logging.getLogger("celery.app.trace").error("Task %(name)s raised: %(exc)s", data, extra={"data": data})
    (line,) = lines(said)
    assert line["event"] == "task error: apps.pipeline.tasks.run_extract 4f2"
    assert "Byron" not in said.getvalue()


def test_what_was_searched_for_does_not_reach_the_log(said: StringIO) -> None:
    logging.getLogger("django.request").warning("Not Found: %s", "/search/?q=byron")
    assert lines(said)[0]["event"] == "Not Found: /search/"


def test_ids_are_fields(said: StringIO) -> None:
    structlog.get_logger("vcdb").info("extract committed", extract=17, rows=4)
    line = lines(said)[0]
    assert (line["extract"], line["rows"], line["level"]) == (17, 4, "info")


def test_statements_are_never_logged() -> None:
    assert logs.configure("DEBUG")["loggers"]["django.db.backends"]["propagate"] is False
