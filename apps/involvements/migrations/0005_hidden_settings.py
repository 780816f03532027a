from django.db import migrations

from apps.access.rls import BY_KEY, OPENED, OWN, REACH_IS_SET, record, shared

PLACED = (
    "exists (select 1 from children_sourcerecord r join children_child c on c.id = r.child_id"
    f" where r.id = record_id and (not c.restricted and not c.address_hidden or c.id = {OPENED}) {BY_KEY})"
)
# What a setting itself tells of a child says where the child is. An agreement shares what it tells, not where a hidden child is.
HIDES_NO_PLACE = (
    f"(agency_id = {OWN} or not exists (select 1 from agencies_agency a where a.id = agency_id"
    f" and a.kind in ('school', 'early_years') {BY_KEY}) or {PLACED})"
)
OBSERVATION = f"{record()} and {shared('agency_id', 'vcdb_service_of_measure(measure)', 'content')}"
SHARED = (
    "exists (select 1 from extracts_feed f cross join unnest(f.services) as of_feed (service) where f.id = feed_id"
    " and vcdb_is_shared({agency}, of_feed.service, (select vcdb_shared('content'))))"
)
# the feed has an agency too: whose word it is counts, not whose feed
SIGHTING = f"{record()} and (agency_id = {OWN} or {SHARED.format(agency='involvements_sighting.agency_id')})"
SIGHTING_BEFORE = f"{record()} and (agency_id = {OWN} or {SHARED.format(agency='agency_id')})"
# What settings return is of the roll: an agreement of the setting that shares its roll's content shares it.
OF_THE_ROLL = "update extracts_feed set services = '{school_roll}' where code = 'setting_returns'"


def policy(table: str, sees: str) -> str:
    """The policy of the web role's rows, with this condition."""
    return f"alter policy {table}_web on {table} using ({REACH_IS_SET.format(key='id')} and ({sees}))"


class Migration(migrations.Migration):
    dependencies = [
        ("involvements", "0004_hidden_roll"),
        ("extracts", "0001_initial"),
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            policy("involvements_observation", f"{OBSERVATION} and {HIDES_NO_PLACE}"),
            policy("involvements_observation", OBSERVATION),
        ),
        migrations.RunSQL(
            policy("involvements_sighting", f"{SIGHTING} and {HIDES_NO_PLACE}"),
            policy("involvements_sighting", SIGHTING_BEFORE),
        ),
        migrations.RunSQL(OF_THE_ROLL, migrations.RunSQL.noop),
    ]
