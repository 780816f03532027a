from django.db import migrations

from apps.access.rls import BY_KEY, OPENED, OWN, REACH_IS_SET, record, shared

PLACED = (
    "exists (select 1 from children_sourcerecord r join children_child c on c.id = r.child_id"
    f" where r.id = record_id and (not c.restricted and not c.address_hidden or c.id = {OPENED}) {BY_KEY})"
)
# An agreement shares services. It does not say where a hidden child is: a roll then shows to its own agency and setting,
# and to those the child was opened to.
NOW = (
    f"{record()} and (not vcdb_is_enrolment(service) and {shared('agency_id', 'service', 'existence')}"
    f" or agency_id = {OWN} or setting_id = {OWN} or vcdb_is_enrolment(service) and {PLACED})"
)
BEFORE = (
    f"{record()} and ({shared('agency_id', 'service', 'existence')} or setting_id = {OWN}"
    f" or vcdb_is_enrolment(service) and {PLACED})"
)


def policy(sees: str) -> str:
    """The policy of the web role's rows, with this condition."""
    return (
        "alter policy involvements_involvement_web on involvements_involvement"
        f" using ({REACH_IS_SET.format(key='id')} and ({sees}))"
    )


class Migration(migrations.Migration):
    dependencies = [("involvements", "0003_sightings_by_feed")]

    operations = [migrations.RunSQL(policy(NOW), policy(BEFORE))]
