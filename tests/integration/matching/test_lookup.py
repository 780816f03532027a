"""Whether one person is known: ranked children with their evidence, and nothing written."""

import pytest

from apps.children.models import SourceRecord
from apps.matching.lookup import Person, known
from tests.integration.matching.arrivals import arrive, feed, person
from tests.integration.matching.test_passes import ADA, NHS

pytestmark = pytest.mark.django_db


def child_of(local_id):
    return SourceRecord.objects.get(local_id=local_id).child_id


def test_the_likeliest_child_stands_first_with_what_it_agrees_by():
    arrive(
        feed("health"),
        [
            person("H1", **ADA, nhs_number=NHS),
            person("H2", **{**ADA, "forename": "Adah", "postcode": "ZZ9 9ZZ", "address": ""}),
        ],
    )
    first, second = known(Person(**ADA, nhs_number=NHS))
    assert (first.child, first.answer, first.rule) == (child_of("H1"), "link", "nhs_number")
    assert (second.child, second.answer) == (child_of("H2"), "ask")
    assert first.weights["nhs"] == ("exact", 20)
    assert first.total == round(sum(bits for _level, bits in first.weights.values()), 1)


@pytest.mark.parametrize(
    "words",
    [
        {"surname": "Ada", "forename": "Marsh", "dob": ADA["dob"]},
        {"surname": "Hall", "forename": "Ada", "dob": ADA["dob"], "postcode": "ZZ1 1AA"},
        {"nhs_number": NHS, "forename": "Grace"},
        {"surname": "Marsh", "forename": "Ada", "dob": ADA["dob"].replace(month=9, day=3)},
    ],
)
def test_a_person_in_other_words_is_asked_about(words):
    arrive(feed("health"), [person("H1", **ADA, nhs_number=NHS)])
    assert [(each.child, each.answer) for each in known(Person(**words))] == [(child_of("H1"), "ask")]


def test_nobody_is_known_by_nothing_in_common():
    arrive(feed("health"), [person("H1", **ADA)])
    assert known(Person(surname="Quill", forename="Tobi", dob=ADA["dob"].replace(year=2010))) == []
    assert known(Person()) == []
