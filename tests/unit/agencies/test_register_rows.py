"""Rows of the register and of the directory as they come: odd headings, blanks, dates of every form."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.agencies import gias
from apps.agencies.gias import Establishment, Link
from apps.people import directory

SCHOOL = {"URN": "138130", "EstablishmentName": "St Bede's"}
SETTING = {"URN": "EY1", "Setting Name": "Acorns"}
WORKER = {"Worker ID": "W1", "Name": "Sol Whitlow", "Agency": "csc"}
TEXT = st.text(max_size=20) | st.none() | st.sampled_from(["#N/A", "1.0", "31/02/2020", "=1+1", "\x00"])


@pytest.mark.parametrize("heading", ["URN", "urn", " U R N ", "URN "])
def test_a_heading_is_known_however_it_is_written(heading):
    assert gias.read({heading: "138130", "Establishment Name": "St Bede's"}).urn == "138130"


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"URN": "138130.0"}, "urn", "138130"),
        ({"LA (code)": "355", "EstablishmentNumber": "7025.0"}, "laestab", "3557025"),
        ({"LA (code)": "355"}, "laestab", "355"),
        ({"Postcode": "not one"}, "postcode", ""),
        ({"Postcode": "m309dy"}, "postcode", "M30 9DY"),
        ({"OpenDate": "01-09-2012"}, "opened_on", date(2012, 9, 1)),
        ({"OpenDate": "soon"}, "opened_on", None),
        ({"CloseDate": "2019-08-31"}, "closed_on", date(2019, 8, 31)),
        ({"Street": "A", "Locality": "#N/A", "Address3": "B", "Town": "C"}, "address", "A, B, C"),
        ({"TelephoneNum": " 01234  567890 "}, "phone", "01234 567890"),
        ({"Trusts (code)": "5711.0"}, "trust", "5711"),
        ({"Trusts (code)": "5711"}, "trust_name", "5711"),
        ({"Trusts (code)": "5711", "Trusts (name)": "Example"}, "trust_name", "Example"),
        ({"PhaseOfEducation (name)": "Secondary"}, "phase", "Secondary"),
    ],
)
def test_a_column_of_the_register(cells, field, value):
    assert getattr(gias.read({**SCHOOL, **cells}), field) == value


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({}, "kind", "early_years"),
        ({"Provider Type": "Childminder"}, "phase", "Childminder"),
        ({"Registered On": "03/04/2015"}, "opened_on", date(2015, 4, 3)),
        ({"Closed On": "03/04/2025"}, "closed_on", date(2025, 4, 3)),
        ({"Street": "1 High St", "Locality": "never read", "Town": "Eccles"}, "address", "1 High St, Eccles"),
        ({"Telephone": "01632 960207"}, "phone", "01632 960207"),
        ({"Postcode": "ts201aa"}, "postcode", "TS20 1AA"),
        ({"Trusts (code)": "5711"}, "trust", ""),
    ],
)
def test_a_column_of_the_early_years_register(cells, field, value):
    assert getattr(gias.read({**SETTING, **cells}), field) == value


@pytest.mark.parametrize(
    ("row", "lacking"),
    [(SETTING, "URN"), (SETTING, "Setting Name"), (SCHOOL, "URN"), (SCHOOL, "EstablishmentName")],
)
@pytest.mark.parametrize("blank", ["", " ", "#N/A", None])
def test_a_setting_without_a_number_or_a_name_is_passed_over(row, lacking, blank):
    assert gias.read({**row, lacking: blank}) is None


@pytest.mark.parametrize(("urn", "linked"), [("", "134643"), ("100006", ""), ("", "")])
def test_a_link_needs_both_its_ends(urn, linked):
    assert gias.read({"URN": urn, "LinkURN": linked, "LinkType": "Successor"}) is None


def test_a_link_without_a_day_is_still_a_link():
    assert gias.read({"URN": "1.0", "LinkURN": "2.0"}) == Link("1", "2", "", None)


@given(
    st.dictionaries(
        st.text(max_size=12) | st.sampled_from(["URN", "EstablishmentName", "LinkURN", "Setting Name"]), TEXT
    )
)
def test_any_row_of_the_register_is_read_or_passed_over(row):
    found = gias.read(row)
    assert found is None or found.urn
    if isinstance(found, Establishment):
        assert found.name and found.kind in ("school", "early_years")
        assert all("\x00" not in text for text in found if isinstance(text, str))


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"Worker ID": "7.0"}, "worker_id", "7"),
        ({"worker_id": "W2", "Worker ID": "W2"}, "worker_id", "W2"),
        ({"Agency": " CSC "}, "agency", "csc"),
        ({"E-mail": "Sol@Example.org"}, "email", "sol@example.org"),
        ({"Job Title": "Social  worker"}, "job_title", "Social worker"),
        ({"User Name": "Sol"}, "username", "Sol"),
        ({"Left On": "2026-02-01"}, "left_on", date(2026, 2, 1)),
        ({"Left On": "soon"}, "left_on", None),
        ({"Team": "#N/A"}, "team", ""),
        ({"Phone": "01632 960207"}, "phone", "01632 960207"),
    ],
)
def test_a_column_of_the_directory(cells, field, value):
    assert getattr(directory.read({**WORKER, **cells}), field) == value


@given(st.dictionaries(st.text(max_size=12) | st.sampled_from(sorted(WORKER)), TEXT))
def test_any_row_of_the_directory_is_read_or_passed_over(row):
    found = directory.read(row)
    assert found is None or (found.worker_id and found.name and found.agency == found.agency.lower())
