"""Real files kept beside the repository: tests that need one say so and skip where it is absent."""

from pathlib import Path

import pytest
from django.conf import settings


def sample(path: str) -> Path:
    """A file or folder below VCDB_SAMPLES; skips the test where there is none."""
    found = Path(settings.VCDB_SAMPLES) / path
    if not found.exists():
        pytest.skip(f"No sample {path}: set VCDB_SAMPLES to the folder of sample extracts.")
    return found
