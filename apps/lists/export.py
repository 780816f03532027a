"""All lists of a week as files in a folder, for a council that hands them out by its own means."""

from datetime import date
from pathlib import Path

from apps.accounts.models import User
from apps.lists import actions, files, queries

#: Read together: enough to be quick, few enough for the memory of any machine.
AT_ONCE = 50


def write_files(*, week: date, folder: Path, by: User | str) -> int:
    """Write an xlsx and a CSV of each list of a week, each logged as a download; return how many lists."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lists = list(queries.lists_of(week, state="out"))
    for first in range(0, len(lists), AT_ONCE):
        for asked in queries.read_all(lists[first : first + AT_ONCE]):
            _write(asked, folder, by)
    return len(lists)


def _write(asked: queries.Asked, folder: Path, by: User | str) -> None:
    for form, make in (("xlsx", files.xlsx_bytes), ("csv", files.csv_bytes)):
        path = folder / files.file_name(asked, form)
        path.touch(mode=0o600)  # the folder may be one that others read
        path.write_bytes(make(asked))
        actions.downloaded(listed=asked.listed, entries=asked.entries, by=by, form=form)
