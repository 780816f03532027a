"""PostgreSQL and Valkey from Python packages, for trials and tests: started where absent, adopted where running."""

from .instance import ensure, stop

__all__ = ["ensure", "stop"]
