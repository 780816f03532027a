"""The four values a service can have, as one table; and what must hold for any set of facts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.involvements.catalogue import GROUPS, SERVICES
from apps.involvements.categories import worded
from apps.involvements.presenters import (
    Contact,
    Known,
    Source,
    counts,
    late_of,
    lead,
    line,
    state_of,
    summary,
)

DAY = date(2026, 11, 16)
WORKER = Contact("Priya Venn", "Social worker", "01632 960181")


def source(code="csc", agency=1, services=("looked_after",), as_of=DAY, every=7):
    return Source(
        code,
        "Social care",
        agency,
        "Children’s social care",
        "01632 960150",
        frozenset(services),
        every,
        1,
        as_of,
    )


def known(service="looked_after", start=date(2026, 9, 1), end=None, **more):
    return Known(service, start, end, **{"feed": "csc", **more})


def everybody(agency, service):
    return True


def nobody(agency, service):
    return False


FRESH, LATE, NEVER = source(), source(as_of=DAY - timedelta(days=40)), source(as_of=None)
OPEN, OVER = known(), known(end=date(2026, 10, 1))


@pytest.mark.parametrize(
    ("facts", "sources", "shared", "kind"),
    [
        # what is known stays known, however late the source
        ([OPEN], [FRESH], True, "known"),
        ([OPEN], [LATE], True, "known"),
        ([OPEN, OVER], [FRESH], True, "known"),
        ([OVER], [FRESH], True, "ended"),
        ([OVER], [LATE], True, "ended"),
        # an absence means something only while some source is fresh
        ([], [FRESH], True, "clear"),
        ([], [LATE, FRESH], True, "clear"),
        ([], [LATE], True, "unchecked"),
        ([], [NEVER], True, "unchecked"),
        ([], [], True, "unchecked"),
        # not shared: the same for every child, known or not
        ([OPEN], [FRESH], False, "held"),
        ([OVER], [FRESH], False, "held"),
        ([], [FRESH], False, "held"),
        ([], [LATE], False, "held"),
    ],
)
def test_the_value_of_a_service(facts, sources, shared, kind):
    assert state_of(facts, sources, shared, DAY).kind == kind


@pytest.mark.parametrize(
    ("days_old", "late"),
    [(0, None), (7, None), (10, None), (11, DAY - timedelta(days=4)), (40, DAY - timedelta(days=33))],
)
def test_a_source_is_late_once_its_grace_is_over(days_old, late):
    assert source(as_of=DAY - timedelta(days=days_old)).late_since(DAY) == late


def test_an_unchecked_service_says_why():
    assert state_of([], [LATE], True, DAY).reason == "source late since 14 Oct 2026"
    assert state_of([], [NEVER], True, DAY).reason == "source has never come"
    assert state_of([], [], True, DAY).reason == "no source sends this"


def test_an_involvement_that_ends_today_has_ended():
    assert state_of([known(end=DAY)], [FRESH], True, DAY).kind == "ended"
    assert state_of([known(end=DAY + timedelta(days=1))], [FRESH], True, DAY).kind == "known"


def test_known_since_the_earliest_open_one_and_ended_by_the_latest():
    both = [known(start=date(2026, 9, 1)), known(start=date(2026, 3, 1))]
    assert state_of(both, [FRESH], True, DAY).since == date(2026, 3, 1)
    over = [known(end=date(2026, 10, 1)), known(start=date(2025, 1, 1), end=date(2025, 6, 1))]
    assert state_of(over, [FRESH], True, DAY).until == date(2026, 10, 1)


def test_the_worker_is_named_else_the_service_is_to_be_asked():
    service = SERVICES["looked_after"]
    assert line(service, [known(worker=WORKER)], [FRESH], everybody, DAY).contact == WORKER
    asked = line(service, [known()], [FRESH], everybody, DAY).contact
    assert (asked.name, asked.phone) == ("Children’s social care", "01632 960150")
    assert line(service, [], [FRESH], everybody, DAY).contact == Contact()


def test_a_service_held_back_says_whom_to_ask_and_nothing_else():
    service = SERVICES["looked_after"]
    told = [
        line(service, facts, [FRESH], nobody, DAY) for facts in ([], [known(worker=WORKER, category="C2")])
    ]
    assert told[0] == told[1]
    assert told[0].contact.name == "Children’s social care"
    assert (told[0].source, told[0].category, told[0].more) == (None, "", 0)


def test_a_service_that_one_of_two_agencies_shares_rests_on_that_one():
    hidden, open_one = source("other", agency=2, as_of=DAY), source(as_of=DAY - timedelta(days=60))
    told = line(SERVICES["looked_after"], [], [hidden, open_one], lambda agency, service: agency == 1, DAY)
    assert told.state.kind == "unchecked"


def test_every_service_but_enrolments_has_one_row_in_its_group():
    groups = summary([], [], everybody, DAY)
    assert [group.name for group in groups] == list(GROUPS.values())
    rows = [each.service.code for group in groups for each in group.lines]
    assert sorted(rows) == sorted(code for code, service in SERVICES.items() if not service.enrolment)


def test_counts_leave_out_what_no_service_has():
    groups = summary([known()], [source(services=list(SERVICES))], everybody, DAY)
    assert counts(groups) == [("s-known", 1, "known"), ("s-clear", 17, "checked, not known")]


def test_the_lead_is_the_worker_of_the_most_senior_current_involvement():
    early = known("early_help", worker=Contact("Sol Whitlow"))
    plan = known("child_protection", worker=WORKER)
    ended = known("looked_after", end=date(2026, 1, 1), worker=Contact("Gone"))
    unnamed = known("looked_after")
    assert lead([early, plan, ended, unnamed], DAY) is plan
    assert lead([unnamed], DAY) is None


dates = st.dates(date(2020, 1, 1), date(2027, 12, 31))
facts = st.builds(
    lambda service, start, length: known(service, start, start + timedelta(days=length) if length is not None else None),
    st.sampled_from(list(SERVICES)), dates, st.none() | st.integers(0, 900),
)  # fmt: skip
some_sources = st.lists(
    st.builds(
        lambda agency, services, as_of: source(f"f{agency}", agency, services, as_of),
        st.integers(1, 4), st.lists(st.sampled_from(list(SERVICES)), max_size=6), st.none() | dates,
    ),
    max_size=6,
)  # fmt: skip


@given(st.lists(facts, max_size=12), some_sources, st.sets(st.integers(1, 4)))
def test_a_row_is_never_blank_and_what_is_not_shared_never_shows(given_facts, given_sources, shared):
    def shares(agency, service):
        return agency in shared

    for group in summary(given_facts, given_sources, shares, DAY):
        for each in group.lines:
            assert each.state.kind in {"known", "ended", "clear", "unchecked", "held"}
            if each.state.kind == "unchecked":
                assert each.state.reason
            sends = [one for one in given_sources if each.service.code in one.services]
            if sends and not any(one.agency in shared for one in sends):
                assert each == line(each.service, [], given_sources, shares, DAY)


@given(st.lists(facts, max_size=12), some_sources)
def test_a_service_reads_checked_only_where_a_fresh_source_says_nothing(given_facts, given_sources):
    for group in summary(given_facts, given_sources, everybody, DAY):
        for each in group.lines:
            if each.state.kind == "clear":
                assert each.service.code not in {fact.service for fact in given_facts}
                assert any(one.is_fresh(DAY) and each.service.code in one.services for one in given_sources)


def test_an_agencys_worker_is_the_contact_for_its_other_involvements_too():
    groups = summary(
        [
            known("social_worker", worker=WORKER, agency_name="CSC"),
            known("child_protection", agency_name="CSC"),
            known("early_help", agency_name="Early help"),
            known("looked_after", end=date(2026, 1, 1), agency_name="CSC", worker=Contact("Gone")),
        ],
        [source(services=list(SERVICES))], everybody, DAY,
    )  # fmt: skip
    contacts = {each.service.code: each.contact.name for group in groups for each in group.lines}
    assert contacts["child_protection"] == "Priya Venn"
    assert contacts["early_help"] == "Children’s social care", "another agency's worker is not theirs"
    assert contacts["looked_after"] == "Gone", "who it was stands beside what has ended"


@pytest.mark.parametrize(
    ("about", "code", "said"),
    [
        ("child_protection", "NEG", "Neglect"),
        ("child_in_need", "n1", "Abuse or neglect"),
        ("vemt", "High", "High"),
        ("looked_after", "", ""),
    ],
)
def test_codes_of_national_returns_are_put_in_words(about, code, said):
    assert worded(about, code) == said


# the sources a page names as late


@pytest.mark.parametrize(("days", "told"), [(10, 0), (11, 1)], ids=["in grace", "late"])
def test_a_late_source_is_told_once_its_grace_is_over(days, told):
    assert len(late_of([source(as_of=DAY - timedelta(days=days))], everybody, DAY)) == told


def test_the_longest_silent_comes_first_with_since_when_and_whom_to_ask():
    newer, older = source(as_of=date(2026, 11, 2)), source(as_of=date(2026, 10, 19))
    assert [each.as_at for each in late_of([newer, older], everybody, DAY)] == [older.as_of, newer.as_of]
    [said] = late_of([older], everybody, DAY)
    assert said.gap == "Social care: not checked since 19 Oct 2026, 3 weeks late"
    assert said.phone == "01632 960150"


def test_a_source_is_not_named_to_who_may_not_know_its_services_nor_one_that_tells_of_no_child():
    old = date(2026, 10, 1)
    assert late_of([source(as_of=old)], nobody, DAY) == []
    assert late_of([source(as_of=old, services=()), source(as_of=None)], everybody, DAY) == []
