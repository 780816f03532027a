"""Logs as JSON lines of ids and codes, never rows: an exception gives its type and place, not its words."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def place_of_exception(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its type and frames: its message may quote a child's data."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    if isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    if found and found[0]:
        event["error"] = f"{found[0].__module__}.{found[0].__qualname__}"
        event["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(found[2])[-8:]
        ]
    event.pop("stack_info", None)
    return event


def fail_without_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """For ``sys.excepthook``: a command that fails by itself, as under a timetable, tells its log where and not with what."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        structlog.get_logger("vcdb").error("the command failed", exc_info=(kind, error, trace))


class TaskWordsOnly(logging.Filter):
    """Celery writes results, arguments and errors into its messages: keep a task's name, id and time."""

    KEPT = ("name", "id", "runtime")

    def filter(self, record: logging.LogRecord) -> bool:
        data = getattr(record, "data", None)
        if isinstance(data, dict):
            said = " ".join(str(data[key]) for key in self.KEPT if key in data)
            record.msg, record.args = f"task {record.levelname.lower()}: {said}", ()
        return True


class NoQuery(logging.Filter):
    """Django's request messages name the path; a search typed into an address goes no further."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(a.partition("?")[0] if isinstance(a, str) else a for a in record.args)
        return True


SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    place_of_exception,
]


def configure(level: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING in the same format."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"task_words_only": {"()": TaskWordsOnly}, "no_query": {"()": NoQuery}},
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["task_words_only", "no_query"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
            "django": {"handlers": ["stderr"], "level": level, "propagate": False},
            # A statement and its values are personal data.
            "django.db.backends": {"handlers": [], "level": "ERROR", "propagate": False},
        },
    }
