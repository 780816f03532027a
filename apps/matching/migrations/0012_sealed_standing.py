from django.db import migrations

# As before, but of whom each identity stands for now: one that was made one with a third record since has neither name nor page of its own.
NAMES = """
create or replace function vcdb_sealed_names(link bigint)
returns table (side text, public_id uuid, surname text, forename text, dob date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not link = any(vcdb_sealed_links()) then
        return;
    end if;
    return query
        select case when c.id = vcdb_standing(s.former_id) then 'former' else 'present' end, c.public_id, c.surname, c.forename, c.dob
        from matching_sealedlink s
        join children_child c on c.id in (vcdb_standing(s.former_id), vcdb_standing(s.present_id))
        where s.id = link and s.sealed_at is not null;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0011_decoys")]

    operations = [migrations.RunSQL(NAMES, migrations.RunSQL.noop)]
