"""How far a drafting is, in settings: kept beside the database, since nobody else sees inside its transaction."""

from contextlib import suppress
from datetime import date

from django.core.cache import cache
from redis.exceptions import RedisError

KEPT_SECONDS = 600


def tell(week: date, done: int, of: int) -> None:
    """So many settings of all are drafted; where nobody can be told, the drafting goes on."""
    with suppress(RedisError):
        cache.set(_key(week), (done, of), KEPT_SECONDS)


def told(week: date) -> tuple[int, int] | None:
    """What was told last; None where nothing was."""
    with suppress(RedisError):
        found: tuple[int, int] | None = cache.get(_key(week))
        return found
    return None


def _key(week: date) -> str:
    return f"lists-drafting-{week}"
