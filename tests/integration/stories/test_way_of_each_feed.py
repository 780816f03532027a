"""The whole way of one record, told once for each agency's layout: file, row, record, link, fact, rating, triage, list, page."""

from dataclasses import dataclass, field

import pytest

from apps.children.models import RecordVersion, SourceRecord
from apps.extracts.models import Extract, Row, StagedFact
from apps.involvements.models import Involvement, Observation
from apps.lists.models import Entry
from apps.matching.models import Decision, LinkVersion
from apps.ragp.models import Assessment, Change
from apps.triage.models import Item
from tests.integration.stories import telling
from tests.integration.stories.telling import agency_of, days_ago, lines_of, look, person, send, somebody, the

pytestmark = pytest.mark.usefixtures("ground")


@dataclass(frozen=True)
class Story:
    """One row about Ada in a feed's own headings, and what must have come of it at every station."""

    row: dict[str, str]
    scheme: str
    local_id: str
    service: str
    key: str = ""
    category: str = ""
    points: int = 0
    band: str = "green"
    rule: str = "name_birth_address"
    rating_rules: tuple[str, ...] = field(default=())
    end: str = ""


START = days_ago(20)
ISO = f"{START[6:]}-{START[3:5]}-{START[:2]}"

STORIES = {
    "early_help": Story(telling.early_help("H1", "Ada"), "early_help", "H1", "early_help", "EH1", "Family support", 3, end="End Date"),
    "ehcp": Story(
        {"Person ID": "S1", **person("Ada"), "Date initial EHC plan issued": START, "Date EHC plan ceased": "", "SEN primary need": "ASD"},
        "send_id", "S1", "ehcp", ISO, "ASD", 2, end="Date EHC plan ceased",
    ),
    "sen_support": Story(
        {"Person ID": "S1", **person("Ada"), "SEN support start date": START, "SEN support end date": "", "SEN primary need": "SLCN"},
        "send_id", "S1", "sen_support", ISO, "SLCN", 1, end="SEN support end date",
    ),
    "vemt": Story(
        {"VEMT Ref": "V1", **person("Ada"), "Case Opened": START, "Case Closed": "", "Concern": "Missing"},
        "vemt", "V1", "vemt", ISO, "Missing", 8, "amber", end="Case Closed",
    ),
    "neet_risk": Story(
        {"CCIS ID": "N1", **person("Ada"), "At Risk From": START, "At Risk To": "", "Assessed On": ""},
        "neet_risk", "N1", "neet_risk", ISO, "", 2, end="At Risk To",
    ),
    "camhs": Story(telling.camhs("P1", "Ada"), "camhs", "P1", "camhs", "RP1", "Anxiety", 3, end="Discharge Date"),
    "community_health": Story(
        {"Local Patient ID": "M1", **person("Ada"), "Caseload ID": "K1", "Accepted Date": START, "Discharge Date": "",
         "Service": "Physiotherapy", "Last Contact Date": ""},
        "community_health", "M1", "community_health", "K1", "Physiotherapy", 1, end="Discharge Date",
    ),
    "continuing_care": Story(
        {"Case ID": "CC1", **person("Ada"), "Eligible From": START, "Eligible To": "", "Package": "Nights"},
        "continuing_care", "CC1", "continuing_care", ISO, "Nights", 2, end="Eligible To",
    ),
    "youth_justice": Story(
        {"ChildView ID": "J1", **person("Ada"), "Intervention ID": "I1", "Start Date": START, "End Date": "",
         "Order Type": "Referral order",
         "Last Contact Date": ""},
        "youth_justice", "J1", "youth_justice", "I1", "Referral order", 5, end="End Date",
    ),
    "young_carers": Story(
        {"YC Ref": "YC1", **person("Ada"), "Registered On": START, "Closed On": "", "Cares For": "Mother"},
        "young_carers", "YC1", "young_carer", ISO, "Mother", 2, end="Closed On",
    ),
}  # fmt: skip
FEEDS = pytest.mark.parametrize("feed", STORIES)


@pytest.fixture
def told(feed):
    """The lists are out and the watch is on; then the one row arrives."""
    telling.publish_week()
    story = STORIES[feed]
    summary = send(feed, story.row)
    assert summary["state"] == "committed", summary
    return summary


@FEEDS
def test_from_the_file_to_the_child(feed, told):
    story, extract = STORIES[feed], Extract.objects.get(pk=told["extract"])
    staged = Row.objects.get(extract_id=extract.pk)
    assert (staged.row_no, staged.local_id) == (2, story.local_id)
    assert (extract.rows, extract.accepted, extract.rejected) == (1, 1, 0)
    record = SourceRecord.objects.get(id_scheme=story.scheme, local_id=story.local_id)
    assert record.agency.code == agency_of(feed)
    version = RecordVersion.objects.get(record=record, recorded_to=None)
    assert (version.surname, version.forename, version.feed.code) == ("Marsh", "Ada", feed)
    assert (version.extract_id, version.row_no) == (extract.pk, 2)
    decision = Decision.objects.get(record=record)
    assert (decision.outcome, decision.rule, decision.child) == ("linked", story.rule, the("Ada"))
    assert LinkVersion.objects.get(record=record).recorded_to is None
    assert {key: told["records"][key] for key in ("new", "linked", "question")} == {
        "new": 0,
        "linked": 1,
        "question": 0,
    }


@FEEDS
def test_from_the_record_to_the_fact(feed, told):
    story = STORIES[feed]
    fact = Involvement.objects.get(record__id_scheme=story.scheme, feed__code=feed)
    assert (fact.service, fact.key, fact.content.category) == (story.service, story.key, story.category)
    assert (fact.end_on, fact.recorded_to, fact.extract_id) == (None, None, told["extract"])
    assert fact.agency.code == agency_of(feed)
    assert told["involvements"]["opened"] == 1
    assert fact.agency_id in the("Ada").reach


@FEEDS
def test_from_the_fact_to_the_rating_and_the_queue(feed, told):
    story, ada = STORIES[feed], the("Ada")
    rating = Assessment.objects.get(child=ada, superseded_at=None)
    assert (rating.band, rating.points) == (story.band, story.points)
    [reason] = rating.contributions
    assert (reason["service"], reason["points"]) == (story.service, story.points)
    change = Change.objects.get(child=ada)
    assert (change.before, change.to_band) == (None, story.band) or change.from_band in ("", "none")
    item = Item.objects.get(child=ada)
    assert (item.state, item.change) == ("open", change)
    assert told["ratings_changed"] == 1
    assert not Item.objects.exclude(child=ada).exists()


@FEEDS
def test_from_the_rating_to_the_list_of_the_week(feed, told):
    story = STORIES[feed]
    before = Entry.objects.get(child=the("Ada"))
    telling.publish_week(telling.NEXT_MONDAY)
    now = Entry.objects.get(child=the("Ada"), list__week=telling.NEXT_MONDAY)
    assert (before.band, now.band, now.mark) == ("none", story.band, "up")
    assert now.list.setting.urn == telling.ELM
    others = Entry.objects.filter(list__week=telling.NEXT_MONDAY).exclude(child=the("Ada"))
    assert set(others.values_list("mark", flat=True)) == {"same"}


#: Pages tell in words what a file gives as a code.
WORDED = {"ASD": "Autistic spectrum disorder", "SLCN": "Speech, language and communication"}


@FEEDS
def test_from_the_list_to_the_page_of_the_agencys_own_people(feed, told):
    story = STORIES[feed]
    worker = somebody("practitioner", agency_of(feed))
    line = lines_of(look(worker, the("Ada")))[story.service]
    assert (line.state.kind, line.category) == ("known", WORDED.get(story.category, story.category))
    assert look(worker, the("Ben")).status_code == 404


@FEEDS
def test_an_end_in_the_next_file_ends_all_of_it(feed, told):
    story = STORIES[feed]
    summary = send(feed, story.row | {story.end: days_ago(1)})
    assert summary["involvements"] == {"opened": 0, "changed": 0, "ended": 1, "unchanged": 0}
    fact = Involvement.objects.get(record__id_scheme=story.scheme, feed__code=feed, recorded_to=None)
    assert (fact.end_on, fact.end_inferred) == (telling.today() - telling.timedelta(days=1), False)
    assert Assessment.objects.get(child=the("Ada"), superseded_at=None).band == "none"
    newest = Item.objects.filter(child=the("Ada")).latest("pk")
    assert (newest.state, newest.change.to_band) == ("open", "none")


@FEEDS
def test_who_is_missing_from_a_full_file_has_ended_by_inference(feed, told):
    story = STORIES[feed]
    other = {**story.row, **telling.apart("Ben")}
    first = next(iter(story.row))
    summary = send(feed, other | {first: "OTHER"})
    assert summary["involvements"]["ended"] == 1
    fact = Involvement.objects.get(record__local_id=story.local_id, feed__code=feed, recorded_to=None)
    assert (fact.end_on, fact.end_inferred) == (telling.today(), True)
    assert SourceRecord.objects.filter(id_scheme=story.scheme, local_id=story.local_id).exists()


@FEEDS
def test_nothing_of_the_way_is_left_staged_for_another_to_take(feed, told):
    staged = StagedFact.objects.filter(extract=told["extract"], kind="I")
    assert {fact.code for fact in staged} <= {STORIES[feed].service}


MEASURES = {
    "attendance": (
        {"UPN": "H801200001001", "Surname": "Marsh", "Forename": "Ada", "Date of Birth": telling.BORN, "Period End": days_ago(3),
         "Sessions Attended": "40", "Sessions Possible": "100"},
        "attendance", 40, 6, "upn",
    ),
    "neet_risk": (
        {"CCIS ID": "N1", **person("Ada"), "At Risk From": "", "At Risk To": "", "Assessed On": days_ago(3), "Score": "71"},
        "neet_risk_score", 71, 0, "name_birth_address",
    ),
    "clinical_status": (
        {"NHS Number": "9990000018", **person("Ada"), "From": days_ago(3), "Until": "", "Status": "Shielding"},
        "clinical_status", None, 0, "name_birth_address",
    ),
}  # fmt: skip


@pytest.mark.parametrize("feed", MEASURES)
def test_a_measure_goes_the_same_way(feed):
    row, measure, value, points, rule = MEASURES[feed]
    if rule == "upn":
        telling.bring("csc_people", *(each | {"UPN": row["UPN"] if each["Forename"] == "Ada" else ""}
                                      for each in telling.known_to_social_care()))  # fmt: skip
    summary = send(feed, row)
    assert (summary["state"], summary["observations"]) == ("committed", 1), summary
    seen = Observation.objects.get(recorded_to=None)
    assert (seen.measure, seen.value, seen.record.child) == (measure, value, the("Ada"))
    assert Decision.objects.get(record=seen.record).rule == rule
    rating = Assessment.objects.filter(child=the("Ada"), superseded_at=None).first()
    assert (rating.points if rating else 0) == points
