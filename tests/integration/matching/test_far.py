"""Records whose addresses no postcode settles: they are found by the words of the address, and by the name at the house."""

from datetime import date

import pytest

from apps.matching.models import Decision
from tests.integration.matching.arrivals import arrive, feed, person

pytestmark = pytest.mark.django_db

ADA = {
    "surname": "Marsh",
    "forename": "Ada",
    "dob": date(2014, 3, 9),
    "address": "8 Stanley Street, Miami, Winston Hills, 4223",
    "postcode": "",
}
FOUND = {
    "other names, the birth date and nearly the address": (
        {"surname": "Quill", "forename": "Tobi", "address": "8 Stanly Street, Miami, Winston Hills, 4223"},
        "names_differ",
    ),
    "no birth date, another surname and a word run together": (
        {"surname": "Quill", "dob": None, "address": "8 StanleyStreet, Miami, Winston Hills, 4223"},
        "undated",
    ),
    "another birth date and a line left out": (
        {"dob": date(2011, 5, 2), "address": "8 Stanley Street, Winston Hills, 4223"},
        "birth_dates_differ",
    ),
    "names changed round, with a slip, and no birth date": (
        {"surname": "Ada", "forename": "Masrh", "dob": None, "address": "8 Stanley Street, Miami, Winstonhills, 4223"},
        "undated",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "rule"), FOUND.values(), ids=FOUND)
def test_who_is_found_by_the_words_of_an_address(sent, rule):
    arrive(feed("health"), [person("H1", **ADA)])
    arrive(feed("youth"), [person("Y1", **ADA | sent)])
    decision = Decision.objects.get(record__local_id="Y1")
    assert (decision.outcome, decision.rule) == ("question", rule)


def test_who_lives_in_the_house_stops_no_link_to_another():
    """The brother or sister of quite another name, and the namesake of another day, are meant to be there."""
    home = {"address": "4 Sable Court, Norton", "postcode": "TS1 1AA"}
    arrive(
        feed("health"),
        [
            person("H1", **ADA | home),
            person("H2", **ADA | home | {"surname": "Quill", "forename": "Grace"}),
            person("H3", **ADA | home | {"dob": date(2011, 5, 2)}),
        ],
    )
    arrive(feed("youth"), [person("Y1", **ADA | home)])
    decision = Decision.objects.get(record__local_id="Y1")
    assert (decision.outcome, decision.rule) == ("linked", "name_birth_address")


def test_children_of_one_house_that_both_come_are_not_asked_about():
    home = {"address": "4 Sable Court, Norton", "postcode": "TS1 1AA"}
    other = ADA | home | {"surname": "Quill", "forename": "Grace"}
    arrive(feed("health"), [person("H1", **ADA | home)])
    arrive(feed("youth"), [person("Y1", **ADA | home), person("Y2", **other)])
    assert Decision.objects.get(record__local_id="Y2").outcome == "new"
