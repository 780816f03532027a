from django.db import migrations

from apps.access.rls import BY_KEY, OWN, child, protect

OF_REVIEW = f"exists (select 1 from reviews_casereview r where r.id = review_id {BY_KEY})"
OF_ACTION = f"exists (select 1 from reviews_action a where a.id = action_id {BY_KEY})"
RUNS = "(select vcdb_runs_reviews())"
BEFORE = f"({RUNS} or agency_id = {OWN} or {OF_REVIEW}) and {child()}"
# Also who wrote it down or whose it was before: an action does not vanish by being given away.
ACTION = f"({RUNS} or agency_id = {OWN} or by_agency_id = {OWN} or {OF_REVIEW}) and {child()}"
# A contact is content of any of the agency's services.
CONTACT = f"({RUNS} or agency_id = {OWN} or vcdb_is_shared(agency_id, '*', (select vcdb_shared('content')))) and {child()}"

on, off = protect("reviews_action", ACTION, writes="insert update")
was_on, was_off = protect("reviews_action", BEFORE, writes="insert update")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0006_log")]

    operations = [
        migrations.RunSQL(f"{was_off}; {on}", f"{off}; {was_on}"),
        migrations.RunSQL(*protect("reviews_handing", OF_ACTION, writes="insert")),
        migrations.RunSQL(*protect("reviews_logline", OF_ACTION)),
        migrations.RunSQL(*protect("reviews_contact", CONTACT, writes="insert")),
    ]
