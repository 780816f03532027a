"""Reference data looked at before it is taken in: what a preview says is what the commit does, and it writes nothing."""

from io import BytesIO

import pytest

from apps.agencies.models import Agency, Kind
from apps.audit.models import Event
from apps.core.errors import Refused
from apps.extracts.models import Extract, Feed
from apps.extracts.reference import install_reference
from apps.pipeline import actions
from apps.pipeline.presenters import count_lines

pytestmark = pytest.mark.django_db

HEAD = "URN,EstablishmentName,CloseDate\n"


@pytest.fixture(autouse=True)
def feeds():
    install_reference(by=None)


def send(*lines, head=HEAD, preview=False, name="edubasealldata.csv"):
    content = (head + "".join(line + "\n" for line in lines)).encode()
    return actions.load("gias", [(name, BytesIO(content))], preview=preview)


def settings():
    return list(Agency.objects.exclude(urn=None).order_by("urn").values_list("urn", "name", "closed_on"))


def test_a_preview_says_what_a_commit_would_do_and_writes_nothing():
    send("100001,Elm School,", "100002,Oak School,", "100003,Ash School,")
    before, events = settings(), Event.objects.filter(kind="agencies.import").count()
    summary = send(
        "100001,Elm School,", "100002,Oak Academy,", "100003,Ash School,31-08-2026", "100004,Yew School,", preview=True
    )  # fmt: skip
    assert (summary["state"], summary["rows"], summary["accepted"]) == ("previewed", 4, 4)
    wanted = {"new": 1, "changed": 1, "closed": 1, "same": 1}
    assert {key: summary["settings"][key] for key in wanted} == wanted
    assert settings() == before
    assert Event.objects.filter(kind="agencies.import").count() == events
    [line] = count_lines(Extract.objects.get(pk=summary["extract"]))
    assert (line.new, line.changed, line.ended, line.same) == (1, 1, 1, 1)


def test_a_preview_that_is_released_does_what_it_said():
    summary = send("100001,Elm School,", preview=True)
    extract = Extract.objects.get(pk=summary["extract"])
    done = actions.execute(run=actions.release(extract=extract, by=None))
    assert done["state"] == "committed"
    assert done["settings"]["new"] == 1
    assert [urn for urn, _name, _closed in settings()] == ["100001"]


def test_a_commit_of_reference_data_is_not_undone_but_put_right():
    extract = Extract.objects.get(pk=send("100001,Elm School,")["extract"])
    with pytest.raises(Refused, match="put right by loading the right file"):
        actions.undo(extract=extract, reason="Wrong file", by=None)


def test_a_row_that_cannot_be_used_is_named_by_its_number():
    summary = send("100001,Elm School,", ",Nowhere School,", preview=True)
    assert (summary["accepted"], summary["rejected"], summary["findings"]) == (1, 1, {"REFERENCE_UNUSED": 1})
    [finding] = Extract.objects.get(pk=summary["extract"]).findings.all()
    assert (finding.row_no, finding.severity) == (3, "error")


def test_practices_come_without_headings():
    summary = send(
        "A81001,The Surgery,,1 Road,,Town,,,,TS1 1AA",
        "A81002,Park Medical Centre,,2 Road,,Town,,,,TS2 2BB",
        head="",
    )
    assert (summary["state"], summary["rows"], summary["accepted"]) == ("committed", 2, 2)
    surgery = Agency.objects.get(urn="A81001")
    assert (surgery.name, surgery.kind, surgery.address, surgery.postcode) == (
        "The Surgery", Kind.GP, "1 Road, Town", "TS1 1AA",
    )  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        "URN,Provision type,Setting name,Registration status,Setting address line 1,Setting town,Setting postcode,Deregistration date",
        "URN,Provider Type,Setting Name,Provider Status,Setting Address Line 1,Setting Address Town,Setting Address Postcode,Closed Date",
        "URN,Provider type,Provider name,Registration status,Provider address line 1,Provider town,Provider postcode,Deregistration date",
    ],
)
def test_a_childrens_home_is_a_setting_under_the_headings_of_each_year(head):
    send("SC012345,Children's home,Elm House,Active,1 Road,Town,TS1 1AA,01/02/2026", head=head + "\n")
    home = Agency.objects.get(urn="SC012345")
    assert (home.name, home.kind, home.phase, home.address, home.postcode, str(home.closed_on)) == (
        "Elm House", Kind.CARE, "Children's home", "1 Road, Town", "TS1 1AA", "2026-02-01",
    )  # fmt: skip


def test_conditions_of_registration_are_no_provider():
    head = "URN,Setting Name,Conditions\n"
    assert send("SC012345,Elm House,Up to six children", head=head)["state"] == "refused"
    assert Feed.objects.get(code="gias").extracts.count() == 1
