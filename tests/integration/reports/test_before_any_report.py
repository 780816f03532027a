"""Before any week is frozen: the pages say so, and what weeks are held against is entered."""

from django.urls import reverse

from apps.audit.models import Event
from tests.integration.reports.test_report_pages import NAME, open_as, words

__all__ = ["open_as"]


def test_without_a_report_the_page_says_so(open_as, world):
    assert "No week is frozen yet" in words(open_as("leader", "reports:newest"))
    assert "No week is frozen yet" in words(open_as("dsl", "reports:term"))
    assert open_as("leader", "reports:week", NAME).status_code == 404


def test_what_a_week_is_held_against_is_entered_in_the_administration(client, world):
    client.force_login(world.user("sysadmin"))
    given = {"from_week": "01/12/2026", "people": "20000", "source": "ONS"}
    refused = client.post(reverse("admin:reports_population_add"), given)
    assert "Give a Monday" in refused.content.decode()
    taken = client.post(reverse("admin:reports_population_add"), given | {"from_week": "30/11/2026"})
    assert taken.status_code == 302
    assert Event.objects.filter(kind="admin.added", subject__startswith="reports.population").exists()
