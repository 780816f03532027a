"""Several files in one .zip: what is taken out of it, and everything that is not."""

import io
import struct
import tracemalloc
import zipfile
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.extracts import packed
from apps.extracts.packed import unpacked


def zipped(files, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def read(content, name="set.zip"):
    with ExitStack() as stack:
        found = unpacked([(name, io.BytesIO(content))], stack)
        return [(each, file.read(1 << 20)) for each, file in found]


def test_its_files_stand_in_its_place_and_other_files_as_they_are():
    with ExitStack() as stack:
        plain = ("roll.csv", io.BytesIO(b"x"))
        found = unpacked([plain, ("set.ZIP", io.BytesIO(zipped([("a.csv", "1"), ("b.csv", "2")])))], stack)
        assert [name for name, _ in found] == ["roll.csv", "a.csv", "b.csv"]
        assert found[0] == plain


def test_what_systems_leave_beside_the_files_is_left_out():
    files = [("__MACOSX/._a.csv", "x"), ("sub/", ""), ("sub/a.csv", "1"), ("sub/.DS_Store", "x")]
    assert read(zipped(files)) == [("sub/a.csv", b"1")]


BAD = {
    "nothing in it": (zipped([]), "holds no file"),
    "no zip": (b"a,b\n1,2\n", "no .zip"),
    "cut off": (zipped([("a.csv", "x" * 500)])[:-40], "no .zip"),
    "one within another": (zipped([("b.zip", zipped([("a.csv", "1")]))]), "another .zip"),
    "more files than a set has": (zipped([(f"{n}.csv", "x") for n in range(51)]), "more than 50 files"),
    "a directory that fills the memory": (
        b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 9, 9, 2 << 20, 0, 0),
        "more than 50 files",
    ),
    "a directory of the long form": (b"PK\x06\x07" + zipped([("a.csv", "1")]), "more than 50 files"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_zip_that_is_no_set_of_files_is_refused_with_a_sentence(fault):
    content, word = BAD[fault]
    with pytest.raises(Refused) as refusal:
        read(content)
    assert word in str(refusal.value)
    assert "set.zip" in str(refusal.value)


def test_content_that_does_not_fit_its_checksum_is_refused_as_it_is_read():
    whole = zipped([("a.csv", "first,second\n" * 9)], zipfile.ZIP_STORED)
    with pytest.raises(Refused, match="damaged"):
        read(whole.replace(b"first", b"worst", 1))


def test_a_zip_bomb_is_refused_by_its_directory_with_hardly_any_memory(monkeypatch):
    monkeypatch.setattr(packed, "MOST_BYTES", 20 << 20)
    bomb = zipped([("a.csv", b"0" * (30 << 20))])
    tracemalloc.start()
    with pytest.raises(Refused, match="unpacks to more"):
        read(bomb)
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


@given(st.binary(max_size=300))
def test_any_bytes_are_files_or_a_refusal(content):
    for whole in (content, zipped([("a.csv", "1")]) + content, content + zipped([("a.csv", "1")])):
        try:
            read(whole)
        except Refused as refusal:
            assert str(refusal).endswith(".")
