from django.db import migrations

# The web's events are its own person's: nobody writes one in another's name. Before sign-in there is nobody yet (0), and the
# event of a sign-in names who it was.
NAMES = """
create function vcdb_event_names() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare who text := coalesce(nullif(current_setting('vcdb.user_id', true), ''), '0');
begin
    if current_user = 'vcdb_web' and who <> '0' and new."by"::text <> who then
        raise exception 'An event names the person signed in and nobody else' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger names_the_signed_in before insert on audit_event for each row when (new.by is not null)
    execute function vcdb_event_names();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_reach"), ("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(
            NAMES, "drop trigger names_the_signed_in on audit_event; drop function vcdb_event_names()"
        )
    ]
