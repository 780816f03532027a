"""That a dump taken as docs/backup.md says comes back whole: into a database that set-up has just made, with all that keeps reach."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests import migrated
from vcdb.embedded import postgres, roles
from vcdb.embedded.home import Home

RESTORED = "restored"

#: What guards the tables, one row each; a restore that lost any of it would let somebody see or write too much.
GUARDS = """
select 'policy', tablename || '.' || policyname, roles::text || cmd from pg_policies
union all select 'row security', relname, relrowsecurity::text || relforcerowsecurity
    from pg_class where relnamespace = 'public'::regnamespace
union all select 'trigger', tgrelid::regclass || '.' || tgname, tgenabled::text from pg_trigger where not tgisinternal
union all select 'may', relname, relacl::text from pg_class
    where relnamespace in (select oid from pg_namespace where nspname in ('public', 'reporting'))
union all select 'function', oid::regprocedure::text, concat(proacl::text, prosecdef, proconfig::text)
    from pg_proc where pronamespace = 'public'::regnamespace
order by 1, 2
"""


def guards(dsn: str, database: str) -> list[tuple[str, ...]]:
    with psycopg.connect(dsn, dbname=database) as given:
        return given.execute(GUARDS).fetchall()


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="needs the programs of the embedded server")
@pytest.mark.django_db
def test_a_dump_comes_back_with_its_rows_and_everything_that_guards_them(tmp_path: Path) -> None:
    home = Home.at(os.environ["VCDB_HOME"])
    dsn, source = postgres.dsn(home), migrated.template()
    where = {"PATH": os.environ["PATH"], "PGHOST": str(home.sockets), "PGUSER": postgres.SUPERUSER}
    dump = tmp_path / "vcdb.dump"
    name = migrated.named(RESTORED)
    migrated.drop(name)
    run = {"env": where, "check": True, "capture_output": True, "text": True}
    try:
        subprocess.run([postgres.programs() / "pg_dump", "--format", "custom", "--file", dump, source], **run)
        roles.prepare(dsn, name)
        subprocess.run([postgres.programs() / "pg_restore", "--exit-on-error", "--dbname", name, dump], **run)
        came = guards(dsn, name)
        assert came == guards(dsn, source)
        assert {"policy", "row security", "trigger", "may", "function"} == {kind for kind, *_ in came}
        with psycopg.connect(dsn, dbname=name) as restored, connection.cursor() as here:
            here.execute("select count(*) from agencies_agency")
            assert (
                restored.execute("select count(*) from agencies_agency").fetchone() == here.fetchone() != (0,)
            )
    finally:
        migrated.drop(name)
