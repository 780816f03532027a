"""Leaving files in the watched folder, and finding them again."""

import hashlib

from tests.integration.pipeline.files import early_help

GOOD = early_help(("H3", "Cleo"), ("H4", "Dan"), ("H9", "Finn"))


def put(place, name="early_help.csv", content=GOOD):
    path = place / name
    path.write_bytes(content)
    return path


def lying(place):
    """Everything below a folder, by its path, folders left out."""
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if not path.is_dir()}


def sha(content):
    return hashlib.sha256(content).hexdigest()
