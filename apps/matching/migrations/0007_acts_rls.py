from django.db import migrations

from apps.access.rls import BY_KEY, child, protect, record

# Whom a merged child's records belong to now. With the owner's rights, because a pointer has no reach of its own: the caller
# goes on to ask whether the child it stands for is one the person sees.
STANDING = """
create function vcdb_standing(asked bigint) returns bigint
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with recursive way as (
        select c.id, c.merged_into_id, 1 as step from children_child c where c.id = asked
        union all
        select c.id, c.merged_into_id, w.step + 1 from way w join children_child c on c.id = w.merged_into_id where w.step < 50
    )
    select id from way order by step desc limit 1
$$;
create function vcdb_standing_of(asked uuid) returns bigint
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select vcdb_standing(c.id) from children_child c where c.public_id = asked and c.merged_into_id is not null
$$;
revoke all on function vcdb_standing(bigint), vcdb_standing_of(uuid) from public;
grant execute on function vcdb_standing(bigint), vcdb_standing_of(uuid) to vcdb_web, vcdb_pipeline;
"""
ACT = f"{child()} and (target_id is null or {child('target_id')})"
OF_ACT = f"exists (select 1 from matching_act a where a.id = act_id {BY_KEY})"


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_acts"), ("access", "0002_reach")]

    operations = [
        migrations.RunSQL(STANDING, "drop function vcdb_standing_of(uuid); drop function vcdb_standing(bigint)"),
        migrations.RunSQL(*protect("matching_act", ACT, writes="insert")),
        migrations.RunSQL(*protect("matching_actrecord", f"{OF_ACT} and {record()}", writes="insert")),
        migrations.RunSQL(*protect("matching_secondlook", f"{child()} and {record()}")),
        # The web says what is to be done; the pipeline does it.
        migrations.RunSQL(
            "grant update (state, reason, by, at, second_by, second_at, second_reason, undone_by, undo_reason, preview)"
            " on matching_act to vcdb_web;"
            "grant update (answer, by, at) on matching_secondlook to vcdb_web;"
            "grant update (later_at, act_id) on matching_question to vcdb_web;"
            "grant update (ruled_out_id) on matching_candidate to vcdb_web",
            "revoke update on matching_candidate from vcdb_web;"
            "revoke update (later_at, act_id) on matching_question from vcdb_web;"
            "revoke update on matching_secondlook from vcdb_web; revoke update on matching_act from vcdb_web",
        ),
    ]
