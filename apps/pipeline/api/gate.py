"""Who may ask: a token, its scope, its limit; refusals as RFC 9457 has them."""

from collections.abc import Callable, Mapping
from functools import wraps
from time import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from apps.access.reach import reach_of
from apps.extracts.models import Extract
from apps.pipeline.api import actions
from apps.pipeline.models import Token

PER_MINUTE = 60
#: Of one address, with no token or a wrong one.
WRONG_PER_MINUTE = 20
TITLES = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "The token does not open this",
    404: "There is no such extract",
    405: "The method is not offered here",
    413: "Too much was sent",
    415: "The request is of another type",
    422: "The extract was refused",
    429: "Too many requests",
}


class Problem(Exception):
    """A request that may not go on; its words are for whoever looks after the sending system."""

    def __init__(
        self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.more = status, detail, headers or {}, more

    def body(self) -> dict[str, Any]:
        """As RFC 9457 spells it."""
        return {
            "type": "about:blank",
            "title": TITLES[self.status],
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }


class Service:
    """Whoever holds a token: signed in, but nobody; no role, and no child within reach."""

    pk = id = None
    is_authenticated, is_active, is_anonymous = True, False, False


#: What a view answers, and the extract it is about.
Answered = tuple[HttpResponseBase, Extract | None]
View = Callable[..., Answered]


def offers(method: str, scope: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """A view of the API: one method, one scope. It is handed the token, runs without any reach, and each use is recorded."""

    def gate(view: View) -> Callable[..., HttpResponseBase]:
        @csrf_exempt
        @wraps(view)
        def gated(request: HttpRequest, **named: Any) -> HttpResponseBase:
            try:
                if request.method != method:
                    raise Problem(405, f"Send a {method} request.", {"Allow": method})
                token = _admitted(request, scope)
            except Problem as problem:
                return answered(problem)
            request.user = Service()  # type: ignore[assignment]
            with reach_of(request.user):
                response, subject = _in_words(view, request, token, named)
                actions.use(token=token, what=scope, status=response.status_code, extract=subject)
            return response

        gated.permission = scope  # type: ignore[attr-defined]
        return gated

    return gate


def answered(problem: Problem) -> JsonResponse:
    """A problem as the client gets it."""
    return JsonResponse(
        problem.body(),
        status=problem.status,
        content_type="application/problem+json",
        headers=dict(problem.headers),
    )


def _in_words(view: View, request: HttpRequest, token: Token, named: dict[str, Any]) -> Answered:
    try:
        return view(request, token=token, **named)
    except Problem as problem:
        return answered(problem), None


def _admitted(request: HttpRequest, scope: str) -> Token:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = (
        Token.objects.select_related("feed", "agency")
        .filter(secret_hash=actions.hash_of(secret.strip()))
        .first()
    )
    if kind.lower() != "bearer" or token is None:
        raise _unknown(request, "unknown", None)
    if token.withdrawn_at is not None or token.expires_at <= timezone.now():
        raise _unknown(request, "withdrawn" if token.withdrawn_at else "expired", token)
    if _is_over(f"token:{token.pk}", PER_MINUTE):
        raise _too_many()
    if scope not in token.scopes:
        actions.turn_back(why="scope", token=token)
        raise Problem(403, f"This token lacks the scope {scope}. Ask the council for one that has it.")
    return token


def _unknown(request: HttpRequest, why: str, token: Token | None) -> Problem:
    if _is_over(f"address:{get_adapter(request).get_client_ip(request)}", WRONG_PER_MINUTE):
        return _too_many()
    actions.turn_back(why=why, token=token)
    return Problem(
        401,
        "Send a token of this service that is in force: Authorization: Bearer vcdb_...",
        {"WWW-Authenticate": "Bearer"},
    )


def _too_many() -> Problem:
    return Problem(429, "Wait a minute and send the request again.", {"Retry-After": "60"})


def _is_over(whose: str, most: int) -> bool:
    """Count a request in this minute; say whether it is one too many."""
    key = f"api:{whose}:{int(time()) // 60}"
    cache.add(key, 0, timeout=120)
    return int(cache.incr(key)) > most
