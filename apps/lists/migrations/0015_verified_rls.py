from django.db import migrations

from apps.access.rls import OWN, REACH_IS_SET

# Of a setting's own people those alone who are verified this term; every line of a list is asked of the list's own policy.
VERIFIED = "setting_id = any((select vcdb_list_settings())::int[])"
OUT = "state in ('released', 'recalled')"

# Who read lists until now goes on until the usual term is over: nobody is locked out overnight.
CARRIED = """
    insert into lists_verification (setting_id, user_id, at, until, reason)
    select distinct m.agency_id, m.user_id, now(), case
        when current_date < make_date(extract(year from current_date)::int, 4, 1) then make_date(extract(year from current_date)::int, 3, 31)
        when current_date < make_date(extract(year from current_date)::int, 9, 1) then make_date(extract(year from current_date)::int, 8, 31)
        else make_date(extract(year from current_date)::int, 12, 31) end, ''
    from access_membership m join agencies_agency a on a.id = m.agency_id and a.kind in ('school', 'early_years')
    where m.role = 'school_dsl'
"""


def policy(sees: str) -> str:
    """The policy of the web role's rows of lists, with this condition."""
    return f"alter policy lists_weeklylist_web on lists_weeklylist using ({REACH_IS_SET.format(key='id')} and ({sees}))"


class Migration(migrations.Migration):
    dependencies = [("lists", "0014_verified"), ("access", "0003_events_name_the_signed_in")]

    operations = [
        # the policy stands on a function that this version of reach.sql brings; it runs again after every migration
        migrations.RunSQL(
            "create or replace function vcdb_list_settings() returns integer[] language plpgsql stable as $$ begin return '{}'; end $$",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            policy(f"(select vcdb_borough()) or {VERIFIED} and {OUT}"),
            policy(f"(select vcdb_borough()) or setting_id = {OWN} and {OUT}"),
        ),
        migrations.RunSQL(CARRIED, migrations.RunSQL.noop),
    ]
