import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from apps.core.commands import OneObject
from vcdb.embedded import ensure
from vcdb.embedded.home import Home

NAMES = {"import": "import_"} | {
    name: name for name in ("assess", "busy", "lists", "match", "memory", "pages", "report")
}
INSIDE = "VCDB_BENCHMARK_INSIDE"


class Command(OneObject):
    help = "Measure one part of the service in an instance of its own, which is removed afterwards."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(NAMES))
        parser.add_argument("--children", type=int, default=10_000, metavar="N")
        parser.add_argument("--json", action="store_true", help="Print one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["children"] < 1:
            raise CommandError("--children must be at least 1.")
        module = import_module(f"apps.pipeline.benchmarks.{NAMES[options['name']]}")
        measure = alone if INSIDE in os.environ else apart
        measured = measure(module, options["name"], options["children"])
        self.stdout.write(json.dumps(measured) if options["json"] else json.dumps(measured, indent=2))


def alone(module: ModuleType, name: str, children: int) -> dict[str, Any]:
    """Measure in this process, whose instance was made for it."""
    ensure(settings.VCDB_HOME, queue=True)
    return module.run(children)


def apart(module: ModuleType, name: str, children: int) -> dict[str, Any]:
    """Measure in an instance of its own; what compares two sizes is given one for each, both running."""
    with instance() as large_env:
        large = inside(name, children, large_env)
        if not hasattr(module, "compare"):
            return large
        with instance() as small_env:
            small = inside(name, min(module.COMPARED_WITH, children), small_env)
            return module.compare(small, small_env, large, large_env)


@contextmanager
def instance() -> Iterator[dict[str, str]]:
    """The environment of an empty, migrated instance, which is stopped and removed whatever happens."""
    home = Path(tempfile.mkdtemp(prefix="vcdb-bench-"))
    env = own_environment(home)
    try:
        manage(["migrate", "--verbosity", "0"], env)
        yield env
    finally:
        manage(["stop"], env, check=False)
        Home.at(home).remove()


def inside(name: str, children: int, env: dict[str, str]) -> dict[str, Any]:
    """What the benchmark says of itself in a process that sees only this instance."""
    printed = manage(["benchmark", name, "--children", str(children), "--json"], env | {INSIDE: "1"})
    return json.loads(printed)


def own_environment(home: Path) -> dict[str, str]:
    """This process's environment without any server of somebody else's."""
    apart = ("DATABASE_URL", "REDIS_URL", "VCDB_DATA", "VCDB_DB_ROLE")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(apart)}
    return kept | {"VCDB_HOME": str(home), "VCDB_ENV": "demo"}


def manage(words: list[str], env: dict[str, str], check: bool = True) -> str:
    """Run one manage.py command and return what it printed; its own complaints go to standard error."""
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *words]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if check and done.returncode:
        raise CommandError(f"{' '.join(words)} did not succeed.")
    return done.stdout
