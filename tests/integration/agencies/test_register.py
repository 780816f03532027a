"""The register of settings comes in whole, again and again, and keeps what the council wrote."""

import csv

import pytest

from apps.agencies.actions import agree, end_agreement, import_establishments
from apps.agencies.models import Agency, SettingLink, SharingAgreement
from apps.audit.models import Event
from apps.core.errors import Refused
from tests.samples import sample

pytestmark = pytest.mark.django_db


def rows(path):
    with sample(path).open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file))


def school(urn="100001", **changes):
    return {
        "URN": urn, "LA (code)": "201", "EstablishmentNumber": "6005", "EstablishmentName": "Elm School",
        "PhaseOfEducation (name)": "Primary", "OpenDate": "01-01-1920", "CloseDate": "", "Trusts (code)": "", "Trusts (name)": "",
        "Street": "1 Road", "Town": "Town", "Postcode": "ZZ2 1ZZ", "TelephoneNum": "01", **changes,
    }  # fmt: skip


@pytest.mark.parametrize("path, count", [
    ("gias/edubase.csv", 4), ("gias/edubasealldata-test.csv", 5), ("gias/example_schools.csv", 2),
])  # fmt: skip
def test_real_downloads_come_in(path, count):
    found = rows(path)
    assert import_establishments(found, by=None) == count
    for row in found:
        setting = Agency.objects.get(urn=row["URN"])
        assert setting.name == " ".join(row["EstablishmentName"].split())
        assert setting.laestab == row["LA (code)"] + row["EstablishmentNumber"]


def test_real_links_are_kept_for_known_settings():
    links = rows("gias/links_edubasealldata20240524_first2000.csv")
    known = sorted({row["URN"] for row in links})[:50]
    import_establishments([school(urn) for urn in known], by=None)
    assert import_establishments(links, by=None) == len(links)
    expected = {(row["URN"], row["LinkURN"], row["LinkType"]) for row in links if row["URN"] in known}
    assert set(SettingLink.objects.values_list("setting__urn", "linked_urn", "link_type")) == expected


def test_a_second_import_writes_only_what_differs():
    import_establishments([school("100001"), school("100002")], by=None)
    import_establishments([school("100001"), school("100002", EstablishmentName="Oak School")], by=None)
    detail = Event.objects.filter(kind="agencies.import").latest("id").detail
    assert detail == {
        "new": 0, "changed": 1, "closed": 0, "same": 1, "trusts": 0, "settings": 1, "links": 0, "skipped": 0,
    }  # fmt: skip
    assert Agency.objects.get(urn="100002").name == "Oak School"


def test_what_the_council_keeps_of_a_setting_stays():
    import_establishments([school()], by=None)
    Agency.objects.filter(urn="100001").update(code="elm", safeguarding_lead="A. Lead")
    import_establishments([school(EstablishmentName="Elm Academy")], by=None)
    setting = Agency.objects.get(urn="100001")
    assert (setting.code, setting.safeguarding_lead, setting.name) == ("elm", "A. Lead", "Elm Academy")


def test_a_setting_missing_from_the_register_is_not_removed():
    import_establishments([school("100001"), school("100002")], by=None)
    import_establishments([school("100002")], by=None)
    assert Agency.objects.filter(urn="100001").exists()


def test_a_school_belongs_to_its_trust():
    import_establishments([school(**{"Trusts (code)": "5711", "Trusts (name)": "Example Trust"})], by=None)
    trust = Agency.objects.get(urn="100001").trust
    assert (trust.code, trust.name, trust.kind) == ("trust-5711", "Example Trust", "trust")


def test_rows_that_say_nothing_are_counted():
    assert import_establishments([school(), school(urn="")], by=None) == 1


@pytest.mark.parametrize("terms, sentence", [
    ({"services": [], "level": "content", "recipient_kind": "school"}, "at least one service"),
    ({"services": ["*"], "level": "everything", "recipient_kind": "school"}, "Choose what is shared"),
    ({"services": ["*"], "level": "content"}, "one recipient"),
])  # fmt: skip
def test_an_agreement_that_says_too_little_is_refused(terms, sentence):
    provider = Agency.objects.create(code="p", name="P", kind="service")
    with pytest.raises(Refused, match=sentence):
        agree(provider=provider, by=None, **terms)
    assert not SharingAgreement.objects.filter(provider=provider).exists()


def test_an_agreement_ends_with_a_reason_and_at_once():
    provider = Agency.objects.create(code="p", name="P", kind="service")
    agreement = agree(provider=provider, services=["*"], level="content", recipient_kind="school", by=None)
    with pytest.raises(Refused, match="why"):
        end_agreement(agreement=agreement, reason=" ", by=None)
    end_agreement(agreement=agreement, reason="Not renewed", by=None)
    agreement.refresh_from_db()
    assert agreement.valid_until < agreement.valid_from.today()
    assert Event.objects.get(kind="agreement.ended").detail["reason"] == "Not renewed"
