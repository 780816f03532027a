from django.db import migrations

# How many enrolments wait for each code: a figure, so that who maps a code need not reach the children behind it.
COUNT = """
create function vcdb_unmapped() returns table (feed text, code text, waiting bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
    select f.code::text, i.setting_ref::text, count(*)
    from involvements_involvement i
    join extracts_feed f on f.id = i.feed_id
    where i.recorded_to is null and i.setting_id is null and i.setting_ref <> ''
    group by 1, 2
$$;
revoke all on function vcdb_unmapped() from public;
grant execute on function vcdb_unmapped() to vcdb_web, vcdb_pipeline;
"""


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0001_initial"), ("involvements", "0002_rls"), ("access", "0002_reach")]

    operations = [migrations.RunSQL(COUNT, "drop function vcdb_unmapped()")]
