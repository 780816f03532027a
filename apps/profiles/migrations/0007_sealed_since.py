from django.db import migrations

# As before, and since when the oldest event waits: a seal is late by that, not by how long ago the last one was made. After a quiet night
# the last seal is hours old and nothing is wrong.
SEALED = """
drop function vcdb_sealed();
create function vcdb_sealed() returns table (sealed_at timestamptz, waiting bigint, waits_since timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not exists (select 1 from vcdb_memberships(vcdb_user_id()) m where m.role = 'information_governance') then
        raise exception 'This role sees no audit' using errcode = 'insufficient_privilege';
    end if;
    return query
        select s.last, count(e.id), min(e.at)
        from (select max(a.sealed_at) as last, coalesce(max(a.xid_to), 0) as horizon from audit_seal a) s
        left join audit_event e on e.xid >= s.horizon
        group by s.last;
end $$;
"""
SEALED_BEFORE = """
drop function vcdb_sealed();
create function vcdb_sealed() returns table (sealed_at timestamptz, waiting bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not exists (select 1 from vcdb_memberships(vcdb_user_id()) m where m.role = 'information_governance') then
        raise exception 'This role sees no audit' using errcode = 'insufficient_privilege';
    end if;
    return query
        select max(s.sealed_at), (select count(*) from audit_event e where e.at > coalesce(max(s.sealed_at), '-infinity')) from audit_seal s;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("profiles", "0006_looks"), ("audit", "0001_initial")]

    operations = [migrations.RunSQL(SEALED, SEALED_BEFORE)]
