"""The reporting schema as a tool sees it: by a plain connection of its own role, views and nothing else, and nobody's name."""

import hashlib
import hmac

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.test import override_settings

from apps.agencies.models import Agency
from apps.audit.models import Event
from apps.children.models import Child
from apps.involvements.models import Involvement, Sighting
from apps.reports.models import Pseudonym
from apps.reports.reporting import pseudonymise
from tests.integration.reports.borough import known

VIEWS = """children feeds involvements measures rating_changes sightings triage weekly_figures weekly_lists""".split()


def as_tool():
    """A connection as Power BI makes one."""
    given = connection.settings_dict
    return psycopg.connect(
        dbname=given["NAME"], host=given["HOST"], port=given["PORT"], user="vcdb_reporting", autocommit=True
    )


def column(cursor, statement):
    return [row[0] for row in cursor.execute(statement).fetchall()]


@pytest.mark.django_db
def test_the_role_reads_every_view_and_no_other_table():
    with as_tool() as tool:
        assert (
            column(
                tool,
                "select table_name from information_schema.tables where table_schema = 'reporting' order by 1",
            )
            == VIEWS
        )
        for view in VIEWS:
            tool.execute(f"select * from reporting.{view} limit 1")
        with connection.cursor() as cursor:
            cursor.execute("select tablename from pg_tables where schemaname = 'public'")
            tables = [name for (name,) in cursor.fetchall()]
        assert len(tables) > 60
        for table in tables:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                tool.execute(f"select 1 from public.{table} limit 1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "select public.vcdb_user_id()",
        "select * from public.vcdb_report_links(now())",
        "create temporary table t (i int)",
        "create table reporting.t (i int)",
        "insert into public.reports_population values (1)",
        "set default_transaction_read_only = off; create table reporting.t (i int)",
    ],
)
def test_the_role_calls_no_function_of_ours_and_writes_nothing(statement):
    refused = (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
    with as_tool() as tool, pytest.raises(refused):
        tool.execute(statement)


@pytest.mark.django_db
def test_every_view_and_column_says_what_it_is():
    with connection.cursor() as cursor:
        cursor.execute("""
            select c.relname, a.attname from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'reporting'
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
            where col_description(c.oid, a.attnum) is null or obj_description(c.oid) is null""")
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_no_view_shows_what_identifies_a_child():
    """By the classes of PRIVACY: of identifying columns only a year and a postcode sector are made, and the pseudonym itself."""
    identifying = {
        (model._meta.db_table, model._meta.get_field(name).column)
        for model in apps.get_models() for name, kind in getattr(model, "PRIVACY", {}).items() if kind == "identifying"
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct table_name, column_name from information_schema.view_column_usage where view_schema = 'reporting'"
        )
        used = set(cursor.fetchall())
    assert len(used) > 40
    assert used & identifying == {
        ("children_child", "dob"), ("children_recordaddress", "postcode"), ("reports_pseudonym", "pseudonym")
    }  # fmt: skip


def test_a_tool_sees_children_by_pseudonym_and_hidden_ones_without_a_place(committed):
    shown, hidden = known(["camhs"], seen=3, attendance=91), known(["camhs"])
    Child.objects.filter(pk=hidden.pk).update(address_hidden=True)
    assert pseudonymise(by="test") == 2
    with as_tool() as tool:
        rows = {
            row[0]: row[1:]
            for row in tool.execute("select child, birth_year, sector from reporting.children").fetchall()
        }
        assert rows == {name_of(shown): (shown.dob.year, "ZZ1 1"), name_of(hidden): (hidden.dob.year, None)}
        facts = tool.execute("select child, service, is_open from reporting.involvements").fetchall()
        assert set(facts) == {(name_of(shown), "camhs", True), (name_of(hidden), "camhs", True)}
        assert tool.execute("select child, value from reporting.measures").fetchall() == [
            (name_of(shown), 91)
        ]
        assert tool.execute("select child from reporting.sightings").fetchall() == [(name_of(shown),)]


def test_whose_return_it_is_does_not_tell_where_a_hidden_child_is(committed):
    shown, hidden = known(["camhs"], seen=3), known(["camhs"], seen=3)
    school = Agency.objects.create(code="urn-900077", name="Ash School", kind="school")
    Sighting.objects.update(agency=school)
    Involvement.objects.update(agency=school)
    Child.objects.filter(pk=hidden.pk).update(address_hidden=True)
    pseudonymise(by="test")
    with as_tool() as tool:
        for view in ("sightings", "involvements"):
            told = tool.execute(f"select child, agency from reporting.{view}").fetchall()
            assert dict(told) == {name_of(shown): "urn-900077", name_of(hidden): None}


def name_of(child):
    return Pseudonym.objects.get(child=child).pseudonym


@pytest.mark.django_db
@override_settings(VCDB_REPORTING_KEY="a key of tests")
def test_a_pseudonym_is_the_keyed_hash_of_the_public_id():
    made = known(["camhs"])
    pseudonymise(by=None)
    key = hashlib.sha256(b"a key of tests").digest()
    assert name_of(made) == hmac.new(key, str(made.public_id).encode(), hashlib.sha256).hexdigest()


@pytest.mark.django_db
def test_pseudonyms_stay_until_the_key_changes_and_without_a_key_there_are_none(settings):
    made = known(["camhs"])
    settings.VCDB_REPORTING_KEY = ""
    assert (pseudonymise(by=None), Pseudonym.objects.count()) == (0, 0)
    settings.VCDB_REPORTING_KEY = "one"
    assert (pseudonymise(by=None), pseudonymise(by=None)) == (1, 0)
    before = name_of(made)
    settings.VCDB_REPORTING_KEY = "two"
    assert pseudonymise(by=None) == 1
    assert name_of(made) != before
    events = Event.objects.filter(kind="reporting.pseudonymise")
    assert [event.detail for event in events] == [{"children": 1}] * 2
    assert not any(word in str(event.subject) for event in events for word in ("one", "two"))


@pytest.mark.django_db
def test_without_its_event_no_pseudonym_is_given(monkeypatch):
    known(["camhs"])

    def fails(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr("apps.reports.reporting.record", fails)
    with pytest.raises(ConnectionError):
        pseudonymise(by=None)
    assert not Pseudonym.objects.exists()
