from django.db import migrations

# The web never reads rows; this tells it no more than where they stand in the file.
TO_CORRECT = """
create function vcdb_rows_to_correct(wanted bigint) returns table (module varchar, row_no integer)
language sql stable security definer set search_path = pg_catalog, public as $$
    with rejected as (
        select distinct f.module, f.row_no from extracts_finding f
        where f.extract_id = wanted and f.severity = 'error' and f.row_no is not null
    ),
    concerned as (
        select r.local_id from extracts_row r join rejected j on j.module = r.module and j.row_no = r.row_no
        where r.extract_id = wanted and r.local_id <> ''
    )
    select r.module, r.row_no from extracts_row r
    where r.extract_id = wanted
      and (r.local_id in (select local_id from concerned)
           or exists (select from rejected j where j.module = r.module and j.row_no = r.row_no))
$$;
revoke all on function vcdb_rows_to_correct(bigint) from public;
grant execute on function vcdb_rows_to_correct(bigint) to vcdb_web, vcdb_pipeline;
"""


class Migration(migrations.Migration):
    dependencies = [("extracts", "0008_correction")]

    operations = [migrations.RunSQL(TO_CORRECT, "drop function vcdb_rows_to_correct(bigint)")]
