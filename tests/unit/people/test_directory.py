"""Rows of the directory of professionals."""

from datetime import date

import pytest

from apps.people.directory import read

ROW = {
    "Worker ID": " W1 ", "Name": "Sol Worker", "Job Title": "Social worker", "Team": "North", "Agency": "CSC", "Phone": "01",
    "Email": "Sol@Example.org", "User Name": "sol", "Left On": "01/02/2026",
}  # fmt: skip


def test_an_entry():
    entry = read(ROW)
    assert (entry.worker_id, entry.agency, entry.email, entry.left_on) == (
        "W1",
        "csc",
        "sol@example.org",
        date(2026, 2, 1),
    )


@pytest.mark.parametrize("missing", ["Worker ID", "Name", "Agency"])
def test_a_row_without_what_it_needs_is_nothing(missing):
    assert read({**ROW, missing: ""}) is None
