"""Who runs a command."""

from django.core.management.base import CommandError

from apps.access.queries import may
from apps.accounts.models import User
from apps.accounts.queries import user_named


def operator(name: str, permission: str) -> User | None:
    """The active user of that user name or e-mail address, who must hold the permission; nobody where no name is given."""
    if not name:
        return None
    found = user_named(name)
    if found is None:
        raise CommandError("--as names nobody: give the user name or e-mail address of an active account.")
    if not may(found, permission):
        raise CommandError(f"Whoever is named by --as may not do this: it needs a role with {permission}.")
    return found
