"""What somebody could work out of a service that is not shared with them, from what stands around it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.agencies.actions import end_agreement
from apps.agencies.models import Agency, SharingAgreement
from apps.core.clock import today, week_of
from apps.lists.actions import publish
from apps.lists.models import Entry
from apps.ragp.actions import assess
from apps.ragp.models import Assessment, Change, Rule, Scheme
from apps.ragp.queries import sight_of
from apps.triage.actions import open_items
from tests.integration.ragp.facts import days_ago, feed, involve, mark, record
from tests.world import SCHOOL_URN

SECRET = re.compile(rb"camhs", re.I)


@pytest.fixture
def unshared(world):
    """CAMHS shares nothing with anybody any more."""
    for agreement in SharingAgreement.objects.filter(provider__code="health-camhs"):
        end_agreement(agreement=agreement, reason="Test", by=None)


@pytest.fixture
def ada(world, unshared):
    """Known to CAMHS besides social care, which moved her rating: an artefact, told of by CAMHS' first file."""
    Scheme.objects.update(watched_from=timezone.now())
    child, camhs = world.child("ada"), Agency.objects.get(code="health-camhs")
    source = feed(
        "new-camhs", title="CAMHS of the hospital", agency=camhs, id_scheme="new-camhs", services=["camhs"]
    )
    source.extracts.all().delete()
    involve(record(child, source), "camhs", days_ago(30), source=source)
    involve(record(child, source), "camhs", days_ago(20), source=source)
    Rule.objects.filter(code="camhs").update(points=9)
    mark(child)
    assess(by=None)
    open_items(by=None)
    assert "CAMHS" in Change.objects.filter(child=child).latest("pk").why
    return child


def get(client, world, who, address, **query):
    client.force_login(world.user(who))
    return client.get(address, query)


def bare(content):
    """A page without the names every reader is told: the catalogue's row and the feed's own name in it."""
    return content


def test_the_queue_does_not_say_whose_file_moved_the_rating(client, world, ada):
    shown = get(client, world, "early_help_officer", reverse("triage:queue"), child=str(ada.public_id))
    row = next(row for row in shown.context["rows"] if row.item.child_id == ada.pk)
    assert row.artefact
    assert not SECRET.search(f"{row.why} {row.causes} {shown.context['chosen'].moved}".encode())
    assert shown.context["chosen"].points == ""
    assert b"CAMHS of the hospital" not in shown.content


def test_the_childs_page_shows_no_sum_entry_or_number_of_the_service(client, world, ada):
    shown = get(client, world, "early_help_officer", reverse("profiles:child", args=[ada.public_id]), all="")
    page = shown.context["page"]
    assert (page.rating.points, page.why.points, page.why.facts, page.why.thresholds) == (0, None, [], [])
    assert page.why.others
    assert not any(SECRET.search(f"{entry.title} {entry.detail}".encode()) for entry in page.timeline.entries)
    assert not any("camhs" in f"{each.agency} {each.feed}".lower() for each in page.versions)
    assert not any("camhs" in str(each).lower() for each in page.phones)
    numbers = {each.record.local_id for each in []} or {number for number, _ in page.case_numbers}
    assert not numbers & set(ada.records.filter(id_scheme="new-camhs").values_list("local_id", flat=True))


def test_as_of_an_earlier_day_it_is_as_silent(client, world, ada):
    shown = get(
        client, world, "early_help_officer", reverse("profiles:child", args=[ada.public_id]),
        as_at=days_ago(1).strftime("%d/%m/%Y"), all="",
    )  # fmt: skip
    assert b"CAMHS of the hospital" not in shown.content


def test_a_search_by_the_services_number_finds_nobody(client, world, ada):
    """An unscoped look-up that answers for another provider's number tells that the child is known there."""
    number = ada.records.filter(id_scheme="new-camhs").values_list("local_id", flat=True)[0]
    ada.records.filter(local_id=number, id_scheme="new-camhs").update(local_id="PATIENT-77")
    type(ada).objects.filter(pk=ada.pk).update(
        reach=[*ada.reach, world.user("health").memberships.get().agency_id]
    )
    client.force_login(world.user("early_help_officer"))
    answer = client.post(reverse("profiles:search"), {"identifier": "PATIENT-77"}, follow=True)
    assert b"ASHBY" not in answer.content
    client.force_login(world.user("health"))
    answer = client.post(reverse("profiles:search"), {"identifier": "PATIENT-77"}, follow=True)
    assert b"ASHBY" in answer.content


@pytest.mark.parametrize("number", ["943 476 5919", "9434765919", "A123456789012", "C4", "H4", "P2"])
def test_a_number_of_a_child_out_of_reach_answers_like_one_nobody_has(client, world, number):
    from apps.children.models import Child, RecordVersion

    ben = world.child("ben")
    Child.objects.filter(pk=ben.pk).update(nhs_number="9434765919")
    RecordVersion.objects.filter(record__child=ben).update(nhs_number="9434765919")
    client.force_login(world.user("other_dsl"))
    pages = [
        client.post(reverse("profiles:search"), {"identifier": asked}, follow=True).content.replace(
            f'"{asked}"'.encode(), b""
        )
        for asked in (number, "X-NOBODY-1")
    ]
    without = [
        re.sub(
            rb'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"|[0-9a-f-]{36}|[A-Za-z0-9]{32,}', b"", each
        )
        for each in pages
    ]
    assert without[0] == without[1]


def test_a_measures_reason_is_content_even_without_a_figure(world):
    """A status is a measure: that it is one of some words says as much as a figure would."""
    csc = Agency.objects.get(code="csc")
    status = {"kind": "O", "agency": csc.pk, "service": "child_protection"}
    assert not sight_of(world.user("dsl"))(status)
    assert sight_of(world.user("dsl"))(status | {"kind": "I"})
    assert sight_of(world.user("early_help_officer"))(status)


def test_nor_does_a_list_tell_it(world):
    csc = Agency.objects.get(code="csc")
    assess(by=None)
    reason = {
        "rule": "x",
        "kind": "O",
        "agency": csc.pk,
        "service": "child_protection",
        "sentence": "Status: at risk",
        "points": 1,
    }
    Assessment.objects.filter(child=world.child("ada"), superseded_at=None).update(contributions=[reason])
    publish(week=week_of(today()), by=None)
    entry = Entry.objects.get(child=world.child("ada"), list__setting__urn=SCHOOL_URN)
    assert "Status: at risk" not in entry.why
