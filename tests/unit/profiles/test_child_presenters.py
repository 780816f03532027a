"""The parts of the child's page, worked out from models that no database has seen."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.agencies.models import Agency
from apps.children.models import Child, RecordAddress, RecordVersion, SourceRecord
from apps.extracts.models import Feed
from apps.involvements.catalogue import MEASURES
from apps.involvements.models import Observation
from apps.involvements.presenters import Contact, Known, Source, summary
from apps.profiles.presenters import header, measures, record, timeline
from apps.profiles.presenters.header import Person, Seen
from apps.profiles.presenters.why import explained, lead_of, why
from apps.profiles.queries.sight import Sight
from apps.ragp.models import Assessment, Band, Scheme

DAY = date(2026, 11, 16)
CSC, EDUCATION = Agency(pk=1, name="Children’s social care"), Agency(pk=2, name="Education service")
FEEDS = {
    agency: Feed(pk=agency.pk, code=f"f{agency.pk}", title=f"{agency.name} file", agency=agency)
    for agency in (CSC, EDUCATION)
}
SCHEME = Scheme(pk=1, version="1")
BANDS = [
    Band(code=code, label=code.capitalize(), colour=code, rank=rank, from_points=points, definition="")
    for code, rank, points in (("red", 3, 15), ("amber", 2, 7), ("green", 1, 1), ("none", 0, None))
]
PERSON = Person(
    surname="Okafor-Bright", forename="Tamsin", dob=date(2013, 3, 14), nhs_number="9992041188", upn="H1"
)


def version(agency=CSC, pk=1, **fields):
    own = {
        "surname": "Okafor-Bright",
        "forename": "Tamsin",
        "surname_key": "okafor bright",
        "forename_key": "tamsin",
    }
    return RecordVersion(
        record=SourceRecord(pk=pk, local_id=f"L{pk}", agency=agency), record_id=pk, feed=FEEDS[agency], **(own | fields)
    )  # fmt: skip


def address(pk=1, agency=CSC, text="1 Wenlow Road", key="1 wenlow road", postcode="TS11AB"):
    return RecordAddress(
        record_id=pk,
        feed=FEEDS[agency],
        feed_id=agency.pk,
        address=text,
        address_key=key,
        postcode_key=postcode,
    )


def assessed(band, points, on, contributions=()):
    at = datetime(on.year, on.month, on.day, 6, tzinfo=UTC)
    return Assessment(
        band=band, points=points, assessed_at=at, scheme=SCHEME, contributions=list(contributions)
    )


def contribution(service="early_help", points=3, kind="I", feed="f1"):
    return {
        "rule": "r",
        "sentence": "Early help",
        "points": points,
        "service": service,
        "feed": feed,
        "kind": kind,
        "since": "2026-09-01",
    }


def sight(existence=(), content=()):
    return Sight(frozenset(), frozenset(existence), frozenset(content), True, lambda: None)


SOURCES = [Source("f1", "Early help", 1, "Early help", "", frozenset({"early_help"}), 7, 1, DAY)]


# who the child is


def test_on_an_earlier_day_the_fields_are_chosen_from_the_words_of_that_day():
    words = [
        version(surname="", forename="", surname_key="", forename_key="", dob=date(2013, 3, 14)),
        version(EDUCATION, 2, surname="Okafor", surname_key="okafor", upn="H9"),
    ]
    person = header.person_of(Child(surname="Married-Name", upn="H1"), words, past=True)
    assert (person.name, person.dob, person.upn) == ("OKAFOR, Tamsin", date(2013, 3, 14), "H9")


def test_surname_and_forename_come_from_one_source():
    words = [
        version(forename="", forename_key=""),
        version(EDUCATION, 2, surname="Bright", surname_key="bright", forename="Tam"),
    ]
    assert header.person_of(Child(), words, past=True).name == "BRIGHT, Tam"


@pytest.mark.parametrize(
    ("sex", "born", "word"),
    [
        ("F", 2013, "girl"),
        ("2", 2013, "girl"),
        ("M", 2013, "boy"),
        ("1", 2005, "male"),
        ("F", 2005, "female"),
        ("", 2013, ""),
        ("9", 2013, ""),
    ],
)
def test_sex_is_a_word_that_fits_the_age(sex, born, word):
    assert Person(sex=sex, dob=date(born, 3, 14)).sex_word(DAY) == word


def test_the_rating_runs_from_the_day_its_band_began():
    days = (("green", 3, date(2026, 9, 1)), ("amber", 8, date(2026, 10, 1)), ("amber", 10, date(2026, 11, 1)))
    told = header.rating_of([assessed(*each) for each in days], BANDS, True)
    assert (told.band.label, told.since, told.before.label, told.points) == (
        "Amber",
        date(2026, 10, 1),
        "Green",
        10,
    )
    assert len(told.changes) == 2


def test_a_rating_not_shared_says_nothing():
    told = header.rating_of([assessed("red", 18, DAY)], BANDS, shared=False)
    assert (told.shared, told.since, told.points, told.changes) == (False, None, 0, [])


def test_a_hidden_address_is_never_filled_in():
    assert header.address_of([address()], hidden=True) == header.Address(hidden=True)


def test_the_postcode_is_not_said_twice():
    place = address(text="1 Wenlow Road\nLarkmoor, TS1 1AB")
    place.postcode = "TS1 1AB"
    assert header.address_of([place], hidden=False).lines == "1 Wenlow Road, Larkmoor, TS1 1AB"


def test_where_no_worker_may_be_named_the_most_senior_service_is_to_be_asked():
    facts = [Known("early_help", date(2026, 9, 1), agency_name="Early help", feed="f1")]
    lead = header.lead_of(None, summary(facts, SOURCES, everyone, DAY))
    assert (lead.name, lead.role, lead.service) == ("Early help", "ask the service", "Early help")
    assert header.lead_of(None, summary([], SOURCES, everyone, DAY)) == header.Lead()


# each agency's own record


@pytest.mark.parametrize(
    ("fields", "differing"),
    [
        ({}, set()),
        ({"surname": "Okáfor Bright"}, set()),
        ({"surname": "Bright", "surname_key": "bright"}, {"name"}),
        ({"dob": date(2013, 4, 3)}, {"born"}),
        ({"nhs_number": "9990000000"}, {"nhs_number"}),
        ({"upn": "H2"}, {"upn"}),
        ({"surname": "", "forename": "", "surname_key": "", "forename_key": ""}, set()),
    ],
)
def test_what_differs_is_marked_and_what_is_missing_is_not(fields, differing):
    told = record.versions_of([version(**fields)], [address()], [], PERSON, hidden=False)[0]
    names = ("name", "born", "nhs_number", "upn", "address")
    assert {name for name, cell in zip(names, told.cells, strict=True) if cell.differs} == differing
    assert told.differing == len(differing)


def test_another_address_is_marked_and_a_hidden_one_does_not_even_differ():
    words = [version(), version(EDUCATION, 2)]
    places = [address(), address(2, EDUCATION, "9 Elm Street", "9 elm street", "TS22BB")]
    shown = record.versions_of(words, places, [], PERSON, hidden=False)
    assert [each.address.differs for each in shown] == [False, True]
    hidden = record.versions_of(words, places, [], PERSON, hidden=True)
    assert {(each.address.text, each.address.differs) for each in hidden} == {("", False)}


# time


def test_the_timeline_is_newest_first_whatever_comes_in():
    facts = [
        Known("early_help", date(2026, 4, 4), date(2026, 6, 2), "Family", Contact("Sol"), "Early help", "f1"),
        Known("missing", date(2026, 10, 31), date(2026, 10, 31), agency_name="Social care"),
        Known("school_roll", date(2024, 9, 1), setting_name="Larkmoor", agency_name="Education"),
    ]
    line = timeline.timeline(
        timeline.everything(
            facts, [Seen(date(2026, 11, 12), "Priya", "At home", "CSC")], [], header.Rating(), DAY
        )
    )
    assert [entry.title for entry in line.entries] == [
        "Seen: at home", "Missing from care or home", "Early help ended", "Early help began", "Joined: Larkmoor",
    ]  # fmt: skip


def test_a_filter_nothing_answers_to_shows_everything():
    dated = [timeline.Dated("seen", timeline.of_sighting(Seen(DAY, "P", "", "CSC")).entry)]
    assert timeline.timeline(dated, "nonsense").chosen == "all"
    assert timeline.timeline(dated, "seen").count == 1


@given(
    st.lists(
        st.tuples(st.sampled_from(["seen", "health", "rating"]), st.dates(date(2020, 1, 1), DAY)), max_size=40
    ),
    st.booleans(),
)
def test_a_timeline_loses_nothing_and_keeps_its_order(given_entries, whole):
    dated = [
        timeline.Dated(kind, timeline.of_sighting(Seen(when, "P", "", "CSC")).entry)
        for kind, when in given_entries
    ]
    line = timeline.timeline(dated, whole=whole)
    assert line.count == len(dated)
    assert len(line.entries) + line.hidden == len(dated)
    assert [entry.when for entry in line.entries] == sorted(
        (each.entry.when for each in dated), reverse=True
    )[: len(line.entries)]
    assert whole <= (line.hidden == 0)


# measures


def taken(measure, value, on, until=None):
    return Observation(measure=measure, value=Decimal(value), on=on, until=until, agency=EDUCATION)


def test_attendance_says_what_it_was_before():
    told = measures.meter(
        MEASURES["attendance"],
        [taken("attendance", 71, date(2026, 10, 5), DAY), taken("attendance", 88, date(2026, 9, 1))],
        [],
        everyone,
        DAY,
    )
    assert (told.figure, told.note, told.part) == ("71%", "was 88% on 1 Sep 2026", 0.71)


def everyone(agency, service):
    return True


def test_suspensions_are_counted_by_school_year():
    days = ((3, date(2026, 11, 4)), (2, date(2026, 9, 1)), (1, date(2026, 7, 1)))
    every = [taken("suspension", sessions, day) for sessions, day in days]
    told = measures.meter(MEASURES["suspension"], every, [], everyone, DAY)
    assert (told.figure, told.note) == ("2", "5 sessions in all; 1 time in earlier years")


def test_a_measure_without_a_figure_says_why():
    roll = Source("attendance", "Attendance", 2, "Education", "", frozenset({"school_roll"}), 7, 1, DAY)
    states = [
        measures.meter(MEASURES["attendance"], [], sources, shares, DAY).state.kind
        for sources, shares in (([roll], everyone), ([], everyone), ([roll], lambda agency, service: False))
    ]
    assert states == ["clear", "unchecked", "held"]


# why


def test_a_fact_of_a_service_not_shared_is_one_line_without_points():
    rated = assessed("amber", 11, DAY, [contribution(), contribution("camhs", 8, feed="f2")])
    told = why(rated, BANDS, sight(existence={(1, "early_help")}), SOURCES)
    assert [line.reason.points for line in told.lines] == [3]
    assert (told.others, told.points, told.facts, told.thresholds) == (True, None, [], [])
    assert "11" not in told.lead
    assert "8" not in told.lead


def test_a_measure_behind_a_rating_needs_content_not_existence():
    rated = assessed("green", 3, DAY, [contribution("early_help", kind="O")])
    assert explained(rated, sight(existence={(1, "*")}), SOURCES).others
    assert explained(rated, sight(content={(1, "*")}), SOURCES).whole


@pytest.mark.parametrize(
    ("band", "points", "said"),
    [
        ("amber", 9, "9 points: Amber starts at 7. 1 fact counts."),
        ("amber", 3, "3 points. 1 fact counts. One of them means the rating is never below Amber."),
        ("none", 0, "0 points. 1 fact counts."),
    ],
)
def test_the_sentence_of_a_rating(band, points, said):
    shown = SimpleNamespace(reasons=(1,), others=False, points=points)
    assert lead_of(shown, next(each for each in BANDS if each.code == band)) == said


def test_no_rating_is_not_green():
    assert why(None, BANDS, sight(), SOURCES).lead == "No rating has been worked out for this child yet."
    assert "not Green" in why(assessed("none", 0, DAY), BANDS, sight(), SOURCES).lead
