"""Tokens: made, shown once, withdrawn; and answers that are given again."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.agencies.models import Agency
from apps.audit.actions import record as audit
from apps.core.errors import Refused
from apps.extracts.models import Extract, Feed
from apps.pipeline.models import Answer, Scope, Token

PREFIX = "vcdb_"
LONGEST_DAYS = 366


def hash_of(secret: str) -> str:
    """How a secret is kept: it is random and long, so that a plain hash cannot be reversed by trying."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(
    *,
    title: str,
    scopes: Sequence[str],
    by: Any,
    feed: Feed | None = None,
    agency: Agency | None = None,
    days: int = LONGEST_DAYS,
) -> tuple[Token, str]:
    """A new token and its secret, which nobody can be shown again."""
    if not title.strip():
        raise Refused("Say which system uses the token.")
    if (feed is None) == (agency is None):
        raise Refused("A token is for one feed, or for the feeds of one agency: name one of the two.")
    if not scopes or set(scopes) - set(Scope.values):
        raise Refused(f"Say what the token is for: {' or '.join(Scope.values)}.")
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(f"A token lasts 1 to {LONGEST_DAYS} days. Make a new one in time.")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        title=title.strip()[:120],
        secret_hash=hash_of(secret),
        feed=feed,
        agency=agency,
        scopes=sorted(set(scopes)),
        made_by=by.pk if by else None,
        expires_at=timezone.now() + timedelta(days=days),
    )
    audit(
        "token.made",
        by=by,
        agency=feed.agency_id if feed else agency,
        subject=f"token:{token.pk}",
        detail={"feed": feed.code if feed else "", "scopes": token.scopes, "days": days},
    )
    return token, secret


@transaction.atomic
def withdraw_token(*, token: Token, by: Any) -> None:
    """End a token now; one that was withdrawn stays as it was."""
    if Token.objects.filter(pk=token.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        audit("token.withdrawn", by=by, subject=f"token:{token.pk}")


def use(*, token: Token, what: str, status: int, extract: Extract | None) -> None:
    """Record that a token was used, and for what."""
    Token.objects.filter(pk=token.pk).update(last_used_at=timezone.now())
    audit(
        "api.use",
        by=name_of(token),
        agency=token.agency_id or token.feed.agency_id,  # type: ignore[union-attr]  # it has one of the two
        subject=f"extract:{extract.pk}" if extract else "",
        detail={"token": token.pk, "for": what, "status": status},
    )


def turn_back(*, why: str, token: Token | None = None) -> None:
    """Record that somebody came with no token, or with one that does not open this."""
    audit("api.refused", by="api", subject=f"token:{token.pk}" if token else "", detail={"why": why})


def name_of(token: Token) -> str:
    """How a token is named where a person would be."""
    return f"token {token.pk}"


def once(*, token: Token, key: str, body_hash: str) -> tuple[Answer, bool]:
    """The answer under an idempotency key, and whether it is still to be given; Refused where the key stands for something else.

    A second request with the key waits here until the first is over.
    """
    answer, is_new = Answer.objects.get_or_create(
        token=token, key_hash=hash_of(key), defaults={"body_hash": body_hash}
    )
    if not is_new and answer.body_hash != body_hash:
        raise Refused(
            "This Idempotency-Key was used for another request. Send a new key with every new extract."
        )
    return answer, is_new


def keep(*, answer: Answer, status: int, body: dict[str, Any], extract: Extract | None) -> None:
    """Keep what was answered."""
    answer.status, answer.body, answer.extract = status, body, extract
    answer.save(update_fields=["status", "body", "extract"])
