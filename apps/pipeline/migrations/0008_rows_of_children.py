from django.db import migrations

# Whose the rows to correct are, where the child is known: so that a row of a child whom its reader may not see is not handed out.
# What the rows hold is not told here.
OF_CHILDREN = """
create function vcdb_rows_of_children(wanted bigint) returns table (module varchar, row_no integer, child_id bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
    select w.module, w.row_no, s.child_id
    from vcdb_rows_to_correct(wanted) w
    join extracts_row r on r.extract_id = wanted and r.module = w.module and r.row_no = w.row_no
    join extracts_extract e on e.id = wanted
    join extracts_feed f on f.id = e.feed_id
    join children_sourcerecord s on s.id_scheme = f.id_scheme and s.local_id = r.local_id
$$;
revoke all on function vcdb_rows_of_children(bigint) from public;
grant execute on function vcdb_rows_of_children(bigint) to vcdb_web, vcdb_pipeline;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0007_lookup_scope"),
        ("extracts", "0009_rows_to_correct"),
        ("children", "0002_rls"),
    ]

    operations = [migrations.RunSQL(OF_CHILDREN, "drop function vcdb_rows_of_children(bigint)")]
