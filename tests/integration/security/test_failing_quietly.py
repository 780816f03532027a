"""A command that fails in production, on its own at night, writes no child's words into the log."""

import os
import subprocess
import sys
from pathlib import Path

PRODUCTION = {
    "VCDB_ENV": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "vcdb.example",
    "VCDB_TLS_PROXY": "X-Forwarded-Proto",
    "VCDB_FILE_KEY": "uS0mQxJ7cV2nZ8bK4hT1yE6gR9fD3aLwPqXoIvNsBtM=",
    "DATABASE_URL": "postgresql://nobody@localhost/none",
    "REDIS_URL": "redis://localhost:1/0",
    "DJANGO_SETTINGS_MODULE": "vcdb.settings",
}
FAILS = """
import django
django.setup()
raise ValueError("COPY children_recordversion, line 3: Ada Ashby, 1 First Street")
"""


def test_an_unexpected_error_names_its_place_and_not_its_words(tmp_path):
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", FAILS], capture_output=True, text=True, cwd=root, check=False,
        env={"PATH": os.environ["PATH"], "VCDB_HOME": str(tmp_path), **PRODUCTION},
    )  # fmt: skip
    assert done.returncode == 1
    assert "ValueError" in done.stderr
    assert "Ashby" not in done.stderr + done.stdout
