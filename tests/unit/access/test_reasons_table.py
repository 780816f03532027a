"""Who may do what and reach whom, line by line, and what agencies share, as the governance papers have it."""

import pytest

from apps.access.nav import PAGES
from apps.access.roles import PERMISSIONS, ROLES, Reason, role_named, with_reason
from apps.agencies.models import Kind, Level
from apps.core.errors import Refused
from apps.extracts.catalogue import AGENCIES, AGREEMENTS, FEEDS
from apps.involvements.catalogue import GROUPS, MEASURES, SERVICES
from apps.involvements.categories import CATEGORIES, worded
from apps.pipeline.demo.people import PEOPLE

EVERYBODY = set(ROLES)

#: Those whose agencies take part in reviews.
WITH_CHILDREN = {"education_welfare", "practitioner", "early_help", "school_dsl", "review_admin"}

#: Permission, and exactly the roles that hold it.
HOLDERS = [
    ("home.view", EVERYBODY),
    (
        "child.view",
        {
            "education_welfare",
            "practitioner",
            "early_help",
            "school_dsl",
            "review_admin",
            "data_officer",
            "sealed_records",
        },
    ),
    ("family.write", {"education_welfare", "practitioner", "early_help", "review_admin", "data_officer"}),
    ("rating.override", {"practitioner", "early_help", "review_admin"}),
    (
        "search.run",
        {
            "education_welfare",
            "practitioner",
            "early_help",
            "school_dsl",
            "review_admin",
            "data_officer",
            "sealed_records",
        },
    ),
    (
        "known.ask",
        {"education_welfare", "practitioner", "early_help", "review_admin", "data_officer", "sealed_records"},
    ),
    ("triage.view", {"early_help", "review_admin"}),
    ("triage.decide", {"early_help"}),
    ("triage.supervise", {"triage_supervisor"}),
    ("cohort.use", {"early_help", "review_admin"}),
    ("list.view", {"school_dsl", "education_welfare"}),
    ("recipient.verify", {"setting_admin"}),
    ("list.manage", {"early_help"}),
    ("list.release", {"early_help"}),
    ("review.view", WITH_CHILDREN),
    ("review.raise", {"education_welfare", "practitioner", "early_help", "review_admin"}),
    ("review.contribute", WITH_CHILDREN),
    ("review.manage", {"review_admin"}),
    ("review.configure", {"review_admin"}),
    ("action.view", WITH_CHILDREN),
    ("action.write", WITH_CHILDREN),
    ("contact.write", {"education_welfare", "practitioner", "early_help", "review_admin"}),
    ("lead.view", WITH_CHILDREN),
    ("lead.write", WITH_CHILDREN),
    ("import.view", {"data_officer"}),
    ("import.run", {"data_officer"}),
    ("import.release", {"data_officer"}),
    ("setting.map", {"data_officer"}),
    ("question.view", {"data_officer"}),
    ("quality.view", {"data_officer", "leadership"}),
    ("quality.export", {"data_officer"}),
    ("sealed.view", {"practitioner", "sealed_records"}),
    ("sealed.keep", {"sealed_records"}),
    ("question.answer", {"data_officer"}),
    ("question.quality", {"review_admin", "data_officer", "information_governance"}),
    ("child.merge", {"data_officer"}),
    ("child.merge_approve", {"review_admin", "data_officer"}),
    ("report.view", {"early_help", "review_admin", "leadership", "information_governance"}),
    ("report.rows", {"early_help", "review_admin"}),
    (
        "report.partner",
        {"education_welfare", "practitioner", "early_help", "school_dsl", "review_admin", "leadership"},
    ),
    ("capacity.enter", {"review_admin", "system_admin"}),
    ("scheme.view", {"early_help", "review_admin", "data_officer", "leadership", "information_governance"}),
    ("scheme.write", {"review_admin"}),
    ("scheme.approve", {"review_admin", "leadership"}),
    ("audit.view", {"information_governance"}),
    ("admin.use", {"system_admin"}),
]
#: Reason to reach a child, and exactly the roles it counts for.
REACHES = [
    (
        Reason.AGENCY,
        {"education_welfare", "practitioner", "early_help", "review_admin", "data_officer", "sealed_records"},
    ),
    (Reason.ROLL, {"school_dsl"}),
    (Reason.LEAD, {"practitioner"}),
    (Reason.BOROUGH, {"education_welfare", "early_help", "review_admin", "data_officer"}),
    (
        Reason.NAMED,
        {
            "education_welfare",
            "practitioner",
            "early_help",
            "school_dsl",
            "review_admin",
            "data_officer",
            "sealed_records",
        },
    ),
]


@pytest.mark.parametrize(("permission", "holders"), HOLDERS, ids=[each[0] for each in HOLDERS])
def test_a_permission_is_held_by_exactly_these_roles(permission, holders):
    assert {code for code, role in ROLES.items() if permission in role.permissions} == holders


def test_the_table_of_permissions_is_whole():
    assert [permission for permission, _holders in HOLDERS] == list(PERMISSIONS)


@pytest.mark.parametrize(("reason", "roles"), REACHES, ids=[each[0].value for each in REACHES])
def test_a_reason_counts_for_exactly_these_roles(reason, roles):
    assert with_reason(reason) == roles


def test_reasons_together_count_for_either():
    assert with_reason(Reason.ROLL, Reason.LEAD) == {"school_dsl", "practitioner"}
    assert with_reason() == frozenset()


def test_an_unknown_role_is_told_which_there_are():
    with pytest.raises(Refused) as refusal:
        role_named("")
    assert all(code in str(refusal.value) for code in ROLES)


@pytest.mark.parametrize(("label", "name", "permission"), PAGES, ids=[each[1] for each in PAGES])
def test_every_page_of_the_navigation_needs_a_permission_of_the_table(label, name, permission):
    assert permission in PERMISSIONS
    assert len([page for page in PAGES if page[0] == label]) == 1


# who shares what


def shared(provider, recipient, kind=None):
    """What a provider shares with an agency, or with every agency of a kind: service to the highest level."""
    found = {}
    for each in AGREEMENTS:
        if each.provider == provider and (recipient in each.recipients or kind in each.recipients):
            for service in each.services:
                if found.get(service) != Level.CONTENT:
                    found[service] = each.level
    return found


#: Provider, who asks, and what they may see of it.
SHARED = [
    ("csc", "early-help", None, {"*": Level.CONTENT}),
    ("csc", "education", None, {"*": Level.EXISTENCE}),
    ("csc", "health-camhs", Kind.HEALTH, dict.fromkeys(("looked_after", "child_protection", "social_worker"), Level.EXISTENCE)),
    ("csc", "a school", Kind.SCHOOL, {
        "looked_after": Level.EXISTENCE, "child_protection": Level.EXISTENCE, "child_in_need": Level.EXISTENCE,
        "social_worker": Level.CONTENT,
    }),
    ("csc", "a nursery", Kind.EARLY_YEARS, {
        "looked_after": Level.EXISTENCE, "child_protection": Level.EXISTENCE, "child_in_need": Level.EXISTENCE,
        "social_worker": Level.CONTENT,
    }),
    ("youth-justice", "a school", Kind.SCHOOL, {}),
    ("youth-justice", "health-camhs", Kind.HEALTH, {}),
    ("vemt", "a school", Kind.SCHOOL, {}),
    ("vemt", "csc", None, {"*": Level.EXISTENCE}),
    ("health-camhs", "a school", Kind.SCHOOL, {}),
    ("health-camhs", "csc", None, {"camhs": Level.EXISTENCE}),
    ("health-continuing-care", "early-help", None, {}),
    ("send", "a school", Kind.SCHOOL, {"*": Level.CONTENT}),
    ("neet", "a nursery", Kind.EARLY_YEARS, {}),
    ("young-carers", "a school", Kind.SCHOOL, {"*": Level.EXISTENCE}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("provider", "recipient", "kind", "level"), SHARED, ids=[f"{each[0]} to {each[1]}" for each in SHARED]
)
def test_what_an_agency_shares_at_first(provider, recipient, kind, level):
    assert shared(provider, recipient, kind) == level


@pytest.mark.parametrize("agreement", AGREEMENTS, ids=lambda each: f"{each.provider}-{each.level}")
def test_an_agreement_names_agencies_and_services_that_exist_and_its_legal_basis(agreement):
    assert agreement.provider in AGENCIES
    assert {each for each in agreement.recipients if not isinstance(each, Kind)} <= set(AGENCIES)
    assert set(agreement.services) <= {*SERVICES, "*"}
    assert agreement.provider not in agreement.recipients
    assert "Act" in agreement.basis


def test_health_content_is_shared_with_nobody_by_default():
    assert {each.level for each in AGREEMENTS if each.provider.startswith("health-")} == {Level.EXISTENCE}


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.code)
def test_a_feed_belongs_to_an_agency_and_sends_services_that_exist(feed):
    assert feed.agency in AGENCIES
    assert set(feed.services) <= set(SERVICES)
    assert feed.days > 0


def test_no_two_feeds_have_the_same_say_about_a_childs_name():
    trusted = [feed.priority for feed in FEEDS if feed.priority != 99]
    assert len(set(trusted)) == len(trusted)
    assert min(FEEDS, key=lambda feed: feed.priority).code == "csc_people"


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.username)
def test_somebody_who_signs_in_to_the_demonstration_has_a_role_and_an_agency(person):
    assert person.role in ROLES and person.agency in AGENCIES
    assert person.username.isascii() and " " not in person.username


def test_every_role_but_a_schools_signs_in_to_the_demonstration():
    assert {person.role for person in PEOPLE} == EVERYBODY - {"school_dsl", "setting_admin"}


# what codes mean


@pytest.mark.parametrize("about", sorted(CATEGORIES))
def test_codes_are_worded_for_services_and_measures_that_exist(about):
    assert about in SERVICES or about in MEASURES
    for code, said in CATEGORIES[about].items():
        assert worded(about, f" {code.lower()} ") == said
        assert worded("early_help", code) == code


def test_a_code_that_is_not_listed_stands_as_it_came():
    assert worded("child_in_need", " n77 ") == " n77 "
    assert worded("nothing", "N1") == "N1"


def test_every_service_and_measure_stands_in_a_group_of_the_page():
    assert {service.group for service in SERVICES.values()} == set(GROUPS)
    assert {measure.service for measure in MEASURES.values()} <= set(SERVICES)
