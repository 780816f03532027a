"""The dictionary of surnames: misspellings are looked for in it, and the children then found by equality."""

from django.db import connection

NEAREST = """
    select key
    from children_surnamekey
    where key <> %(key)s and (
        similarity(key, %(key)s) >= 0.42 and key %% %(key)s
        or sounds = dmetaphone(%(key)s) and levenshtein_less_equal(key, %(key)s, 4) <= 4
    )
    order by similarity(key, %(key)s) desc, key
    limit %(most)s
"""
LIKE = "select key from children_surnamekey where key like %(pattern)s order by key limit %(most)s"


def near(key: str, most: int = 40) -> list[str]:
    """Surnames spelt or sounding like one, nearest first."""
    return _keys(NEAREST, key=key, most=most) if key else []


def holding(key: str, most: int = 100) -> list[str]:
    """Surnames with the key as one of their words: "bright" finds "okafor bright"."""
    escaped = _escape(key)
    return sorted(
        {*_keys(LIKE, pattern=f"{escaped} %", most=most), *_keys(LIKE, pattern=f"% {escaped}", most=most)}
    )


def matching(pattern: str, most: int = 2000) -> list[str]:
    """Surnames that fit a pattern in which * stands for any letters."""
    return _keys(LIKE, pattern=_escape(pattern).replace("*", "%"), most=most)


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _keys(statement: str, **params: str | int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [key for (key,) in cursor.fetchall()]
