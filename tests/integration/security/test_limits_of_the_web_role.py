"""What the web's database role cannot do even where SQL of somebody's own gets through: forge the record, shadow a table."""

import pytest
from django.db import DatabaseError, connection, transaction

from apps.access.privileges import settle


def execute(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def as_web(sql, user_id="0"):
    with transaction.atomic():
        execute("select set_config('vcdb.user_id', %s, true)", str(user_id))
        execute("set local role vcdb_web")
        answer = execute(sql)
        transaction.set_rollback(True)
    return answer


def refused(sql, user_id="0", match="permission denied"):
    with pytest.raises(DatabaseError, match=match):
        as_web(sql, user_id)


def test_no_temporary_table_can_stand_in_for_a_real_one(world):
    refused("create temp table access_membership (user_id bigint)", world.users["dsl"].pk)


def test_functions_with_their_owners_rights_look_at_temporary_tables_last(world):
    """Unless it is named, the temporary schema comes first for tables."""
    paths = execute(
        "select proname, coalesce((select c from unnest(proconfig) c where c like 'search_path=%'), '') from pg_proc"
        " where prosecdef and pronamespace = 'public'::regnamespace"
    )
    assert len(paths) > 10
    assert not [name for name, path in paths if not path.endswith("pg_temp")]


def test_settling_twice_changes_nothing(world):
    settle()
    settle()
    test_functions_with_their_owners_rights_look_at_temporary_tables_last(world)


@pytest.mark.parametrize("column, value", [
    ("at", "now() - interval '1 day'"), ("xid", "1"), ("id", "-1"),
])  # fmt: skip
def test_an_event_says_itself_when_it_was(world, column, value):
    refused(
        f"insert into audit_event (kind, by_label, children, subject, detail, {column}) values ('x', '', '{{}}', '', '{{}}', {value})"
    )


def test_an_event_names_nobody_but_the_person_signed_in(world):
    forged = "insert into audit_event (kind, by, by_label, children, subject, detail) values ('x', %d, '', '{}', '', '{}') returning id"
    one, other = world.users["dsl"].pk, world.users["sysadmin"].pk
    refused(forged % other, one, match="signed in")
    assert as_web(forged % one, one)
    # at the sign-in nobody is, until it has been found out who it is
    assert as_web(forged % other, 0)


@pytest.mark.parametrize("statement", [
    "update audit_event set kind = ''", "delete from audit_event", "truncate audit_event", "select kind from audit_event",
    "select terms from audit_searchterms", "update audit_searchterms set terms = '{}'", "insert into audit_seal default values",
    "alter table audit_event disable trigger all", "drop table audit_event",
    # nobody is given a child by the pages
    "insert into guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id) values ('1', 1, 1, 1)",
    "insert into accounts_user_user_permissions (user_id, permission_id) values (1, 1)",
    "insert into auth_group_permissions (group_id, permission_id) values (1, 1)",
    "update auth_permission set codename = ''",
    "select * from extracts_row", "select data from extracts_row", "select local_id from extracts_finding",
    "select * from extracts_stagedperson", "select * from children_plannedrecord", "select * from involvements_plannedfact",
    "select vcdb_rows_drop(1)", "select vcdb_rows_open(1)",
    "copy children_child to program 'cat'", "select pg_read_file('/etc/passwd')",
])  # fmt: skip
def test_the_web_role_may_not(world, statement):
    refused(
        statement, world.users["early_help_officer"].pk, match="permission denied|must be owner|append-only"
    )


def test_the_web_role_owns_nothing_and_is_nobody_elses(world):
    assert execute("select count(*) from pg_class where relowner = 'vcdb_web'::regrole") == [(0,)]
    assert execute("select count(*) from pg_auth_members where member = 'vcdb_web'::regrole") == [(0,)]
