"""The administration's pages for everything up to this floor; higher apps register their own."""

from apps.access.admin import reference, users

__all__ = ["reference", "users"]
