"""Rows of the national register, as downloaded."""

from datetime import date

import pytest

from apps.agencies.gias import Establishment, Link, read

SCHOOL = {
    "URN": "138130", "LA (code)": "355", "EstablishmentNumber": "7025", "EstablishmentName": "St  Bede's Academy ",
    "PhaseOfEducation (name)": "Secondary", "OpenDate": "01-09-2012", "CloseDate": "", "Trusts (code)": "5711",
    "Trusts (name)": "EXAMPLE ACADEMY TRUST", "Street": "Example Road", "Locality": "", "Town": "Eccles", "Postcode": "m309dy",
    "TelephoneNum": "01234567890",
}  # fmt: skip


def test_a_school():
    found = read(SCHOOL)
    assert isinstance(found, Establishment)
    assert (found.urn, found.laestab, found.kind) == ("138130", "3557025", "school")
    assert found.name == "St Bede's Academy"
    assert (found.opened_on, found.closed_on) == (date(2012, 9, 1), None)
    assert (found.address, found.postcode) == ("Example Road, Eccles", "M30 9DY")
    assert (found.trust, found.trust_name) == ("5711", "EXAMPLE ACADEMY TRUST")


def test_an_early_years_setting():
    found = read(
        {
            "URN": "EY123456",
            "Setting Name": "Acorns",
            "Provider Type": "Nursery",
            "Registered On": "03/04/2015",
            "Town": "Eccles",
        }
    )
    assert (found.kind, found.phase, found.opened_on, found.laestab) == (
        "early_years",
        "Nursery",
        date(2015, 4, 3),
        "",
    )


def test_a_link():
    row = {
        "URN": "100006",
        "LinkURN": "134643",
        "LinkName": "x",
        "LinkType": "Predecessor - merged",
        "LinkEstablishedDate": "01-01-2022",
    }
    assert read(row) == Link("100006", "134643", "Predecessor - merged", date(2022, 1, 1))


@pytest.mark.parametrize("missing", ["URN", "EstablishmentName"])
def test_a_row_without_urn_or_name_is_nothing(missing):
    assert read({**SCHOOL, missing: " "}) is None


def test_a_link_to_nothing_is_nothing():
    assert read({"URN": "1", "LinkURN": ""}) is None
