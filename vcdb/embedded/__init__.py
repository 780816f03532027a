"""PostgreSQL and Valkey from Python packages, for trials and tests."""

from .instance import ensure, stop

__all__ = ["ensure", "stop"]
