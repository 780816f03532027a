from django.db import migrations

# What people did since a commit about the children it speaks of: figures, so that who undoes a file need not reach the children.
COUNT = """
create function vcdb_decided_since(number bigint, since timestamptz) returns table (label text, times bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
    with concerned as materialized (
        select distinct r.child_id
        from children_recordversion v
        join children_sourcerecord r on r.id = v.record_id
        where v.extract_id = number
    )
    select 'decisions about a change of rating'::text, count(*)
    from triage_decision d
    join triage_item i on i.id = d.item_id
    where d.at >= since and d.undone_at is null and i.child_id in (select child_id from concerned)
    union all
    select 'restrictions placed by a person', count(*)
    from children_restriction r
    where r.placed_at >= since and r.placed_by is not null and r.lifted_at is null and r.child_id in (select child_id from concerned)
    union all
    select 'settings that codes of this file were said to mean', count(*)
    from agencies_settingalias a
    where a.first_seen_extract = number and a.answered_at >= since and a.answered_by is not null
    union all
    select 'records that a person linked', count(*)
    from matching_decision d
    where d.at >= since and d.by is not null and d.child_id in (select child_id from concerned)
    union all
    select 'published lists with these children', count(distinct e.list_id)
    from lists_entry e
    join lists_weeklylist l on l.id = e.list_id
    where l.as_at >= since and e.child_id in (select child_id from concerned)
$$;
revoke all on function vcdb_decided_since(bigint, timestamptz) from public;
grant execute on function vcdb_decided_since(bigint, timestamptz) to vcdb_web, vcdb_pipeline;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0003_kinds"), ("lists", "0001_initial"), ("triage", "0001_initial"), ("matching", "0001_initial"),
        ("children", "0001_initial"),
    ]  # fmt: skip

    operations = [migrations.RunSQL(COUNT, "drop function vcdb_decided_since(bigint, timestamptz)")]
