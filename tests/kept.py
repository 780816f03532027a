"""State that is dear to make, made once for the tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def kept_for_module(blocker: Any) -> Iterator[None]:
    """What is made within is there for every test of a module, each of which takes back only its own changes."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
