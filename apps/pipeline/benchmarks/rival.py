"""The same work by Splink: children out of the database, its prediction between them and the extract, the pairs back in."""

import logging
import tempfile
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import connection

from apps.core import sql
from apps.extracts.models import Extract
from apps.pipeline.benchmarks.timing import milliseconds
from apps.pipeline.training import extra, learning

FIGURES = (
    "splink_seconds", "splink_export_seconds", "splink_predict_seconds", "splink_import_seconds", "splink_pairs",
    "splink_score_pair_median_ms", "splink_score_pair_p95_ms", "splink_linked_seconds", "splink_linked", "splink_false_links",
    "splink_questions", "splink_missed",
)  # fmt: skip
NOT_MEASURED: dict[str, Any] = dict.fromkeys(FIGURES) | {"splink": extra.MISSING}
STAGED = """
copy (
    select 's' || local_id as unique_id, 0 as child, surname_key, forename_key, dob, sex, nhs_number, upn, former_upn, mother, address_key,
           postcode_key
    from extracts_stagedperson where extract_id = {extract}
) to stdout with (format csv, header)
"""
#: The keys as the comparisons of training take them.
READ = """
select unique_id, nullif(replace(surname_key, ' ', ''), '') as surname, string_split(surname_key, ' ') as parts,
       nullif(split_part(forename_key, ' ', 1), '') as forename, nullif(split_part(forename_key, ' ', 1), '') as spelling,
       []::bigint[] as familiar, nullif(dob, '') as dob, nullif(sex, '') as sex, nullif(nhs_number, '') as nhs, nullif(upn, '') as upn,
       nullif(former_upn, '') as former_upn, nullif(mother, '') as mother, nullif(address_key, '') as address,
       nullif(postcode_key, '') as postcode
from read_csv('{path}', header = true, all_varchar = true)
"""
TRAINED_ON = 200_000
LEAST_WEIGHT = 8.0
#: From which weight on a pair is a link, and by how much it beats the next; what is left is asked about.
LINK, MARGIN = 10.0, 5.0
COMMON = ("surname", "forename")


Learnt = tuple[dict[str, Any], dict[str, Any]]


def learn() -> Learnt:
    """What is prepared once and kept: a model trained on a sample, and how common each name is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "known.csv"
        copied(sql.statement("pipeline", "benchmark_export"), path)
        api = extra.splink().DuckDBAPI()
        api.duckdb_con.execute(
            f"create table sample as select * from ({READ.format(path=path)}) using sample {TRAINED_ON} rows"
        )
        api.duckdb_con.execute(f"create table everybody as {READ.format(path=path)}")
        settings = learning.train(over(api, api.register("sample")))
        counting = over(api, api.register("everybody"))
        often = {name: counting.table_management.compute_tf_table(name).as_pyarrow_table() for name in COMMON}
        return settings, often


def measure(extract: Extract, learnt: Learnt, scored: int) -> dict[str, Any]:
    """Splink's figures: export, prediction and import; then pairs scored one at a time, and how long that took besides."""
    with tempfile.TemporaryDirectory() as folder:
        known, staged = Path(folder) / "known.csv", Path(folder) / "staged.csv"
        began = time.perf_counter()
        copied(sql.statement("pipeline", "benchmark_export"), known)
        copied(STAGED.format(extract=extract.pk), staged)
        exported = time.perf_counter()
        linker, left, right = loaded(known, staged, *learnt)
        pairs = linker.inference.predict_between(left, right, threshold_match_weight=LEAST_WEIGHT)
        found = pairs.as_duckdbpyrelation().project("unique_id_l, unique_id_r, match_weight").fetchall()
        predicted = time.perf_counter()
        brought_back(found)
        ended = time.perf_counter()
        figures = {
            "splink_seconds": round(ended - began, 3),
            "splink_export_seconds": round(exported - began, 3),
            "splink_predict_seconds": round(predicted - exported, 3),
            "splink_import_seconds": round(ended - predicted, 3),
            "splink_pairs": len(found),
        } | one_by_one(linker, known, staged, scored)
        return figures | {"beside_seconds": time.perf_counter() - ended}


def settle(extract: Extract) -> None:
    """What the pairs that came back make of each planned record."""
    with connection.cursor() as cursor:
        cursor.execute("analyze benchmark_pair")
    sql.run("pipeline", "benchmark_rival", extract=extract.pk, link=LINK, margin=MARGIN)


def copied(statement: str, path: Path) -> None:
    """The answer of a COPY as a file."""
    with connection.cursor() as cursor, path.open("wb") as file, cursor.copy(statement) as copy:
        for block in copy:
            file.write(block)


def over(api: Any, table: Any, settings: dict[str, Any] | None = None) -> Any:
    """Splink over a table it knows."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    return extra.splink().Linker(table, settings or learning.plan(), log_level=logging.ERROR)


def loaded(
    known: Path, staged: Path, settings: dict[str, Any], often: dict[str, Any]
) -> tuple[Any, Any, Any]:
    """Splink with the saved model, over both files."""
    api = extra.splink().DuckDBAPI()
    tables = []
    for name, path in (("known", known), ("staged", staged)):
        api.duckdb_con.execute(f"create table {name} as {READ.format(path=path)}")
        tables.append(api.register(name))
    linker = over(api, tables[0], settings)
    for name, table in often.items():
        linker.table_management.register_term_frequency_lookup(api.register(table), name)
    return linker, tables[0], tables[1]


def brought_back(pairs: list[tuple[Any, ...]]) -> None:
    """The scored pairs as a table of the database, which a decision would be made from."""
    with connection.cursor() as cursor:
        cursor.execute("create temp table benchmark_pair (known text, staged text, weight float8)")
        with cursor.copy("copy benchmark_pair from stdin") as copy:
            for pair in pairs:
                copy.write_row(pair)


def one_by_one(linker: Any, known: Path, staged: Path, scored: int) -> dict[str, Any]:
    """How long Splink takes to score one pair of records, handed over as they are."""
    con = import_module("duckdb").connect()
    sides = []
    for path in (known, staged):
        found = con.execute(f"{READ.format(path=path)} limit {scored}")
        names = [column[0] for column in found.description]
        sides.append([dict(zip(names, row, strict=True)) for row in found.fetchall()])
    calls = [partial(score, linker, a, b) for a, b in zip(*sides, strict=True)]
    return milliseconds("splink_score_pair", calls)


def score(linker: Any, one: dict[str, Any], other: dict[str, Any]) -> Any:
    """One pair scored, and the answer read."""
    return linker.inference.score_pair(one, other).as_record_list()
