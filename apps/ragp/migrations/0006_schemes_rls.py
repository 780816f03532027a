from django.db import migrations

from apps.access.rls import child, protect

RATING = f"(select vcdb_sees_rating()) and {child()}"


# Ratings rest on what was approved: the web changes bands and rules of drafts, and a scheme only while it is a draft.
ONLY_DRAFTS = """
create function vcdb_only_drafts() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare state text;
begin
    if current_user <> 'vcdb_web' then
        return coalesce(new, old);
    end if;
    if tg_table_name = 'ragp_scheme' then
        state := old.state;
    else
        select s.state into state from ragp_scheme s where s.id = coalesce(old.scheme_id, new.scheme_id);
    end if;
    if state <> 'draft' then
        raise exception 'A scheme that is no draft is never changed' using errcode = 'insufficient_privilege';
    end if;
    return coalesce(new, old);
end $$;
create trigger only_drafts before update on ragp_scheme for each row execute function vcdb_only_drafts();
create trigger only_drafts before insert or update or delete on ragp_band for each row execute function vcdb_only_drafts();
create trigger only_drafts before insert or update or delete on ragp_rule for each row execute function vcdb_only_drafts();
"""
ANYTHING = """
drop trigger only_drafts on ragp_scheme; drop trigger only_drafts on ragp_band; drop trigger only_drafts on ragp_rule;
drop function vcdb_only_drafts();
"""


class Migration(migrations.Migration):
    dependencies = [("ragp", "0005_schemes"), ("children", "0005_undo")]

    operations = [migrations.RunSQL(*protect("ragp_whatifmove", RATING)), migrations.RunSQL(ONLY_DRAFTS, ANYTHING)]
