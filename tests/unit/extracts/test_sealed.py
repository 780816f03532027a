"""Stored files are what was stored or do not open; reading them holds one chunk at a time."""

import io
import os
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.extracts import sealed
from apps.extracts.readers import read_tables
from apps.extracts.readers.markup import read_xml
from apps.extracts.sealed import HEADER, TAG, Sealed, Unreadable

KEY, OTHER = os.urandom(32), os.urandom(32)
small = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(sealed, "CHUNK", 64)


def stored(tmp_path, content, about="extract 1 0.bin", keys=(KEY,), name="0.bin"):
    file = Sealed(tmp_path / name, about, keys)
    with file.create() as out:
        out.write(content)
    return file


def read(file):
    with file.open("rb") as opened:
        return opened.read()


@small
@given(st.lists(st.binary(max_size=200), max_size=6))
def test_what_was_written_in_any_parts_is_read(tmp_path_factory, parts):
    file = Sealed(tmp_path_factory.mktemp("x") / "0.bin", "a", (KEY,))
    with file.create() as out:
        for part in parts:
            out.write(part)
    assert read(file) == b"".join(parts)


@small
@given(
    st.binary(min_size=1, max_size=400),
    st.lists(st.tuples(st.integers(0, 420), st.integers(0, 200)), max_size=8),
)
def test_any_part_is_read_from_any_place(tmp_path_factory, content, places):
    plain = io.BytesIO(content)
    with stored(tmp_path_factory.mktemp("x"), content).open("rb") as file:
        for place, size in places:
            plain.seek(place)
            file.seek(place)
            assert file.read(size) == plain.read(size)
        assert file.seek(-1, io.SEEK_END) == len(content) - 1


@small
@given(st.data())
def test_a_file_that_was_changed_anywhere_does_not_open(tmp_path_factory, data):
    file = stored(tmp_path_factory.mktemp("x"), os.urandom(300))
    whole = bytearray(file.path.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    file.path.write_bytes(whole)
    with pytest.raises(Unreadable):
        read(file)


@small
@given(st.integers(0, 500))
def test_a_file_that_was_cut_off_does_not_open(tmp_path_factory, length):
    file = stored(tmp_path_factory.mktemp("x"), os.urandom(300))
    whole = file.path.read_bytes()
    file.path.write_bytes(whole[: min(length, len(whole) - 1)])
    with pytest.raises(Unreadable):
        read(file)


def test_chunks_that_were_swapped_or_left_out_do_not_open(tmp_path):
    file = stored(tmp_path, os.urandom(64 * 4))
    whole, size = file.path.read_bytes(), 64 + TAG
    chunks = [whole[place : place + size] for place in range(HEADER, len(whole), size)]
    for wrong in ([1, 0, 2, 3], [0, 2, 3], [0, 1, 2], [0, 1, 2, 3, 3]):
        file.path.write_bytes(whole[:HEADER] + b"".join(chunks[number] for number in wrong))
        with pytest.raises(Unreadable):
            read(file)


def test_a_file_in_anothers_place_does_not_open(tmp_path):
    stored(tmp_path, b"x")
    with pytest.raises(Unreadable):
        read(Sealed(tmp_path / "0.bin", "extract 2 0.bin", (KEY,)))


def test_a_file_that_was_not_written_to_its_end_does_not_open(tmp_path):
    file = Sealed(tmp_path / "0.bin", "a", (KEY,))
    with pytest.raises(ZeroDivisionError), file.create() as out:
        out.write(b"x" * 200)
        raise ZeroDivisionError
    with pytest.raises(Unreadable):
        read(file)


def test_a_new_key_writes_and_the_old_one_still_reads_until_it_is_taken_away(tmp_path):
    old = stored(tmp_path, b"old")
    old.keys = (OTHER, KEY)
    assert read(old) == b"old"
    new = stored(tmp_path, b"new", keys=(OTHER, KEY), name="1.bin")
    new.keys = (OTHER,)
    assert read(new) == b"new"
    old.keys = (OTHER,)
    with pytest.raises(Unreadable, match="VCDB_FILE_KEY"):
        read(old)


def test_nothing_of_a_file_is_on_the_disk_in_the_clear(tmp_path):
    file = stored(tmp_path, b"Ashby,Ada,04/05/2022\n" * 50)
    assert b"Ada" not in file.path.read_bytes()
    assert file.path.stat().st_mode & 0o077 == 0


def test_every_reader_reads_a_sealed_file_as_it_reads_a_plain_one(tmp_path):
    text = 'id,näme\n1,Ada\n2,"a\nb"\n'
    [table] = read_tables(stored(tmp_path, text.encode(), name="a"), "a.csv")
    assert (table.headings, list(table.rows)) == (["id", "näme"], [(2, ["1", "Ada"]), (3, ["2", "a\nb"])])
    assert list(read_xml(stored(tmp_path, b"<a><c><x>1</x></c></a>", name="b"), "b.xml", "c")) == [
        (1, {"x": "1"})
    ]
    assert zipfile.ZipFile(stored(tmp_path, _book(), name="c").open("rb")).testzip() is None
    [sheet] = read_tables(stored(tmp_path, _book(), name="d"), "d.xlsx")
    assert list(sheet.rows) == [(2, ["1"])]


def _book():
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.active.append(["id"])
    book.active.append([1])
    book.save(out)
    return out.getvalue()


def test_a_long_file_takes_the_memory_of_its_chunks_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(sealed, "CHUNK", 1 << 20)
    file = Sealed(tmp_path / "0.bin", "a", (KEY,))
    tracemalloc.start()
    with file.create() as out:
        for _ in range(32):
            out.write(bytes(1 << 20))
    with file.open("rb") as opened:
        assert sum(len(part) for part in iter(lambda: opened.read(1 << 16), b"")) == 32 << 20
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()
