from pathlib import Path

from django.db import migrations

from apps.access.rls import BY_KEY, OWN, child, protect

WORKLOAD = (Path(__file__).parent.parent / "sql" / "workload.sql").read_text()

LOOK = f"exists (select 1 from triage_decision d where d.id = decision_id {BY_KEY})"

# A cohort is told of a child only to those who may see every fact by which the child fits: else the list would tell what the child's
# page does not. Measures, counts and kinds are content; that a service is involved is existence; S is when the child was last seen.
SEEN = f"""
    (f ->> 'agency')::bigint = {OWN}
    or case when f ->> 'kind' = 'S' then (f ->> 'agency')::int = any((select vcdb_providers('content'))::int[])
            else vcdb_is_shared((f ->> 'agency')::bigint, f ->> 'service',
                case when f ->> 'kind' = 'O' or f ? 'value' or f ? 'content' then (select vcdb_shared('content'))
                     else (select vcdb_shared('existence')) end) end
"""
STAY = f"{child()} and not exists (select 1 from jsonb_array_elements(contributions) f where not coalesce({SEEN}, false))"


class Migration(migrations.Migration):
    dependencies = [("triage", "0006_team_and_cohorts"), ("children", "0002_rls")]

    operations = [
        migrations.RunSQL(*protect("triage_secondlook", LOOK, writes="update")),
        migrations.RunSQL(*protect("triage_cohortstay", STAY)),
        migrations.RunSQL(WORKLOAD, "drop function vcdb_workload(timestamptz, timestamptz)"),
    ]
