"""Everything dated about a child, entry by entry."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.agencies.models import Agency
from apps.core.presenters import Band, Change, Entry
from apps.involvements.catalogue import MEASURES, SERVICES
from apps.involvements.models import Observation
from apps.involvements.presenters import Contact, Known
from apps.profiles.presenters import measures, timeline
from apps.profiles.presenters.header import Rating, Seen
from apps.profiles.presenters.timeline import Dated

DAY = date(2026, 11, 16)
BEGAN, ENDED = date(2026, 3, 1), date(2026, 6, 1)
COUNCIL = Agency(name="Education service")


def known(service="early_help", start=BEGAN, end=None, **fields):
    return Known(service, start, end, agency_name="Early help service", **fields)


def taken(measure, value=None, text="", on=BEGAN, until=None):
    return Observation(
        measure=measure,
        value=None if value is None else Decimal(value),
        text=text,
        on=on,
        until=until,
        agency=COUNCIL,
    )


def told(dated):
    return [(each.kind, each.entry.when, each.entry.title, each.entry.detail) for each in dated]


@pytest.mark.parametrize(
    ("fact", "entries"),
    [
        (known(), [("early_help", BEGAN, "Early help began", "From Early help service")]),
        (known(end=ENDED), [
            ("early_help", BEGAN, "Early help began", "From Early help service"),
            ("early_help", ENDED, "Early help ended", "From Early help service"),
        ]),
        (known(end=ENDED, end_inferred=True), [
            ("early_help", BEGAN, "Early help began", "From Early help service"),
            ("early_help", ENDED, "Early help ended", "From Early help service, no longer in its file"),
        ]),
        (known(start=None, end=ENDED), [("early_help", ENDED, "Early help ended", "From Early help service")]),
        (known(start=None), []),
        (known(end=BEGAN), [("early_help", BEGAN, "Early help", "From Early help service")]),
        (known("social_care_referral", end=ENDED),
         [("social_care", BEGAN, "Referral to social care", "From Early help service")]),
        (known("exclusion"), [("education", BEGAN, "Suspension or permanent exclusion", "From Early help service")]),
        (known("school_roll", setting_name="Wenlow High", end=ENDED), [
            ("school", BEGAN, "Joined: Wenlow High", "From Early help service"),
            ("school", ENDED, "Left: Wenlow High", "From Early help service"),
        ]),
        (known("school_roll"), [("school", BEGAN, "Joined: On a school roll", "From Early help service")]),
        (known("fax"), []),
    ],
)  # fmt: skip
def test_an_involvement_in_the_line_of_time(fact, entries):
    assert told(timeline.of_involvement(fact)) == entries


@pytest.mark.parametrize(
    ("category", "worker", "detail"),
    [
        ("Targeted", None, "Targeted. From Early help service"),
        ("", Contact("Sol Whitlow", "Worker"), "Sol Whitlow, Worker. From Early help service"),
        ("Targeted", Contact("Sol Whitlow"), "Targeted, Sol Whitlow. From Early help service"),
        ("", Contact(), "From Early help service"),
    ],
)
def test_what_is_known_of_an_involvement_stands_beneath_it(category, worker, detail):
    [entry] = timeline.of_involvement(known(category=category, worker=worker))
    assert entry.entry.detail == detail


@pytest.mark.parametrize(
    ("seen", "title", "detail"),
    [
        (Seen(BEGAN, "J. Marr", "Home visit", "Social care"), "Seen: home visit", "J. Marr, Social care"),
        (Seen(BEGAN, "", "", "Social care"), "Seen", "Social care"),
        (Seen(BEGAN, "J. Marr", "H", ""), "Seen: h", "J. Marr"),
    ],
)
def test_a_time_the_child_was_seen(seen, title, detail):
    assert told([timeline.of_sighting(seen)]) == [("seen", BEGAN, title, detail)]


@pytest.mark.parametrize(
    ("observation", "kind", "title"),
    [
        (taken("attendance", "74.4"), "education", "Attendance: 74%"),
        (taken("attendance", "74.6"), "education", "Attendance: 75%"),
        (taken("suspension", "3.000", "SUSP"), "education", "Suspension: 3 sessions, SUSP"),
        (taken("sdq", "14"), "social_care", "Strengths and difficulties score: 14 points"),
        (taken("placement", text="U4"), "social_care", "Placement: Foster care, long term"),
        (taken("clinical_status", text="Shielding"), "health", "Clinical status: Shielding"),
        (taken("clinical_status"), "health", "Clinical status"),
        (taken("neet_risk_score", "12.5"), "education", "NEET risk score: 12.5 points"),
        (taken("sdq", "0"), "social_care", "Strengths and difficulties score: 0 points"),
        (taken("sdq", "20"), "social_care", "Strengths and difficulties score: 20 points"),
    ],
)
def test_a_measure_in_words(observation, kind, title):
    assert told([timeline.of_observation(observation)]) == [(kind, BEGAN, title, "From Education service")]


def test_a_measure_without_a_day_or_a_name_is_not_in_the_line():
    assert timeline.of_observation(taken("disability", text="AUT", on=None)) is None
    assert timeline.of_observation(taken("fax")) is None
    assert timeline.of_observation(taken("placement", text="U4", on=None, until=ENDED)).entry.when == ENDED


def test_changes_of_rating_are_newest_first_and_say_from_what():
    red, amber = Band("Red", "red"), Band("Amber", "amber")
    rating = Rating(red, changes=[Change(BEGAN, amber, "7 points"), Change(ENDED, red, "16 points")])
    assert told(timeline.of_rating(rating)) == [
        ("rating", ENDED, "Rating: Amber to Red", "16 points"),
        ("rating", BEGAN, "Rating: Amber", "7 points"),
    ]


def test_nothing_after_the_day_shown_is_in_the_line():
    facts = [known(), known(start=date(2026, 11, 17)), known(start=DAY)]
    found = timeline.everything(facts, [Seen(date(2026, 11, 17), "", "", "")], [], Rating(), DAY)
    assert [each.entry.when for each in found] == [BEGAN, DAY]


@given(st.sampled_from(sorted(SERVICES)), st.none() | st.dates(), st.none() | st.dates())
def test_every_service_has_at_most_a_beginning_and_an_end(service, start, end):
    found = timeline.of_involvement(known(service, start, end))
    assert len(found) <= 2
    assert {each.entry.when for each in found} <= {start, end}
    assert all(
        each.kind == ("school" if SERVICES[service].enrolment else SERVICES[service].group) for each in found
    )


@pytest.mark.parametrize("measure", sorted(MEASURES))
@pytest.mark.parametrize("value", [None, "0", "1.500", "1000"])
def test_no_measure_is_told_with_an_exponent(measure, value):
    said = timeline.figure(taken(measure, value, "X"))
    assert "E+" not in said and "None" not in said


# the filter


def entries(*kinds):
    return [Dated(kind, Entry(date(2026, 1, number + 1), kind)) for number, kind in enumerate(kinds)]


def test_only_kinds_that_occur_can_be_chosen_and_in_the_order_of_the_page():
    found = timeline.timeline(entries("seen", "health", "social_care", "rating"))
    assert [code for code, _name in found.choices] == ["all", "social_care", "health", "rating", "seen"]


def test_the_filter_shows_its_kind_and_counts_what_is_further_down():
    found = timeline.timeline(entries(*["seen"] * (timeline.SHOWN + 3), "rating"), "seen")
    assert {entry.title for entry in found.entries} == {"seen"}
    assert (len(found.entries), found.count, found.hidden) == (timeline.SHOWN, timeline.SHOWN + 3, 3)
    assert timeline.timeline(entries(*["seen"] * 20), "seen", whole=True).hidden == 0


# measures


@pytest.mark.parametrize(
    ("day", "counted"),
    [(date(2026, 8, 31), "1"), (date(2026, 9, 1), "1"), (date(2027, 8, 31), "1"), (date(2027, 9, 1), "0")],
)
def test_the_school_year_turns_on_the_first_of_september(day, counted):
    autumn, summer = (
        taken("suspension", "2", on=date(2026, 9, 1)),
        taken("suspension", "3", on=date(2026, 7, 1)),
    )
    known_then = [each for each in (autumn, summer) if each.on <= day]
    assert measures.counted(MEASURES["suspension"], known_then, "s", day).figure == counted


def test_suspensions_say_their_sessions_and_those_of_earlier_years():
    both = [taken("suspension", "2.5", on=date(2026, 10, 1)), taken("suspension", "3", on=date(2025, 10, 1))]
    meter = measures.counted(MEASURES["suspension"], both, "s", DAY)
    assert (meter.name, meter.figure, meter.note) == (
        "Suspensions this school year",
        "1",
        "2.5 sessions in all; 1 time in earlier years",
    )


@pytest.mark.parametrize(("value", "bar"), [("0", "M0 3h0"), ("74", "M0 3h74"), ("100", "M0 3h100")])
def test_attendance_has_a_bar_as_long_as_its_share(value, bar):
    meter = measures.meter(MEASURES["attendance"], [taken("attendance", value)], [], lambda *_: True, DAY)
    assert bar in meter.bar
    assert measures.meter(MEASURES["sdq"], [taken("sdq", "9")], [], lambda *_: True, DAY).bar == ""
