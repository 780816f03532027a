from django.db import migrations

from apps.access.rls import OWN, REACH_IS_SET, record

# The services of the feed that brought a sighting say what kind of visit it was: one under a plan is that plan's content.
SHARED = (
    "exists (select 1 from extracts_feed f cross join unnest(f.services) as of_feed (service) where f.id = feed_id"
    " and vcdb_is_shared(agency_id, of_feed.service, (select vcdb_shared('content'))))"
)
BY_FEED = f"{record()} and (agency_id = {OWN} or {SHARED})"
BY_SUPPLIER = f"{record()} and (agency_id = {OWN} or agency_id = any((select vcdb_providers('content'))::int[]))"


def policy(condition: str) -> str:
    return (
        "alter policy involvements_sighting_web on involvements_sighting"
        f" using ({REACH_IS_SET.format(key='id')} and ({condition}))"
    )


class Migration(migrations.Migration):
    dependencies = [("involvements", "0002_rls"), ("extracts", "0001_initial")]

    operations = [migrations.RunSQL(policy(BY_FEED), policy(BY_SUPPLIER))]
