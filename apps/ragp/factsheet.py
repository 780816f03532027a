"""The facts about children as one documented function of the database: one row a child, one column a fact, as at any day.

``ragp_facts(children, true_at, known_at)`` is made anew after every migration from the catalogue of services and measures, so that
neither can name what the other does not know. It runs with its reader's rights. ``assess.sql`` reads the same tables in bulk; a test
compares the two.
"""

from collections.abc import Iterator

from django.db import connection

from apps.core import sql
from apps.extracts.catalogue import FEEDS
from apps.involvements.catalogue import MEASURES, SERVICES

TITLES = {feed.code: feed.title for feed in FEEDS}
HEAD = """# The facts about a child

`ragp_facts(children bigint[], true_at date, known_at timestamptz)` answers with one row a child and one column a fact. `true_at` is
the day the facts are asked for, `known_at` the moment whose knowledge is used; null is now. It shows what its reader may see, no more.

Each fact is an object, or null where nothing is known. `feed` is where it comes from and `as_of` the day of that feed's newest file
known then, which says how old it is. A service has `open`, `since`, `until` and `category`; a measure has `value`, `text`, `on` and
`until`; a sighting has `on`. `fact` and `kind` name the row behind it.

This page is printed from the catalogue; a test compares them.

| column | what it says | sources as shipped |
|---|---|---|
"""


def columns() -> Iterator[tuple[str, str, str]]:
    """(column, what it says, where it comes from as shipped) of every fact."""
    yield (
        "last_seen",
        "The newest day on which somebody says they saw the child",
        "every feed that tells of contacts",
    )
    for service in SERVICES.values():
        sends = [feed.title for feed in FEEDS if service.code in feed.services]
        yield (
            service.code,
            f"{service.name}: involved on the day, else how it last ended",
            ", ".join(sends) or "none",
        )
    for measure in MEASURES.values():
        sends = [TITLES[code] for code in measure.feeds] or [
            feed.title for feed in FEEDS if measure.service in feed.services
        ]
        unit = f", {measure.unit}" if measure.unit else ""
        yield measure.code, f"{measure.name}: the newest value{unit}", ", ".join(sends) or "none"


def document() -> str:
    """The reference page."""
    lines = [f"| `{name}` | {said} | {sources} |" for name, said, sources in columns()]
    first = "| `child_id`, `age` | Who, and how many years old on the day | |"
    return HEAD + "\n".join([first, *lines]) + "\n"


def install() -> None:
    """Make the function as the catalogue stands."""
    names = [name for name, _, _ in columns()]
    text = (
        sql.statement("ragp", "factsheet")
        .replace("{declared}", ", ".join(f"{name} jsonb" for name in names))
        .replace("{chosen}", ", ".join(f"f.sheet -> '{name}'" for name in names))
    )
    with connection.cursor() as cursor:
        cursor.execute("drop function if exists ragp_facts(bigint[], date, timestamptz)")
        cursor.execute(text)
