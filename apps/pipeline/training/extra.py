"""Splink, which only training and measuring need: an extra of its own, never installed with the service."""

from importlib import import_module
from types import ModuleType

from apps.core.errors import Refused

MISSING = (
    "Splink is not installed, and only it can do this. Install it with:"
    " .venv/bin/python -m pip install --require-hashes -r requirements-linkage.txt"
)


def splink() -> ModuleType:
    """The package; raise Refused with what to do where it is not installed."""
    try:
        return import_module("splink")
    except ImportError as error:
        raise Refused(MISSING) from error


def is_installed() -> bool:
    """Whether Splink can be used."""
    try:
        splink()
    except Refused:
        return False
    return True
