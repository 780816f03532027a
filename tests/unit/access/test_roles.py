"""The table of roles says what the governance papers say."""

import pytest

from apps.access.roles import PERMISSIONS, ROLES, Reason, role_named, with_reason
from apps.core.errors import Refused

SEES_NO_CHILD = {"leadership", "information_governance", "system_admin", "setting_admin"}
CHILD_PERMISSIONS = {
    "child.view",
    "search.run",
    "triage.view",
    "triage.decide",
    "cohort.use",
    "list.view",
    "list.manage",
    "review.view",
    "review.raise",
    "review.contribute",
    "review.manage",
    "action.view",
    "action.write",
    "contact.write",
    "lead.view",
    "lead.write",
    "question.view",
}


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_a_role_holds_permissions_of_the_table_and_a_sentence(role):
    assert role.permissions <= set(PERMISSIONS)
    assert role.sentence.endswith(".")
    assert "home.view" in role.permissions


@pytest.mark.parametrize("code", sorted(SEES_NO_CHILD))
def test_these_roles_see_no_child(code):
    assert not ROLES[code].sees_children
    assert not ROLES[code].permissions & CHILD_PERMISSIONS


def test_who_opens_childrens_pages_reaches_children_and_the_other_way_round():
    for role in ROLES.values():
        assert ("child.view" in role.permissions) is role.sees_children


def test_only_the_system_administrator_administers():
    assert {code for code, role in ROLES.items() if "admin.use" in role.permissions} == {"system_admin"}


def test_every_permission_is_held_by_somebody():
    assert set().union(*(role.permissions for role in ROLES.values())) == set(PERMISSIONS)


def test_a_setting_reaches_its_roll_and_never_the_borough():
    assert ROLES["school_dsl"].reasons == {Reason.ROLL, Reason.NAMED}
    assert with_reason(Reason.BOROUGH) == {"early_help", "education_welfare", "review_admin", "data_officer"}


def test_an_unknown_role_is_refused_with_a_sentence():
    with pytest.raises(Refused, match="There is no role “wizard”"):
        role_named("wizard")
