"""Makes .venv, installs the locked packages and finds a browser: run by any Python 3.11+, needs nothing else.

What is installed is stamped with its lock's hash, so that a second run needs neither time nor network.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
CHROMIUMS = ("chromium", "chromium-browser")


def main(wanted: list[str]) -> None:
    """Install what the service needs (`run`), or what tests and checks need beside it (`dev`)."""
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python must get a sentence)
        sys.exit("Python 3.11 or newer is needed: name one, as in make demo PYTHON=python3.12.")
    os.chdir(ROOT)
    with (ROOT / ".bootstrap.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        make_venv()
        install_python("requirements-dev.txt" if "dev" in wanted else "requirements.txt")
        install_node()
        if "dev" in wanted:
            find_browser()


def make_venv() -> None:
    """A virtual environment of this project's own; Debian keeps the means to make one in a package apart."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    say("Making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    make = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(make, capture_output=True).returncode and not apt("python3-venv"):
        sys.exit("Python cannot make a virtual environment: install python3-venv, then run again.")
    run(make)


def install_python(lock: str) -> None:
    """The Python packages of a lock file; the development lock holds all of the other."""
    stamp = VENV / f"{lock}.stamp"
    if fresh(VENV / "requirements-dev.txt.stamp", ROOT / "requirements-dev.txt") or fresh(stamp, ROOT / lock):
        return
    say(f"Installing Python packages ({lock})")
    pip_install(lock)
    stamp.write_text(digest(ROOT / lock))


def install_node() -> None:
    """The page furniture, from npm packages; Node.js from a Python package where there is none."""
    stamp = NODE_MODULES / "vcdb.stamp"
    if fresh(stamp, ROOT / "package-lock.json"):
        return
    if not shutil.which("npm") and not (VENV / "bin" / "npm").exists():
        say("Installing Node.js")
        pip_install("requirements-node.txt")
    say("Installing page furniture (npm)")
    os.environ["PATH"] += os.pathsep + str(VENV / "bin")
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    stamp.write_text(digest(ROOT / "package-lock.json"))


def find_browser() -> None:
    """A Chromium for the browser tests: the machine's, else its package manager's, else Playwright's."""
    stamp = VENV / "browser.stamp"
    if any(map(shutil.which, CHROMIUMS)) or stamp.exists():
        return
    say("Installing Chromium")
    if not apt("chromium"):
        run([PYTHON, "-m", "playwright", "install", "chromium"])
    stamp.write_text("installed")


def apt(package: str) -> bool:
    """Install one of the system's packages, where we may."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet)
    asked = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    return subprocess.run(asked, env=quiet, stdout=subprocess.DEVNULL).returncode == 0


def pip_install(lock: str) -> None:
    """Install exactly what a lock names, each file checked against its hash."""
    run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
         "--require-hashes", "--requirement", lock])  # fmt: skip


def fresh(stamp: Path, lock: Path) -> bool:
    """Whether this very lock has been installed."""
    return stamp.exists() and stamp.read_text() == digest(lock)


def digest(lock: Path) -> str:
    """What a stamp says of a lock file."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def run(command: Sequence[str | Path]) -> None:
    """Run a step, or end here: it has said why."""
    if subprocess.run(command).returncode:
        sys.exit(f"Set-up stopped at: {' '.join(str(part) for part in command)}")


def say(what: str) -> None:
    """Tell the person who waits."""
    sys.stderr.write(f"{what} ...\n")


if __name__ == "__main__":
    main(sys.argv[1:])
