from django.db import migrations

from apps.access.rls import BY_KEY, OPENED, OWN, closed, protect, record, shared

# That a child is on a roll is known to all who see the child, unless a restriction hides where the child is.
ENROLMENT = (
    "vcdb_is_enrolment(service) and exists (select 1 from children_sourcerecord r join children_child c on c.id = r.child_id"
    f" where r.id = record_id and (not c.restricted and not c.address_hidden or c.id = {OPENED}) {BY_KEY})"
)
INVOLVEMENT = f"{record()} and ({shared('agency_id', 'service', 'existence')} or setting_id = {OWN} or {ENROLMENT})"

DETAIL = (
    "exists (select 1 from involvements_involvement i where i.id = involvement_id"
    f" and ({shared('i.agency_id', 'i.service', 'content')} or i.setting_id = {OWN}) {BY_KEY})"
)

# A sighting names no service but may give one away (a visit under a plan), so it counts as content of its supplier.
SIGHTING = f"{record()} and (agency_id = {OWN} or agency_id = any((select vcdb_providers('content'))::int[]))"

OBSERVATION = f"{record()} and {shared('agency_id', 'vcdb_service_of_measure(measure)', 'content')}"


class Migration(migrations.Migration):
    dependencies = [("involvements", "0001_initial"), ("children", "0002_rls")]

    operations = [
        migrations.RunSQL(*protect("involvements_involvement", INVOLVEMENT)),
        migrations.RunSQL(*protect("involvements_involvementdetail", DETAIL, key="involvement_id")),
        migrations.RunSQL(*protect("involvements_sighting", SIGHTING)),
        migrations.RunSQL(*protect("involvements_observation", OBSERVATION)),
        migrations.RunSQL(*closed("involvements_plannedfact")),
    ]
