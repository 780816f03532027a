import json
import os
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

NAMES = {"import": "import_", "assess": "assess", "lists": "lists", "pages": "pages"}
INSIDE = "VCDB_BENCHMARK_INSIDE"


class Command(BaseCommand):
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
        inside = bool(os.environ.get(INSIDE))
        measured = module.run(options["children"]) if inside else apart(module, options)
        self.stdout.write(json.dumps(measured) if options["json"] else json.dumps(measured, indent=2))


def apart(module: ModuleType, options: dict[str, Any]) -> dict[str, Any]:
    """Measure in an instance of its own; what is compared between two sizes is measured in one for each."""
    measured = in_own_instance(options["name"], options["children"])
    if not hasattr(module, "combine"):
        return measured
    return module.combine(in_own_instance(options["name"], module.COMPARED_WITH), measured)


def in_own_instance(name: str, children: int) -> dict[str, Any]:
    """Make an empty instance, run the benchmark in a process that sees only it, and remove it."""
    home = Path(tempfile.mkdtemp(prefix="vcdb-bench-"))
    env = own_environment(home)
    try:
        manage(["migrate", "--verbosity", "0"], env)
        printed = manage(["benchmark", name, "--children", str(children), "--json"], env | {INSIDE: "1"})
        return json.loads(printed)
    finally:
        manage(["stop"], env, check=False)
        shutil.rmtree(home, ignore_errors=True)


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
