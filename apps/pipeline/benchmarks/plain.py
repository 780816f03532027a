"""What the importer is measured against: COPY of the file, and import-export as its manual begins."""

import csv
import os
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
import tablib
from django.conf import settings
from django.db import connection, models
from import_export import resources

from vcdb.databases import database

FIVE = ("upn", "surname", "forename", "dob", "sex")


@lru_cache
def plain_resource() -> type[resources.ModelResource]:
    """A model of five columns and its resource, as the manual begins; no bulk mode. Made when measured."""

    class PlainPupil(models.Model):
        upn = models.CharField(max_length=13)
        surname = models.CharField(max_length=100)
        forename = models.CharField(max_length=100)
        dob = models.DateField()
        sex = models.CharField(max_length=1)

        class Meta:
            app_label = "pipeline"
            managed = False
            db_table = "benchmark_plainpupil"

    class PlainResource(resources.ModelResource):
        class Meta:
            model = PlainPupil
            fields = FIVE
            import_id_fields = ("upn",)

    return PlainResource


@contextmanager
def tables(columns: dict[str, list[str]]) -> Iterator[None]:
    """The throw-away tables, made and dropped by the owner of the database."""
    raw = {
        f"benchmark_{table}": ", ".join(f'"{column}" text' for column in names)
        for table, names in columns.items()
    }
    made = f"{', '.join(raw)}, benchmark_plainpupil"
    as_owner(
        *(f"create table {table} ({columns})" for table, columns in raw.items()),
        "create table benchmark_plainpupil (id bigserial primary key, upn varchar(13) not null,"
        " surname varchar(100) not null, forename varchar(100) not null, dob date not null, sex varchar(1) not null)",
        f"grant all on {made} to vcdb_pipeline",
        "grant all on sequence benchmark_plainpupil_id_seq to vcdb_pipeline",
    )
    try:
        yield
    finally:
        connection.close()
        as_owner(f"drop table {made}")


def as_owner(*statements: str) -> None:
    """Run statements on a connection of the tables' owner."""
    asked = database(os.environ, settings.VCDB_HOME, "owner")
    with psycopg.connect(
        dbname=asked["NAME"], user=asked["USER"], host=asked["HOST"], port=asked["PORT"], autocommit=True
    ) as owner:
        for statement in statements:
            owner.execute(statement)


def copy_seconds(paths: Iterable[Path]) -> float:
    """How long PostgreSQL takes to swallow the files as they are."""
    return sum(_copied(path) for path in paths)


def _copied(path: Path) -> float:
    began = time.perf_counter()
    table = path.stem.partition("_")[2]
    statement = f"copy benchmark_{table} from stdin with (format csv, header)"
    with connection.cursor() as cursor, path.open("rb") as file, cursor.copy(statement) as copy:
        while block := file.read(1 << 16):
            copy.write(block)
    return time.perf_counter() - began


def import_export_seconds(path: Path, sample: int) -> tuple[float, float]:
    """How long the plain resource takes for a sample of the file: first load, and reload with 5 % changed."""
    first = list(sampled(path, sample))
    chance = random.Random(sample)  # noqa: S311
    second = [(row[0], row[1] + "x", *row[2:]) if chance.random() < 0.05 else row for row in first]
    return imported(first), imported(second)


def sampled(path: Path, sample: int) -> Iterator[tuple[Any, ...]]:
    """The five columns of the first rows, dates in the form the plain resource takes."""
    with path.open(newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if number == sample:
                return
            born = datetime.strptime(row["dob"][:11], "%Y-%b-%d").date()  # noqa: DTZ007
            yield row["upn"], row["surname"], row["forename"], born.isoformat(), row["sex"]


def imported(rows: list[tuple[Any, ...]]) -> float:
    """Import one set of rows; a row it would not take would make the figure meaningless."""
    data = tablib.Dataset(*rows, headers=FIVE)
    began = time.perf_counter()
    result = plain_resource()().import_data(data, dry_run=False)
    if result.has_errors() or result.has_validation_errors():
        raise RuntimeError("the plain resource refused rows")
    return time.perf_counter() - began
