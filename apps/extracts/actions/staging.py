"""Files into staged rows, as they arrived: one COPY for each table, into a partition of the extract's own."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from hashlib import md5
from typing import Any

from django.db import connection, transaction

from apps.core import values
from apps.core.errors import Refused
from apps.extracts.actions.copying import ESCAPES, sending
from apps.extracts.actions.mapping import mapping_of
from apps.extracts.actions.receiving import refuse, stored_files
from apps.extracts.actions.rejected import corrected
from apps.extracts.layouts.base import BROKEN, Layout, Module, XmlForm
from apps.extracts.layouts.registry import layout_of
from apps.extracts.models import Extract, State
from apps.extracts.readers import is_xml, read_tables
from apps.extracts.readers.markup import read_xml
from apps.extracts.recognise import Recognised, recognise
from apps.extracts.sealed import Source

BATCH = 5_000
LONGEST_ID = 200
COLUMNS = ("extract_id", "module", "row_no", "local_id", "hash", "data")

Files = Sequence[tuple[str, Source]]
Prepared = Iterator[tuple[str, int, str, dict[str, str]]]
clean_short = lru_cache(maxsize=65536)(values.clean)
dumps = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def stage(*, extract: Extract, progress: Any = None) -> int:
    """Read the stored files into rows and return how many; Refused (and kept as such) where they cannot be read."""
    try:
        with transaction.atomic():
            extract.mapping = mapping_of(extract)
            _mark_correction(extract)
            rows = _stage(extract, layout_of(extract.feed.layout, extract.mapping), progress)
    except Refused as refusal:
        refuse(extract=extract, reason=str(refusal), by=None)
        raise
    extract.state, extract.rows = State.STAGED, rows
    extract.save(update_fields=["state", "rows", "mapping", "corrects", "as_of"])
    return rows


def _mark_correction(extract: Extract) -> None:
    """Rejected rows that come back say of which extract they are: they bring its day with them."""
    number = corrected(stored_files(extract))
    if number is None:
        return
    first = Extract.objects.filter(pk=number, feed=extract.feed_id, state=State.COMMITTED).first()
    if first is None:
        raise Refused(
            "These are rejected rows of another feed, or of a file that no longer stands. Download the rejected rows of the"
            " file you mean and correct those."
        )
    extract.corrects, extract.as_of = first, first.as_of


def discard(*, extract: Extract) -> None:
    """Drop the staged rows of an extract."""
    with connection.cursor() as cursor:
        cursor.execute("select vcdb_rows_drop(%s)", [extract.pk])


def rows_kept(*, extract: Extract) -> bool:
    """Whether the staged rows of an extract are still there."""
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass(%s) is not null", [f"extracts_row_{extract.pk:d}"])
        return bool(cursor.fetchone()[0])


def _stage(extract: Extract, layout: Layout, progress: Any) -> int:
    rows = 0
    with connection.cursor() as cursor:
        cursor.execute("select vcdb_rows_open(%s)", [extract.pk])
        with sending(f"extracts_row_{extract.pk:d}", COLUMNS) as sender:
            for module, number, local_id, data in prepared(stored_files(extract), layout):
                text = dumps(data)
                digest = md5(
                    f"{module.partition(' ')[0]}\t{local_id}\t{text}".encode(), usedforsecurity=False
                ).hexdigest()
                local_id = local_id if local_id.isalnum() else local_id.translate(ESCAPES)
                text = text.replace("\\", r"\\")
                sender.write(f"{extract.pk}\t{module}\t{number}\t{local_id}\t{digest}\t{text}\n")
                rows += 1
                if not rows % BATCH:
                    sender.flush()
                    _advance(progress, BATCH)
        cursor.execute("select vcdb_rows_close(%s)", [extract.pk])
    _advance(progress, rows % BATCH)
    return rows


def _advance(progress: Any, rows: int) -> None:
    if progress is not None and rows:
        progress.advance(rows)


def prepared(files: Files, layout: Layout) -> Prepared:
    """Module, row number, local id and cleaned values of every row of a set of files."""
    if layout.kind == "xml":
        yield from _elements(files, layout.modules[0])
        return
    if layout.xml and all(is_xml(name, path) for name, path in files):
        yield from _parts(files, layout, layout.xml)
        return
    tables = [table for name, path in files for table in read_tables(path, name)]
    joined = Joined()
    counts: dict[str, int] = {}
    for item in recognise(layout, tables):
        counts[item.module.code] = counts.get(item.module.code, 0) + 1
        suffix = f" {counts[item.module.code]}" if counts[item.module.code] > 1 else ""
        for number, local_id, data in _rows(item, joined):
            yield item.module.code + suffix, number, local_id, data


class Joined:
    """Whose a row id of a table is, and which of that child's rows of the table it was where it was not the first.

    As bytes: of a million rows it is all that is held at once, and text takes a quarter more.
    """

    def __init__(self) -> None:
        self.owners: dict[str, dict[bytes, bytes]] = {}
        self.places: dict[str, dict[bytes, bytes]] = {}

    def of(self, field: str) -> tuple[dict[bytes, bytes], dict[bytes, bytes]]:
        """Both by row id, for the tables that join on a field."""
        return self.owners.setdefault(field, {}), self.places.setdefault(field, {})


def _rows(item: Recognised, joined: Joined) -> Iterator[tuple[int, str, dict[str, str]]]:
    """The rows of one table. Values that mean nothing are left out; ids that only join tables are not kept."""
    width, columns = len(item.table.headings), item.columns
    identify, notes = _identifier(item.module, joined), item.module.notes
    for number, cells in item.table.rows:
        data: dict[str, str] = {}
        size = len(cells)
        for field, index in columns:
            if index < size and (cell := cells[index]):
                value = clean_short(cell) if len(cell) < 40 else values.clean(cell)
                if value:
                    data[field] = value
        if size > width and any(cells[width:]):
            data[BROKEN] = "ROW_LONG"
        if notes is not None:
            told, notes = notes(data), None
            if told:
                continue
        yield number, identify(data), data


def _identifier(module: Module, joined: Joined) -> Callable[[dict[str, str]], str]:
    """How a row of a module gets its local id: a field, a function, or the row of another table it joins."""
    own, join, row_id = module.local_id, module.join, module.own
    parents, places = joined.of(join)
    children, later = joined.of(row_id)
    counts: Counter[str] = Counter()

    def of_row(data: dict[str, str]) -> str:
        local_id = own(data) if callable(own) else values.ident(data.pop(own, ""))
        if len(local_id) > LONGEST_ID:
            data[BROKEN], local_id = "ID_LONG", ""
        if join and (key := data.pop(join, "")):
            parents[key.encode()] = local_id.encode()
        return local_id

    def of_join(data: dict[str, str]) -> str:
        parent = data.pop(join, "").encode()
        local_id = parents.get(parent, b"").decode()
        if not local_id:
            data.setdefault(BROKEN, "JOIN_UNKNOWN")
        # table ids are new in every export: only which of the child's rows it was is kept, so that a reload is no change
        if place := places.get(parent):
            data[join] = place.decode()
        if row_id and (key := data.pop(row_id, "").encode()):
            children[key] = local_id.encode()
            counts[local_id] += 1
            if counts[local_id] > 1:
                later[key] = b"%d" % counts[local_id]
        return local_id

    return of_row if own else of_join


def _elements(files: Files, module: Module) -> Prepared:
    identify = _identifier(module, Joined())
    for order, (name, path) in enumerate(files):
        if not is_xml(name, path):
            raise Refused(f"{name} is not an XML file. Export it as XML and send it again.")
        number = 0
        for number, found in read_xml(path, name, module.code):
            data = {field: value for field, text in found.items() if (value := values.clean(text))}
            yield module.code + (f" {order + 1}" if order else ""), number, identify(data), data
        if not number:
            raise Refused(_no_element(name, module.code))


def _parts(files: Files, layout: Layout, form: XmlForm) -> Prepared:
    """The rows of tables out of XML: a row's number is its place among the elements of its kind."""
    identify = {module.code: _identifier(module, Joined()) for module in layout.modules}
    numbers: Counter[str] = Counter()
    for name, path in files:
        before = numbers.total()
        for _number, found in read_xml(path, name, form.element):
            for module, texts in form.rows(found):
                numbers[module] += 1
                data = {field: value for field, text in texts.items() if (value := values.clean(text))}
                yield module, numbers[module], identify[module](data), data
        if numbers.total() == before:
            raise Refused(_no_element(name, form.element))


def _no_element(name: str, element: str) -> str:
    return f"{name} holds no {element} element. Check that it is the right export."
