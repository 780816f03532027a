"""Whether the service's parts answer: for a load balancer, with no data of any child."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase, JsonResponse

ADDRESS = "/health/"


class HealthPage:
    """Answers before everything else: session, reach and pages may be what is ill."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return health() if request.path_info == ADDRESS else self.get_response(request)


def health() -> JsonResponse:
    """200 where every part answers, else 503 naming the part."""
    parts = {name: "ok" if answers() else "no answer" for name, answers in PARTS.items()}
    status = 200 if set(parts.values()) == {"ok"} else 503
    return JsonResponse(parts, status=status, headers={"Cache-Control": "no-store"})


def database_answers() -> bool:
    """Whether the database runs a statement."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def queue_answers() -> bool:
    """Whether the queue answers a ping."""
    try:
        with redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


PARTS: dict[str, Callable[[], bool]] = {
    "database": lambda: database_answers(),
    "queue": lambda: queue_answers(),
}
