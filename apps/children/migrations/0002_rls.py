from django.db import migrations

from apps.access.rls import BY_KEY, OPENED, OWN, child, closed, protect, record

# The measured shape: whole borough, own agencies, or opened by name.
CHILD = (
    "(select vcdb_borough()) and not restricted"
    f" or reach && (select vcdb_reach()) or id = {OPENED}"
)
PROVIDERS = "any((select vcdb_providers('existence'))::int[])"

# A UPN or early years record only says that the child is on some roll, which everybody who sees the child may know.
RECORD = f"{child()} and (agency_id = {OWN} or agency_id = {PROVIDERS} or id_scheme in ('upn', 'early_years_roll'))"
VERSION = (
    f"{record()} and exists (select 1 from extracts_feed f where f.id = feed_id"
    f" and (f.agency_id = {OWN} or f.agency_id = {PROVIDERS}))"
)
ADDRESS = (
    f"{VERSION} and exists (select 1 from children_sourcerecord r join children_child c on c.id = r.child_id"
    f" where r.id = record_id and (not c.address_hidden and not c.restricted or c.id = {OPENED}) {BY_KEY})"
)


class Migration(migrations.Migration):
    dependencies = [("children", "0001_initial"), ("access", "0002_reach")]

    operations = [
        migrations.RunSQL(*protect("children_child", CHILD)),
        migrations.RunSQL(*protect("children_sourcerecord", RECORD)),
        migrations.RunSQL(*protect("children_recordversion", VERSION)),
        migrations.RunSQL(*protect("children_recordaddress", ADDRESS)),
        # Why a child is hidden is itself told only to those who were given the child by name.
        migrations.RunSQL(*protect("children_restriction", f"child_id = {OPENED} and {child()}")),
        migrations.RunSQL(*closed("children_stale")),
        migrations.RunSQL(*closed("children_plannedrecord")),
    ]
