"""Files as tables of text: each reader refuses what it cannot read with one sentence that says what to do."""

from apps.core.errors import Refused
from apps.extracts.readers.delimited import read_csv
from apps.extracts.readers.sheets import read_workbook
from apps.extracts.readers.table import Table
from apps.extracts.sealed import Source

__all__ = ["Table", "read_tables"]

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


def read_tables(path: Source, name: str) -> list[Table]:
    """The tables of a file, told by its first bytes rather than by its name."""
    start = first_bytes(path, name)
    if start.startswith(ZIP):
        return read_workbook(path, name)
    if start.startswith(OLD_EXCEL):
        raise Refused(
            f"{name} is an old Excel workbook or protected by a password. Save it as .xlsx or CSV without a password."
        )
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise Refused(f"{name} is an XML or HTML file, but this feed takes CSV or .xlsx. Export it as CSV.")
    return [read_csv(path, name)]


def first_bytes(path: Source, name: str) -> bytes:
    """How a file begins; an empty one is refused."""
    with path.open("rb") as file:
        start = file.read(64)
    if not start.strip(b"\xef\xbb\xbf\r\n\t "):
        raise Refused(f"{name} is empty. Run the export again and send the new file.")
    return start


def is_xml(name: str, path: Source) -> bool:
    """Whether a file is markup, by its first bytes."""
    start = first_bytes(path, name).lstrip(b"\xef\xbb\xbf\xfe\xff\r\n\t ")
    return start.startswith((b"<", b"\x00<"))
