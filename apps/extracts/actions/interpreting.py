"""Staged rows into people, facts and findings: only the bundles that are not as the feed last committed them."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction

from apps.core import sql
from apps.extracts.actions.across import NUMBERS, check_across
from apps.extracts.actions.copying import copying
from apps.extracts.layouts.base import BROKEN, Bundle, Fact, Interpreted, Layout, Module, Problem, RawRow
from apps.extracts.layouts.registry import layout_of
from apps.extracts.models import ADDRESS_COLUMNS, NAME_COLUMNS, Extract
from apps.extracts.rules import RULES

BATCH = 4_000
#: Found anew in every extract, for they rest on other children's rows too.
ACROSS = list(NUMBERS.values())
NOBODY = "select null::text as local_id, null::uuid as bundle_hash where false"
#: Columns that are no text, and what stands where nothing is said.
NO_TEXT = {"dob": None, "died_on": None, "left_area_on": None, "unborn": False}
WORDS = (*NAME_COLUMNS, *ADDRESS_COLUMNS)
PERSON = ("extract_id", "local_id", "bundle_hash", "module", "row_no", "kept", "restricted", *WORDS)
FACT = (
    "extract_id",
    "local_id",
    "module",
    "row_no",
    "kind",
    "code",
    "key",
    "start_on",
    "end_on",
    "value",
    "text",
    "setting_ref",
    "worker_ref",
    "category",
    "detail",
)
FINDING = ("extract_id", "module", "row_no", "local_id", "row_hash", "code", "severity", "field", "message")
TEXTS = {
    PERSON: ("local_id", "module", *(name for name in WORDS if name not in NO_TEXT)),
    FACT: ("local_id", "module", "code", "key", "text", "setting_ref", "worker_ref", "category"),
    FINDING: ("module", "local_id", "code", "field", "message"),
}
TABLES = {PERSON: "extracts_stagedperson", FACT: "extracts_stagedfact", FINDING: "extracts_finding"}
dumps = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
Lines = dict[tuple[str, ...], list[tuple[Any, ...]]]


@transaction.atomic
def interpret(*, extract: Extract, known: str | None = None, progress: Any = None) -> None:
    """Write StagedPerson, StagedFact and Finding of an extract and count its rows.

    ``known`` is SQL answering (local_id, bundle_hash) as committed: such bundles are not read, their findings carried forward.
    """
    layout = layout_of(extract.feed.layout, extract.mapping)
    sql.run("extracts", "forget", extract=extract.pk, feed=extract.feed_id)
    _loops(False)
    with connection.cursor() as cursor:
        cursor.execute(_filled("bundles", extract, known or NOBODY))
    for rows in _batches(extract):
        _write(_read(rows, extract, layout))
        if progress is not None:
            progress.advance(len(rows))
    sql.run(
        "extracts", "nobodys_rows", extract=extract.pk, labels=json.dumps(_id_labels(layout)), rules=_rules()
    )
    if known:
        sql.run("extracts", "carry_findings", extract=extract.pk, feed=extract.feed_id, across=ACROSS)
    check_across(extract=extract, layout=layout)
    _loops(True)
    [(extract.rejected,)] = sql.rows("extracts", "count_rejected", {"extract": extract.pk})
    extract.accepted = extract.rows - extract.rejected
    extract.save(update_fields=["accepted", "rejected"])


def _loops(on: bool) -> None:
    """The tables just written have no statistics yet: without this the planner walks one inside the other."""
    with connection.cursor() as cursor:
        cursor.execute(f"set local enable_nestloop = {'on' if on else 'off'}")


def _filled(name: str, extract: Extract, known: str = "") -> str:
    return sql.statement("extracts", name).replace("{extract}", f"{extract.pk:d}").replace("{known}", known)


def _batches(extract: Extract) -> Iterator[list[tuple[Any, ...]]]:
    """Rows of whole bundles, some thousands at a time, from a cursor on the server."""
    rest: list[tuple[Any, ...]] = []
    with connection.chunked_cursor() as cursor:
        cursor.execute(_filled("changed_rows", extract))
        while found := cursor.fetchmany(BATCH):
            rows = rest + found
            last = rows[-1][0]
            cut = len(rows)
            while cut and rows[cut - 1][0] == last:
                cut -= 1
            if cut:
                yield rows[:cut]
            rest = rows[cut:]
    if rest:
        yield rest


def _read(rows: list[tuple[Any, ...]], extract: Extract, layout: Layout) -> Lines:
    """Every bundle of a batch, as lines for the three tables."""
    lines: Lines = {PERSON: [], FACT: [], FINDING: []}
    order = {module.code: number for number, module in enumerate(layout.modules)}
    labels = _id_labels(layout)
    for (local_id, bundle_hash), group in groupby(rows, itemgetter(0, 1)):
        raw = [
            RawRow(module, number, json.loads(data), digest)
            for _id, _hash, module, number, digest, data in group
        ]
        if len(raw) > 1:
            raw.sort(key=lambda row: (order[row.module.partition(" ")[0]], row.module, row.row_no))
        broken = [_broken(row, labels) for row in raw if BROKEN in row.data]
        whole = [row for row in raw if BROKEN not in row.data] if broken else raw
        result = layout.interpret(Bundle(local_id, whole)) if whole else Interpreted(None)
        problems = result.problems + broken
        if result.person is not None:
            _add(lines, extract, local_id, bundle_hash, whole[0], result, problems)
        if problems:
            digests = {(row.module, row.row_no): row.hash for row in raw}
            lines[FINDING] += [_finding(extract, local_id, digests, problem) for problem in problems]
    return lines


def _broken(row: RawRow, labels: dict[str, str]) -> Problem:
    rule = RULES[row.data[BROKEN]]
    label = labels.get(row.module.partition(" ")[0], "")
    return Problem(row.module, row.row_no, rule.code, rule.severity, label, rule.message)


def _add(
    lines: Lines,
    extract: Extract,
    local_id: str,
    bundle_hash: str,
    first: RawRow,
    result: Interpreted,
    problems: list[Problem],
) -> None:
    """The lines of one person and their facts; two facts of one key are one, the first, with a warning where they differ."""
    facts: dict[tuple[str, str, str], Fact] = {}
    for fact in result.facts:
        same = facts.setdefault((fact.kind, fact.code, fact.key), fact)
        if (same.start_on, same.end_on, same.value, same.category) != (
            fact.start_on,
            fact.end_on,
            fact.value,
            fact.category,
        ):
            rule = RULES["DUPLICATE_IN_FILE"]
            problems.append(Problem(fact.module, fact.row_no, rule.code, rule.severity, "", rule.message))
    say = result.person.get  # type: ignore[union-attr]
    kept = any(problem.severity == "error" for problem in problems)
    words = [say(name, NO_TEXT.get(name)) for name in WORDS]
    lines[PERSON].append(
        (extract.pk, local_id, bundle_hash, first.module, first.row_no, kept, result.restricted, *words)
    )
    lines[FACT] += [_fact(extract, local_id, fact) for fact in facts.values()]


def _fact(extract: Extract, local_id: str, fact: Fact) -> tuple[Any, ...]:
    """An observation without a day of its own holds as of the extract."""
    start: date | None = fact.start_on or (extract.as_of if fact.kind == "O" else None)
    return (
        extract.pk,
        local_id,
        fact.module,
        fact.row_no,
        fact.kind,
        fact.code,
        fact.key,
        start,
        fact.end_on,
        fact.value,
        fact.text,
        fact.setting_ref,
        fact.worker_ref,
        fact.category,
        dumps(fact.detail) if fact.detail else "{}",
    )


def _finding(
    extract: Extract, local_id: str, digests: dict[tuple[str, int], str], problem: Problem
) -> tuple[Any, ...]:
    digest = digests.get((problem.module, problem.row_no))
    return (
        extract.pk,
        problem.module,
        problem.row_no,
        local_id,
        digest,
        problem.code,
        problem.severity,
        problem.field[:80],
        problem.message,
    )


def _write(lines: Lines) -> None:
    for columns, rows in lines.items():
        if rows:
            with copying(TABLES[columns], columns, TEXTS[columns]) as (writer, sender):
                for row in rows:
                    writer.writerow(row)
                sender.flush()


def _id_labels(layout: Layout) -> dict[str, str]:
    """Module to the heading of its id, or of the column that joins it."""
    return {module.code: _id_label(module) for module in layout.modules}


def _id_label(module: Module) -> str:
    wanted = ("local_id", "upn") if module.local_id else (module.join,)
    return next((module.headings[field][0] for field in wanted if field in module.headings), "id")


def _rules() -> str:
    return json.dumps([rule._asdict() for rule in RULES.values()])
