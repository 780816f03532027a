#!/usr/bin/env python
"""The command line. Without DATABASE_URL it starts what it needs in VCDB_HOME and leaves it running."""

import os
import sys

# Commands that need no server at all, and those that need the queue as well as the database.
NEEDS_NOTHING = {
    "",
    "help",
    "version",
    "collectstatic",
    "findstatic",
    "check",
    "setup_database",
    "demo",
    "stop",
    "benchmark",  # starts an instance of its own
}
NEEDS_QUEUE = {"runserver", "load_extract", "load_demo", "assess", "publish_lists", "shell"}


def start_embedded(command: str) -> None:
    """Start what this command needs, where the environment names no server of its own."""
    if command in NEEDS_NOTHING or "--help" in sys.argv:
        return
    from django.conf import settings

    from vcdb.embedded import ensure

    database = "DATABASE_URL" not in os.environ
    queue = "REDIS_URL" not in os.environ and command in NEEDS_QUEUE
    if database or queue:
        ensure(settings.VCDB_HOME, database=database, queue=queue)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vcdb.settings")
    from django.core.management import execute_from_command_line

    start_embedded(sys.argv[1] if len(sys.argv) > 1 else "")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
