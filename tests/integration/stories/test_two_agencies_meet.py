"""Two agencies without a shared id: where all agrees they meet in one child, where anything differs a person is asked."""

from datetime import date

import pytest

from apps.agencies.models import SettingAlias
from apps.children.models import Child
from apps.extracts.models import Extract
from apps.involvements.models import Involvement
from apps.matching.models import Decision, Question
from apps.ragp.models import Assessment
from tests.integration.stories.telling import child_of, look, send, somebody

pytestmark = pytest.mark.usefixtures("ground")


def current(**which):
    return Involvement.objects.filter(recorded_to=None, **which)


def met(number, forename="Ada", surname="Marsh", born="2014-03-09", address="1 Fern Row, ZZ1 1AA", **more):
    """A row of social care's Family Context extract."""
    return {
        "Cms Id": number, "First Name": forename, "Last Name": surname, "Date Of Birth": born, "Gender": "F", "Address": address,
        "Service Involvement": "Current", "Date Of Most Recent Interaction": "2026-10-01", "Start Date Of Last Involvement": "2026-01-05",
        "Coverage End Date": "", "Local Authority Organisation": "Borough", "Contact Name": "Sol Worker", "Contact Role": "Social worker",
        "Contact Phone": "01632 960001", "Contact Email": "", **more,
    }  # fmt: skip


def taught(number, school="Hill School", **more):
    """A row of education's Family Context extract about the same child."""
    row = met(number, **more)
    kept = {name: row[name] for name in list(row)[:10]}
    return {**kept, "School Name": school, "Contact Number": "01632 960002", "Admission Type": "Standard"}


def test_two_agencies_without_a_shared_id_meet_by_name_birth_and_address(ground):
    send("family_context_csc", met("CMS1", "Ivy", "Quill"))
    summary = send("family_context_education", taught("ED1", forename="Ivy", surname="Quill"))
    assert (summary["records"]["linked"], summary["records"]["question"]) == (1, 0)
    child = child_of("family_context_csc", "CMS1")
    assert child == child_of("family_context_education", "ED1")
    assert set(current(record__child=child).values_list("service", flat=True)) == {
        "social_worker",
        "school_roll",
    }
    assert Decision.objects.get(record__local_id="ED1").rule == "name_birth_address"


@pytest.mark.parametrize(
    ("differs", "rule"),
    [
        ({"forename": "Eve"}, "perhaps_twins"),
        ({"born": "2014-03-10"}, "birth_date_near"),
        ({"address": "9 Elm Close, ZZ9 9ZZ"}, "no_address"),
    ],
)
def test_a_near_pair_of_the_two_is_asked_about_beside_a_provisional_child(ground, differs, rule):
    send("family_context_csc", met("CMS1", **{"forename": "Ivy", "surname": "Quill"}))
    before = Child.objects.count()
    summary = send(
        "family_context_education", taught("ED1", **{"forename": "Ivy", "surname": "Quill", **differs})
    )
    assert summary["records"]["question"] == 1
    question = Question.objects.get()
    assert question.rule == rule
    assert [each.child for each in question.candidates.all()] == [child_of("family_context_csc", "CMS1")]
    assert (question.child.provisional, Child.objects.count()) == (True, before + 1)
    assert not current(record__child=child_of("family_context_csc", "CMS1"), service="school_roll").exists()
    page = look(somebody("early_help", "early-help"), question.child).context["page"]
    assert [other.name for other in page.alike] == ["QUILL, Ivy"]


def test_a_school_named_in_words_is_asked_once_for_all_its_pupils(ground):
    rows = [taught(f"ED{number}", forename=f"Child{number}", surname=f"Quill{number}") for number in range(4)]
    send("family_context_education", *rows)
    alias = SettingAlias.objects.get(scheme="family_context_education")
    assert (alias.code, alias.setting, alias.first_seen_extract) == (
        "Hill School",
        None,
        Extract.objects.latest("pk").pk,
    )
    assert current(setting_ref="Hill School", setting=None).count() == 4


def test_a_historic_involvement_is_known_as_ended(ground):
    send("family_context_csc", met("CMS1", "Ivy", "Quill", **{"Service Involvement": "Historic"}))
    fact = current(service="social_worker", feed__code="family_context_csc").get()
    assert fact.end_on == date(2026, 10, 1)
    rating = Assessment.objects.filter(
        child=child_of("family_context_csc", "CMS1"), superseded_at=None
    ).first()
    assert rating is None or (rating.band, rating.points) == ("none", 0)
