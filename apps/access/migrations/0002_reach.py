from pathlib import Path

from django.db import migrations

REACH = (Path(__file__).parent.parent / "sql" / "reach.sql").read_text()

DROP = """
do $$ declare f record; begin
    for f in select p.oid::regprocedure as name from pg_proc p
             where p.pronamespace = 'public'::regnamespace and p.proname in (
                'vcdb_today', 'vcdb_user_id', 'vcdb_reach_is_set', 'vcdb_roles', 'vcdb_memberships', 'vcdb_own_agencies_of',
                'vcdb_borough_of', 'vcdb_opened_of', 'vcdb_agreements', 'vcdb_shared_of', 'vcdb_sees_rating_of', 'vcdb_borough',
                'vcdb_own_agencies', 'vcdb_reach', 'vcdb_opened', 'vcdb_shared', 'vcdb_sees_rating', 'vcdb_providers',
                'vcdb_services', 'vcdb_is_shared', 'vcdb_is_enrolment', 'vcdb_service_of_measure')
    loop execute 'drop function ' || f.name; end loop;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("audit", "0001_initial"), ("people", "0001_initial")]

    operations = [migrations.RunSQL(REACH, DROP)]
