"""The files of an evaluation: people to link, and which child each of them truly is."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from apps.core import values
from apps.core.errors import Refused

NEEDED = ("record_id", "batch", "agency", "local_id")
WORDS = (
    "nhs_number", "upn", "former_upn", "surname", "former_surname", "forename", "middle_names", "known_as", "dob", "unborn", "sex",
    "address", "postcode", "restricted", "mother",
)  # fmt: skip
COLUMNS = (*NEEDED, *WORDS)
TRUTH = ("record_id", "child_id")


class Given(NamedTuple):
    """One row of PEOPLE.csv: the number the spreadsheet shows, whose record it is, and its words as they came."""

    row_no: int
    record_id: str
    batch: str
    agency: str
    local_id: str
    words: dict[str, str]

    @property
    def record(self) -> tuple[str, str]:
        """The agency's record that this is a version of."""
        return self.agency, self.local_id


class Delivery(NamedTuple):
    """All that an agency sends in a batch: one extract."""

    batch: str
    agency: str
    rows: list[Given]


def read_people(path: Path) -> list[Given]:
    """Every row of PEOPLE.csv in file order; raise Refused with row and column where one cannot be used."""
    people = [_given(row, number, path) for number, row in rows(path, NEEDED)]
    _once(people, path)
    return people


def read_truth(path: Path, people: Sequence[Given]) -> dict[str, str]:
    """Record id to the child it truly is; raise Refused where it speaks of a record twice, or of none in PEOPLE.csv."""
    known = {given.record_id for given in people}
    truth: dict[str, str] = {}
    for number, row in rows(path, TRUTH):
        record, child = (needed(row, name, number, path) for name in TRUTH)
        if record in truth:
            raise Refused(f"{path.name}, row {number}, column record_id: this record was named before.")
        if record not in known:
            raise Refused(
                f"{path.name}, row {number}, column record_id: there is no such record among the people."
            )
        truth[record] = child
    return truth


def deliveries(people: Sequence[Given]) -> list[Delivery]:
    """The extracts in the order they arrive: batches in order, the agencies of each as they first appear in it."""
    sent: dict[tuple[str, str], Delivery] = {}
    for given in sorted(people, key=lambda given: in_order(given.batch)):
        sent.setdefault((given.batch, given.agency), Delivery(given.batch, given.agency, [])).rows.append(
            given
        )
    # a batch's rows may stand apart in the file; its extracts still come together
    return sorted(sent.values(), key=lambda delivery: in_order(delivery.batch))


def in_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """What batches are sorted by: figures as numbers, so that 10 comes after 9."""
    parts = re.split(r"(\d+)", text)
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts if part)


def rows(path: Path, wanted: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their numbers, cleaned as a delivered file's are; raise Refused where it is not one."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _headed(reader.fieldnames or (), wanted, path)
            for number, row in enumerate(reader, 2):
                if None in row:
                    raise Refused(f"{path.name}, row {number}: it has more values than there are headings.")
                if any(row.values()):
                    yield number, {name: values.clean(value or "") for name, value in row.items()}
    except OSError as error:
        raise Refused(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path.name} is not in UTF-8. Save it again as CSV UTF-8.") from error
    except csv.Error as error:
        raise Refused(
            f"{path.name} is not a CSV file that can be read: check its quotation marks."
        ) from error


def _headed(found: Sequence[str], wanted: Sequence[str], path: Path) -> None:
    missing = [name for name in wanted if name not in found]
    if missing:
        raise Refused(f"{path.name}, row 1: the column {missing[0]} is missing.")
    twice = [name for name in found if found.count(name) > 1]
    if twice:
        raise Refused(f"{path.name}, row 1: the column {twice[0]} stands there twice.")


def needed(row: dict[str, str], name: str, number: int, path: Path) -> str:
    """A value that has to be there; raise Refused where it is not."""
    value = values.ident(row[name])
    if not value:
        raise Refused(f"{path.name}, row {number}, column {name}: this may not be empty.")
    return value


def _given(row: dict[str, str], number: int, path: Path) -> Given:
    record_id, batch, agency, local_id = (needed(row, name, number, path) for name in NEEDED)
    return Given(number, record_id, batch, agency, local_id, _words(row))


def _words(row: dict[str, str]) -> dict[str, str]:
    return {name: value for name in WORDS if (value := row.get(name, ""))}


def _once(people: Sequence[Given], path: Path) -> None:
    seen: set[str] = set()
    for given in people:
        if given.record_id in seen:
            raise Refused(f"{path.name}, row {given.row_no}, column record_id: this record was named before.")
        seen.add(given.record_id)
