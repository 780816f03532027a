"""A million invented children in seven agencies, straight into the tables, and an eighth agency's extract about some of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

from django.db import connection, transaction

from apps.agencies.models import Agency, Kind
from apps.core import sql
from apps.core.clock import today
from apps.extracts.models import Extract, Feed, State
from apps.pipeline.benchmarks.plain import as_owner
from apps.pipeline.demo import names

AGENCIES = 8
FILLED = ("children_child", "children_sourcerecord", "children_recordversion", "children_recordaddress")
#: Beginnings and ends of surnames that nobody bears: beside the common ones there are thousands of rare ones.
BEGINNINGS = "Ald Ash Beck Black Bran Brem Car Clay Col Craw Dal Den Dun East Elm Fair Farn Gar Glen Green Hal Hart Hol Kel Lang".split()
MIDDLES = "a b bor bur cot den der e er es fen ger in ing ker l land ler ling low man mer n ner o per ring ster ton wen".split()
ENDS = "bank by combe croft dale field ford gate ham hurst ley more ridge shaw stead stone ton wick wood worth".split()


def fill(children: int, rows: int) -> Extract:
    """Children with their records, the table of who is who, and the extract staged; nothing of it is linked yet."""
    extracts = [_extract(number) for number in range(AGENCIES)]
    _people(children + rows)
    with bare(), transaction.atomic():
        sql.run("pipeline", "benchmark_known", children=children)
    sql.run("pipeline", "benchmark_arrivals", children=children, rows=rows, extract=extracts[-1].pk)
    connection.close()
    as_owner("vacuum analyze")
    return extracts[-1]


@contextmanager
def bare() -> Iterator[None]:
    """The tables without indexes and foreign keys while they are filled, which is several times as quick; made anew afterwards."""
    found = sql.rows("pipeline", "benchmark_indexes", {"tables": list(FILLED)})
    connection.close()
    as_owner(*(drop for drop, _make in found))
    yield
    connection.close()
    as_owner("set maintenance_work_mem = '512MB'", *(make for _drop, make in found))


def _extract(number: int) -> Extract:
    code = f"bench-{number}"
    agency = Agency.objects.create(code=code, name=f"Bench service {number}", kind=Kind.SERVICE)
    feed = Feed.objects.create(
        code=code, title=code, agency=agency, layout="bench", id_scheme=code, is_full=False
    )
    state = State.STAGED if number == AGENCIES - 1 else State.COMMITTED
    return Extract.objects.create(feed=feed, as_of=today(), sha256=code, state=state)


def _people(number: int) -> None:
    """Everybody there is, known or not, in a table of their own that the owner makes."""
    given = {
        "surnames": [*names.SURNAMES, *("".join(parts) for parts in product(BEGINNINGS, MIDDLES, ENDS))],
        "forenames": [*names.BOYS, *names.GIRLS, *(f"{a}-{b}" for a, b in product(names.GIRLS[:40], names.GIRLS[60:90]))],
        "streets": [" ".join(parts) for parts in product(names.STREET_WORDS, names.STREET_KINDS)],
        "towns": list(names.TOWNS),
    }  # fmt: skip
    sizes = {f"{name}_number": len(words) for name, words in given.items()}
    as_owner(
        "create table benchmark_person (i bigint primary key, surname text, forename text, dob date, sex text, nhs_number text,"
        " upn text, address text, postcode text)",
        "grant select, insert on benchmark_person to vcdb_pipeline",
    )
    sql.run("pipeline", "benchmark_people", **given, **sizes, people=number)
    connection.close()
    as_owner("vacuum analyze benchmark_person")
