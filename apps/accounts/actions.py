"""Opening and closing accounts."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.errors import Refused


@transaction.atomic
def open_account(
    *,
    email: str,
    by: Any,
    password: str | None = None,
    first_name: str = "",
    last_name: str = "",
    job_title: str = "",
    username: str = "",
) -> User:
    """Make a user who signs in by e-mail address; without a password they set one by the link for forgotten ones."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("There is already an account with this e-mail address.")
    user = User.objects.create_user(
        username=username or email,
        email=email,
        password=password,
        first_name=first_name,
        last_name=last_name,
        job_title=job_title,
    )
    record("account.opened", by=by, subject=f"user:{user.pk}")
    return user


@transaction.atomic
def close_account(*, user: User, reason: str, by: Any) -> None:
    """Stop a user from signing in; what they did stays theirs."""
    if not reason.strip():
        raise Refused("Say why the account is closed.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("account.closed", by=by, subject=f"user:{user.pk}", detail={"reason": reason})


def forget_sessions() -> int:
    """Delete the sessions that are over: they hold what was searched for; returns how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
